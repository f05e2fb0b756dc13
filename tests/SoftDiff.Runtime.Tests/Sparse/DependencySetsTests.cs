namespace SoftDiff.Runtime.Tests.Sparse;

public class DependencySetsTests
{
    [Theory]
    [InlineData(1, 20)]
    [InlineData(2, 1_000)]
    [InlineData(3, 1_000_000)]
    public void Unions_are_those_of_sets_and_equal_sets_are_one(int seed, int columns)
    {
        var random = new Random(seed);
        var sets = DependencySets.Create();
        List<(int Number, HashSet<int> Members)> known = [(0, [])];
        for (var i = 0; i < 40; i++)
        {
            var column = random.Next(columns);
            known.Add((DependencySets.One(sets, column), [column]));
        }

        for (var i = 0; i < 400; i++)
        {
            var (a, b) = (known[random.Next(known.Count)], known[random.Next(known.Count)]);
            known.Add((DependencySets.Union(sets, a.Number, b.Number), [.. a.Members, .. b.Members]));
        }

        foreach (var set in known) DependencySets.AddRow(sets, set.Number);
        var matrix = SparsePattern.Matrix<double>(DependencySets.Pattern(sets, columns, DiffMode.Auto));
        Assert.Equal((known.Count, columns), (matrix.Rows, matrix.ColumnCount));
        for (var i = 0; i < known.Count; i++)
        {
            Assert.Equal(known[i].Members.Order(), matrix.Columns[matrix.RowPointers[i]..matrix.RowPointers[i + 1]]);
            foreach (var (number, members) in known) Assert.Equal(members.SetEquals(known[i].Members), number == known[i].Number);
        }
    }

    [Fact]
    public void Arrays_of_sets_are_filled_widened_and_joined()
    {
        var sets = DependencySets.Create();
        var (x, y) = (new int[40], new int[3]);
        DependencySets.Number(sets, x, first: 10);
        DependencySets.WidenEach(sets, x.AsSpan(0, 2), y);
        DependencySets.Widen(sets, y, x[30]);
        DependencySets.WidenAt(sets, y, 2, x[39]);
        DependencySets.WidenAt(sets, y, 3, x[38]);
        DependencySets.WidenAt(sets, y, -1, x[38]);
        Assert.Equal(x[5], DependencySets.At<int>(x, 5));
        Assert.Equal(0, DependencySets.At<int>(x, 40));
        DependencySets.AddRows(sets, y);
        DependencySets.AddRow(sets, DependencySets.All(sets, y));
        var matrix = SparsePattern.Matrix<float>(DependencySets.Pattern(sets, 50, DiffMode.Forward));
        Assert.Equal([0, 2, 4, 6, 10], matrix.RowPointers);
        Assert.Equal([10, 40, 11, 40, 40, 49, 10, 11, 40, 49], matrix.Columns);
        Assert.Equal(new float[10], matrix.Values);
    }

    [Fact]
    public void Running_sums_share_what_they_have_in_common()
    {
        const int N = 100_000;
        var sets = DependencySets.Create();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0;
        for (var i = 0; i < N; i++) sum = DependencySets.Union(sets, sum, DependencySets.One(sets, i));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200L * N * 16);
        DependencySets.AddRow(sets, sum);
        Assert.Equal(Enumerable.Range(0, N), SparsePattern.Matrix<double>(DependencySets.Pattern(sets, N, DiffMode.Auto)).Columns);
    }
}
