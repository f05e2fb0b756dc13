using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Operators.Selecting;

public class SelectionTests
{
    private static readonly double[] X = [1, -2, 3, 0.5], P = [0.1, 0.2, 0.3, 0.4, 0.7, 0.1, 0.1, 0.1];

    [Fact]
    public void OneHotIndicesSelect()
    {
        double[] y = new double[2], slice = new double[3];
        Soft.Take(X, [0, 0, 1, 0, 1, 0, 0, 0], y);
        Assert.Equal([3.0, 1], y);
        Soft.DynamicSliceInDim(X, [0, 0, 0, 1], slice);
        Assert.Equal([0.5, 1, -2], slice);
        Assert.Equal(-2, Soft.Choose([0, 1, 0, 0], X));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(299)]
    public void ForwardAndReverseAgree(int n)
    {
        var random = new Random(n);
        double[] New(int length) => [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextDouble()) - 1)];
        var k = Math.Min(n, 3);
        double[] x = New(n), tX = New(n), p = New(k * n), tP = New(k * n), c = New(k), dX = New(n), dP = New(k * n), y = new double[k],
            tY = new double[k];
        Soft.TakeVjp(x, p, y, c, dX, dP);
        Soft.TakeJvp(x, p, y, tX, tP, tY);
        Same(Dot(c, tY), Dot(dX, tX) + Dot(dP, tP));

        double[] start = p[..n], tStart = tP[..n], dStart = New(n);
        Soft.DynamicSliceInDimVjp(x, start, default, c, dX, dStart);
        Soft.DynamicSliceInDimJvp(x, start, y, tX, tStart, tY);
        Same(Dot(c, tY), Dot(dX, tX) + Dot(dStart, tStart));

        var value = Soft.ChooseVjp(start, x, 0.5, dStart, dX);
        Assert.Equal(value, Soft.ChooseJvp(start, x, tStart, tX, out var tResult));
        Assert.Equal(value, Soft.Choose(start, x));
        Same(0.5 * tResult, Dot(dX, tX) + Dot(dStart, tStart));

        static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
        void Same(double a, double b) => Assert.Equal(a, b, 1e-12 * n);
    }

    [Fact]
    public void SinglePrecisionIsCloseToDouble()
    {
        float[] y = new float[2], dX = new float[4], dP = new float[8];
        double[] wideY = new double[2], wideDX = new double[4], wideDP = new double[8];
        Soft.TakeVjp(Array.ConvertAll(X, v => (float)v), Array.ConvertAll(P, v => (float)v), y, [1f, -0.5f], dX, dP);
        Soft.TakeVjp(X, P, wideY, [1, -0.5], wideDX, wideDP);
        Assert.All(y.Zip(wideY), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.All(dX.Zip(wideDX), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.All(dP.Zip(wideDP), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void WhatIsAddedUpStartsFromZero()
    {
        double[] dX = [double.NaN, double.NaN], dP = [double.NaN, double.NaN];
        var x = new ReadOnlyTensorSpan<double>([1.0, 2, 3, 4, 5, 6], [3, 2], default);
        var dAll = new double[6];
        Soft.DynamicIndexInDimVjp(x, [0.5, 0.5], default, new ReadOnlyTensorSpan<double>([1.0, 1, 1]),
            new TensorSpan<double>(dAll, [3, 2], default), dP, 1, false);
        Assert.Equal([9.0, 12], dP);
        Assert.All(dAll, d => Assert.Equal(0.5, d));
        Soft.TakeVjp([1.0, 2], [1.0, 0], default, [1], dX, dP);
        Assert.Equal([1.0, 0], dX);
        Assert.Equal([1.0, 2], dP);
    }

    [Fact]
    public void ResultsMayReplaceInputs()
    {
        double[] x = [.. X], y = new double[4], start = [0.25, 0.25, 0.5, 0];
        Soft.DynamicSliceInDim(x, start, y);
        Soft.DynamicSliceInDim(x, start, x);
        Assert.Equal(y, x);
        double[] part = new double[2];
        Soft.Take(y, P, part);
        Soft.Take(y, P, y.AsSpan(1, 2));
        Assert.Equal(part, y[1..3]);
    }

    [Fact]
    public void GradientsMayReplaceInputs()
    {
        double[] x = [1, 2, 3, 4], p = [0.25, 0.75], c = [1, 2], dX = new double[4], dP = new double[2];
        Soft.DynamicIndexInDimVjp(T(x), p, default, new ReadOnlyTensorSpan<double>(c), W(dX), dP, 1, false);
        var again = x.ToArray();
        Soft.DynamicIndexInDimVjp(T(again), p, default, new ReadOnlyTensorSpan<double>(c), W(again), c, 1, false);
        Assert.Equal(dX, again);
        Assert.Equal(dP, c);

        double[] starts = [0.25, 0.75, 0.5, 0.5], cPart = [1, -1], wholeDX = new double[4], dStarts = new double[4], part = new double[2];
        var sliced = x.ToArray();
        Soft.DynamicSliceVjp(T(x), starts, Part(part), ReadPart(cPart), W(wholeDX), dStarts);
        Soft.DynamicSliceVjp(T(sliced), starts, Part(cPart), ReadPart(cPart.ToArray()), W(sliced), starts);
        Assert.Equal(wholeDX, sliced);
        Assert.Equal(dStarts, starts);
        Assert.Equal(part, cPart);

        static ReadOnlyTensorSpan<double> T(double[] data) => new(data, [2, 2], default);
        static TensorSpan<double> W(double[] data) => new(data, [2, 2], default);
        static TensorSpan<double> Part(double[] data) => new(data, [1, 2], default);
        static ReadOnlyTensorSpan<double> ReadPart(double[] data) => new(data, [1, 2], default);
    }

    [Fact]
    public void WrongArgumentsAreNamed()
    {
        double[] y = [7, 7];
        Assert.Throws<ArgumentException>("softIndex", () => Soft.Take(X, P[..7], y));
        Assert.Throws<ArgumentException>("x", () => Soft.Take([], [], y));
        Assert.Throws<ArgumentException>("softStartIndex", () => Soft.DynamicSliceInDim([1.0], [1], y));
        Assert.Throws<ArgumentException>("softIndex", () => Soft.Choose([1.0], X));
        Assert.Throws<ArgumentException>("dX", () => Soft.TakeVjp(X, P, y, [1, 1], new double[3], new double[8]));
        Assert.Throws<ArgumentException>("destination", () => Soft.TakeVjp(X, P, new double[1], [1, 1], new double[4], new double[8]));

        Assert.Throws<ArgumentOutOfRangeException>("axis", () => Soft.Take(T(X, 2, 2), T(P, 2, 4), W(y, 2, 1), 2));
        Assert.Throws<ArgumentException>("softIndex", () => Soft.Take(T(X, 2, 2), T(P, 2, 4), W(y, 2, 1), 1));
        Assert.Throws<ArgumentException>("softIndex", () => Soft.Take(T(X, 2, 2), T(P, 8), W(y, 2, 1), 1));
        Assert.Throws<ArgumentException>("destination", () => Soft.Take(T(X, 2, 2), T(P, 4, 2), W(y, 2, 1), 1));
        Assert.Throws<ArgumentException>("softIndex", () => Soft.TakeAlongAxis(T(X, 4), T(P, 2, 2, 2), W(y, 2), 0));
        Assert.Throws<ArgumentException>("softIndex", () => Soft.TakeAlongAxis(T(X, 2, 2), T(P[..6], 3, 1, 2), W(y, 2), 1));
        Assert.Throws<ArgumentException>("softIndex", () => Soft.Choose(T(P, 2, 4), T(X, 2, 2), W(y, 2)));
        Assert.Throws<ArgumentException>("softIndex", () => Soft.DynamicIndexInDim(T(X, 2, 2), [1.0], W(y, 2), 0, false));
        Assert.Throws<ArgumentException>("destination", () => Soft.DynamicSliceInDim(T(X, 4), [1.0, 0, 0, 0], W(new double[5], 5)));
        Assert.Throws<ArgumentException>("softStartIndex", () => Soft.DynamicSlice(T(X, 2, 2), [1.0, 0, 0], W(y, 1, 2)));
        Assert.Throws<ArgumentException>("destination", () => Soft.DynamicSlice(T(X, 2, 2), [1.0, 0, 0, 0], W(y, 2)));
        Assert.Equal([7.0, 7], y);

        static ReadOnlyTensorSpan<double> T(double[] data, params nint[] shape) => new(data, shape, default);
        static TensorSpan<double> W(double[] data, params nint[] shape) => new(data, shape, default);
    }

    [Fact]
    public void WrongDerivativesAreNamed()
    {
        double[] y = [7, 7], p = [0, 0, 1, 0], short3 = new double[3], c = new double[4];
        Assert.Throws<ArgumentException>("dSoftIndex", () => Soft.TakeVjp(X, P, y, c.AsSpan(0, 2), c, new double[7]));
        Assert.Throws<ArgumentException>("tX", () => Soft.TakeJvp(X, P, y, short3, P, new double[2]));
        Assert.Throws<ArgumentException>("tSoftIndex", () => Soft.TakeJvp(X, P, y, X, P[..7], new double[2]));
        Assert.Throws<ArgumentException>("tDestination", () => Soft.TakeJvp(X, P, y, X, P, new double[3]));
        Assert.Throws<ArgumentException>("dChoices", () => Soft.ChooseVjp(p, X, 1, c, short3));
        Assert.Throws<ArgumentException>("dSoftIndex", () => Soft.ChooseVjp(p, X, 1, short3, c));
        Assert.Throws<ArgumentException>("tSoftIndex", () => Soft.ChooseJvp(p, X, short3, c, out _));
        Assert.Throws<ArgumentException>("tChoices", () => Soft.ChooseJvp(p, X, c, short3, out _));
        Assert.Throws<ArgumentException>("choices", () => Soft.Choose(Array.Empty<double>(), default));
        Assert.Throws<ArgumentException>("x", () => Soft.DynamicSliceInDim([], [], y));
        Assert.Throws<ArgumentException>("dSoftStartIndex", () => Soft.DynamicSliceInDimVjp(X, p, y, c.AsSpan(0, 2), c, short3));
        Assert.Equal([7.0, 7], y);

        // None of them.
        Assert.Throws<ArgumentException>("destination", () => Soft.Take(X, [], []));
        Assert.Throws<ArgumentException>("destination", () => Soft.DynamicSliceInDim(X, p, []));
        Assert.Throws<ArgumentException>("cDestination", () => Soft.DynamicSliceInDimVjp(X, p, [], [], c, new double[4]));
    }

    [Fact]
    public void OutputsDoNotShareMemory()
    {
        double[] memory = [1, 2, 3, 4, 5, 6, 7, 8], p = [0, 0, 1, 0], c = [1, 1, 1, 1], apart = new double[4];
        foreach (var at in new[] { 0, 1, 3 })
        {
            Check((a, b) => Soft.TakeVjp(X, p, default, c.AsSpan(0, 1), a.Span, b.Span));
            Check((a, b) => Soft.TakeVjp(X, p, a.Span[..1], c.AsSpan(0, 1), b.Span, apart), start: 0);
            Check((a, b) => Soft.DynamicSliceInDimVjp(X, p, default, c, a.Span, b.Span));
            Check((a, b) => Soft.DynamicSliceInDimVjp(X, p, a.Span, c, apart, b.Span));
            Check((a, b) => Soft.DynamicSliceInDimVjp(X, p, a.Span, c, b.Span, apart));
            Check((a, b) => Soft.DynamicSliceInDimJvp(X, p, a.Span, c, c, b.Span));
            Check((a, b) => Soft.ChooseVjp(p, X, 1, a.Span, b.Span));
            Check((a, b) => Soft.DynamicSliceVjp(T(X), c, default, T(c), W(a.Span), b.Span));
            Check((a, b) => Soft.DynamicSliceVjp(T(X), c, W(a.Span), T(c), W(b.Span), apart));
            Check((a, b) => Soft.DynamicSliceJvp(T(X), c, W(a.Span), T(c), c, W(b.Span)));

            void Check(Action<Memory<double>, Memory<double>> call, int? start = null)
            {
                Assert.Throws<ArgumentException>(() => call(memory.AsMemory(0, 4), memory.AsMemory(start ?? at, 4)));
                Assert.Equal([1.0, 2, 3, 4, 5, 6, 7, 8], memory);
            }
        }

        // Between the elements of a tensor with gaps there is room for another.
        var even = new TensorSpan<double>(memory, [4], [2]);
        var odd = new TensorSpan<double>(memory.AsSpan(1), [4], [2]);
        Soft.DynamicSliceInDimJvp(new ReadOnlyTensorSpan<double>(X), p, even, new ReadOnlyTensorSpan<double>(c), c, odd);
        Assert.Equal([3.0, 0.5, 1, -2], new[] { memory[0], memory[2], memory[4], memory[6] });

        static ReadOnlyTensorSpan<double> T(double[] data) => new(data, [2, 2], default);
        static TensorSpan<double> W(Span<double> data) => new(data, [2, 2], default);
    }

    [Fact]
    public void AllocatesNothing()
    {
        double[] y = new double[2], dX = new double[4], dP = new double[8], c = [1, 2], starts = [0.5, 0.5, 0.5, 0.5],
            dStarts = new double[4];
        Allocations.AssertNone(() => Soft.TakeVjp(X, P, y, c, dX, dP));
        Allocations.AssertNone(() => Soft.DynamicSliceVjp(
            new ReadOnlyTensorSpan<double>(X, [2, 2], default), starts, new TensorSpan<double>(y, [1, 2], default),
            new ReadOnlyTensorSpan<double>(c, [1, 2], default), new TensorSpan<double>(dX, [2, 2], default), dStarts));
    }
}
