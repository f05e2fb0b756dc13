using System;
using System.Numerics.Tensors;
using SoftDiff;

namespace SoftDiff.Probes;

/// <summary>Rules whose gradients go to arrays that have other uses: all, some or none of their cotangents are zero before.</summary>
public static partial class RuleGradients
{
    //? rules that write, add to, or work in their gradients, on one array
    //? x = [0.5, 1.5, -0.3, 0.7]
    [Differentiable]
    public static double OneArray(ReadOnlySpan<double> x) => Cubes(x) * Squares(x) + Cubes(x[1..]) + AddedCubes(x[..2]) + x[0] * Squares(x);

    //? one array for both inputs of a rule, and two parts of it
    //? x = [0.5, 1.5, -0.3, 0.7]
    [Differentiable]
    public static double BothInputs(ReadOnlySpan<double> x) => Inner(x, x) * Inner(x[..2], x[1..3]) + Inner(x[2..], x[..2]);

    //? elements read before and after a rule
    //? x = [0.5, 1.5, -0.3, 0.7]
    [Differentiable]
    public static double BeforeAndAfter(ReadOnlySpan<double> x)
    {
        double before = x[1] * x[1];
        double sum = Squares(x);
        return before * sum + x[2] * sum;
    }

    //? a rule in one branch, elements in others
    //? x = [0.5, 1.5, -0.3, 0.7], which = 0
    //? x = [0.5, 1.5, -0.3, 0.7], which = 1
    //? x = [0.5, 1.5, -0.3, 0.7], which = 2
    [Differentiable]
    public static double InBranches(ReadOnlySpan<double> x, int which)
    {
        double[] b = new double[4];
        for (int i = 0; i < 4; i++) b[i] = x[i] * x[i];
        double s = 0;
        if (which == 0) s = Squares(b);
        else if (which == 1) s = b[1] * 3;
        double t = Cubes(b);
        if (which == 2) t += b[2] * b[3];
        return s * t + t;
    }

    //? rules in a loop over buffers that feed each other
    //? x = [0.5, 1.5, -0.3, 0.7], n = 3
    //? x = [0.5, 1.5, -0.3, 0.7], n = 1
    //? x = [0.5, 1.5, -0.3, 0.7], n = 0
    [Differentiable]
    public static double InLoops(ReadOnlySpan<double> x, int n)
    {
        double[] b = x.ToArray(), d = new double[4];
        double sum = 0;
        for (int k = 0; k < n; k++)
        {
            Square(b, d);
            sum += Squares(d) * x[k];
            for (int i = 0; i < 4; i++) b[i] = 0.5 * d[i] + x[i];
        }

        return sum + b[1];
    }

    //? a rule from a part of a buffer to another, and in place
    //? x = [0.5, 1.5, -0.3, 0.7]
    [Differentiable]
    public static double PartToPart(ReadOnlySpan<double> x)
    {
        double[] b = new double[12];
        x.CopyTo(b);
        Square(b.AsSpan(0, 4), b.AsSpan(4, 4));
        Square(b.AsSpan(4, 4), b.AsSpan(8, 4));
        Square(b.AsSpan(8, 4), b.AsSpan(0, 4));
        Square(b, b);
        return Squares(b.AsSpan(2, 7)) + b[3] * b[11];
    }

    //? a buffer cleared in part or whole before a rule reads it
    //? x = [0.5, 1.5, -0.3, 0.7, 1.1]
    [Differentiable]
    public static double PartlyCleared(ReadOnlySpan<double> x)
    {
        double[] b = new double[5];
        double sum = 0;
        for (int k = 0; k < 3; k++)
        {
            if (k == 1) b.AsSpan(0, 2).Clear();
            else Array.Clear(b);
            for (int i = k; i < 5; i++) b[i] += x[i] * x[i - k];
            sum += Squares(b) * x[k];
        }

        return sum;
    }

    //? rules in a `while` loop left from the middle
    //? x = [0.5, 1.5, -0.3, 0.7]
    [Differentiable]
    public static double LeftFromTheMiddle(ReadOnlySpan<double> x)
    {
        double[] b = x.ToArray();
        double sum = 0;
        int k = 0;
        while (true)
        {
            double e = Squares(b);
            if (e < 0.2 || k > 6) break;
            sum += e;
            for (int i = 0; i < b.Length; i++) b[i] = 0.6 * b[i];
            k++;
            if (k == 3)
            {
                b[0] += x[1];
                continue;
            }

            sum += Cubes(b);
        }

        return sum * b[1];
    }

    //? parts of run-time length under rules, empty ones too
    //? x = [0.5, 1.5, -0.3, 0.7, 0.2], n = 2
    //? x = [0.5, 1.5, -0.3, 0.7, 0.2], n = 5
    //? x = [0.5, 1.5, -0.3, 0.7, 0.2], n = 0
    [Differentiable]
    public static double Lengths(ReadOnlySpan<double> x, int n)
    {
        double[] b = new double[5];
        for (int i = 0; i < n; i++) b[i] = x[i] * x[0];
        return AddedCubes(b.AsSpan(0, n)) + Squares(b.AsSpan(n)) + Cubes(x[..n]) + x[0];
    }

    //? an in-out buffer read by a rule before and after another writes it
    //? y = [0.5, 1.5, -0.3, 0.7], x = [1, 2, 3, 4]
    [Differentiable]
    public static double InOut(Span<double> y, ReadOnlySpan<double> x)
    {
        double s = Squares(y);
        Square(x, y);
        s += Cubes(y);
        y[1] = s;
        return s + Squares(x);
    }

    //? a tensor over a buffer, and rules on both
    //? x = [0.5, 1.5, -0.3, 0.7, 1.0, -1.0]
    [Differentiable]
    public static double TensorAndBuffer(ReadOnlySpan<double> x)
    {
        double[] b = x.ToArray();
        var t = new TensorSpan<double>(b, [2, 3]);
        double e = Squares(b);
        Soft.Sort(t, t, axis: 1);
        double f = Cubes(b);
        Soft.Sort(t, t, axis: 0);
        return e * f + b[0] * t[1, 2] + Squares(b.AsSpan(1, 3));
    }

    [CustomVjp(nameof(AddedCubesBackward))]
    private static double AddedCubes(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (var element in x) sum += element * element * element;
        return sum;
    }

    private static void AddedCubesBackward(ReadOnlySpan<double> x, double c, Span<double> dX)
    {
        for (int i = 0; i < x.Length; i++) dX[i] += 3 * c * x[i] * x[i];
    }

    [CustomVjp(nameof(CubesBackward))]
    private static double Cubes(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (var element in x) sum += element * element * element;
        return sum;
    }

    private static void CubesBackward(ReadOnlySpan<double> x, double c, Span<double> dX)
    {
        for (int i = 0; i < x.Length; i++) dX[i] = 3 * c * x[i] * x[i];
    }

    [CustomVjp(nameof(SquaresBackward))]
    private static double Squares(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (var element in x) sum += element * element;
        return sum;
    }

    private static void SquaresBackward(ReadOnlySpan<double> x, double c, Span<double> dX)
    {
        dX.Fill(7);
        for (int i = 1; i < x.Length; i++) dX[i] = dX[i - 1] + 1;
        for (int i = 0; i < x.Length; i++) dX[i] = 2 * c * x[i];
    }

    [CustomVjp(nameof(InnerBackward))]
    private static double Inner(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static void InnerBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double c, Span<double> dX, Span<double> dY)
    {
        for (int i = 0; i < x.Length; i++) dX[i] = c * y[i];
        for (int i = 0; i < x.Length; i++) dY[i] += c * x[i];
    }

    [CustomVjp(nameof(SquareBackward))]
    [CustomJvp(nameof(SquareTangent))]
    private static void Square(ReadOnlySpan<double> x, Span<double> destination)
    {
        for (int i = 0; i < x.Length; i++) destination[i] = x[i] * x[i];
    }

    private static void SquareBackward(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX)
    {
        for (int i = 0; i < x.Length; i++) dX[i] = 2 * x[i] * cDestination[i];
    }

    private static void SquareTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination)
    {
        for (int i = 0; i < x.Length; i++)
        {
            tDestination[i] = 2 * x[i] * tX[i];
            destination[i] = x[i] * x[i];
        }
    }
}
