using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>The rules of reverse modes on tensors, called with what generated code or its callers may hand them.</summary>
public sealed class NestedTensorTests
{
    private static readonly double[] X = [1, 3, 2, 5, 4, 0], C = [1, -1, 2, 0.5, -0.3, 0.7], T = [0.2, 0.1, -0.4, 0.3, 0.6, -0.1];

    [Fact]
    public void TensorsAgreeWithTheirRows()
    {
        double[] y = new double[6], dX = new double[6], tY = new double[6], tDX = new double[6];
        var all = Soft.SortVjpTangent(
            Of(X), Of(y), Of(C), Of(dX), 1, 0.1, SoftMode.Smooth, SortMethod.SoftSort, true, false, true, false, Of(T), Of(C), 0.3, Of(tY), Of(tDX));
        var (dSoftness, tangent) = (0.0, 0.0);
        for (var i = 0; i < 6; i += 3)
        {
            double[] rowY = new double[3], rowDX = new double[3], rowTY = new double[3], rowTDX = new double[3];
            var row = Soft.SortVjpTangent(
                X.AsSpan(i, 3), rowY, C.AsSpan(i, 3), rowDX, 0.1, SoftMode.Smooth, SortMethod.SoftSort, true, false, true, T.AsSpan(i, 3), C.AsSpan(i, 3), 0.3, rowTY, rowTDX);
            (dSoftness, tangent) = (dSoftness + row.Item1, tangent + row.Item2);
            Assert.Equal(rowY, y[i..(i + 3)]);
            Assert.Equal(rowDX, dX[i..(i + 3)]);
            Assert.Equal(rowTY, tY[i..(i + 3)]);
            Assert.Equal(rowTDX, tDX[i..(i + 3)]);
        }

        Assert.Equal((dSoftness, tangent), all);
    }

    [Fact]
    public void OutputsMayLieInTheMemoryOfInputs()
    {
        double[] y = new double[6], dX = new double[6], tY = new double[6], tDX = new double[6];
        Tangent(Of(X), Of(y), Of(C), Of(dX), Of(T), Of(C), Of(tY), Of(tDX));
        double[] x = [.. X], c = [.. C], t = [.. T], tC = [.. C];
        Tangent(Of(x), Of(x), Of(c), Of(c), Of(t), Of(tC), Of(t), Of(tC));
        Assert.Equal([.. y, .. dX, .. tY, .. tDX], (double[])[.. x, .. c, .. t, .. tC]);
    }

    [Fact]
    public void AValueThatIsNotWantedIsLeftOut()
    {
        double[] dX = new double[6], tDX = new double[6], again = new double[6], tAgain = new double[6];
        Tangent(Of(X), Of(new double[6]), Of(C), Of(dX), Of(T), Of(C), Of(new double[6]), Of(tDX));
        Tangent(Of(X), default, Of(C), Of(again), Of(T), Of(C), default, Of(tAgain));
        Assert.Equal(dX, again);
        Assert.Equal(tDX, tAgain);

        double[] xBar = new double[6], cBar = new double[6];
        Soft.SortVjpBackward(
            Of(X), default, Of(C), Of(dX), 0, 0.1, SoftMode.Smooth, SortMethod.SoftSort, true, false, true, false, 0, default, Of(T), Of(xBar), Of(cBar));
        Assert.DoesNotContain(0, cBar);
    }

    [Fact]
    public void ShapesAreNamedAsWithoutDerivatives()
    {
        var plain = Assert.Throws<ArgumentException>(() => Soft.SortVjp(Of(X), default, Of(C), Turned(), out _, 0));
        var nested = Assert.Throws<ArgumentException>(() => Tangent(Of(X), default, Of(C), Turned(), Of(T), Of(C), default, Turned()));
        Assert.Equal(plain.Message, nested.Message);
        Assert.Throws<ArgumentException>("xDot", () => Tangent(Of(X), default, Of(C), Of(new double[6]), Turned(), Of(C), default, Of(new double[6])));

        static TensorSpan<double> Turned() => new(new double[6], [3, 2], default);
    }

    [Fact]
    public void NothingIsWrittenWhereElementsShareTheirMemory()
    {
        double[] y = new double[6], tY = new double[6];
        Assert.Throws<ArgumentException>("dX", () => Tangent(
            Of(X), Of(y), Of(C), new TensorSpan<double>(new double[3], [2, 3], [0, 1]), Of(T), Of(C), Of(tY), Of(new double[6])));
        Assert.All(y.Concat(tY), v => Assert.Equal(0, v));
    }

    [Fact]
    public void NoElementsAreAnErrorOfTheOperator()
    {
        Assert.Throws<ArgumentException>("x", () => Tangent(None(), default, default, default, None(), default, default, default));

        static TensorSpan<double> None() => new(new double[1], [0, 3], default);
    }

    private static TensorSpan<double> Of(double[] memory, int rows = 2) => new(memory, [rows, memory.Length / rows], default);

    private static void Tangent(
        in ReadOnlyTensorSpan<double> x, in TensorSpan<double> y, in ReadOnlyTensorSpan<double> c, in TensorSpan<double> dX,
        in ReadOnlyTensorSpan<double> xDot, in ReadOnlyTensorSpan<double> cDot, in TensorSpan<double> yDot, in TensorSpan<double> dXDot) => Soft.SortVjpTangent(
        x, y, c, dX, 0, 0.1, SoftMode.Smooth, SortMethod.SoftSort, true, false, true, false, xDot, cDot, 0, yDot, dXDot);
}
