namespace SoftDiff.Generator.Tests.Emit;

/// <summary>The members of the runtime that emitted code names, in their plainest form, so that these tests need nothing else.</summary>
internal static class RuntimeStub
{
    public const string Source = """
        #nullable enable
        namespace SoftDiff
        {
            public static class Soft
            {
                public static double Sigmoid(double x) => 1 / (1 + System.Math.Exp(-x));
                public static double Softplus(double x) => System.Math.Log(1 + System.Math.Exp(x));
            }

            public static class Partials
            {
                public static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : x;
                public static double TimesSign(double cotangent, double x) => cotangent * Sign(x);
            }

            public static class Shape
            {
                public static void SameLength(int a, int b, string aName, string bName)
                {
                    if (a != b) throw new System.ArgumentException(aName + " has " + a + " elements, " + bName + " has " + b);
                }

                public static void Disjoint<T>(System.ReadOnlySpan<T> a, string aName, System.ReadOnlySpan<T> b, string bName)
                {
                    if (System.MemoryExtensions.Overlaps(a, b)) throw new System.ArgumentException(aName + " overlaps " + bName);
                }
            }

            public readonly ref struct Rented<T>
            {
                public Rented(T[] array) => Span = array;
                public System.Span<T> Span { get; }
                public void Dispose() => Scratch.Open--;
            }

            public static class Scratch
            {
                public static int Open;
                public static Rented<T> Rent<T>(int length) { Open++; return new Rented<T>(new T[length]); }
                public static Rented<T> RentCleared<T>(int length) => Rent<T>(length);
                public static System.Span<T> OnStack<T>(System.Span<T> memory) => memory;
                public static System.Span<T> ClearedOnStack<T>(System.Span<T> memory) { memory.Clear(); return memory; }
                public static void Clear<T>(System.Span<T> span) => span.Clear();
                public static void Copy<T>(System.ReadOnlySpan<T> source, System.Span<T> destination) => source.CopyTo(destination);
            }

            public struct Tape : System.IDisposable
            {
                private System.Collections.Generic.Stack<object>? _items;
                public void Push<T>(T value) => (_items ??= new()).Push(value!);
                public T Pop<T>() => (T)_items!.Pop();
                public void PushSpan<T>(System.ReadOnlySpan<T> values) => (_items ??= new()).Push(values.ToArray());
                public void PopSpan<T>(System.Span<T> values) => System.MemoryExtensions.CopyTo((T[])_items!.Pop(), values);
                public void Dispose()
                {
                    if (_items is { Count: > 0 }) throw new System.InvalidOperationException("Not everything was popped.");
                }
            }
        }
        """;
}
