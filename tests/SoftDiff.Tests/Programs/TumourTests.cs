using System.Globalization;

namespace SoftDiff.Tests.Programs;

/// <summary>A model with weight arrays, trained on measurements of tumours.</summary>
public sealed class TumourTests
{
    private const int Width = 30;

    [Fact]
    public void The_gradient_agrees_with_differences()
    {
        (double[] rows, double[] labels) = Read(row => row % 40 == 0);
        GradientCheck.Verify(
            model => TumourTraining.Loss(model, rows, labels, 0.01),
            (TumourModel model, TumourModel dModel) => TumourTraining.LossGrad(model, rows, labels, 0.01, dModel),
            new TumourModel(Width, 5, seed: 3));
    }

    [Fact]
    public void Adam_trains_it_to_a_useful_accuracy()
    {
        (double[] rows, double[] labels) = Read(row => row % 2 == 0);
        TumourModel model = new(Width, 6, seed: 1);
        TumourModel gradient = ParameterTree.ZerosLike(model);
        Adam<TumourModel> adam = new(model, rate: 0.01);
        double first = TumourTraining.Loss(model, rows, labels, 1e-3), last = first;
        for (int step = 0; step < 60; step++)
        {
            last = TumourTraining.LossGrad(model, rows, labels, 1e-3, gradient);
            ParameterTree.ClipByNorm(gradient, 1);
            adam.Step(gradient);
        }

        Assert.True(last < 0.5 * first, $"The loss fell from {first} to {last} only.");
        (double[] others, double[] expected) = Read(row => row % 2 == 1);
        int right = expected.Where((label, i) => model.Forward(others.AsSpan(i * Width, Width)) > 0 == label > 0.5).Count();
        Assert.True(right > 0.95 * expected.Length, $"{right} of {expected.Length} tumours that it has not seen are classified as they should be.");
    }

    [Fact]
    public void The_gradient_of_a_model_with_layers_agrees_with_differences()
    {
        (double[] rows, double[] labels) = Read(row => row % 60 == 0);
        GradientCheck.Verify(
            model => LayeredTraining.Loss(model, rows, labels, 0.01),
            (LayeredModel model, LayeredModel dModel) => LayeredTraining.LossGrad(model, rows, labels, 0.01, dModel),
            new LayeredModel(seed: 3, Width, 4, 3, 1));
    }

    [Fact]
    public void Adam_trains_a_model_with_layers()
    {
        (double[] rows, double[] labels) = Read(row => row % 2 == 0);
        LayeredModel model = new(seed: 1, Width, 6, 4, 1);
        LayeredModel gradient = ParameterTree.ZerosLike(model);
        Adam<LayeredModel> adam = new(model, rate: 0.02);
        double first = LayeredTraining.Loss(model, rows, labels, 1e-3);
        for (int step = 0; step < 60; step++)
        {
            LayeredTraining.LossGrad(model, rows, labels, 1e-3, gradient);
            adam.Step(gradient);
        }

        double last = LayeredTraining.Loss(model, rows, labels, 1e-3);
        Assert.True(last < 0.5 * first, $"The loss fell from {first} to {last} only.");
        (double[] others, double[] expected) = Read(row => row % 2 == 1);
        int right = expected.Where((label, i) => model.Forward(others[(i * Width)..((i + 1) * Width)])[0] > 0 == label > 0.5).Count();
        Assert.True(right > 0.95 * expected.Length, $"{right} of {expected.Length} tumours that it has not seen are classified as they should be.");
    }

    /// <summary>Some rows of the data, standardized over all, and their classes.</summary>
    private static (double[] Rows, double[] Labels) Read(Func<int, bool> takes)
    {
        using Stream stream = typeof(TumourTests).Assembly.GetManifestResourceStream("breast_cancer.csv")!;
        using StreamReader reader = new(stream);
        double[][] all = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(',').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
        for (int j = 0; j < Width; j++)
        {
            double mean = all.Average(row => row[j]), deviation = Math.Sqrt(all.Average(row => (row[j] - mean) * (row[j] - mean)));
            foreach (double[] row in all) row[j] = (row[j] - mean) / deviation;
        }

        double[][] taken = [.. all.Where((_, i) => takes(i))];
        return ([.. taken.SelectMany(row => row.Take(Width))], [.. taken.Select(row => row[Width])]);
    }
}
