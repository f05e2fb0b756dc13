namespace SoftDiff.Runtime.Tests.Sparse;

public class SweepPlanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_band_needs_as_many_sweeps_as_it_is_wide(int width)
    {
        const int N = 10_000;
        var rows = Enumerable.Range(0, N).Select(i => Enumerable.Range(i - (width / 2), width).Where(j => j >= 0 && j < N));
        var plan = Plan(rows, N, DiffMode.Auto);
        Assert.Equal((width, false), (plan.Sweeps, plan.ByRows));
        Assert.Equal(width, Plan(rows, N, DiffMode.Reverse).Sweeps);
    }

    [Fact]
    public void A_row_of_one_place_in_each_of_several_blocks_needs_the_widths_of_the_blocks()
    {
        var random = new Random(5);
        IEnumerable<int> Row()
        {
            var (camera, point) = (random.Next(20), random.Next(400));
            return Enumerable.Range(11 * camera, 11).Concat(Enumerable.Range((11 * 20) + (3 * point), 3));
        }

        List<int[]> rows = [.. Enumerable.Range(0, 5_000).Select(_ => Row().ToArray())];
        Assert.Equal(14, Plan(rows, (11 * 20) + (3 * 400), DiffMode.Auto).Sweeps);
    }

    [Fact]
    public void A_long_row_is_computed_by_itself()
    {
        const int N = 50_000;
        var plan = Plan([Enumerable.Range(0, N), [3], [5]], N, DiffMode.Auto);
        Assert.Equal((2, true), (plan.Sweeps, plan.ByRows));
        Assert.Equal(N, Plan([Enumerable.Range(0, N)], N, DiffMode.Forward).Sweeps);
        var tall = Plan(Enumerable.Range(0, N).Select(_ => (int[])[0]), 1, DiffMode.Auto);
        Assert.Equal((1, false), (tall.Sweeps, tall.ByRows));
    }

    [Fact]
    public void Nothing_needs_no_sweep()
    {
        Assert.Equal(0, Plan([[], [], []], 4, DiffMode.Auto).Sweeps);
        Assert.Equal(0, Plan([], 0, DiffMode.Reverse).Sweeps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_element_is_taken_once_from_a_sweep_that_holds_nothing_else_there(int seed)
    {
        var random = new Random(seed);
        var (height, width) = (random.Next(1, 60), random.Next(1, 60));
        List<int[]> rows = [.. Enumerable.Range(0, height).Select(_ => Enumerable.Range(0, width).Where(_ => random.NextDouble() < 0.15).ToArray())];
        var matrix = Matrix(rows, width);
        foreach (var mode in Enum.GetValues<DiffMode>())
        {
            var plan = SweepPlan.Of(matrix, width, mode);
            var taken = new HashSet<int>();
            for (var sweep = 0; sweep < plan.Sweeps; sweep++)
            {
                var sources = plan.Sources[plan.Starts[sweep]..plan.Starts[sweep + 1]];
                Assert.Equal(sources.Length, sources.Distinct().Count());
                foreach (var (slot, source) in plan.Slots[plan.Starts[sweep]..plan.Starts[sweep + 1]].Zip(sources))
                {
                    Assert.True(taken.Add(slot));
                    var row = Array.FindLastIndex(matrix.Pointers, start => start <= slot);
                    var (line, across) = plan.ByRows ? (matrix.Places[slot], row) : (row, matrix.Places[slot]);
                    Assert.Equal((line, sweep), (source, plan.Colors[across]));
                }
            }

            Assert.Equal(matrix.Places.Length, taken.Count);
        }
    }

    private static SweepPlan Plan(IEnumerable<IEnumerable<int>> rows, int width, DiffMode mode) => SweepPlan.Of(Matrix(rows, width), width, mode);

    private static IncidenceTable Matrix(IEnumerable<IEnumerable<int>> rows, int width)
    {
        List<int> pointers = [0], places = [];
        foreach (var row in rows)
        {
            places.AddRange(row);
            pointers.Add(places.Count);
        }

        Assert.All(places, place => Assert.InRange(place, 0, width - 1));
        return new IncidenceTable([.. pointers], [.. places]);
    }
}
