using System.Runtime.CompilerServices;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>σ, its antiderivative and its derivatives in each mode.</summary>
public sealed class SigmoidalPointTests
{
    private const double S = 1;

    private static readonly SoftMode[] Bounded = [SoftMode.C0, SoftMode.C1, SoftMode.C2, SoftMode.C1PNorm, SoftMode.C2PNorm];

    private enum Part
    {
        Value,
        Complement,
        Slope,
        Curvature,
        Integral,
    }

    [Theory]
    [InlineData(SoftMode.Smooth)]
    [InlineData(SoftMode.C0)]
    [InlineData(SoftMode.C1)]
    [InlineData(SoftMode.C2)]
    [InlineData(SoftMode.C1PNorm)]
    [InlineData(SoftMode.C2PNorm)]
    public void Each_derivative_is_that_of_the_one_before(SoftMode mode)
    {
        foreach (var u in Samples.Uniform(1, 300, -4.9, 4.9))
        {
            Assert.Equal(Difference(Part.Integral, mode, u), At(Part.Value, mode, u), 1e-10);
            Assert.Equal(Difference(Part.Value, mode, u), At(Part.Slope, mode, u), 1e-10);
            Assert.Equal(Difference(Part.Slope, mode, u), At(Part.Curvature, mode, u), 1e-9);
            Assert.Equal(1, At(Part.Value, mode, u) + At(Part.Complement, mode, u), 1e-15);
            Assert.Equal(At(Part.Complement, mode, u), At(Part.Value, mode, -u));
            Assert.Equal(At(Part.Slope, mode, u), At(Part.Slope, mode, -u));
            Assert.Equal(-At(Part.Curvature, mode, u), At(Part.Curvature, mode, -u));
        }
    }

    [Fact]
    public void Values_are_those_of_the_formulas()
    {
        foreach (var v in Samples.Uniform(2, 500, -1, 1))
        {
            var u = 5 * v;
            Assert.Equal((1 + v) / 2, At(Part.Value, SoftMode.C0, u), 4e-16);
            Assert.Equal(0.5 + (0.75 * v) - (v * v * v / 4), At(Part.Value, SoftMode.C1, u), 4e-16);
            Assert.Equal(0.5 + (15 * v / 16) - (5 * v * v * v / 8) + (3 * Math.Pow(v, 5) / 16), At(Part.Value, SoftMode.C2, u), 6e-16);

            var b = (v + Math.Sqrt(2 - (v * v))) / 2;
            Assert.Equal(b * b, At(Part.Value, SoftMode.C1PNorm, u), 6e-16);
            Assert.Equal(5 * ((v / 2) - (Math.Pow(2 - (v * v), 1.5) / 6) + (2.0 / 3)), At(Part.Integral, SoftMode.C1PNorm, u), 4e-15);

            // b³ + (b - v)³ = 1 at the value's own cube root.
            var g = At(Part.Value, SoftMode.C2PNorm, u);
            Assert.Equal(1, g + Math.Pow(Math.Cbrt(g) - v, 3), 3e-15);
            Assert.Equal(5 * (0.75 + (v * g) - (0.75 * (Math.Pow(1 - g, 4.0 / 3) + Math.Pow(g, 4.0 / 3)))), At(Part.Integral, SoftMode.C2PNorm, u), 1e-14);
        }
    }

    [Fact]
    public void Nothing_cancels_near_the_lower_end()
    {
        // With v = -1 + e: σ and its antiderivative to first order in a small e.
        const double E = 1.0 / (1 << 20);
        foreach (var (mode, value, integral) in new[]
        {
            (SoftMode.C0, E / 2, 5 * E * E / 4),
            (SoftMode.C1, 0.75 * E * E, 5 * E * E * E / 4),
            (SoftMode.C2, 1.25 * E * E * E, 5 * E * E * E * E * 5 / 16),
            (SoftMode.C1PNorm, E * E, 5 * E * E * E / 3),
            (SoftMode.C2PNorm, E * E * E, 5 * E * E * E * E / 4),
        })
        {
            Assert.Equal(1, At(Part.Value, mode, 5 * (E - 1)) / value, 3e-6);
            Assert.Equal(1, At(Part.Integral, mode, 5 * (E - 1)) / integral, 3e-6);
            Assert.Equal(1, At(Part.Complement, mode, 5 * (1 - E)) / value, 3e-6);
        }

        Assert.Equal(Math.Exp(-700), At(Part.Value, SoftMode.Smooth, -700), 1e-315);
        Assert.Equal(Math.Exp(-700), At(Part.Complement, SoftMode.Smooth, 700), 1e-315);
    }

    [Fact]
    public void Ends_belong_to_the_side_of_the_convention()
    {
        foreach (var mode in Bounded)
        {
            Assert.Equal(0, At(Part.Value, mode, -5));
            Assert.Equal(1, At(Part.Value, mode, 5));
            foreach (var beyond in new[] { 5, Math.BitIncrement(5), 6, 1e300, double.PositiveInfinity })
            {
                Assert.Equal(0, At(Part.Slope, mode, beyond));
                Assert.Equal(0, At(Part.Curvature, mode, beyond));
                if (beyond > 5) Assert.Equal((0, 0), (At(Part.Slope, mode, -beyond), At(Part.Curvature, mode, -beyond)));
            }
        }

        Assert.Equal(0.1, At(Part.Slope, SoftMode.C0, -5));
        Assert.Equal(0.06, At(Part.Curvature, SoftMode.C1, -5), 1e-17);
        Assert.Equal(0.08, At(Part.Curvature, SoftMode.C1PNorm, -5), 1e-16);

        // The quotient x / s decides, not a product with 1 / s: it is 5 in the first two, where the product is not, and beyond or short of 5 in
        // the others, where the product is 5.
        foreach (var (x, softness) in new[] { (0.015, 0.003), (0.035, 0.007), (1.175, 0.235), (0.205, 0.041) })
        {
            var (quotient, product) = (x / softness, x * (1 / softness));
            Assert.True(quotient == 5 ^ product == 5);
            Soft.SigmoidalVjp(-x, 1, out var lower, out _, softness, SoftMode.C0);
            Soft.SigmoidalVjp(x, 1, out var upper, out _, softness, SoftMode.C0);
            Assert.Equal(quotient <= 5 ? 0.1 / softness : 0, lower, 1e-15 / softness);
            Assert.Equal(quotient < 5 ? 0.1 / softness : 0, upper, 1e-15 / softness);
            Assert.Equal(quotient >= 5, Soft.Sigmoidal(-x, softness, SoftMode.C0) == 0);
        }
    }

    [Fact]
    public void Limits_are_exact()
    {
        var (infinity, minus) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var mode in Enum.GetValues<SoftMode>())
        {
            foreach (var large in new[] { 1e300, infinity })
            {
                Assert.Equal((1.0, 0.0), (Soft.Sigmoidal(large, 0.1, mode), Soft.Sigmoidal(-large, 0.1, mode)));
                Assert.Equal((1.0, -1.0), (Soft.Sign(large, 0.1, mode), Soft.Sign(-large, 0.1, mode)));
                Assert.Equal((large, large), (Soft.Abs(large, 0.1, mode), Soft.Abs(-large, 0.1, mode)));
                Assert.Equal((large, -large), (Soft.Round(large, 0.1, mode), Soft.Round(-large, 0.1, mode)));
                foreach (var gated in new[] { false, true })
                {
                    Assert.Equal((large, 0.0), (Soft.Relu(large, 0.1, mode, gated), Soft.Relu(-large, 0.1, mode, gated)));
                    Assert.Equal((3.0, -2.0), (Soft.Clamp(large, -2, 3, 0.1, mode, gated), Soft.Clamp(-large, -2, 3, 0.1, mode, gated)));
                    Assert.Equal(large, Soft.Clamp(large, minus, infinity, 0.1, mode, gated));
                    Soft.ClampVjp(large, -2, 3, 1, out var dX, out var dA, out var dB, out var dSoftness, 0.1, mode, gated);
                    Assert.Equal((0.0, 0.0, 1.0, 0.0), (dX, dA, dB, dSoftness));
                }
            }
        }
    }

    [Fact]
    public void The_hard_mode_is_the_hard_function()
    {
        double[] x = [0, 0.5, 1.5, -0.5, 2.5, -2.5, 3, -0.3, 0.3, 1e16, 4503599627370497.5, -7.5];
        foreach (var v in x)
        {
            Assert.Equal(Math.Round(v), Soft.Round(v, mode: SoftMode.Hard));
            Assert.Equal(Math.Max(v, 0), Soft.Relu(v, mode: SoftMode.Hard));
            Assert.Equal(Math.Abs(v), Soft.Abs(v, mode: SoftMode.Hard));
            Assert.Equal(Math.Sign(v), Soft.Sign(v, mode: SoftMode.Hard));
            Assert.Equal(Math.Clamp(v, -1, 2), Soft.Clamp(v, -1, 2, mode: SoftMode.Hard));
            Assert.Equal(v > 0 ? 1 : v < 0 ? 0 : 0.5, Soft.Heaviside(v, mode: SoftMode.Hard));
            Assert.Equal(Math.Round(v), Soft.Round((float)v, mode: SoftMode.Hard), 1e9);
        }

        // However small x or large the softness: the hard function does not divide.
        Assert.Equal(1, Soft.Sign(5e-324, 1e10, SoftMode.Hard));
        Soft.ReluVjp(0.0, 1, out var dX, out var dSoftness, mode: SoftMode.Hard);
        Assert.Equal((0.0, 0.0), (dX, dSoftness));
        Soft.ClampVjp(1.0, 1, 2, 1, out dX, out var dA, out var dB, out _, mode: SoftMode.Hard);
        Assert.Equal((0.5, 0.5, 0.0), (dX, dA, dB));
    }

    [Fact]
    public void Rounding_loses_the_mass_beyond_its_radius()
    {
        Assert.Equal(268.2, Soft.Round(1000.3, 10), 0.05);
        Assert.Equal(7, Soft.Round(7.2, 0.01, SoftMode.C2, 0), 1e-15);
        foreach (var mode in Bounded.Append(SoftMode.Smooth))
        {
            // The sum as it is defined.
            foreach (var x in Samples.Uniform(3, 100, -20, 20))
            {
                var expected = 0.0;
                for (var m = -3; m <= 3; m++)
                {
                    var n = Math.Floor(x) + m;
                    expected += n * (Soft.Sigmoidal(x - n + 0.5, 0.3, mode) - Soft.Sigmoidal(x - n - 0.5, 0.3, mode));
                }

                Assert.Equal(expected, Soft.Round(x, 0.3, mode, 3), 1e-13);
            }
        }
    }

    [Fact]
    public void The_softness_derivative_of_large_elements_is_lost_in_no_rounding()
    {
        foreach (var mode in Bounded.Append(SoftMode.Smooth))
        {
            foreach (var x in new[] { 1e6, -1e6, 1234567.875 })
            {
                Soft.ReluVjp(x, 1, out _, out var dSoftness, 0.01, mode);
                Assert.Equal(0, dSoftness);
                Soft.ClampVjp(x, -3, 2, 1, out _, out _, out _, out dSoftness, 0.01, mode);
                Assert.Equal(0, dSoftness);
            }
        }
    }

    [Fact]
    public void The_slope_of_the_4_3_norm_is_even_to_second_order()
    {
        // 3 b² b′ = 3 a² b² / (a² + b²) with a, b = t ± v / 2 has no term in v, however small.
        var top = At(Part.Slope, SoftMode.C2PNorm, 0);
        Assert.Equal(0.3 * Math.Pow(0.5, 2.0 / 3), top, 1e-16);
        foreach (var u in new[] { 1e-9, 1e-7, 1e-6, 5e-6 }) Assert.Equal(top, At(Part.Slope, SoftMode.C2PNorm, u), 1e-11);
    }

    private static double Difference(Part part, SoftMode mode, double u)
    {
        const double H = 1e-3;
        return ((8 * (At(part, mode, u + H) - At(part, mode, u - H))) - (At(part, mode, u + (2 * H)) - At(part, mode, u - (2 * H)))) / (12 * H);
    }

    private static double At(Part part, SoftMode mode, double u) => SoftDiff.Elementwise.Value(new PartOperator(mode, part), u);

    private readonly struct PartOperator(SoftMode mode, Part part) : IElementwise<double>, IModal<double>
    {
        public static int Inputs => 1;

        public static InputNames Names => InputNames.X;

        public void Choose<TAction>(ref TAction action)
            where TAction : struct, IPointwiseAction<double>, allows ref struct => Modes.Choose<double, PartOperator, TAction>(mode, this, ref action);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
            where TSigmoidal : struct, ISigmoidal<double>
            where TVector : struct
            where TLanes : struct, ILanes<TVector, double>
        {
            partials = default;
            var at = new SigmoidalPoint<double, TSigmoidal, TVector, TLanes>(TLanes.Divide(x, TLanes.Constant(S)));
            return part switch
            {
                Part.Value => at.Value,
                Part.Complement => at.Complement,
                Part.Slope => at.Slope,
                Part.Curvature => at.Curvature,
                _ => TLanes.Add(at.Tail, TLanes.Max(x, TLanes.Constant(0))),
            };
        }
    }
}
