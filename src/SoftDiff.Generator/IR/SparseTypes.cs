namespace SoftDiff.Generator.IR;

/// <summary>Types of the runtime that belong to sparse Jacobians. In the IR they are opaque.</summary>
internal static class SparseTypes
{
    /// <summary>Where a Jacobian may differ from zero.</summary>
    public static readonly ScalarType Pattern = new(ScalarKind.Opaque, "global::SoftDiff.SparsePattern");

    /// <summary>Sets of columns, each with a number.</summary>
    public static readonly ScalarType Sets = new(ScalarKind.Opaque, "global::SoftDiff.DependencySets");

    private const string MatrixName = "global::SoftDiff.SparseMatrix<";

    /// <summary>The matrix with elements of a type.</summary>
    public static ScalarType Matrix(ScalarType element) => new(ScalarKind.Opaque, MatrixName + element.Name + ">");

    public static bool IsMatrix(IrType? type) =>
        type is ScalarType { Kind: ScalarKind.Opaque } opaque && opaque.Name.StartsWith(MatrixName, StringComparison.Ordinal);
}
