namespace SoftDiff.Tests.Trees;

/// <summary>Arithmetic on the numbers of objects, without reflection.</summary>
public sealed class ParameterTreeTests
{
    // Mixing 4, Bands 3, Gain, Last.Slope and Last._shift, _taps 3.
    private const int Numbers = 13;

    [Fact]
    public void Private_numbers_and_those_of_inner_objects_count()
    {
        Filter filter = new();
        Assert.Equal(Numbers, ParameterTree.Count(filter));
        double squares = 0.5 * 0.5 + 0.25 * 0.25 + 0.125 * 0.125 + 1 + 0.25 + 0.25 + 4 + 1 + 4 + 9 + 0.75 * 0.75 + 0.25 + 0.0625;
        Assert.Equal(Math.Sqrt(squares), ParameterTree.Norm(filter), 1e-12);
        Assert.Equal(squares, ParameterTree.Dot(filter, filter), 1e-12);
    }

    [Fact]
    public void Zeros_have_the_same_shape_and_the_other_members()
    {
        Filter filter = new() { Calls = 7 }, zeros = ParameterTree.ZerosLike(filter);
        Assert.Equal(0.0, ParameterTree.Norm(zeros));
        Assert.Equal(7, zeros.Calls);
        Assert.Equal([2, 1], zeros.Bands.Select(row => row.Length));
        Assert.NotSame(filter.Last, zeros.Last);
        Assert.Equal(Numbers, ParameterTree.Count(zeros));
        Assert.Equal(0.75, filter.Gain);
        filter.EnergyGrad([0.7, -0.4], zeros, new double[2]);
        Assert.NotEqual(0.0, ParameterTree.Norm(zeros));
    }

    [Fact]
    public void Numbers_are_added_scaled_copied_and_cleared()
    {
        Filter filter = new(), sum = ParameterTree.ZerosLike(filter);
        ParameterTree.Add(sum, filter, -2);
        Assert.Equal(-1.5, sum.Gain);
        Assert.Equal(-1f, sum.Last.Slope);
        ParameterTree.Scale(sum, -0.5);
        Assert.Equal(filter.Taps, sum.Taps);
        ParameterTree.Zero(sum);
        Assert.Equal(0.0, ParameterTree.Norm(sum));
        ParameterTree.Copy(filter, sum);
        Assert.Equal(filter.Mixing, sum.Mixing);
        Assert.Equal(filter.Bands, sum.Bands);
    }

    [Fact]
    public void A_gradient_is_clipped_to_a_norm()
    {
        Filter gradient = new();
        double norm = ParameterTree.Norm(gradient);
        Assert.Equal(norm, ParameterTree.ClipByNorm(gradient, 10));
        Assert.Equal(0.75, gradient.Gain);
        Assert.Equal(norm, ParameterTree.ClipByNorm(gradient, 0.5));
        Assert.Equal(0.5, ParameterTree.Norm(gradient), 1e-7);
        Assert.Throws<ArgumentOutOfRangeException>(() => ParameterTree.ClipByNorm(gradient, 0));
    }

    [Fact]
    public void Several_trees_are_walked_at_once()
    {
        Filter filter = new(), gradient = new(), mean = ParameterTree.ZerosLike(filter), square = ParameterTree.ZerosLike(filter);
        ParameterTree.Zip(filter, gradient, mean, square, (ref double w, double g, ref double m, ref double v) => (w, m, v) = (w - g, g / 2, g * g));
        Assert.Equal(0.0, ParameterTree.Norm(filter));
        Assert.Equal(0.375, mean.Gain);
        Assert.Equal(9.0, square.Bands[1][0]);
        ParameterTree.Zip(filter, gradient, mean, (ref double w, double g, ref double m) => w = m = g);
        Assert.Equal(gradient.Taps, filter.Taps);
        Assert.Equal(gradient.Taps, mean.Taps);
        ParameterTree.Apply(filter, (ref double w) => w = 3);
        Assert.Equal(3 * Math.Sqrt(Numbers), ParameterTree.Norm(filter), 1e-12);
    }

    [Fact]
    public void Exceptions_name_the_path_or_the_class()
    {
        Filter filter = new();
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => ParameterTree.Add(filter, new Filter { Taps = [1] }));
        Assert.Equal("'_taps' has length 1 in one tree and 3 in another.", wrong.Message);
        wrong = Assert.Throws<ArgumentException>(() => ParameterTree.Add(filter, new Filter { Bands = [[1, 2]] }));
        Assert.Equal("'Bands' has length 1 in one tree and 2 in another.", wrong.Message);
        wrong = Assert.Throws<ArgumentNullException>(() => ParameterTree.Count(new Filter { Taps = null! }));
        Assert.Equal("_taps", wrong.ParamName);
        Assert.Contains("ParameterTreeTests", Assert.Throws<InvalidOperationException>(() => ParameterTree.Count(this)).Message);
    }
}
