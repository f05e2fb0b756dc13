namespace SoftDiff.Tests.Declared;

public sealed class JacobianTests
{
    [Theory]
    [InlineData(3, 5)]
    [InlineData(4, 2)]
    [InlineData(1, 4)]
    [InlineData(2, 0)]
    public void Columns_rows_and_differences_agree(int n, int m)
    {
        const double Shift = 0.3;
        double[] x = [.. Enumerable.Range(0, n).Select(i => 0.4 + (0.3 * i))];
        double[] Run(double[] at)
        {
            var y = new double[m];
            Jacobians.Residuals(at.AsSpan(0, n), at[n], y);
            return y;
        }

        var (forward, reverse, either, y) = (Filled(m * (n + 1)), Filled(m * (n + 1)), Filled(m * (n + 1)), Filled(m));
        Jacobians.ResidualsForward(x, Shift, y, forward);
        Assert.Equal(Run([.. x, Shift]), y);
        y = Filled(m);
        Jacobians.ResidualsReverse(x, Shift, y, reverse);
        Assert.Equal(Run([.. x, Shift]), y);
        Jacobians.ResidualsJacobian(x, Shift, y, either);
        Differences.AssertClose(Differences.Jacobian(Run, [.. x, Shift]), forward, 1e-9);
        Differences.AssertClose(forward, reverse, 1e-13);
        Assert.Equal(n + 1 <= m ? forward : reverse, either);

        var column = Filled(m);
        Jacobians.ResidualsByShift(x, Shift, y, column);
        Assert.Equal(Enumerable.Range(0, m).Select(i => (double)i), column);
    }

    [Fact]
    public void Products_have_the_shapes_of_the_companions()
    {
        double[] x = [0.4, 0.7], y = new double[3], expected = new double[3], dY = [1, -2, 0.5], cY = [1, -2, 0.5];
        double[] gX = new double[2], dX = new double[2];
        Jacobians.ResidualsPullback(x, 0.3, y, gX, out var gShift, dY);
        Jacobians.ResidualsVjp(x, 0.3, expected, dX, out var dShift, cY);
        Assert.Equal(dX, gX);
        Assert.Equal(dShift, gShift);
        Assert.Equal(cY, dY);
        Assert.Equal(expected, y);

        double[] tY = new double[3], tangents = new double[3];
        Jacobians.ResidualsPushforward(x, 0.3, y, [1, 2], 0.5, tY);
        Jacobians.ResidualsJvp(x, 0.3, expected, [1, 2], 0.5, tangents);
        Assert.Equal(tangents, tY);
    }

    [Fact]
    public void Results_references_and_buffers_are_outputs_and_may_be_inputs()
    {
        double[] point = [0.7, -0.4, 1.5, -0.2];
        static double[] Run(double[] at)
        {
            var (z, state) = (at[1], at[2..]);
            var value = Jacobians.Everything(at[0], ref z, out var u, state);
            return [z, u, .. state, value];
        }

        var expected = Differences.Jacobian(Run, point);
        var (forward, reverse, auto) = (Filled(20), Filled(20), Filled(10));
        Check(Jacobians.EverythingForward, forward);
        Check(Jacobians.EverythingReverse, reverse);
        Check(Jacobians.EverythingAuto, auto);
        Differences.AssertClose(expected, forward, 1e-9);
        Differences.AssertClose(forward, reverse, 1e-13);
        Differences.AssertClose([.. Enumerable.Range(0, 10).Select(i => forward[(i / 2 * 4) + (i % 2)])], auto, 1e-13);

        void Check(Declaration jacobian, double[] matrix)
        {
            double z = point[1];
            double[] state = [point[2], point[3]];
            var value = jacobian(point[0], ref z, out var u, state, matrix);
            double[] outputs = [z, u, .. state, value];
            Assert.Equal(Run(point), outputs);
        }
    }

    [Fact]
    public void A_row_of_float_and_double_is_double()
    {
        var row = Filled(4);
        Assert.Equal(14.5, Jacobians.DotJacobian([2, 0.5], [2.5f, 2f], row), 1e-12);
        Assert.Equal([6.25, 4, 10, 2], row);
        Assert.Equal("row", Assert.Throws<ArgumentException>(() => Jacobians.DotJacobian([2], [1f], new double[3])).ParamName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_matrix_inside_keeps_its_condition(bool isOn)
    {
        double[] x = [0.5, -1.2, 0.8], y = new double[9], forward = Filled(27), reverse = Filled(27);
        Jacobians.StiffForward(x, isOn, y, forward);
        Jacobians.StiffReverse(x, isOn, y, reverse);
        for (var column = 0; column < 3; column++)
        {
            for (var row = 0; row < 9; row++)
            {
                var expected = Differences.Slope(at => Run(x, column, at, isOn)[row], x[column]);
                Assert.Equal(expected, forward[(3 * row) + column], 1e-7);
            }
        }

        Differences.AssertClose(forward, reverse, 1e-13);

        static double[] Run(double[] x, int column, double at, bool isOn)
        {
            double[] moved = [.. x], y = new double[9];
            moved[column] = at;
            Jacobians.Stiff(moved, isOn, y);
            return y;
        }
    }

    private delegate double Declaration(double x, ref double z, out double u, Span<double> state, Span<double> jacobian);

    private static double[] Filled(int n) => [.. Enumerable.Repeat(9.5, n)];
}
