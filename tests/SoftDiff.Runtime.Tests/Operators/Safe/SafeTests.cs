using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Operators.SafeFunctions;

public sealed class SafeTests
{
    [Fact]
    public void Outside_their_domain_functions_are_constant()
    {
        foreach (var x in new[] { 0, -1, -5e-324, double.NegativeInfinity })
        {
            Assert.Equal(0, Safe.SqrtVjp(x, 1, out var dX));
            Assert.Equal(0, dX);
            Assert.Equal(0, Safe.LogVjp(x, 1, out dX));
            Assert.Equal(0, dX);
        }

        foreach (var x in new[] { 1, 1.5, double.PositiveInfinity })
        {
            Assert.Equal(Math.PI / 2, Safe.AsinVjp(x, 1, out var dX));
            Assert.Equal(0, dX);
            Assert.Equal(-Math.PI / 2, Safe.AsinVjp(-x, 1, out dX));
            Assert.Equal(0, dX);
            Assert.Equal(0, Safe.AcosVjp(x, 1, out dX));
            Assert.Equal(0, dX);
            Assert.Equal(Math.PI, Safe.AcosVjp(-x, 1, out dX));
            Assert.Equal(0, dX);
        }

        Assert.Equal(0, Safe.DivVjp(3, 0, 1, out var byX, out var byY));
        Assert.Equal((0.0, 0.0), (byX, byY));
        Assert.Equal((double.PositiveInfinity, 0.0), (Safe.Sqrt(double.PositiveInfinity), Safe.Div(3, double.PositiveInfinity)));
        Assert.True(double.IsNaN(Safe.Sqrt(double.NaN)) && double.IsNaN(Safe.Log(double.NaN)) && double.IsNaN(Safe.Asin(double.NaN)));
        Assert.True(double.IsNaN(Safe.Acos(double.NaN)) && double.IsNaN(Safe.Div(double.NaN, 0)) && double.IsNaN(Safe.Div(1, double.NaN)));
    }

    [Fact]
    public void Inverse_functions_are_accurate()
    {
        var (asin, acos, asinSingle, acosSingle) = (0.0, 0.0, 0.0, 0.0);
        var points = Samples.Uniform(1, 20000, -1, 1).Concat(Samples.Uniform(2, 2000, -1e-3, 1e-3)).Concat(Samples.Uniform(3, 4000, 0.999, 1))
            .Concat(Samples.Uniform(4, 4000, 0.45, 0.55));
        foreach (var x in points)
        {
            asin = Math.Max(asin, Ulps(Safe.Asin(x), Math.Asin(x)));
            acos = Math.Max(acos, Ulps(Safe.Acos(x), Math.Acos(x)));
            var single = (float)x;
            asinSingle = Math.Max(asinSingle, Math.Abs(Safe.Asin(single) - Math.Asin(single)) / SingleUlp(Math.Asin(single)));
            acosSingle = Math.Max(acosSingle, Math.Abs(Safe.Acos(single) - Math.Acos(single)) / SingleUlp(Math.Acos(single)));
        }

        // The library's own functions are right to 1 ulp.
        Assert.True(asin <= 3 && acos <= 3 && asinSingle <= 3 && acosSingle <= 3, $"{asin} {acos} {asinSingle} {acosSingle}");

        static double Ulps(double a, double b) => Math.Abs(a - b) / Math.Max(Math.BitIncrement(Math.Abs(b)) - Math.Abs(b), double.Epsilon);
        static double SingleUlp(double b) => Math.Max(MathF.BitIncrement(Math.Abs((float)b)) - Math.Abs((float)b), float.Epsilon);
    }

    [Fact]
    public void A_norm_neither_overflows_nor_underflows()
    {
        foreach (var scale in new[] { 1, 1e-160, 1e-300, 5e-324, 1e160, 1e300, 1e307 })
        {
            double[] x = [3 * scale, -4 * scale, 0];
            var dX = new double[3];
            var norm = Safe.NormVjp(x, 2, dX);
            Assert.Equal(1, norm / (5 * scale), 1e-15);
            Assert.Equal([1.2, -1.6, 0], dX, (a, b) => Math.Abs(a - b) < 1e-15);
            Assert.Equal(norm, Safe.NormJvp(x, [1, 2, 3], out var tangent));
            Assert.Equal(-1, tangent, 1e-15);
        }

        float[] y = [3e-30f, 4e-30f];
        var dY = new float[2];
        Assert.Equal(5e-30f, Safe.NormVjp(y, 1, dY), 1e-35f);
        Assert.Equal([0.6f, 0.8f], dY, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(5e25f, Safe.Norm([3e25f, 4e25f]), 1e19f);
    }

    [Fact]
    public void A_norm_of_nothing_and_of_infinities_has_a_derivative()
    {
        var dX = new double[] { 7, 7, 7 };
        Assert.Equal(0, Safe.NormVjp([0, 0, 0], 3, dX));
        Assert.Equal([0, 0, 0], dX);
        Assert.Equal(double.PositiveInfinity, Safe.NormVjp([double.NegativeInfinity, 5, double.PositiveInfinity], 1, dX));
        Assert.Equal([-Math.Sqrt(0.5), 0, Math.Sqrt(0.5)], dX, (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.True(double.IsNaN(Safe.NormVjp([double.NaN, double.PositiveInfinity, 1], 1, dX)));
        Assert.All(dX, d => Assert.True(double.IsNaN(d)));
        Assert.Throws<ArgumentException>(() => Safe.Norm(Array.Empty<double>()));
    }

    [Fact]
    public void Modes_of_a_norm_are_transposes_of_each_other()
    {
        foreach (var n in new[] { 1, 2, 5, 33, 300, 3000 })
        {
            var (x, t, dX) = (Samples.Uniform(n, n, -2, 2), Samples.Uniform(n + 1, n, -1, 1), new double[n]);
            var norm = Safe.NormVjp(x, 1.5, dX);
            Assert.Equal(Math.Sqrt(x.Sum(v => v * v)), norm, 1e-13 * norm);
            Assert.Equal(norm, Safe.Norm(x));
            Assert.Equal(norm, Safe.NormJvp(x, t, out var tangent));
            Assert.Equal(t.Zip(dX, (a, b) => a * b).Sum(), 1.5 * tangent, 1e-12 * t.Zip(dX, (a, b) => Math.Abs(a * b)).Sum());
        }
    }

    /// <summary>A norm along two axes is a norm along one of the norms along the other.</summary>
    [Fact]
    public void Norms_along_axes_compose()
    {
        var row = Golden.GoldenFiles.Rows.Single(r => r.Op == "norm" && r.Integers("axis") is { Length: > 1 });
        var (x, inner, outer) = (row.Inputs["x"].Data, new double[6], new double[3]);
        Safe.Norm(Of(x, 2, 3, 4), To(inner, 2, 3), axis: 2);
        Safe.Norm(Of(inner, 2, 3), To(outer, 3), axis: 0);
        var (dInner, dX) = (new double[6], new double[24]);
        Safe.NormVjp(Of(inner, 2, 3), default, Of(row.Cotangent.Data, 3), To(dInner, 2, 3), axis: 0);
        Safe.NormVjp(Of(x, 2, 3, 4), default, Of(dInner, 2, 3), To(dX, 2, 3, 4), axis: 2);
        for (var i = 0; i < 3; i++) Assert.Equal(row.Output.Data[i], outer[i], 1e-14);
        for (var i = 0; i < 24; i++) Assert.Equal(row.Grads["x"].Data[i], dX[i], 1e-14);

        static ReadOnlyTensorSpan<double> Of(double[] data, params nint[] lengths) => new(data, lengths);
        static TensorSpan<double> To(double[] data, params nint[] lengths) => new(data, lengths);
    }
}
