namespace SoftDiff.Tests.Declared;

/// <summary>Matrices of derivatives by an array of structs, whose directions run in lanes.</summary>
public sealed partial class StructArrayMatrixTests
{
    private static readonly double[] At = [0.4, -1.3, 2.1, 0.8, -0.6, 1.7, 0.2, 0.9];

    [Differentiable]
    internal static void Chain(Place[] p, Span<double> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = (p[i].Along * p[0].Across * p[0].Across) + Math.Sin(p[i].Along * p[i].Across);
        }
    }

    [Jacobian(nameof(Chain), Mode = DiffMode.Forward)]
    internal static partial void ChainForward(Place[] p, Span<double> y, Span<double> jacobian);

    [Jacobian(nameof(Chain), Mode = DiffMode.Reverse)]
    internal static partial void ChainReverse(Place[] p, Span<double> y, Span<double> jacobian);

    [Differentiable]
    internal static double Bend(Place[] p)
    {
        double sum = 0;
        for (int i = 1; i < p.Length; i++)
        {
            double along = p[i].Along - p[i - 1].Along;
            sum += along * along * p[i].Across * p[0].Across;
        }

        return sum;
    }

    [Hessian(nameof(Bend))]
    internal static partial double BendHessian(Place[] p, Span<double> hessian);

    [Gradient(nameof(Bend))]
    internal static partial void BendGradient(Place[] p, Span<Place> dP);

    [Fact]
    public void Both_modes_of_a_Jacobian_agree_with_differences()
    {
        double[] Run(double[] at)
        {
            double[] value = new double[4];
            Chain(Places(at), value);
            return value;
        }

        double[] y = new double[4], forward = new double[32], reverse = new double[32];
        ChainForward(Places(At), y, forward);
        ChainReverse(Places(At), y, reverse);
        Assert.Equal(Run(At), y);
        Differences.AssertClose(Differences.Jacobian(Run, At), forward, 1e-8);
        Differences.AssertClose(forward, reverse, 1e-13);
    }

    [Fact]
    public void A_Hessian_is_the_Jacobian_of_the_gradient()
    {
        double[] Gradient(double[] at)
        {
            var gradient = new Place[4];
            BendGradient(Places(at), gradient);
            return [.. gradient.SelectMany(place => new[] { place.Along, place.Across })];
        }

        double[] hessian = new double[64];
        Assert.Equal(Bend(Places(At)), BendHessian(Places(At), hessian));
        Differences.AssertClose(Differences.Jacobian(Gradient, At), hessian, 1e-7);
    }

    private static Place[] Places(double[] numbers) =>
        [.. Enumerable.Range(0, numbers.Length / 2).Select(i => new Place { Along = numbers[2 * i], Across = numbers[(2 * i) + 1] })];
}
