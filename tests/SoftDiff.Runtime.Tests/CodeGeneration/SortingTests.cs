namespace SoftDiff.Runtime.Tests.CodeGeneration;

public class SortingTests
{
    [Fact]
    public void TheOrderSaysWhereSortedNumbersComeFrom()
    {
        double[] keys = [3, 1, double.NaN, 2];
        var order = new int[4];
        Sorting.Order<double>(keys, order);

        Assert.Equal([2, 1, 3, 0], order);
        Assert.Equal([3, 1, double.NaN, 2], keys);
    }
}
