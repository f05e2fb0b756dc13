namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>An operator in all its forms, small enough to be read: x s in every soft mode, and x in the hard one.</summary>
internal static class Toy
{
    public const string Marker = """
        namespace SoftDiff;

        [System.AttributeUsage(System.AttributeTargets.Method)]
        internal sealed class SoftOperatorAttribute : System.Attribute;

        [System.AttributeUsage(System.AttributeTargets.Method)]
        internal sealed class FloatTwinAttribute : System.Attribute;

        internal static class SoftArguments
        {
            public static void Exists(SoftMode mode)
            {
                if (!System.Enum.IsDefined(mode)) throw new System.ArgumentOutOfRangeException(nameof(mode));
            }
        }
        """;

    public const string Numbers = """
        namespace SoftDiff;

        /// <summary>Toys.</summary>
        public static partial class Toy
        {
            /// <summary>x s.</summary>
            /// <param name="x">The input.</param>
            /// <param name="softness">The softness s.</param>
            /// <param name="mode">The mode.</param>
            /// <returns>The product.</returns>
            [SoftOperator]
            [CustomVjp(nameof(ScaleBackward))]
            [CustomJvp(nameof(ScaleTangent))]
            public static double Scale(double x, double softness = 0.1, SoftMode mode = SoftMode.Smooth) => x * Factor(softness, mode);

            /// <summary>Reverse.</summary>
            public static double ScaleVjp(
                double x, double cResult, out double dX, out double dSoftness, double softness = 0.1, SoftMode mode = SoftMode.Smooth)
            {
                // A double factor of 1.0.
                var factor = 1.0 * Factor(softness, mode);
                (dX, dSoftness) = (cResult * factor, mode == SoftMode.Hard ? 0 : cResult * x);
                return x * factor;
            }

            /// <summary>Forward.</summary>
            public static double ScaleJvp(
                double x, double tX, double tSoftness, out double tResult, double softness = 0.1, SoftMode mode = SoftMode.Smooth)
            {
                var factor = Factor(softness, mode);
                tResult = (tX * factor) + (mode == SoftMode.Hard ? 0 : tSoftness * x);
                return x * factor;
            }

            private static T Factor<T>(T softness, SoftMode mode)
                where T : INumber<T> => mode == SoftMode.Hard ? T.One : softness;
        }
        """;

    public const string Rows = """
        using System;

        namespace SoftDiff;

        public static partial class Toy
        {
            /// <summary>x s.</summary>
            /// <param name="x">The input.</param>
            /// <param name="destination">The output.</param>
            /// <param name="softness">The softness s.</param>
            /// <param name="mode">The mode.</param>
            /// <param name="epsilon">Without derivative.</param>
            [SoftOperator]
            [CustomVjp(nameof(ScaleBackward))]
            [CustomJvp(nameof(ScaleTangent))]
            public static void Scale(
                ReadOnlySpan<double> x,
                Span<double> destination,
                double softness = 0.1,
                SoftMode mode = SoftMode.Smooth,
                [NonDifferentiable] double epsilon = 1e-10)
            {
                var factor = Factor(softness, mode);
                for (var i = 0; i < x.Length; i++) destination[i] = x[i] * factor;
            }

            /// <summary>Reverse.</summary>
            public static void ScaleVjp(
                ReadOnlySpan<double> x,
                Span<double> destination,
                ReadOnlySpan<double> cDestination,
                Span<double> dX,
                out double dSoftness,
                double softness = 0.1,
                SoftMode mode = SoftMode.Smooth,
                [NonDifferentiable] double epsilon = 1e-10)
            {
                dSoftness = 0;
                for (var i = 0; i < x.Length; i++)
                {
                    var (element, cotangent) = (x[i], cDestination[i]);
                    if (!destination.IsEmpty) destination[i] = Scale(element, softness, mode);
                    Scale(element, softness, mode);
                    ScaleVjp(element, cotangent, out dX[i], out var ds, softness, mode);
                    dSoftness += ds;
                }
            }

            /// <summary>Forward.</summary>
            public static void ScaleJvp(
                ReadOnlySpan<double> x,
                Span<double> destination,
                ReadOnlySpan<double> tX,
                Span<double> tDestination,
                double tSoftness,
                double softness = 0.1,
                SoftMode mode = SoftMode.Smooth,
                [NonDifferentiable] double epsilon = 1e-10)
            {
                for (var i = 0; i < x.Length; i++) destination[i] = ScaleJvp(x[i], tX[i], tSoftness, out tDestination[i], softness, mode);
            }
        }
        """;

    /// <summary>A reduction with two inputs that have a derivative besides the softness, nested, and without a mode.</summary>
    public const string Reduction = """
        using System;

        namespace SoftDiff;

        public static partial class Toy
        {
            /// <summary>Inner toys.</summary>
            public static partial class Inner
            {
                /// <summary>q Σ x.</summary>
                /// <param name="x">The input.</param>
                /// <param name="q">The factor.</param>
                /// <returns>The sum.</returns>
                [SoftOperator, CustomVjp(nameof(TotalBackward)), CustomJvp(nameof(TotalTangent))]
                public static double Total(ReadOnlySpan<double> x, double q)
                {
                    double sum = 0;
                    foreach (var element in x) sum += element;
                    return q * sum;
                }

                /// <summary>Reverse.</summary>
                public static double TotalVjp(ReadOnlySpan<double> x, double q, double cResult, Span<double> dX, out double dQ)
                {
                    dQ = cResult * Total(x, 1);
                    var value = Total(x, q);
                    dX.Fill(cResult * q);
                    return value;
                }

                /// <summary>Forward.</summary>
                public static double TotalJvp(ReadOnlySpan<double> x, double q, ReadOnlySpan<double> tX, double tQ, out double tResult)
                {
                    tResult = Total(tX, q) + Total(x, tQ);
                    return Total(x, q);
                }
            }
        }
        """;

    public const string Twin = """
        namespace SoftDiff;

        public static partial class Toy
        {
            /// <summary>e⁻ˣ / 2.</summary>
            [FloatTwin, CustomVjp("Other")]
            public static double Decay(double x) => 0.5 * Math.Exp(-x);
        }
        """;

    public const string Tensors = """
        using System;
        using System.Numerics.Tensors;

        namespace SoftDiff;

        public static partial class Toy
        {
            /// <summary>x s.</summary>
            /// <param name="x">The input.</param>
            /// <param name="destination">The output.</param>
            /// <param name="axis">The axis.</param>
            /// <param name="softness">The softness s.</param>
            /// <param name="mode">The mode.</param>
            [SoftOperator]
            [CustomVjp(nameof(ScaleBackward))]
            [CustomJvp(nameof(ScaleTangent))]
            public static void Scale(
                in ReadOnlyTensorSpan<double> x,
                in TensorSpan<double> destination,
                int? axis = null,
                double softness = 0.1,
                SoftMode mode = SoftMode.Smooth) =>
                Tensor.Multiply(x, Factor(softness, mode), destination);

            /// <summary>Reverse.</summary>
            public static void ScaleVjp(
                in ReadOnlyTensorSpan<double> x,
                in TensorSpan<double> destination,
                in ReadOnlyTensorSpan<double> cDestination,
                in TensorSpan<double> dX,
                out double dSoftness,
                int? axis = null,
                double softness = 0.1,
                SoftMode mode = SoftMode.Smooth)
            {
                dSoftness = mode == SoftMode.Hard ? 0 : Tensor.Dot(x, cDestination);
                if (!destination.IsEmpty) Scale(x, destination, axis, softness, mode);
                Scale(cDestination, dX, axis, softness, mode);
            }

            /// <summary>Forward.</summary>
            public static void ScaleJvp(
                in ReadOnlyTensorSpan<double> x,
                in TensorSpan<double> destination,
                in ReadOnlyTensorSpan<double> tX,
                in TensorSpan<double> tDestination,
                double tSoftness,
                int? axis = null,
                double softness = 0.1,
                SoftMode mode = SoftMode.Smooth)
            {
                Scale(tX, tDestination, axis, softness, mode);
                Scale(x, destination, axis, softness, mode);
            }
        }
        """;
}
