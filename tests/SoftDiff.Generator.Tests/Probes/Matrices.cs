using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Matrices
{
    //? `double[,]` parameters, `GetLength`, elements `a[i, j]`
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], x = [1, 2, 0.5]
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], x = [1, 2] -> throws IndexOutOfRangeException
    [Differentiable]
    public static double Product(double[,] a, double[] x)
    {
        int n = a.GetLength(0), m = a.GetLength(1);
        double s = 0;
        for (int i = 0; i < n; i++)
        {
            double row = 0;
            for (int j = 0; j < m; j++) row += a[i, j] * x[j];
            s += row * row;
        }

        return s;
    }

    //? the same by columns, with the bounds in the headers
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], x = [1, 2]
    [Differentiable]
    public static double Columns(double[,] a, ReadOnlySpan<double> x)
    {
        double s = 1;
        for (int j = 0; j < a.GetLength(1); j++)
        {
            double column = 0;
            for (int i = a.GetLength(0) - 1; i >= 0; i--) column += a[i, j] * x[i];
            s *= column;
        }

        return s;
    }

    //? `double[,,]` parameters
    //? a = [[[1, 2], [0.5, -1]], [[0.3, 0.4], [2, 1]], [[1.5, 0], [0.25, 3]]]
    [Differentiable]
    public static double Layers(double[,,] a)
    {
        double s = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                for (int k = 0; k < a.GetLength(2); k++) s += a[i, j, k] * a[0, k, j] * (i + 1);
            }
        }

        return s;
    }

    //? matrices of `float`
    //? a = [[0.5, -1.5], [2, 0.25]]
    [Differentiable]
    public static float Single(float[,] a)
    {
        float s = 1;
        for (int i = 0; i < 2; i++) s *= a[i, 0] + a[i, 1] * a[i, 1];
        return s;
    }

    //? `Length`, `Rank`, `GetUpperBound`, the length of a computed axis
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], axis = 1
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], axis = 0
    [Differentiable]
    public static double Measures(double[,] a, int axis) =>
        a[a.GetUpperBound(0), a.GetUpperBound(1)] * a.Length + a[0, 0] * a.Rank * a.GetLength(axis) * (int)a.LongLength;

    //? an index beyond its axis but within the matrix
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 1, j = 2
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 0, j = 3 -> throws IndexOutOfRangeException
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 1, j = -1 -> throws IndexOutOfRangeException
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 2, j = 0 -> throws IndexOutOfRangeException
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], i = 1431655766, j = 0 -> throws IndexOutOfRangeException
    [Differentiable]
    public static double Picked(double[,] a, int i, int j) => a[i, j] * a[i, j] + a[0, 1] * a[1, 2];

    //? a loop that leaves a row but not the matrix
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], n = 3
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], n = 4 -> throws IndexOutOfRangeException
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], n = 0
    [Differentiable]
    public static double Beyond(double[,] a, int n)
    {
        double s = a[0, 0];
        for (int j = 0; j < n; j++) s += a[0, j] * a[0, j];
        return s;
    }

    //? the sum over a triangle, its bounds those of the loops around
    //? a = [[2, -1.5, 1], [1, 0.3, -0.7], [0.5, 0.25, 1.5]]
    //? a = [[2, -1.5], [1, 0.3], [0.5, 0.25]] -> throws IndexOutOfRangeException
    [Differentiable]
    public static double Triangle(double[,] a)
    {
        double s = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j <= i; j++) s += a[i, j] * a[i, i];
            for (int j = i + 1; j < a.GetLength(0); j++) s -= Math.Sin(a[i, j]);
        }

        return s;
    }

    //? neighbours, `a[i - 1, j] + a[i + 1, j]`
    //? a = [[1, 2, 3, 1], [0.5, 1.5, 2.5, 2], [2, 0.25, 1, 0.5]]
    [Differentiable]
    public static double Laplace(double[,] a)
    {
        double s = 0;
        for (int i = 1; i < a.GetLength(0) - 1; i++)
        {
            for (int j = 1; j + 1 < a.GetLength(1); j++)
            {
                double l = a[i - 1, j] + a[i + 1, j] + a[i, j - 1] + a[i, j + 1] - 4 * a[i, j];
                s += l * l;
            }
        }

        return s;
    }

    //? a matrix with another as index
    //? a = [[0.5, -1.5], [2, 0.25]], order = [[1, 0], [0, 1]]
    //? a = [[0.5, -1.5], [2, 0.25]], order = [[1, 2], [0, 1]] -> throws IndexOutOfRangeException
    [Differentiable]
    public static double Indirect(double[,] a, int[,] order)
    {
        double s = 0;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++) s += a[order[i, j], order[j, i]] * a[i, j] * (j + 1);
        }

        return s;
    }

    //? a matrix marked `[NonDifferentiable]`, and one left out by `Wrt`
    //? x = [1, 2], a = [[0.5, -1.5], [2, 0.25]], b = [[1, 0.5], [0.25, 3]]
    [Differentiable(Wrt = ["x"])]
    public static double Constant(double[] x, double[,] a, [NonDifferentiable] double[,] b)
    {
        double s = 0;
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++) s += x[i] * (a[i, j] + b[j, i]) * x[j];
        }

        return s;
    }

    //? matrices that are written, in-out like spans
    //? writes: a
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], f = 1.5
    [Differentiable]
    public static void Scaled(double[,] a, double f)
    {
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++) a[i, j] *= f * a[i, j];
        }
    }

    //? a result matrix beside its inputs
    //? writes: c
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]], b = [[1, 2], [0.5, -1], [0.25, 1]], c = [[0, 0], [0, 0]]
    [Differentiable]
    public static void Multiplied(double[,] a, double[,] b, double[,] c)
    {
        for (int i = 0; i < c.GetLength(0); i++)
        {
            for (int j = 0; j < c.GetLength(1); j++)
            {
                c[i, j] = 0;
                for (int k = 0; k < b.GetLength(0); k++) c[i, j] += a[i, k] * b[k, j];
            }
        }
    }

    //? `new double[n, m]` as scratch
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double Local(double[] x)
    {
        var a = new double[x.Length, x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++) a[i, j] = Math.Sin(x[i] * x[j]) + i;
        }

        double s = 0;
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++) s += a[i, j] * a[j, i] * x[j];
        }

        return s;
    }

    //? `new double[n, m]` of a computed size
    //? x = 0.5, n = 2, m = 3
    //? x = 0.5, n = 0, m = 3 -> throws IndexOutOfRangeException
    //? x = 0.5, n = -1, m = 3 -> throws OverflowException
    //? x = 0.5, n = -2, m = -3 -> throws OverflowException
    [Differentiable]
    public static double Sized(double x, int n, int m)
    {
        var a = new double[n, m];
        a[n - 1, m - 1] = x * x;
        a[0, 0] += x;
        return a[n - 1, m - 1] * a[0, 0];
    }

    //? initialisers of matrices
    //? x = 0.5, y = 1.5
    [Differentiable]
    public static double Initialised(double x, double y)
    {
        double[,] a = { { x, y }, { y * y, 1 } };
        var b = new[,] { { 1.0, x }, { y, 2.0 } };
        double[,,] c = new double[1, 2, 2] { { { x, 2 }, { 3, y } } };
        return a[0, 0] * b[1, 0] + a[1, 0] * b[0, 1] + a[0, 1] * a[1, 1] * b[1, 1] + c[0, 0, 0] * c[0, 1, 1] * c.Length;
    }

    //? a static matrix of constants
    //? x = [0.5, -1.5, 2]
    [Differentiable]
    public static double Static(double[] x)
    {
        double s = 0;
        for (int i = 0; i < Stencil.GetLength(0); i++)
        {
            for (int j = 0; j < Stencil.GetLength(1); j++) s += Stencil[i, j] * x[j] * x[i];
        }

        return s;
    }

    private static readonly double[,] Stencil = { { 1, -2, 1 }, { 0.5, 0, -0.5 } };

    //? `foreach` over a matrix
    //? a = [[0.5, -1.5, 2], [1, 0.3, -0.7]]
    [Differentiable]
    public static double ForEach(double[,] a)
    {
        double s = 0;
        int n = 0;
        foreach (double v in a) s += v * v * ++n;
        foreach (var v in a) s *= 1 + v * v;
        return s;
    }

    //? a `ref` to an element of a matrix
    //? writes: a
    //? a = [[0.5, -1.5], [2, 0.25]]
    [Differentiable]
    public static double RefElement(double[,] a)
    {
        ref double corner = ref a[1, 1];
        corner *= a[0, 1];
        a[0, 0] += corner;
        return corner * a[0, 0];
    }

    //? elements of matrices by `ref` and `out`
    //? x = 0.5
    [Differentiable]
    public static double ByReference(double x)
    {
        var a = new double[2, 2];
        Set(out a[0, 1], x);
        Add(ref a[0, 1], x * x);
        (a[1, 0], a[1, 1]) = (a[0, 1], x);
        return a[1, 0] * a[0, 1] + a[1, 1];
    }

    private static void Set(out double y, double x) => y = Math.Exp(x);

    private static void Add(ref double y, double x) => y += x;

    //? matrices passed to helpers, which read, write and measure them
    //? a = [[2, -1.5], [1, 0.3]]
    [Differentiable]
    public static double Helpers(double[,] a)
    {
        var b = new double[a.GetLength(1), a.GetLength(0)];
        Transpose(a, b);
        AddTo(b, a, 0.5);
        return Trace(b) * Norm(a);
    }

    private static void Transpose(double[,] a, double[,] b)
    {
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++) b[j, i] = a[i, j];
        }
    }

    private static void AddTo(double[,] a, double[,] b, double f)
    {
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++) a[i, j] += f * b[i, j] * b[i, j];
        }
    }

    private static double Trace(double[,] a)
    {
        double s = 0;
        for (int i = 0; i < a.GetLength(0); i++) s += a[i, i];
        return s;
    }

    private static double Norm(double[,] a)
    {
        double s = 0;
        foreach (double v in a) s += v * v;
        return Math.Sqrt(s);
    }

    //? a matrix passed twice to a helper that writes it
    //? a = [[2, -1.5], [1, 0.3]]
    [Differentiable]
    public static double PassedTwice(double[,] a)
    {
        var b = (double[,])a.Clone();
        AddTo(b, b, 0.25);
        return Trace(b) + b[0, 1] * a[1, 0];
    }

    //? helpers that return matrices
    //? a = [[1, 0.5], [-0.25, 2]], x = 0.3
    [Differentiable]
    public static double Returned(double[,] a, double x)
    {
        double[,] r = Rotation(x);
        return Trace(Times(Times(r, a), Transposed(r))) + Times(a, a)[0, 1];
    }

    private static double[,] Rotation(double x) => new[,] { { Math.Cos(x), -Math.Sin(x) }, { Math.Sin(x), Math.Cos(x) } };

    private static double[,] Times(double[,] a, double[,] b)
    {
        int n = a.GetLength(0), m = a.GetLength(1), p = b.GetLength(1);
        if (b.GetLength(0) != m) throw new ArgumentException($"shapes {n}×{m} and {b.GetLength(0)}×{p} do not fit");
        var c = new double[n, p];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++)
            {
                double s = 0;
                for (int k = 0; k < m; k++) s += a[i, k] * b[k, j];
                c[i, j] = s;
            }
        }

        return c;
    }

    private static double[,] Transposed(double[,] a)
    {
        var t = new double[a.GetLength(1), a.GetLength(0)];
        Transpose(a, t);
        return t;
    }

    //? shapes that do not fit, a guard in a helper
    //? a = [[1, 0.5], [-0.25, 2]], b = [[1, 2], [0.5, 1]]
    //? a = [[1, 0.5], [-0.25, 2]], b = [[1, 2]] -> throws ArgumentException
    [Differentiable]
    public static double Fitting(double[,] a, double[,] b)
    {
        ArgumentNullException.ThrowIfNull(a);
        if (b is null) throw new ArgumentNullException(nameof(b));
        return Norm(Times(a, b));
    }

    //? a variable that gets a new matrix in each iteration
    //? a = [[0.5, 0.25], [-0.25, 0.75]], n = 3
    //? a = [[0.5, 0.25], [-0.25, 0.75]], n = 0
    [Differentiable]
    public static double Powers(double[,] a, int n)
    {
        var p = Identity(a.GetLength(0));
        for (int t = 0; t < n; t++) p = Times(a, p);
        return p[0, 0] * p[1, 1] + p[0, 1];
    }

    private static double[,] Identity(int n)
    {
        var e = new double[n, n];
        for (int i = 0; i < n; i++) e[i, i] = 1;
        return e;
    }

    //? matrices that change places
    //? a = [[0.5, 0.25], [-0.25, 0.75]], n = 3
    [Differentiable]
    public static double Swapped(double[,] a, int n)
    {
        var now = (double[,])a.Clone();
        var next = new double[2, 2];
        for (int t = 0; t < n; t++)
        {
            for (int i = 0; i < 2; i++)
            {
                for (int j = 0; j < 2; j++) next[i, j] = Math.Sin(now[j, i]) + now[i, j];
            }

            (now, next) = (next, now);
        }

        return now[0, 1] * now[1, 1];
    }

    //? one of two matrices, of different shapes
    //? a = [[0.5, 0.25], [-0.25, 0.75]], b = [[1, 2, 3]], first = true
    //? a = [[0.5, 0.25], [-0.25, 0.75]], b = [[1, 2, 3]], first = false
    [Differentiable]
    public static double Either(double[,] a, double[,] b, bool first)
    {
        double[,] m = first ? a : b;
        double s = 0;
        for (int i = 0; i < m.GetLength(0); i++)
        {
            for (int j = 0; j < m.GetLength(1); j++) s += m[i, j] * m[i, j] * (i + 2 * j);
        }

        if (s > 5) m = a;
        return s * m[0, 1];
    }

    //? `Array.Clear`, `Array.Copy` and `Clone` of matrices
    //? a = [[0.5, 0.25], [-0.25, 0.75]]
    [Differentiable]
    public static double Copied(double[,] a)
    {
        var b = new double[2, 2];
        Array.Copy(a, b, a.Length);
        b[0, 1] *= a[1, 1];
        var c = (double[,])b.Clone();
        Array.Clear(b);
        return c[0, 1] * c[1, 0] + b[0, 0];
    }

    //? a matrix that a local function reads and writes
    //? x = [0.5, 1.5]
    [Differentiable]
    public static double LocalFunction(double[] x)
    {
        var a = new double[2, 2];
        void Put(int i, int j, double v) => a[i, j] = v * a[j, i] + v;
        Put(0, 1, x[0]);
        Put(1, 0, x[1]);
        return a[1, 0] * a[0, 1];
    }

    //? matrices of ints, and of bools as masks
    //? x = [0.5, 1.5, -0.5]
    [Differentiable]
    public static double Masks(double[] x)
    {
        var near = new bool[3, 3];
        var count = new int[3, 1];
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                near[i, j] = Math.Abs(i - j) < 2;
                if (near[i, j]) count[i, 0]++;
            }
        }

        double s = 0;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) s += near[i, j] ? x[i] * x[j] / count[i, 0] : 0;
        }

        return s;
    }

    //? `[NonDifferentiable]` matrices as buffers
    //? x = [0.5, 1.5], work = [[0, 0], [0, 0]]
    [Differentiable]
    public static double Scratch(double[] x, [NonDifferentiable] double[,] work)
    {
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++) work[i, j] = x[i] * x[j] * x[j];
        }

        return work[0, 1] + work[1, 0] * work[0, 0];
    }

    //? helpers that give matrices back by `out`
    //? a = [[4, 1, 0.5], [1, 3, 0.25], [0.5, 0.25, 2]]
    [Differentiable]
    public static double Factors(double[,] a)
    {
        Decompose(a, out double[,] l, out var u);
        double s = 0;
        for (int i = 0; i < 3; i++) s += Math.Log(u[i, i]) + l[2, i] * (i + 1);
        return s;
    }

    private static void Decompose(double[,] a, out double[,] l, out double[,] u)
    {
        int n = a.GetLength(0);
        l = Identity(n);
        u = (double[,])a.Clone();
        for (int k = 0; k < n; k++)
        {
            for (int i = k + 1; i < n; i++)
            {
                l[i, k] = u[i, k] / u[k, k];
                for (int j = k; j < n; j++) u[i, j] -= l[i, k] * u[k, j];
            }
        }
    }

    //? a recursive helper with a matrix
    //? a = [[4, 1, 0.5], [1, 3, 0.25], [0.5, 0.25, 2]]
    [Differentiable]
    public static double Recursive(double[,] a) => Diagonal(a, a.GetLength(0) - 1);

    private static double Diagonal(double[,] a, int i) => i < 0 ? 1 : a[i, i] * Diagonal(a, i - 1) + a[i, 0];

    //? generic matrices
    //? a = [[0.5, -1.5], [2, 0.25]], T = double
    //? a = [[0.5, -1.5], [2, 0.25]], T = float
    [Differentiable]
    public static T Generic<T>(T[,] a) where T : System.Numerics.IFloatingPointIeee754<T>
    {
        T s = T.One;
        for (int i = 0; i < a.GetLength(0); i++) s *= a[i, 0] + a[i, 1] * a[i, 1];
        return s;
    }

    //? indices of other integer types
    //? a = [[0.5, -1.5], [2, 0.25]], i = 1, j = 0
    [Differentiable]
    public static double WideIndices(double[,] a, long i, uint j) => a[i, j] * a[(int)j, (byte)i] * a[j, j];

    //? `checked` lengths and indices of matrices
    //? x = 0.5, n = 2
    [Differentiable]
    public static double Checked(double x, int n)
    {
        checked
        {
            var a = new double[n + 1, n * n];
            for (int i = 0; i < n; i++) a[i + 1, i * n] = x * (i + 1);
            return a[1, 0] * a[n, n * n - n];
        }
    }

    //? matrices beside structs, also in calls that return one
    //? rotation = [[0.6, -0.8, 0], [0.8, 0.6, 0], [0.1, 0.2, 1]], p = new Vec3(1, 2, -0.5), s = 0.75
    [Differentiable]
    public static double BesideStructs(double[,] rotation, Vec3 p, double s)
    {
        Vec3 turned = Turn(rotation, s * p, out double norm);
        return Vec3.Dot(turned, turned) * norm + turned.Z;
    }

    private static Vec3 Turn(double[,] m, Vec3 p, out double norm)
    {
        norm = m[0, 0] * m[1, 1] * p.Norm();
        return new Vec3(
            m[0, 0] * p.X + m[0, 1] * p.Y + m[0, 2] * p.Z, m[1, 0] * p.X + m[1, 1] * p.Y + m[1, 2] * p.Z, m[2, 0] * p.X + m[2, 1] * p.Y + m[2, 2] * p.Z);
    }

    //? one matrix passed twice to a recursive helper that writes it
    //? writes: a
    //? a = [[0.5, 1.2], [-0.7, 0.4]], x = 0.6
    [Differentiable]
    public static double PassedTwiceAndAgain(double[,] a, double x)
    {
        Square(a, a, x, 2);
        return a[0, 0] * a[1, 1] - a[0, 1] * a[1, 0];
    }

    private static void Square(double[,] y, double[,] z, double c, int depth)
    {
        for (int i = 0; i < 2; i++) for (int j = 0; j < 2; j++) y[i, j] += c * z[i, 0] * z[1, j];
        if (depth > 0) Square(y, z, c * 0.5, depth - 1);
    }
}
