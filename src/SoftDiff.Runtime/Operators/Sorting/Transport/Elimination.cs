using System.Runtime.InteropServices;

namespace SoftDiff;

/// <summary>One step of <see cref="GroundedLaplacian.Factor"/>: connects the neighbours of a node with each other.</summary>
/// <param name="links">The weights between the node and those after it.</param>
/// <param name="pivot">Their sum and the link to the ground.</param>
/// <param name="toGround">The link to the ground.</param>
/// <param name="later">The rows of the matrix after that of the node, upper triangle, from the diagonal of the first on.</param>
/// <param name="pitch">The length of a row of the matrix.</param>
/// <param name="laterPivots">The links of those nodes to the ground.</param>
internal readonly ref struct Elimination(
    ReadOnlySpan<double> links, double pivot, double toGround, Span<double> later, int pitch, Span<double> laterPivots)
    : IVectorKernel<double>
{
    private readonly ReadOnlySpan<double> _links = links;
    private readonly Span<double> _later = later;
    private readonly Span<double> _laterPivots = laterPivots;

    public void Run<TVector, TLanes>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector, double>
    {
        for (var i = 0; i < _links.Length; i++)
        {
            var share = _links[i] / pivot;
            if (share == 0) continue;
            _laterPivots[i] += share * toGround;
            var others = _links[(i + 1)..];
            var target = _later.Slice((i * pitch) + i + 1, others.Length);
            ref var from = ref MemoryMarshal.GetReference(others);
            ref var to = ref MemoryMarshal.GetReference(target);
            var factor = TLanes.Broadcast(share);
            var j = 0;
            for (; j + TLanes.Count <= target.Length; j += TLanes.Count)
            {
                TLanes.Store(TLanes.MultiplyAdd(factor, TLanes.Load(ref from, (nuint)j), TLanes.Load(ref to, (nuint)j)), ref to, (nuint)j);
            }

            for (; j < target.Length; j++) target[j] += share * others[j];
        }
    }
}
