using SoftDiff.Runtime.Tests.Golden;
using Xunit.Abstractions;

namespace SoftDiff.Runtime.Tests.Operators.Sorting;

public sealed class OptimalTransportTests(ITestOutputHelper output)
{
    [Fact]
    public void Agrees_with_the_references()
    {
        var failures = new List<string>();
        var (count, worst) = (0, 0.0);
        foreach (var row in ReferenceRow.Of("ot"))
        {
            var ratio = new ReferenceRow(row, new OptimalTransport<double>(row.Softness, new Call<double>(row).Mode), null).Worst();
            if (!(ratio <= 1)) failures.Add($"{ratio:g3} {row}");
            (count, worst) = (count + 1, Math.Max(worst, ratio));
        }

        output.WriteLine($"{count} rows, worst ratio {worst:g3}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
