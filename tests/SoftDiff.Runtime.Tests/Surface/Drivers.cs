namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>Operators whose bodies are calls of drivers, and the signatures of these drivers.</summary>
internal static class Drivers
{
    public const string Attributes = """
        namespace SoftDiff;

        [System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true)]
        internal sealed class ArrayFormsAttribute(params string[] inputs) : System.Attribute
        {
            public string[] Inputs => inputs;

            public bool Tensors { get; init; } = true;
        }

        [System.AttributeUsage(System.AttributeTargets.Method)]
        internal sealed class AxisFormAttribute(RowResult result) : System.Attribute
        {
            public RowResult Result => result;

            public int Axis { get; init; }
        }

        internal enum RowResult { Number, Index, Row, Permutation }
        """;

    public const string Source = """
        namespace SoftDiff;

        internal readonly record struct Times<T>(T Factor);

        internal readonly record struct SumRow<T>(T Softness);

        internal static class Elementwise
        {
            public static T Value<T>(Times<T> times, T x, T y) where T : INumber<T> => times.Factor * x * y;

            public static T Jvp<T>(Times<T> times, T x, T y, T tX, T tY, T tSoftness, out T tResult) where T : INumber<T>
            {
                tResult = (times.Factor * ((tX * y) + (x * tY))) + (tSoftness * x * y);
                return times.Factor * x * y;
            }
        }

        internal static class RowForm
        {
            public static T Reduce<T>(SumRow<T> row, ReadOnlySpan<T> x) where T : INumber<T> => row.Softness * x[0];

            public static T ReduceJvp<T>(SumRow<T> row, ReadOnlySpan<T> x, ReadOnlySpan<T> tX, T tSoftness, out T tResult)
                where T : INumber<T>
            {
                tResult = (row.Softness * tX[0]) + (tSoftness * x[0]);
                return row.Softness * x[0];
            }
        }

        internal static class Sums
        {
            public static T Value<T>(ReadOnlySpan<T> x) where T : INumber<T> => x[0];

            public static T Jvp<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> tX, out T tResult) where T : INumber<T>
            {
                tResult = tX[0];
                return x[0];
            }
        }

        internal static class Unsoft
        {
            public static T Value<T>(T x, T y) where T : INumber<T> => x * y;

            public static T Jvp<T>(T x, T y, T tX, T tY, out T tResult) where T : INumber<T>
            {
                tResult = (tX * y) + (x * tY);
                return x * y;
            }
        }

        internal readonly ref struct Pair<T>(ReadOnlySpan<T> data)
        {
            public ReadOnlySpan<T> Data { get; } = data;
        }

        internal static class Pair
        {
            public static Pair<T> Of<T>(Span<T> data, int length) => new(data[..length]);
        }

        internal readonly record struct WrappedForm<T>(T Softness)
        {
            public void Value(Pair<T> x, Pair<T> y) => _ = x.Data.Length + y.Data.Length;

            public void Jvp(Pair<T> x, Pair<T> y, Pair<T> tX, Pair<T> tY, T tSoftness) => _ = x.Data.Length + tX.Data.Length;
        }
        """;

    public const string Operators = """
        namespace SoftDiff;

        /// <summary>Toys.</summary>
        public static partial class Toy
        {
            /// <summary>s x y.</summary>
            /// <param name="x">One side.</param>
            /// <param name="y">The other side.</param>
            /// <param name="softness">The factor, as in <c>s &gt; 0</c>.</param>
            /// <returns>The product.</returns>
            [SoftOperator]
            [ArrayForms]
            [ArrayForms(nameof(x), Tensors = false)]
            [CustomVjp(nameof(ProductBackward))]
            [CustomJvp(nameof(ProductTangent))]
            public static double Product(double x, double y, double softness = 0.1) => Elementwise.Value(new Times<double>(softness), x, y);

            /// <summary>x y.</summary>
            /// <param name="x">One side.</param>
            /// <param name="y">The other side.</param>
            /// <returns>The product.</returns>
            [SoftOperator]
            [CustomVjp(nameof(PlainBackward))]
            [CustomJvp(nameof(PlainTangent))]
            public static double Plain(double x, double y) => Elementwise.Value(new Times<double>(1), x, y);

            /// <summary>A sum.</summary>
            /// <param name="x">The row.</param>
            /// <returns>The sum.</returns>
            [SoftOperator]
            [CustomVjp(nameof(TotalBackward))]
            [CustomJvp(nameof(TotalTangent))]
            public static double Total(ReadOnlySpan<double> x) => Sums.Value(x);

            /// <summary>A soft sum.</summary>
            /// <param name="x">The row.</param>
            /// <param name="softness">The factor.</param>
            /// <returns>The sum.</returns>
            [SoftOperator]
            [AxisForm(RowResult.Number, Axis = -1)]
            [CustomVjp(nameof(SumBackward))]
            [CustomJvp(nameof(SumTangent))]
            public static double Sum(ReadOnlySpan<double> x, double softness = 0.1) => RowForm.Reduce(new SumRow<double>(softness), x);

            /// <summary>Spans as pairs.</summary>
            /// <param name="x">The row.</param>
            /// <param name="destination">The result.</param>
            /// <param name="softness">The factor.</param>
            [SoftOperator]
            [CustomVjp(nameof(WrappedBackward))]
            [CustomJvp(nameof(WrappedTangent))]
            public static void Wrapped(ReadOnlySpan<double> x, Span<double> destination, double softness = 0.1) =>
                new WrappedForm<double>(softness).Value(new(x), Pair.Of(destination, x.Length));
        }
        """;
}
