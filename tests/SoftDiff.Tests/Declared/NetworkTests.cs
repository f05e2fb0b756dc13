namespace SoftDiff.Tests.Declared;

/// <summary>
/// Batches whose examples run several at once give the bits of the loop of calls: for every number of examples, so that all widths of vectors
/// and the examples that fill none have their turn.
/// </summary>
public sealed class NetworkTests
{
    public static TheoryData<int, int> Shapes => new() { { 5, 4 }, { 9, 16 }, { 0, 3 }, { 3, 0 }, { 1, 1 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_summed_gradient_is_that_of_the_loop(int inputs, int units)
    {
        for (int batch = 0; batch <= 50; batch++)
        {
            var (w, v, x, labels) = (Numbers(inputs * units, 1), Numbers(Networks.Classes * units, 2), Numbers(batch * inputs, 3), Labels(batch));
            var (dW, dV, one, other) = (Dirty(w.Length), Dirty(v.Length), Dirty(w.Length), Dirty(v.Length));
            var (sumW, sumV, sum) = (new double[w.Length], new double[v.Length], 0.0);
            for (int e = 0; e < batch; e++)
            {
                sum += Networks.LossGrad(w, v, x.AsSpan(e * inputs, inputs), labels[e], units, one, other);
                for (int i = 0; i < w.Length; i++) sumW[i] += one[i];
                for (int i = 0; i < v.Length; i++) sumV[i] += other[i];
            }

            double total = Networks.TotalLossGrad(w, v, x, labels, inputs, units, dW, dV);

            Assert.Equal(sum, total);
            Assert.Equal(sumW, dW);
            Assert.Equal(sumV, dV);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_of_each_example_are_those_of_the_loop(int inputs, int units)
    {
        for (int batch = 0; batch <= 35; batch++)
        {
            var (w, v, x, labels) = (Numbers(inputs * units, 4), Numbers(Networks.Classes * units, 5), Numbers(batch * inputs, 6), Labels(batch));
            var (dW, dV, values) = (Dirty(batch * w.Length), Dirty(batch * v.Length), Dirty(batch));
            Networks.LossGradients(batch, w, v, x, labels, units, dW, dV, values);
            var (one, other) = (new double[w.Length], new double[v.Length]);
            for (int e = 0; e < batch; e++)
            {
                Assert.Equal(Networks.LossGrad(w, v, x.AsSpan(e * inputs, inputs), labels[e], units, one, other), values[e]);
                Assert.Equal(one, dW.AsSpan(e * w.Length, w.Length).ToArray());
                Assert.Equal(other, dV.AsSpan(e * v.Length, v.Length).ToArray());
            }
        }
    }

    [Fact]
    public void Numbers_that_are_none_stay_in_their_example()
    {
        const int Inputs = 5, Units = 4, Batch = 21;
        var (w, v, x, labels) = (Numbers(Inputs * Units, 1), Numbers(Networks.Classes * Units, 2), Numbers(Batch * Inputs, 3), Labels(Batch));
        (x[(3 * Inputs) + 1], x[8 * Inputs]) = (double.NaN, double.PositiveInfinity);
        var (dW, dV, values) = (Dirty(Batch * w.Length), Dirty(Batch * v.Length), Dirty(Batch));
        Networks.LossGradients(Batch, w, v, x, labels, Units, dW, dV, values);
        var (one, other) = (new double[w.Length], new double[v.Length]);
        for (int e = 0; e < Batch; e++)
        {
            Assert.Equal(Networks.LossGrad(w, v, x.AsSpan(e * Inputs, Inputs), labels[e], Units, one, other), values[e]);
            Assert.Equal(one, dW.AsSpan(e * w.Length, w.Length).ToArray());
            Assert.Equal(e == 3, double.IsNaN(values[e]));
        }
    }

    [Fact]
    public void A_wrong_label_is_the_exception_of_the_loop() => Assert.Throws<ArgumentOutOfRangeException>(() =>
    {
        var (w, v, x, labels) = (Numbers(20, 1), Numbers(Networks.Classes * 4, 2), Numbers(90, 3), Labels(18));
        labels[11] = Networks.Classes;
        Networks.TotalLossGrad(w, v, x, labels, 5, 4, new double[20], new double[Networks.Classes * 4]);
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    public void Conditions_and_places_may_differ(int inputs)
    {
        for (int batch = 0; batch <= 50; batch++)
        {
            var w = Singles(inputs * inputs, 7);
            var (x, targets, dW, one, sumW) = (Singles(batch * inputs, 8), Singles(batch, 9), new float[w.Length], new float[w.Length], new float[w.Length]);
            float sum = 0;
            for (int e = 0; e < batch; e++)
            {
                sum += Networks.RoutedGrad(w, x.AsSpan(e * inputs, inputs), targets[e], one);
                for (int i = 0; i < w.Length; i++) sumW[i] += one[i];
            }

            Assert.Equal(sum, Networks.TotalRoutedGrad(w, x, targets, inputs, dW));
            var scale = 1 + sumW.Select(MathF.Abs).DefaultIfEmpty().Max();
            for (int i = 0; i < w.Length; i++) Assert.Equal(sumW[i], dW[i], 2e-6f * scale);
        }
    }

    [Fact]
    public void An_element_may_get_several_terms_of_an_example()
    {
        for (int batch = 0; batch <= 40; batch++)
        {
            var (kernel, x, dKernel, one, sums) = (Numbers(3, 1), Numbers(batch * 11, 2), Dirty(3), Dirty(3), new double[3]);
            double sum = 0;
            for (int e = 0; e < batch; e++)
            {
                sum += Networks.ConvolvedGrad(kernel, x.AsSpan(e * 11, 11), one);
                for (int i = 0; i < 3; i++) sums[i] += one[i];
            }

            Assert.Equal(sum, Networks.TotalConvolvedGrad(kernel, x, batch, 11, dKernel));
            for (int i = 0; i < 3; i++) Assert.Equal(sums[i], dKernel[i], 1e-13 * (1 + Math.Abs(sums[i])));
        }
    }

    [Fact]
    public void Parts_of_an_array_are_updated_in_place()
    {
        for (int batch = 0; batch <= 40; batch++)
        {
            var (w, state, sizes) = (Numbers(49, 1), Numbers(batch * 7, 2), Dirty(batch));
            var starts = Enumerable.Range(0, batch).Select(e => e % 8).ToArray();
            var (expected, values) = (state.ToArray(), new double[batch]);
            for (int e = 0; e < batch; e++) values[e] = Networks.Recur(w, expected.AsSpan(e * 7, 7), starts[e]);
            Networks.Recurrences(batch, w, state, starts, sizes);
            Assert.Equal(expected, state);
            Assert.Equal(values, sizes);
        }
    }

    [Fact]
    public void A_function_and_its_derivative_may_be_one_call()
    {
        for (int batch = 0; batch <= 40; batch++)
        {
            var (w, x, angles, values) = (Numbers(25, 1), Numbers(batch * 5, 2), Numbers(batch, 3), Dirty(batch));
            Networks.Turns(batch, w, x, angles, values);
            for (int e = 0; e < batch; e++) Assert.Equal(Networks.Turned(w, x.AsSpan(e * 5, 5), angles[e]), values[e]);
        }
    }

    [Fact]
    public void Rows_of_a_product_are_those_of_the_loop()
    {
        for (int rows = 0; rows <= 40; rows++)
        {
            var (a, b, c) = (Numbers(rows * 6, 1), Numbers(6 * 5, 2), Dirty(rows * 5));
            var expected = new double[rows * 5];
            for (int i = 0; i < rows; i++) Networks.Product(a.AsSpan(i * 6, 6), b, expected.AsSpan(i * 5, 5), 5);
            Networks.Products(rows, a, b, c, 5);
            Assert.Equal(expected, c);
        }
    }

    private static double[] Numbers(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static float[] Singles(int count, int seed) => [.. Numbers(count, seed).Select(number => (float)number)];

    private static double[] Dirty(int count) => [.. Enumerable.Repeat(double.NaN, count)];

    private static int[] Labels(int batch) => [.. Enumerable.Range(0, batch).Select(e => (e * 7) % Networks.Classes)];
}
