namespace SoftDiff;

/// <summary>
/// The residuals of a sorting network: the numbers on the wires before each stage and after the last one. For every pair of each stage it
/// also holds d and κ of the <see cref="Comparator{T}"/>, and the tangents or cotangents of its two shares.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal ref struct NetworkTrace<T>
    where T : unmanaged
{
    public readonly int Wires;
    public readonly int Stages;
    private Rented<T> _wires;
    private Rented<T> _pairs;

    public NetworkTrace(int n)
    {
        Wires = NetworkStage.Wires(n);
        Stages = NetworkStage.Count(Wires);
        _wires = Scratch.Rent<T>((Stages + 1L) * Wires);
        _pairs = Scratch.Rent<T>(2L * Stages * Wires);
    }

    private readonly int Pairs => Wires / 2;

    public readonly Span<T> Before(int stage) => _wires.Span.Slice(stage * Wires, Wires);

    public readonly Span<T> After(int stage) => Before(stage + 1);

    public readonly Span<T> Result => Before(Stages);

    public readonly Span<T> Differences(int stage) => Part(stage, 0);

    public readonly Span<T> Shares(int stage) => Part(stage, 1);

    public readonly Span<T> LowerChanges(int stage) => Part(stage, 2);

    public readonly Span<T> UpperChanges(int stage) => Part(stage, 3);

    public readonly void ClearChanges()
    {
        for (var i = 0; i < Stages; i++)
        {
            LowerChanges(i).Clear();
            UpperChanges(i).Clear();
        }
    }

    public void Dispose()
    {
        _wires.Dispose();
        _pairs.Dispose();
    }

    private readonly Span<T> Part(int stage, int part) => _pairs.Span.Slice(((4 * stage) + part) * Pairs, Pairs);
}
