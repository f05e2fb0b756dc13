using System;
using SoftDiff;

namespace SoftDiff.Probes;

public sealed record Saturating(double Capacity, string Name = "");

public static partial class PositionalPatterns
{
    //? positional patterns of records that the method makes
    //? n = 0.6, capacity = 7.5
    [Differentiable]
    public static double Made(double n, double capacity)
    {
        Saturating law = new(capacity * n);
        return law is (> 1 and var k, "") ? k * n : n;
    }
}
