using System.Numerics;
using SoftDiff;

namespace SoftDiff.Tests.Trees;

/// <summary>A model with a complex number.</summary>
public sealed partial class Resonator
{
    public Complex Pole { get; set; }

    public double Gain { get; set; }

    [Differentiable(Wrt = ["r"])]
    public static double Response(Resonator r) => r.Gain * (r.Pole * Complex.Conjugate(r.Pole)).Real;
}
