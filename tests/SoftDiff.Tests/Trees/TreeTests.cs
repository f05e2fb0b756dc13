namespace SoftDiff.Tests.Trees;

/// <summary>Derivatives by the members of objects, and what companions check on entry.</summary>
public sealed class TreeTests
{
    private static readonly double[] X = [0.7, -0.4];

    [Fact]
    public void The_gradient_by_the_receiver_agrees_with_differences() => GradientCheck.Verify(
        filter => filter.Energy(X),
        (Filter filter, Filter dFilter) => filter.EnergyGrad(X, dFilter, new double[2]),
        new Filter(),
        tolerance: 2e-3);

    [Fact]
    public void The_gradient_of_a_method_that_calls_methods_of_the_tree_agrees_with_differences() => GradientCheck.Verify(
        other => Filter.Distance(other, 0.5),
        (Filter other, Filter dOther) => Filter.DistanceGrad(other, 0.5, dOther),
        new Filter { Calls = 3 },
        tolerance: 2e-3);

    [Fact]
    public void Forward_mode_is_the_transpose_of_reverse_mode()
    {
        Filter filter = new(), tangent = new() { Gain = -0.5, Taps = [1, 2, 3] }, gradient = new();
        double[] dX = new double[2], tX = [0.25, -1];
        filter.EnergyVjp(X, 2, gradient, dX);
        filter.EnergyJvp(X, tangent, tX, out double tResult);
        double product = dX[0] * tX[0] + dX[1] * tX[1] + gradient.Gain * tangent.Gain + gradient.Last.Slope * tangent.Last.Slope + Shift(gradient.Last) * Shift(tangent.Last);
        for (int i = 0; i < 3; i++) product += gradient.Taps[i] * tangent.Taps[i];
        foreach (var (row, other) in gradient.Bands.Zip(tangent.Bands)) product += row.Zip(other, (a, b) => a * b).Sum();
        product += gradient.Mixing.Cast<double>().Zip(tangent.Mixing.Cast<double>(), (a, b) => a * b).Sum();
        Assert.Equal(product, 2 * tResult, 1e-6);
    }

    [Fact]
    public void The_gradient_of_a_record_is_a_new_object()
    {
        Smile smile = new(0.4, -0.5);
        GradientCheck.Verify(at => Smiles.Volatility(at, 1.5), (Smile at, out Smile dSmile) => Smiles.VolatilityGrad(at, 1.5, out dSmile), smile);
        Smiles.VolatilityGrad(smile, 1.5, out Smile once);
        Smiles.Sensitivity(smile, 1.5, 3, out Smile weighted);
        Assert.Equal(3 * once.Level, weighted.Level, 1e-14);
        Assert.Equal(once.Wings.Select(number => 3 * number), weighted.Wings);
        Assert.NotSame(smile.Wings, weighted.Wings);
    }

    [Fact]
    public void Declared_derivatives_are_those_of_the_companions()
    {
        Filter filter = new() { Calls = 2 }, expected = new(), actual = new();
        double[] dX = new double[2], slope = new double[2];
        Assert.Equal(filter.EnergyGrad(X, expected, dX), filter.EnergyGradient(X, actual, slope));
        Assert.Equal(dX, slope);
        Assert.Equal(expected.Taps, actual.Taps);
        Assert.Equal(expected.Mixing, actual.Mixing);
        Assert.Equal((expected.Gain, expected.Last.Slope), (actual.Gain, actual.Last.Slope));
        filter.EnergySlope(X, slope);
        Assert.Equal(dX, slope);
        Filter.DistanceJvp(filter, 0.5, expected, out double rate);
        Filter.DistanceAlong(filter, 0.5, expected, out double declared);
        Assert.Equal(rate, declared);
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => filter.EnergyGradient(X, new Filter { Taps = [1] }, slope));
        Assert.StartsWith("'dFilter._taps' has length 1", wrong.Message);
    }

    [Fact]
    public void What_is_no_number_stays_as_it_is()
    {
        Filter gradient = new() { Calls = 42 };
        new Filter().OutputsVjp(X, [0, 0], gradient, [1, 2]);
        Assert.Equal(42, gradient.Calls);
        Assert.Equal(0.0, gradient.Last.Slope);
        Assert.Equal(X[0], gradient.Mixing[0, 0]);
        Assert.All(gradient.Bands, row => Assert.All(row, number => Assert.Equal(0, number)));
        Assert.All(gradient.Taps, number => Assert.Equal(0, number));
    }

    public static TheoryData<Filter, string> Wrong => new()
    {
        { new Filter { Taps = [1, 2] }, "'dThis._taps' has length 2; it must have length 3, like 'this._taps'." },
        { new Filter { Taps = null! }, "Value cannot be null. (Parameter 'dThis._taps')" },
        { new Filter { Last = null! }, "Value cannot be null. (Parameter 'dThis.Last')" },
        { new Filter { Bands = [[1, 2], [3, 4]] }, "'dThis.Bands[1]' has length 2; it must have length 1, like 'this.Bands[1]'." },
        { new Filter { Bands = [[1, 2], null!] }, "Value cannot be null. (Parameter 'dThis.Bands[1]')" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Exceptions_name_the_path(Filter gradient, string message)
    {
        Exception exception = Assert.ThrowsAny<ArgumentException>(() => new Filter().EnergyGrad(X, gradient, new double[2]));
        Assert.StartsWith(message, exception.Message);
    }

    [Fact]
    public void One_array_in_two_places_is_an_exception()
    {
        Filter filter = new(), gradient = new() { Taps = filter.Taps };
        ArgumentException shared = Assert.Throws<ArgumentException>(() => filter.EnergyGrad(X, gradient, new double[2]));
        Assert.StartsWith("'this._taps' and 'dThis._taps' are one object", shared.Message);
        shared = Assert.Throws<ArgumentException>(() => filter.EnergyGrad(X, filter, new double[2]));
        Assert.StartsWith("'this' and 'dThis' are one object", shared.Message);
        double[] row = [1, 2, 3];
        shared = Assert.Throws<ArgumentException>(() => new Filter { Taps = row, Bands = [row, [1]] }.EnergyGrad(X, new Filter { Bands = [[1, 2, 3], [1]] }, new double[2]));
        Assert.Contains("'this._taps'", shared.Message);
    }

    [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_shift")]
    private static extern ref double Shift(Stage stage);
}
