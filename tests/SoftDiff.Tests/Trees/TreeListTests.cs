using System.Numerics;
using SoftDiff.Tests.Programs;

namespace SoftDiff.Tests.Trees;

/// <summary>Objects in arrays and lists of parameter trees: what callers may pass, and arithmetic on their numbers.</summary>
public sealed class TreeListTests
{
    private static readonly double[] Rows = [0.5, -0.25, 1, 0.75];

    private static LayeredModel Model(params int[] sizes) => new(seed: 5, sizes);

    private static Exception? Complaint(LayeredModel model, LayeredModel gradient) =>
        Record.Exception(() => LayeredTraining.LossGrad(model, Rows, [1, 0], 0.1, gradient));

    [Fact]
    public void A_gradient_of_the_same_shape_is_overwritten()
    {
        LayeredModel model = Model(2, 3, 1), gradient = Model(2, 3, 1), other = ParameterTree.ZerosLike(model);
        Assert.Null(Complaint(model, gradient));
        Assert.Null(Complaint(model, other));
        Assert.Equal(gradient.Layers[0].W, other.Layers[0].W);
        Assert.Equal(gradient.Layers[1].B, other.Layers[1].B);
        Assert.NotEqual(0.0, ParameterTree.Norm(other));
    }

    [Fact]
    public void Other_shapes_are_named()
    {
        LayeredModel model = Model(2, 3, 1);
        Assert.Contains("'dModel.Layers' has length 1; it must have length 2, like 'model.Layers'", Complaint(model, Model(2, 1))!.Message);
        Assert.Contains("'dModel.Layers[0].W' has length 4 × 2; it must have length 3 × 2, like 'model.Layers[0].W'", Complaint(model, Model(2, 4, 1))!.Message);
        LayeredModel hole = Model(2, 3, 1);
        hole.Layers[1] = null!;
        Assert.Equal("dModel.Layers[1]", Assert.IsType<ArgumentNullException>(Complaint(model, hole)).ParamName);
    }

    [Fact]
    public void One_object_in_two_places_is_named()
    {
        LayeredModel model = Model(2, 2, 2, 1), gradient = Model(2, 2, 2, 1);
        gradient.Layers[1] = gradient.Layers[0];
        Assert.Contains("'dModel.Layers[0]' and 'dModel.Layers[1]' are one object", Complaint(model, gradient)!.Message);
        gradient.Layers[1] = model.Layers[1];
        Assert.Contains("'model.Layers[1]' and 'dModel.Layers[1]' are one object", Complaint(model, gradient)!.Message);
        Assert.Contains("'model' and 'dModel' are one object", Complaint(model, model)!.Message);
    }

    [Fact]
    public void Complex_numbers_count_by_their_parts()
    {
        Resonator resonator = new() { Pole = new Complex(3, 4), Gain = 12 }, gradient = ParameterTree.ZerosLike(resonator);
        Assert.Equal(3, ParameterTree.Count(resonator));
        Assert.Equal(13.0, ParameterTree.Norm(resonator), 1e-12);
        Assert.Equal(Complex.Zero, gradient.Pole);
        Resonator.ResponseGrad(resonator, gradient);
        ParameterTree.Add(resonator, gradient, 0.5);
        Assert.Equal(new Complex(3 + 12 * 3, 4 + 12 * 4), resonator.Pole);
        Assert.Equal(12 + 0.5 * 25, resonator.Gain);
    }

    [Fact]
    public void The_numbers_of_all_objects_count()
    {
        LayeredModel model = Model(2, 3, 1), zeros = ParameterTree.ZerosLike(model);
        Assert.Equal(6 + 3 + 3 + 1, ParameterTree.Count(model));
        Assert.Equal(0.0, ParameterTree.Norm(zeros));
        Assert.NotSame(model.Layers[0], zeros.Layers[0]);
        Assert.NotEqual(0.0, model.Layers[0].W[0, 0]);
        ParameterTree.Add(zeros, model, 2);
        Assert.Equal(2 * model.Layers[1].W[0, 2], zeros.Layers[1].W[0, 2]);
        Assert.Contains("'Layers' has length 1 in one tree and 2", Assert.Throws<ArgumentException>(() => ParameterTree.Add(model, Model(2, 1))).Message);
        Assert.Contains("'Layers[0].W' has length 8", Assert.Throws<ArgumentException>(() => ParameterTree.Add(model, Model(2, 4, 1))).Message);
    }
}
