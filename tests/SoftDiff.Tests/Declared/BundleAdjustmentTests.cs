using SoftDiff.Benchmarks.Functions;

namespace SoftDiff.Tests.Declared;

/// <summary>
/// The sparse Jacobian of a bundle adjustment of the size of the public problem. Alone, since other tests would take what lies in the
/// pools.
/// </summary>
[Collection(nameof(AllocationTests))]
public sealed class BundleAdjustmentTests
{
    [Fact]
    public void It_takes_14_sweeps_and_allocates_only_its_result()
    {
        var problem = BundleAdjustment.Problem.Ladybug;
        double[] errors = new double[problem.Rows], expected = new double[problem.Rows], values = new double[31 * problem.Weights.Length];
        problem.JacobianByHand(expected, values);
        var matrix = problem.Jacobian(errors);
        Assert.Equal((14, problem.Rows, problem.Columns), (matrix.Sweeps, matrix.Rows, matrix.ColumnCount));
        Differences.AssertClose(problem.WithoutZeros(values), matrix.Values, 1e-12);
        Differences.AssertClose(expected, errors, 1e-12);

        var before = GC.GetAllocatedBytesForCurrentThread();
        matrix = problem.Jacobian(errors);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // An array has a header of three words.
        var arrays = (4L * (matrix.RowPointers.Length + matrix.Columns.Length)) + (8L * matrix.Values.Length) + (3 * (3 * 8));
        Assert.InRange(allocated, arrays, arrays + 128);
    }
}
