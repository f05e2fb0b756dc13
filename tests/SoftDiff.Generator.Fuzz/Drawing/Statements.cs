namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>All statements that can be drawn.</summary>
internal static class Statements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        .. ScalarStatements.All,
        .. BranchStatements.All,
        .. LoopStatements.All,
        .. BufferStatements.All,
        .. ViewStatements.All,
        .. TupleStatements.All,
        .. CallStatements.All,
        .. OperatorStatements.All,
        .. TensorStatements.All,
        .. MatrixStatements.All,
        .. ValueStatements.All,
        .. ValueArrayStatements.All,
        .. DelegateStatements.All,
        .. ObjectStatements.All,
        .. JumpStatements.All,
    ];
}
