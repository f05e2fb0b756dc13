namespace SoftDiff.Tests.Declared;

public sealed class HessianTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void A_sum_of_squares_has_twice_the_identity(int n)
    {
        var x = Point(n);
        var hessian = Filled(n * n);
        Assert.Equal(x.Sum(t => t * t), Functions.SumOfSquaresHessian(x, hessian), 1e-14);
        for (var i = 0; i < n * n; i++) Assert.Equal(i % (n + 1) == 0 ? 2 : 0, hessian[i]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(100)]
    public void Rosenbrock_has_its_analytic_hessian(int n)
    {
        var x = Point(n);
        var (expected, hessian, all, gradient) = (Rosenbrock(x), Filled(n * n), Filled(n * n), Filled(n));
        Functions.RosenbrockHessian(x, hessian);
        Differences.AssertClose(expected, hessian, 1e-13);
        Assert.Equal(Functions.Rosenbrock(x), Functions.RosenbrockAll(x, gradient, all));
        Assert.Equal(hessian, all);
        var dX = Filled(n);
        Functions.RosenbrockGrad(x, dX);
        Assert.Equal(dX, gradient);
    }

    /// <summary>Every number of columns that vectors of 512, 256 and 128 bits and single columns share between them.</summary>
    [Fact]
    public void Columns_do_not_depend_on_how_many_are_computed_at_once()
    {
        for (var n = 1; n <= 19; n++)
        {
            var x = Point(n);
            var (hessian, column, direction) = (Filled(n * n), Filled(n), new double[n]);
            Functions.RosenbrockHessian(x, hessian);
            for (var j = 0; j < n; j++)
            {
                direction[j] = 1;
                Functions.RosenbrockProduct(x, direction, column);
                direction[j] = 0;
                Differences.AssertClose(column, Enumerable.Range(0, n).Select(i => hessian[(i * n) + j]).ToArray(), 1e-13);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public void A_product_is_that_of_the_hessian_and_the_vector(int n)
    {
        var (x, v) = (Point(n), Point(n, seed: 5));
        var (hessian, product, again, gradient, dX) = (Rosenbrock(x), Filled(n), Filled(n), Filled(n), Filled(n));
        Assert.Equal(Functions.Rosenbrock(x), Functions.RosenbrockProduct(x, v, product));
        var expected = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => hessian[(i * n) + j] * v[j])).ToArray();
        Differences.AssertClose(expected, product, 1e-12);
        Functions.RosenbrockProductAndGradient(x, v, gradient, again);
        Assert.Equal(product, again);
        Functions.RosenbrockGrad(x, dX);
        Assert.Equal(dX, gradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public void Columns_through_operators_are_products_with_basis_vectors(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i))], weights = [.. Enumerable.Range(0, 3 * n).Select(i => Math.Cos(i))];
        var (hessian, product) = (new double[n * n], new double[n]);
        var value = Functions.EntropyHessian(x, weights, 1, hessian);
        Assert.Equal(Functions.Entropy(x, weights, 1), value);
        for (var j = 0; j < n; j++)
        {
            var direction = new double[n];
            direction[j] = 1;
            Functions.EntropyProduct(x, weights, 1, direction, product);
            Differences.AssertClose(product, [.. Enumerable.Range(0, n).Select(i => hessian[(i * n) + j])], 1e-13);
        }
    }

    [Fact]
    public void The_jacobian_of_a_gradient_is_the_hessian()
    {
        var x = Point(6);
        var (hessian, jacobian, gradient, dX) = (Filled(36), Filled(36), Filled(6), Filled(6));
        Functions.RosenbrockHessian(x, hessian);
        Functions.RosenbrockHessianByJacobian(x, gradient, jacobian);
        Differences.AssertClose(hessian, jacobian, 1e-13);
        Functions.RosenbrockGrad(x, dX);
        Assert.Equal(dX, gradient);
    }

    [Fact]
    public void Rows_and_columns_run_over_all_parameters()
    {
        const double A = 0.8;
        float[] w = [0.5f, -0.3f];
        double[] x = [1.2, -0.7];
        var (dW, dX, hessian) = (new float[2], Filled(2), Filled(25));
        var value = Functions.BlendHessian(A, w, x, 3, out var dA, dW, dX, hessian);
        Assert.Equal(Functions.BlendGrad(A, w, x, 3, out var expectedA, new float[2], new double[2]), value);
        Assert.Equal(expectedA, dA, 1e-14);

        double[] Gradient(double[] at)
        {
            // Differences need more digits than a float has: the gradient of the same function in double.
            var (a, sum, slopes) = (at[0], 3 * at[0] * at[0], new double[4]);
            for (var i = 0; i < 2; i++)
            {
                var (weight, number) = (at[1 + i], at[3 + i]);
                var e = 3 * Math.Exp(a * weight);
                sum += e * weight * number * number;
                slopes[i] = e * a * number * number;
                slopes[2 + i] = 2 * e * number;
            }

            return [sum, .. slopes];
        }

        double[] point = [A, w[0], w[1], x[0], x[1]];
        Differences.AssertClose(Differences.Jacobian(Gradient, point), hessian, 1e-6);
        Differences.AssertClose(Gradient(point), [dA, dW[0], dW[1], dX[0], dX[1]], 1e-6);

        var product = new double[2];
        Functions.BlendProduct(A, w, x, 3, 0.5, [2, -1], out var productA, product);
        double[] v = [0.5, 0, 0, 2, -1];
        double Expected(int row) => Enumerable.Range(0, 5).Sum(j => hessian[(row * 5) + j] * v[j]);
        Differences.AssertClose([Expected(0), Expected(3), Expected(4)], [productA, product[0], product[1]], 1e-13);
    }

    [Fact]
    public void Buffers_are_left_as_one_run_leaves_them()
    {
        double[] x = [0.4, -0.9, 1.3];
        double[] state = [1, -2, 0.5], once = [1, -2, 0.5], again = [1, -2, 0.5];
        double[] scratch = [7, 7, 7], hessian = Filled(9);
        var value = Functions.RunningHessian(x, state, scratch, hessian);
        Assert.Equal(Functions.Running(x, once, new double[3]), value);
        Assert.Equal(once, state);

        double[] Gradient(double[] at)
        {
            var dX = new double[3];
            Functions.RunningGrad(at, [1, -2, 0.5], new double[3], dX, new double[3]);
            return dX;
        }

        Differences.AssertClose(Differences.Jacobian(Gradient, x), hessian, 1e-9);
        var product = Filled(3);
        Assert.Equal(value, Functions.RunningProduct(x, again, scratch, [1, 0, 2], product));
        Assert.Equal(once, again);
        Differences.AssertClose([.. Enumerable.Range(0, 3).Select(i => hessian[i * 3] + (2 * hessian[(i * 3) + 2]))], product, 1e-13);
    }

    [Fact]
    public void A_wrong_length_is_refused_before_anything_is_written()
    {
        var (x, gradient, hessian) = (Point(3), Filled(3), Filled(8));
        var wrong = Assert.Throws<ArgumentException>(() => Functions.RosenbrockAll(x, gradient, hessian));
        Assert.Equal("hessian", wrong.ParamName);
        Assert.Contains("has length 8; it must have length 9, for 3 rows of 3", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(Filled(3), gradient);
        Assert.Equal(Filled(8), hessian);

        wrong = Assert.Throws<ArgumentException>(() => Functions.RosenbrockAll(x, new double[2], new double[9]));
        Assert.Equal("gradient", wrong.ParamName);
        Assert.Contains("has length 2; it must have length 3, like 'x'", wrong.Message, StringComparison.Ordinal);
        wrong = Assert.Throws<ArgumentException>(() => Functions.RosenbrockProduct(x, new double[4], gradient));
        Assert.Equal("v", wrong.ParamName);
        wrong = Assert.Throws<ArgumentException>(() => Functions.RosenbrockProduct(x, x, x));
        Assert.Equal("hv", wrong.ParamName);
        wrong = Assert.Throws<ArgumentException>(() => Functions.RosenbrockGradient(x, new double[2]));
        Assert.Equal("gradient", wrong.ParamName);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var (x, v, product, hessian, jacobian, y) = (Point(40), Point(40), Filled(40), Filled(1600), Filled(200), Filled(40));
        void Run()
        {
            Functions.RosenbrockHessian(x, hessian);
            Functions.RosenbrockProduct(x, v, product);
            Functions.RosenbrockHessianByJacobian(x, y, hessian);
            Jacobians.ResidualsJacobian(x.AsSpan(0, 4), 1, y, jacobian);
        }

        for (var i = 0; i < 200; i++) Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static double[] Rosenbrock(double[] x)
    {
        var n = x.Length;
        var hessian = new double[n * n];
        for (var i = 0; i + 1 < n; i++)
        {
            hessian[(i * n) + i] += 2 - (400 * (x[i + 1] - (x[i] * x[i]))) + (800 * x[i] * x[i]);
            hessian[((i + 1) * n) + i + 1] += 200;
            hessian[(i * n) + i + 1] -= 400 * x[i];
            hessian[((i + 1) * n) + i] -= 400 * x[i];
        }

        return hessian;
    }

    private static double[] Point(int n, int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, n).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static double[] Filled(int n) => [.. Enumerable.Repeat(9.5, n)];
}
