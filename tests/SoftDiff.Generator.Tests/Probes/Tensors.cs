using System;
using System.Numerics;
using System.Numerics.Tensors;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Tensors
{
    //? a tensor that the result does not depend on
    //? x = 0.5, unread = [[1, 2], [3, 4]]
    [Differentiable]
    public static double Unread(double x, ReadOnlyTensorSpan<double> unread) => x * x;

    //? tensor span parameters, elements `t[i, j]`, `Lengths`
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], w = [1, 2, 0.5]
    [Differentiable]
    public static double Elements(ReadOnlyTensorSpan<double> x, ReadOnlySpan<double> w)
    {
        double s = 0;
        for (int i = 0; i < x.Lengths[0]; i++)
        {
            double row = 0;
            for (int j = 0; j < x.Lengths[1]; j++) row += x[i, j] * w[j];
            s += row * row;
        }

        return s;
    }

    //? tensors of rank 1 and 3
    //? x = [0.5, -1.5], y = [[[1, 2], [0.5, -1]], [[0.3, 0.4], [2, 1]]]
    [Differentiable]
    public static double Ranks(ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> y)
    {
        double s = 0;
        for (int i = 0; i < (int)y.Lengths[0]; i++)
        {
            for (int j = 0; j < (int)y.Lengths[1]; j++)
            {
                for (int k = 0; k < (int)y.Lengths[2]; k++) s += x[i] * y[i, j, k] * y[i, k, j];
            }
        }

        return s;
    }

    //? tensor span buffers, read and written
    //? y = [[0.5, -1.5], [2, 0.25]], x = [[1, 2], [0.5, -1]]
    [Differentiable]
    public static void InOut(TensorSpan<double> y, ReadOnlyTensorSpan<double> x)
    {
        int rows = (int)y.Lengths[0], columns = (int)y.Lengths[1];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                y[i, j] *= x[i, j];
                if (j > 0) y[i, j] += y[i, j - 1] * y[i, j - 1];
            }
        }
    }

    //? tensors of `float`
    //? x = [[0.5, -1.5], [2, 0.25]]
    [Differentiable]
    public static float Single(ReadOnlyTensorSpan<float> x)
    {
        float s = 1;
        for (int i = 0; i < x.Lengths[0]; i++) s *= x[i, 0] + x[i, 1] * x[i, 1];
        return s;
    }

    //? `nint` indices, any index in range
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 1, j = 2
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 0, j = 3 -> throws IndexOutOfRangeException
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 0, j = -1 -> throws IndexOutOfRangeException
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 2, j = 0 -> throws IndexOutOfRangeException
    [Differentiable]
    public static double Picked(ReadOnlyTensorSpan<double> x, int i, nint j) => x[i, j] * x[1 - i, (int)j - 1] * x[0, 0];

    //? `new TensorSpan<double>(span, [rows, columns])` over an array or a span
    //? x = [0.5, -1.5, 2, 1, 0.3, -0.7], columns = 3
    //? x = [0.5, -1.5, 2, 1, 0.3, -0.7], columns = 2
    [Differentiable]
    public static double Laid(ReadOnlySpan<double> x, int columns)
    {
        int rows = x.Length / columns;
        Span<double> copy = stackalloc double[6];
        var t = new TensorSpan<double>(copy, [rows, columns]);
        var read = new ReadOnlyTensorSpan<double>(x, t.Lengths);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) t[i, j] = read[i, j] * (i + 2 * j + 1);
        }

        // Both see what the other wrote.
        copy[1] *= copy[0];
        t[1, 0] += t[0, 1] * t[0, 1];
        double s = 0;
        for (int i = 0; i < copy.Length; i++) s += copy[i] * copy[i] * t[0, 0];
        return s;
    }

    //? `Rank`, `FlattenedLength`, `IsEmpty`
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]]
    [Differentiable]
    public static double Facts(ReadOnlyTensorSpan<double> x)
    {
        ReadOnlyTensorSpan<double> same = x;
        if (x.IsEmpty) return 0;
        double s = 0;
        for (nint i = 0; i < same.Lengths[0]; i++) s += same[i, 1] * same[i, 1];
        return s * x.Rank / x.FlattenedLength;
    }

    //? tensors passed to a helper
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], y = 0.4
    [Differentiable]
    public static double Helped(ReadOnlyTensorSpan<double> x, double y)
    {
        Span<double> squares = stackalloc double[(int)x.FlattenedLength];
        var t = new TensorSpan<double>(squares, x.Lengths);
        Square(x, t, y);
        return Sum(t) + Sum(x);
    }

    private static void Square(ReadOnlyTensorSpan<double> from, TensorSpan<double> to, double factor)
    {
        for (int i = 0; i < from.Lengths[0]; i++)
        {
            for (int j = 0; j < from.Lengths[1]; j++) to[i, j] = from[i, j] * from[i, j] * factor;
        }
    }

    private static double Sum(in ReadOnlyTensorSpan<double> x)
    {
        double s = 0;
        for (int i = 0; i < x.Lengths[0]; i++) s += x[i, 0] * x[i, (int)x.Lengths[1] - 1];
        return s;
    }

    //? a tensor helper that calls itself
    //? x = [[0.5, -1.5], [1, 0.3], [0.2, 0.9]]
    [Differentiable]
    public static double Recursive(ReadOnlyTensorSpan<double> x) => Tail(x, 0);

    private static double Tail(ReadOnlyTensorSpan<double> x, int i) =>
        i == (int)x.Lengths[0] ? 1 : Math.Sin(x[i, 0]) + x[i, 1] * Tail(x, i + 1);

    //? a tensor that is passed twice to a helper that calls itself
    //? x = [[0.5, -1.5], [1, 0.3], [0.2, 0.9]]
    [Differentiable]
    public static double PassedTwice(ReadOnlyTensorSpan<double> x) => Pairs(x, x, 0);

    private static double Pairs(ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> y, int i) =>
        i == (int)x.Lengths[0] ? 1 : Math.Sin(x[i, 0]) * y[i, 1] + x[i, 1] * Pairs(x, y, i + 1);

    //? Soft operators on tensors, with an axis
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], softness = 0.5
    [Differentiable]
    public static double Sorted(ReadOnlyTensorSpan<double> x, double softness)
    {
        int rows = (int)x.Lengths[0], columns = (int)x.Lengths[1];
        Span<double> buffer = new double[rows * columns];
        var sorted = new TensorSpan<double>(buffer, [rows, columns]);
        Soft.Sort(x, sorted, axis: 1, softness);
        double s = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) s += (i + 1) * (j + 1) * sorted[i, j] * sorted[i, j];
        }

        return s;
    }

    //? several operators in a row, over the same memory
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], softness = 0.5
    [Differentiable]
    public static double Chained(ReadOnlyTensorSpan<double> x, double softness)
    {
        var values = new TensorSpan<double>(stackalloc double[6], [2, 3]);
        var largest = new TensorSpan<double>(stackalloc double[2], [2]);
        Soft.Relu(x, values, softness);
        Soft.Softrelu(values, values, softness);
        for (int round = 0; round < 2; round++) Soft.Rank(values, values, axis: 0, softness: 0.3 + 0.1 * round);
        Soft.Max(values, largest, axis: -1, softness: softness);
        return largest[0] * largest[1];
    }

    //? both outputs of `TopK`, and one of them by `default`
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], softness = 0.5
    [Differentiable]
    public static double Optional(ReadOnlyTensorSpan<double> x, double softness)
    {
        var values = new TensorSpan<double>(stackalloc double[4], [2, 2]);
        var indices = new TensorSpan<double>(stackalloc double[12], [2, 2, 3]);
        var alone = new TensorSpan<double>(stackalloc double[12], [2, 2, 3]);
        Soft.TopK(x, 2, values, indices, softness: softness);
        Soft.TopK(x, 2, default, alone, softness: softness);
        double s = 0;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                for (int k = 0; k < 3; k++) s += values[i, j] * indices[i, j, k] * alone[i, j, k] * (k + 1);
            }
        }

        return s;
    }

    //? an axis of length 1 that is repeated
    //? x = [[0.5, -1.5, 2], [1, 0.3, -0.7]], row = [[0.1, 0.2, -0.3]]
    [Differentiable]
    public static double Repeated(ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> row)
    {
        var less = new TensorSpan<double>(stackalloc double[6], x.Lengths);
        Soft.Less(x, row, less, softness: 0.5);
        return less[0, 0] * less[1, 1] + less[0, 2] * less[1, 0];
    }

    //? a tensor for each iteration, over a slice
    //? x = [0.5, -1.5, 2, 1, 0.3, -0.7], columns = 3
    //? x = [0.5, -1.5, 2, 1, 0.3, -0.7], columns = 2
    [Differentiable]
    public static double Rows(ReadOnlySpan<double> x, int columns)
    {
        Span<double> sorted = new double[columns];
        double s = 0;
        for (int start = 0; start < x.Length; start += columns)
        {
            Soft.Sort(new ReadOnlyTensorSpan<double>(x.Slice(start, columns), [columns]), new TensorSpan<double>(sorted), softness: 0.5);
            s += sorted[0] * sorted[columns - 1] * (start + 1);
        }

        return s;
    }

    //? operators in branches and `while` loops, on a tensor that is written in between
    //? x = [[0.5, -1.5], [1, 0.3]], steps = 3, sort = true
    //? x = [[0.5, -1.5], [1, 0.3]], steps = 2, sort = false
    [Differentiable]
    public static double Overwritten(ReadOnlyTensorSpan<double> x, int steps, bool sort)
    {
        Span<double> memory = stackalloc double[4];
        var t = new TensorSpan<double>(memory, x.Lengths);
        if (sort) Soft.Sort(x, t, axis: 0, softness: 0.5);
        else Soft.Relu(x, t, softness: 0.5);
        while (steps > 0)
        {
            Soft.Rank(t, t, axis: 1, softness: 0.7);
            for (int i = 0; i < 2; i++) t[i, i] *= x[i, 0] + steps;
            steps--;
        }

        return memory[0] * memory[1] + memory[2] * t[1, 1];
    }

    //? operators in a helper that calls itself
    //? x = [[0.5, -1.5], [1, 0.3]], depth = 3
    [Differentiable]
    public static double Layers(ReadOnlyTensorSpan<double> x, int depth)
    {
        var t = new TensorSpan<double>(stackalloc double[4], x.Lengths);
        Layer(x, t, depth);
        return t[0, 1] * t[1, 0] + t[0, 0];
    }

    private static void Layer(in ReadOnlyTensorSpan<double> x, TensorSpan<double> t, int depth)
    {
        if (depth == 0)
        {
            Soft.Softrelu(x, t, softness: 0.4);
            return;
        }

        Layer(x, t, depth - 1);
        Soft.Relu(t, t, softness: 0.3);
        for (int i = 0; i < t.Lengths[0]; i++) t[i, 0] += x[i, 1] * t[i, 1];
    }

    //? `[NonDifferentiable]` tensors as scratch, tensors of integers
    //? x = [[0.5, -1.5], [1, 0.3]], work = [[9, 9], [9, 9]], order = [[0, 1], [1, 0]]
    [Differentiable]
    public static double Scratch(ReadOnlyTensorSpan<double> x, [NonDifferentiable] TensorSpan<double> work, ReadOnlyTensorSpan<int> order)
    {
        Soft.Sort(x, work, axis: 0, softness: 0.5);
        double s = 0;
        for (int i = 0; i < work.Lengths[0]; i++) s += work[order[i, 0], i] * work[i, order[i, 1]];
        return s;
    }

    //? generic methods with tensors
    //? x = [[0.5, -1.5], [1, 0.3]], T = double
    //? x = [[0.5, -1.5], [1, 0.3]], T = float
    [Differentiable]
    public static T Generic<T>(ReadOnlyTensorSpan<T> x)
        where T : IFloatingPointIeee754<T>
    {
        T s = T.Zero;
        for (int i = 0; i < x.Lengths[0]; i++)
        {
            for (int j = 0; j < x.Lengths[1]; j++) s += x[i, j] * x[i, j] * x[i, 0];
        }

        return s;
    }

    //? `T[]` as a tensor
    //? writes: a
    //? a = [0.5, -1.5, 1, 0.3], n = 2
    [Differentiable]
    public static void OfArray(double[] a, int n)
    {
        var t = new TensorSpan<double>(a, [n, n]);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++) t[i, j] *= t[j, i] + 1;
        }
    }

    //? an optional argument that is passed on, `int? axis`
    //? x = [[0.5, -1.5], [1, 0.3]], y = [[0, 0], [0, 0]], axis = 0
    //? x = [[0.5, -1.5], [1, 0.3]], y = [[0, 0], [0, 0]], axis = -1
    [Differentiable]
    public static void Axis(ReadOnlyTensorSpan<double> x, TensorSpan<double> y, int? axis) => Soft.Rank(x, y, axis, softness: 0.6);

    //? a rule of one's own for tensors
    //? x = [[0.5, -1.5], [1, 0.3]], y = [[0, 0], [0, 0]]
    [Differentiable]
    public static void Ruled(ReadOnlyTensorSpan<double> x, TensorSpan<double> y) => Cubes(x, y, 2);

    [CustomVjp(nameof(CubesBackward)), CustomJvp(nameof(CubesTangent))]
    private static void Cubes(ReadOnlyTensorSpan<double> x, TensorSpan<double> y, double factor)
    {
        for (nint i = 0; i < x.Lengths[0]; i++)
        {
            for (nint j = 0; j < x.Lengths[1]; j++) y[i, j] = factor * x[i, j] * x[i, j] * x[i, j];
        }
    }

    private static double CubesBackward(
        ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> y, double factor, ReadOnlyTensorSpan<double> cY, TensorSpan<double> dX)
    {
        double dFactor = 0;
        for (nint i = 0; i < x.Lengths[0]; i++)
        {
            for (nint j = 0; j < x.Lengths[1]; j++)
            {
                dX[i, j] += 3 * factor * x[i, j] * x[i, j] * cY[i, j];
                dFactor += x[i, j] * x[i, j] * x[i, j] * cY[i, j];
            }
        }

        return dFactor;
    }

    private static void CubesTangent(
        ReadOnlyTensorSpan<double> x, TensorSpan<double> y, double factor, ReadOnlyTensorSpan<double> tX, double tFactor, TensorSpan<double> tY)
    {
        for (nint i = 0; i < x.Lengths[0]; i++)
        {
            for (nint j = 0; j < x.Lengths[1]; j++)
            {
                double square = x[i, j] * x[i, j];
                y[i, j] = factor * square * x[i, j];
                tY[i, j] = 3 * factor * square * tX[i, j] + tFactor * square * x[i, j];
            }
        }
    }

    //? a buffer passed as a span and as a tensor to a helper that writes both and calls itself
    //? x = [[0.5, -1.5], [1, 0.3], [0.2, 0.9]]
    [Differentiable]
    public static double SpanAndTensor(ReadOnlyTensorSpan<double> x)
    {
        Span<double> e = stackalloc double[6];
        var t = new TensorSpan<double>(e, [3, 2]);
        for (int i = 0; i < 3; i++) for (int j = 0; j < 2; j++) t[i, j] = x[i, j];
        return Sweep(e, t, 1) * e[5];
    }

    private static double Sweep(Span<double> e, TensorSpan<double> t, int i)
    {
        if (i == 3) return e[0];
        t[i, 0] *= Math.Sin(e[2 * i - 1]);
        e[2 * i + 1] += t[i, 0] * t[0, 0] * t[i, 1];
        return Sweep(e, t, i + 1) + e[2 * i + 1];
    }

    //? a tensor passed twice to a helper that writes it and calls itself
    //? y = [[0.5, -1.5], [1, 0.3], [0.2, 0.9]]
    [Differentiable]
    public static double Twice(TensorSpan<double> y) => Pair(y, y, 1);

    private static double Pair(TensorSpan<double> a, ReadOnlyTensorSpan<double> b, int i)
    {
        if (i == (int)a.Lengths[0]) return a[0, 1];
        a[i, 0] *= Math.Sin(b[i - 1, 1]);
        a[i, 1] += b[i, 0] * b[0, 0] * b[i, 1];
        return Pair(a, b, i + 1) + b[i, 1];
    }

    //? parts of one buffer as tensors of several shapes, in a helper that writes them and calls itself
    //? x = [0.5, -1.5, 1, 0.3, 0.2, 0.9, 1.2, -0.4]
    [Differentiable]
    public static double Parts(ReadOnlySpan<double> x)
    {
        Span<double> e = stackalloc double[8];
        x.CopyTo(e);
        return Mixed(new TensorSpan<double>(e[2..], [2, 3]), new TensorSpan<double>(e[..6], [3, 2]), e[1..5], 2);
    }

    private static double Mixed(TensorSpan<double> a, TensorSpan<double> b, Span<double> c, int n)
    {
        if (n == 0) return a[1, 2] * b[0, 0];
        for (int i = 0; i < 2; i++) for (int j = 0; j < 3; j++) a[i, j] += 0.3 * b[j, i] * c[i + j];
        c[n] *= a[0, n];
        return Mixed(a, b, c, n - 1) + b[1, 1] * Mixed(a, b, c[1..], 0);
    }

    //? lengths of tensors by an index that varies
    //? x = [0.5, -1.5, 1, 0.3, 0.2, 0.9], k = 0
    //? x = [0.5, -1.5, 1, 0.3, 0.2, 0.9], k = 1
    [Differentiable]
    public static double Lens(ReadOnlySpan<double> x, int k)
    {
        var a = new ReadOnlyTensorSpan<double>(x, [2, 3]);
        var b = new ReadOnlyTensorSpan<double>(x, [3, 2]);
        double s = 0;
        for (int i = 0; i < 2; i++) s += x[i] * x[i] * (a.Lengths[k] + 10 * b.Lengths[1 - k] + 100 * a.Lengths[i]);
        return s;
    }

    //? a tensor over one of two spans
    //? x = [0.5, -1.5, 1, 0.3], y = [0.7, 1.5, -1, 0.2, 3], f = true, k = 1
    //? x = [0.5, -1.5, 1, 0.3], y = [0.7, 1.5, -1, 0.2, 3], f = false, k = 0
    [Differentiable]
    public static double Over(ReadOnlySpan<double> x, ReadOnlySpan<double> y, bool f, int k)
    {
        var z = f ? x : y[1..];
        var t = new ReadOnlyTensorSpan<double>(z, [2, 2]);
        Span<double> o = stackalloc double[4];
        var u = new TensorSpan<double>(o, t.Lengths);
        Soft.Sort(t, u, axis: 1, 0.3);
        double s = Deep(t, 0) * u[0, 1] * t.Lengths[k];
        for (int i = 0; i < t.Lengths[0]; i++) s += t[i, 1] * t[1, i];
        return s * t.Rank + t.FlattenedLength;
    }

    private static double Deep(ReadOnlyTensorSpan<double> t, int i) => i == 2 ? 1 : t[i, 0] * Deep(t, i + 1) + t[0, i];

    //? tensors over buffers that change places
    //? x = [0.5, -1.5, 1, 0.3], n = 3
    //? x = [0.5, -1.5, 1, 0.3], n = 0
    [Differentiable]
    public static double Swapped(ReadOnlySpan<double> x, int n)
    {
        Span<double> a = new double[4], b = new double[4];
        x.CopyTo(a);
        for (int k = 0; k < n; k++)
        {
            Step(new TensorSpan<double>(a, [2, 2]), new TensorSpan<double>(b, [2, 2]), k);
            var t = a; a = b; b = t;
        }
        var r = new TensorSpan<double>(a);
        return r[0] * r[3] + a[1];
    }

    private static void Step(ReadOnlyTensorSpan<double> from, TensorSpan<double> to, int k)
    {
        for (int i = 0; i < from.Lengths[0]; i++)
            for (int j = 0; j < from.Lengths[1]; j++) to[i, j] = from[j, i] * from[0, 0] + k * 0.1;
    }

    //? a tensor variable assigned again
    //? x = [[0.5, -1.5], [1, 0.3]], n = 3
    [Differentiable]
    public static double SameTensor(ReadOnlyTensorSpan<double> x, int n)
    {
        var t = x; double s = 0;
        while (n > 0) { t = x; s += t[0, 0] * t[1, n % 2]; n--; if (s > 100) break; }
        return s * t[0, 1];
    }

    //? `ref` elements of a tensor
    //? x = [[0.5, -1.5], [1, 0.3]]
    [Differentiable]
    public static double RefElement(ReadOnlyTensorSpan<double> x)
    {
        Span<double> e = stackalloc double[4];
        var t = new TensorSpan<double>(e, [2, 2]);
        for (int i = 0; i < 4; i++) { ref double c = ref t[i / 2, i % 2]; c = x[i / 2, i % 2]; c *= c; }
        Bump(ref t[1, 0], x[0, 0]);
        return t[1, 0] * e[1] + e[3];
    }

    private static void Bump(ref double a, double b)
    {
        a += b;
        a *= a;
    }

    //? the heat equation in place, neighbours by a helper
    //? u = [[0.5, -1.5, 1], [2, 1, 0.3], [0.1, 0.2, 0.7]], k = 0.1, n = 3
    [Differentiable]
    public static void Heat(TensorSpan<double> u, double k, int n)
    {
        int r = (int)u.Lengths[0], c = (int)u.Lengths[1];
        Span<double> next = stackalloc double[r * c];
        for (int t = 0; t < n; t++)
        {
            for (int i = 0; i < r; i++)
                for (int j = 0; j < c; j++)
                {
                    var (a, b, d, e) = Around(u, i, j);
                    next[i * c + j] = u[i, j] + k * (a + b + d + e - 4 * u[i, j]) * (1 + u[i, j]);
                }
            for (int i = 0; i < r; i++) for (int j = 0; j < c; j++) u[i, j] = next[i * c + j];
        }
    }

    private static (double, double, double, double) Around(ReadOnlyTensorSpan<double> u, int i, int j)
    {
        int r = (int)u.Lengths[0], c = (int)u.Lengths[1];
        return (u[Math.Max(i - 1, 0), j], u[Math.Min(i + 1, r - 1), j], u[i, Math.Max(j - 1, 0)], u[i, Math.Min(j + 1, c - 1)]);
    }

    //? operators in place, one after the other, in a loop
    //? x = [[0.9, 0.4], [-0.2, 0.3]], n = 2
    [Differentiable]
    public static double TensorInPlace(ReadOnlyTensorSpan<double> x, int n)
    {
        Span<double> e = stackalloc double[4], f = stackalloc double[4];
        var t = new TensorSpan<double>(e, [2, 2]);
        var u = new TensorSpan<double>(f, [2, 2]);
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) t[i, j] = x[i, j];
        double s = 0;
        for (int k = 0; k < n; k++)
        {
            Soft.Rank(t, t, axis: k % 2, softness: 0.5);
            Soft.Sort(t, u, axis: 1, softness: 0.3);
            Soft.Relu(u, t, 0.2);
            s += t[0, 1] * u[1, 0] + e[3];
            t[0, 0] *= s;
        }
        return s;
    }

    //? rows of a tensor, `x[1..3, ..]` and `Slice`
    //? x = [[0.5, -1.5], [2, 0.25], [0.7, 0.9]]
    [Differentiable]
    public static double SomeRows(ReadOnlyTensorSpan<double> x)
    {
        var last = x[1..3, ..];
        double s = last[0, 0] * last[1, 1] * last.Lengths[0];
        for (int i = 0; i < x.Lengths[0]; i++)
        {
            var row = x.Slice(i..(i + 1), ..);
            s += row[0, 0] * row[0, ^1];
        }

        return s + RowSum(x[..^1, ..]);
    }

    private static double RowSum(ReadOnlyTensorSpan<double> rows)
    {
        double s = 0;
        for (int i = 0; i < rows.Lengths[0]; i++) s += rows[i, 0] * rows[i, 1] * (i + 1);
        return s;
    }

    //? rows of a tensor that are written, filled and cleared
    //? y = [[0.5, -1.5], [2, 0.25], [0.7, 0.9]], k = 0.3
    [Differentiable]
    public static void WrittenRows(TensorSpan<double> y, double k)
    {
        var first = y[..1, ..];
        first[0, 1] = k * y[2, 0];
        y[1..2, ..].Fill(k * k);
        y[2.., ..].Clear();
        y[2, 1] += first[0, 1] * y[1, 0];
    }

    //? `foreach` over the elements of a tensor, `FlattenTo`, `CopyTo`
    //? x = [[0.5, -1.5], [2, 0.25]]
    [Differentiable]
    public static double AllElements(ReadOnlyTensorSpan<double> x)
    {
        double s = 0;
        foreach (double v in x) s += v * v;
        double[] flat = new double[5];
        x.FlattenTo(flat);
        TensorSpan<double> copy = new(new double[4], [2, 2]);
        x.CopyTo(copy);
        copy[1, 1] *= copy[0, 0];
        return s * flat[1] + copy[1, 1];
    }
}
