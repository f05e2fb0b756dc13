using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

// Operations of batches.
internal sealed partial class Interpreter
{
    private static object RowLengthOf(RowLength op, Dictionary<int, object> scope)
    {
        var batch = Integer(op.Batch, scope);
        if (((ArrayType)op.Array.Type).IsTensor)
        {
            var lengths = TensorOf(op.Array, scope).Lengths.Cast<long>().ToList();
            if (lengths.Count == 0 || (batch != 0 && lengths[0] != batch)) throw new InterpretedException($"{op.Name} must have a part for each example");
            return lengths.Skip(1).Aggregate(1L, (product, length) => product * length);
        }

        long count = Array(op.Array, scope).Count;
        if (batch == 0) return 0L;
        return count % batch == 0 ? count / batch : throw new InterpretedException($"{op.Name} must have a row for each example");
    }

    private static void Require(RequireRows op, Dictionary<int, object> scope)
    {
        var (batch, row) = (Integer(op.Batch, scope), Integer(op.Row, scope));
        if (batch != 0 && Array(op.Array, scope).Count != batch * row) throw new InterpretedException($"{op.Name} must have {row} elements for each example");
    }

    /// <summary>In two parts, the second one first.</summary>
    private void Run(ParallelCall op, Dictionary<int, object> scope)
    {
        if (!_functions.TryGetValue(op.Callee, out var callee)) throw new ArgumentException("The interpreter was not given " + op.Callee);
        var count = Integer(op.Count, scope);
        var args = Read(op.Args, scope);
        Enter(callee, [count / 2, count, .. args]);
        Enter(callee, [0L, count / 2, .. args]);
    }
}
