namespace SoftDiff.Runtime.Tests.Operators.Sorting;

/// <summary>The sorts of short, middling and long rows beside the stable one of the framework.</summary>
public sealed class SortedOrderTests
{
    [Theory]
    [InlineData("spread")]
    [InlineData("equal")]
    [InlineData("few values")]
    [InlineData("neighbours")]
    [InlineData("alike in their upper bits")]
    [InlineData("huge, tiny and infinite")]
    public void Rows_are_sorted_stably(string kind)
    {
        foreach (var n in (int[])[0, 1, 2, 15, 16, 17, 64, CountingSort.WorthwhileLength, CountingSort.WorthwhileLength + 1, 1000, RadixSort.WorthwhileLength, 5000])
        {
            var random = new Random(n);
            var x = Enumerable.Range(0, n).Select(i => kind switch
            {
                "spread" => (random.NextDouble() - 0.5) * 20,
                "equal" => 0.25,
                "few values" => random.Next(-2, 3) * (random.Next(2) == 0 ? -0.5 : 0.5),
                "neighbours" => 1 + (random.Next(40) * 1e-7),
                "alike in their upper bits" => 1 + (random.Next(n) * 1e-13),
                _ => random.Next(5) switch { 0 => double.PositiveInfinity, 1 => double.NegativeInfinity, 2 => double.Epsilon, 3 => -1e300, _ => 1e300 * random.NextDouble() },
            }).ToArray();
            foreach (var descending in (bool[])[false, true])
            {
                var sorted = new double[n];
                var order = new int[n];
                if (descending) SortedOrder.SortDescending(x, sorted, order);
                else SortedOrder.Sort(x, sorted, order);
                int[] expected = [.. Enumerable.Range(0, n).OrderBy(i => (descending ? -1 : 1) * x[i])];
                Assert.Equal(expected, order);
                Assert.Equal(expected.Select(i => x[i]), sorted);
            }
        }
    }
}
