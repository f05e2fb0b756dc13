using System.Buffers;

namespace SoftDiff;

/// <summary>The one loop over rows, on this thread or on all cores. Both give the same results to the last bit.</summary>
internal static class RowLoop
{
    // Rows are copied for the other threads in batches of about this many elements: enough work for all cores, little enough for their
    // caches.
    private const int Block = 1 << 18;

    /// <summary>The sum of what the job returns. Operands that do not exist are <c>default</c>.</summary>
    public static T Run<T, TJob>(
        RowSource<T> x, RowSource<T> more, RowTarget<T> y, RowTarget<T> derivative, int rows, TJob job, bool parallel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TJob : struct, IRowJob<T> =>
        T.CreateTruncating(parallel && rows > 1 && Environment.ProcessorCount > 1
            ? Parallel(x, more, y, derivative, rows, job)
            : Sequential(x, more, y, derivative, rows, job));

    private static double Sequential<T, TJob>(
        RowSource<T> x, RowSource<T> more, RowTarget<T> y, RowTarget<T> derivative, int rows, TJob job)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TJob : struct, IRowJob<T>
    {
        using var scratch = new RowScratch<T>(x.Scratch, more.Scratch, y.Scratch, derivative.Scratch);
        var total = 0.0;
        for (var row = 0; row < rows; row++)
        {
            total += double.CreateTruncating(job.Run(
                x.Row(row, scratch.First), more.Row(row, scratch.Second), y.Row(row, scratch.Third), derivative.Row(row, scratch.Fourth)));
            y.Put(row, scratch.Third);
            derivative.Put(row, scratch.Fourth);
        }

        return total;
    }

    private static double Parallel<T, TJob>(
        RowSource<T> x, RowSource<T> more, RowTarget<T> y, RowTarget<T> derivative, int rows, TJob job)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TJob : struct, IRowJob<T>
    {
        var total = 0.0;
        var rowLength = Math.Max(1L, (long)x.Length + more.Length + y.Length + derivative.Length);
        var blockRows = (int)Math.Min(rows, Math.Max(Environment.ProcessorCount, Block / rowLength));
        using var block = new RowBlock<T>(blockRows, x.Length, more.Length, y.Length, derivative.Length);
        for (var start = 0; start < rows; start += blockRows)
        {
            var count = Math.Min(blockRows, rows - start);
            for (var i = 0; i < count; i++)
            {
                x.Copy(start + i, block.X(i));
                more.Copy(start + i, block.More(i));
            }

            block.Run(job, count);
            for (var i = 0; i < count; i++)
            {
                y.Copy(start + i, block.Y(i));
                derivative.Copy(start + i, block.Derivative(i));
                total += double.CreateTruncating(block.Result(i));
            }
        }

        return total;
    }
}

/// <summary>Rows in arrays, since other threads cannot see spans.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class RowBlock<T>(int rows, int xLength, int moreLength, int yLength, int derivativeLength) : IDisposable
    where T : unmanaged
{
    // Enough parts that a late core delays the end little, and so few that a part takes longer than its scheduling.
    private const int PartsPerCore = 16;

    // No more threads than cores: what is left to itself adds one after another, and they get into each other's way.
    private static readonly ParallelOptions OnAllCores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private readonly T[] _x = Rent(rows, xLength);
    private readonly T[] _more = Rent(rows, moreLength);
    private readonly T[] _y = Rent(rows, yLength);
    private readonly T[] _derivative = Rent(rows, derivativeLength);
    private readonly T[] _results = Rent(rows, 1);

    public Span<T> X(int row) => _x.AsSpan(row * xLength, xLength);

    public Span<T> More(int row) => _more.AsSpan(row * moreLength, moreLength);

    public Span<T> Y(int row) => _y.AsSpan(row * yLength, yLength);

    public Span<T> Derivative(int row) => _derivative.AsSpan(row * derivativeLength, derivativeLength);

    public T Result(int row) => _results[row];

    public void Run<TJob>(TJob job, int count)
        where TJob : struct, IRowJob<T>
    {
        var parts = (int)Math.Min(count, (long)PartsPerCore * Environment.ProcessorCount);
        Parallel.For(0, parts, OnAllCores, part =>
        {
            var end = (int)((part + 1L) * count / parts);
            for (var row = (int)((long)part * count / parts); row < end; row++)
            {
                _results[row] = job.Run(X(row), More(row), Y(row), Derivative(row));
            }
        });
    }

    public void Dispose()
    {
        foreach (var array in (ReadOnlySpan<T[]>)[_x, _more, _y, _derivative, _results])
        {
            if (array.Length > 0) ArrayPool<T>.Shared.Return(array);
        }
    }

    private static T[] Rent(int rows, int length) => length == 0 ? [] : ArrayPool<T>.Shared.Rent(checked(rows * length));
}
