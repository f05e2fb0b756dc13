namespace SoftDiff;

/// <summary>How an operator along an axis becomes soft. docs/soft-operators.md compares their results and costs.</summary>
public enum SortMethod
{
    /// <summary>A soft permutation from the distances to the sorted elements (Prillo and Eisenschlos, arXiv:2006.16038).</summary>
    SoftSort,

    /// <summary>A soft permutation from sums of pairwise distances (Grover et al., arXiv:1903.08850).</summary>
    NeuralSort,

    /// <summary>Projection onto the permutahedron, for values and ranks (Blondel et al., arXiv:2002.08871).</summary>
    FastSoftSort,

    /// <summary>Projection onto a smoothed permutahedron, for values and ranks; only with <see cref="SoftMode.Smooth"/>.</summary>
    SmoothSort,

    /// <summary>A regularised transport plan between the elements and the positions (Cuturi et al., arXiv:1905.11885).</summary>
    OptimalTransport,

    /// <summary>A bitonic network of soft comparators (Petersen et al., arXiv:2105.04019).</summary>
    SortingNetwork,
}
