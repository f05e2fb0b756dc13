using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.CodeGeneration;

/// <summary>The elements of tensors as generated methods work on them.</summary>
public class ElementsTests
{
    [Fact]
    public void ElementsInOrderAreWorkedOnInPlace()
    {
        double[] memory = [1, 2, 3, 4, 5, 6, 7];
        using var elements = new Elements<double>(new(memory, [2, 3]), "x");
        elements.Span[1] = 9;
        Assert.Equal([1, 9, 3, 4, 5, 6, 7], memory);
        Assert.Equal(6, elements.Span.Length);
        using var read = new ReadOnlyElements<double>(new(memory, [2, 3]), "x");
        Assert.True(read.Span.Overlaps(memory, out var offset) && offset == 0);
    }

    [Fact]
    public void OthersAreCopiedAndWrittenBack()
    {
        double[] memory = [1, 2, 3, 4, 5, 6, 7];
        var elements = new Elements<double>(new(memory, [2, 2], [1, 4]), "x");
        Assert.Equal([1, 5, 2, 6], elements.Span.ToArray());
        elements.Span[1] = 9;
        Assert.Equal(5, memory[4]);
        elements.Dispose();
        Assert.Equal([1, 2, 3, 4, 9, 6, 7], memory);
        memory[4] = 8;
        elements.Dispose();
        Assert.Equal(8, memory[4]);

        using var read = new ReadOnlyElements<double>(new(memory, [2, 2], [0, 3]), "x");
        Assert.Equal([1, 4, 1, 4], read.Span.ToArray());
    }

    [Fact]
    public void AnEmptyTensorHasNoElements()
    {
        using var none = new Elements<float>(default, "x");
        Assert.True(none.Span.IsEmpty);
        using var row = new ReadOnlyElements<float>(Tensor.CreateFromShape<float>([3, 0]), "x");
        Assert.True(row.Span.IsEmpty);
    }

    [Fact]
    public void ElementsThatShareMemoryCannotBeWritten()
    {
        var repeated = Assert.Throws<ArgumentException>(() => new Elements<double>(new([1], [3], [0]), "x"));
        Assert.StartsWith("'x' repeats one element along the axis 0; it cannot be written.", repeated.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsAllocated()
    {
        var memory = new double[64];
        Allocations.AssertNone(() =>
        {
            using var elements = new Elements<double>(new(memory, [8, 8], [1, 8]), "x");
            using var read = new ReadOnlyElements<double>(new(memory, [4, 2, 8], [1, 4, 8]), "x");
            elements.Span[0] += read.Span[1];
        });
    }

    [Fact]
    public void ShapesAreChecked()
    {
        Shape.Same([2, 3], [2, 3], "dX", "x");
        Shape.Rank([2, 3], 2, "x");
        var differs = Assert.Throws<ArgumentException>(() => Shape.Same([2, 3], [3, 2], "dX", "x"));
        Assert.Equal(("dX", true), (differs.ParamName, differs.Message.StartsWith("'dX' has shape [2, 3]; it must have shape [3, 2], like 'x'.", StringComparison.Ordinal)));
        differs = Assert.Throws<ArgumentException>(() => Shape.Rank([2, 3], 3, "x"));
        Assert.StartsWith("'x' has shape [2, 3]; it must have 3 axes, since its elements have 3 indices.", differs.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AnIndexInRangeIsItself(int index) => Assert.Equal(index, Shape.Index(index, 3));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void AnIndexOutOfRangeIsAnError(int index) => Assert.Throws<IndexOutOfRangeException>(() => Shape.Index(index, 3));
}
