using System;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class ListPatterns
{
    //? `a is [var first, .. var rest]`
    //? a = [0.5, -1.5, 2]
    //? a = [0.5]
    [Differentiable]
    public static double FirstAndRest(double[] a)
    {
        if (a is [var first, .. var rest])
        {
            double s = first * first;
            foreach (double r in rest) s += r * first;
            return s;
        }

        return 1;
    }

    //? a `switch` on the number of elements
    //? a = [0.5]
    //? a = [0.5, -1.5]
    //? a = [0.5, -1.5, 2, 0.3]
    [Differentiable]
    public static double ByLength(double[] a) => a switch
    {
        [] => 0,
        [var x] => x * x,
        [var x, var y] => x * y,
        [var x, .., var y] => x * x + y,
    };

    //? elements compared, in a span
    //? a = [0.5, -1.5, 2]
    //? a = [-0.5, -1.5, 2]
    //? a = [-0.5]
    [Differentiable]
    public static double Compared(ReadOnlySpan<double> a)
    {
        double s = a is [> 0, _, ..] ? a[0] * a[1] : a[0];
        if (a is [.., > 1 and var last]) s += last * last;
        if (a is not [_, _, ..]) s *= 3;
        return s;
    }

    //? the middle of a span
    //? a = [0.5, -1.5, 2, 0.3]
    [Differentiable]
    public static double Middle(ReadOnlySpan<double> a)
    {
        if (a is [var first, .. var middle, var last]) return first * middle[0] + middle[^1] * last * middle.Length;
        return 0;
    }
}
