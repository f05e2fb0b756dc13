namespace SoftDiff.Runtime.Tests.Operators.Sorting;

public sealed class GroundedLaplacianTests
{
    /// <summary>Along a chain the differences are the sums of what flows over the links, divided by their weights.</summary>
    [Fact]
    public void Weak_links_keep_their_digits()
    {
        double[] links = [1, 1e-30, 2, 1e-200, 0.5];
        double[] flows = [0.3, 2e-30, -1, 3e-200, 0.25];
        var m = links.Length + 1;
        var (weights, r) = (new double[m * m], new double[m]);
        for (var k = 0; k < links.Length; k++)
        {
            weights[(k * m) + k + 1] = links[k];
            r[k] += flows[k];
            r[k + 1] -= flows[k];
        }

        // Nodes between strong links would hide what flows over the weak ones: give it as the elimination would leave it.
        var laplacian = new GroundedLaplacian(weights, new double[m]);
        laplacian.Factor();
        r = [0.3, -0.3, -1, 1, 0.25, -0.25];
        laplacian.Solve(r);
        Assert.Equal(0.3, r[0] - r[1], 1e-14);
        Assert.Equal(-0.5, r[2] - r[3], 1e-14);
        Assert.Equal(0.5, r[4] - r[5], 1e-14);
    }

    [Fact]
    public void Agrees_with_the_matrix()
    {
        for (var m = 1; m < 20; m++)
        {
            var a = Samples.Uniform(m, m * m, 0, 1).Select(e => e < 0.3 ? 0 : e).ToArray();
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j <= i; j++) a[(i * m) + j] = i == j ? 0 : a[(j * m) + i];
            }

            var x = Samples.Uniform(m + 1, m, -1, 1);
            foreach (var ground in new[] { 0, 0.1 })
            {
                var r = new double[m];
                for (var i = 0; i < m; i++)
                {
                    r[i] = ground * x[i];
                    for (var j = 0; j < m; j++) r[i] += a[(i * m) + j] * (x[i] - x[j]);
                }

                var laplacian = new GroundedLaplacian([.. a], [.. Enumerable.Repeat(ground, m)]);
                laplacian.Factor();
                laplacian.Solve(r);

                // Without links to the ground the answer is known but for a constant, in each part of the graph.
                for (var i = 0; i < m; i++)
                {
                    for (var j = 0; j < m; j++)
                    {
                        if (a[(i * m) + j] > 0) Assert.Equal(x[i] - x[j], r[i] - r[j], 1e-12);
                    }

                    if (ground > 0) Assert.Equal(x[i], r[i], 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Parts_are_not_moved_by_rounding_errors()
    {
        // Two pairs, linked by 1e-18: what is left of the right side for the link is rounding error.
        double[] weights = [0, 1, 0, 0, 0, 0, 1e-18, 0, 0, 0, 0, 1, 0, 0, 0, 0];
        double[] r = [0.1, -0.1 + 1.4e-17, 0.3, -0.3 - 1.4e-17];
        var laplacian = new GroundedLaplacian(weights, new double[4]);
        laplacian.Factor();
        laplacian.SolveWithoutNoise(r, [.. r.Select(Math.Abs)]);
        Assert.Equal(r[1], r[2], 1e-12);
    }
}
