namespace SoftDiff.Tests.Trees;

/// <summary>Derivatives by the members of structs with arrays: the gradient is a variable of the caller's.</summary>
public sealed class StructTreeTests
{
    private static readonly double[] X = [0.7, -0.4];

    private static Regression Model() => new(new[,] { { 1, 0.5 }, { -0.5, 2 } }, [0.75, -1.5], 0.25);

    private static Regression Empty() => new(new double[2, 2], new double[2], double.NaN) { Evaluations = 42 };

    [Fact]
    public void The_gradient_by_the_receiver_agrees_with_differences() => GradientCheck.Verify(
        model => model.Predict(X),
        (Regression model, ref Regression dModel) => model.PredictGrad(X, ref dModel, new double[2]),
        Model());

    [Fact]
    public void The_gradient_by_a_parameter_that_is_passed_by_in_agrees_with_differences() => GradientCheck.Verify(
        model => Regression.ByIn(model, 0.5),
        (Regression model, ref Regression dModel) => Regression.ByInGrad(in model, 0.5, ref dModel, out _),
        Model());

    [Fact]
    public void Arrays_of_the_gradient_are_overwritten_and_other_members_stay()
    {
        var gradient = Empty();
        var slopes = gradient.Slopes;
        slopes[1] = double.NaN;
        Model().PredictGrad(X, ref gradient, new double[2]);
        Assert.Same(slopes, gradient.Slopes);
        Assert.All(slopes, slope => Assert.True(double.IsFinite(slope)));
        Assert.True(double.IsFinite(gradient.Offset));
        Assert.Equal(42, gradient.Evaluations);
    }

    [Fact]
    public void Forward_mode_is_the_transpose_of_reverse_mode()
    {
        Regression gradient = Empty(), tangent = new(new[,] { { 0.5, -1 }, { 2, 0.25 } }, [-0.5, 1], 3);
        Regression.ByInVjp(Model(), 0.5, 2, ref gradient, out double dScale);
        Regression.ByInJvp(Model(), 0.5, tangent, -1, out double tResult);
        double product = gradient.Offset * tangent.Offset - dScale;
        product += gradient.Slopes.Zip(tangent.Slopes, (a, b) => a * b).Sum();
        product += gradient.Design.Cast<double>().Zip(tangent.Design.Cast<double>(), (a, b) => a * b).Sum();
        Assert.Equal(product, 2 * tResult, 1e-12);
    }

    [Fact]
    public void Declared_derivatives_are_those_of_the_companions()
    {
        Regression expected = Empty(), actual = Empty();
        double[] dX = new double[2], slope = new double[2], hessian = new double[1];
        Assert.Equal(Model().PredictGrad(X, ref expected, dX), Model().PredictGradient(X, ref actual, slope));
        Assert.Equal(dX, slope);
        Assert.Equal(expected.Slopes, actual.Slopes);
        Assert.Equal(expected.Design, actual.Design);
        Assert.Equal(expected.Offset, actual.Offset);
        Regression.ByInJvp(Model(), 0.5, expected, 2, out double rate);
        Regression.Along(Model(), 0.5, expected, 2, out double declared);
        Assert.Equal(rate, declared);
        Regression.PenaltyCurvature(Model(), 0.5, hessian);
        Assert.Equal(0.75 * 0.75 * Math.Exp(0.5 * 0.75), hessian[0], 1e-12);
    }

    [Fact]
    public void The_gradient_of_a_record_has_structs_with_new_arrays()
    {
        Ensemble both = new(Model(), 0.25);
        GradientCheck.Verify(at => Ensembles.Mean(at, X), (Ensemble at, out Ensemble dBoth) => Ensembles.MeanGrad(at, X, out dBoth), both);
        Ensembles.MeanGrad(both, X, out Ensemble gradient);
        Assert.NotSame(both.First.Slopes, gradient.First.Slopes);
        Assert.NotSame(both.Second.Design, gradient.Second.Design);
    }

    public static TheoryData<Regression, string> Wrong => new()
    {
        { Empty() with { Slopes = [1] }, "'dThis.Slopes' has length 1; it must have length 2, like 'this.Slopes'." },
        { Empty() with { Slopes = null! }, "Value cannot be null. (Parameter 'dThis.Slopes')" },
        { Empty() with { Design = null! }, "Value cannot be null. (Parameter 'dThis.Design')" },
        { Empty() with { Design = new double[1, 2] }, "'dThis.Design' has shape" },
        { default, "Value cannot be null. (Parameter 'dThis.Design')" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Exceptions_name_the_path(Regression gradient, string message)
    {
        Exception exception = Assert.ThrowsAny<ArgumentException>(() => Model().PredictGrad(X, ref gradient, new double[2]));
        Assert.StartsWith(message, exception.Message);
    }

    [Fact]
    public void A_null_array_of_the_point_is_an_exception()
    {
        var gradient = Empty();
        Exception exception = Assert.ThrowsAny<ArgumentException>(() => Regression.ByInGrad(Model() with { Slopes = null! }, 1, ref gradient, out _));
        Assert.StartsWith("Value cannot be null. (Parameter 'model.Slopes')", exception.Message);
    }

    [Fact]
    public void One_array_in_two_places_is_an_exception()
    {
        var model = Model();
        var gradient = Empty() with { Slopes = model.Slopes };
        Exception shared = Assert.Throws<ArgumentException>(() => model.PredictGrad(X, ref gradient, new double[2]));
        Assert.StartsWith("'this.Slopes' and 'dThis.Slopes' are one object", shared.Message);
    }
}
