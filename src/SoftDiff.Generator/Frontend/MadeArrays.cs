using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

// Arrays that one of several paths makes, or an iteration of a loop, and that are read after it. In the IR an array is there to the end of the block
// that makes it, so it has to be made in the block around: for a branch the array itself, for a loop one that each iteration's is copied to.
internal sealed partial class FunctionLowering
{
    /// <summary>Numbers of elements, which are not negative.</summary>
    private readonly HashSet<Value> _counts = new();

    /// <summary>Copies that stand for one array, which therefore may not be written.</summary>
    private readonly HashSet<Operand> _copies = new();

    /// <summary>Whether the array comes into being in the block, and so is not there after it.</summary>
    private static bool Makes(BlockBuilder block, Operand array) => array is Value value && block.Ops.Any(op => Makes(op, value));

    private static bool Makes(Op op, Value array) =>
        op is Allocate allocate ? allocate.Result.Equals(array) : op.Blocks().Any(b => b.Ops.Any(inner => Makes(inner, array)));

    private static IEnumerable<(int Number, Operand Array)> Made(BlockBuilder block, ArrayChoice choice) =>
        choice.Roots.Where(root => Makes(block, root.Array));

    /// <summary>
    /// Makes the arrays of a path before the paths part, without elements if the path is not taken; false if their lengths are not known there.
    /// </summary>
    private bool MakeBefore(LoweredPath path, ArrayChoice choice, Operand condition, bool taken)
    {
        foreach (var (_, array) in Made(path.Block, choice).ToList())
        {
            if (path.Block.Find((Value)array) is not Allocate allocate) return false;
            if (Guarded(allocate.Length, path.Block, condition, taken) is not { } length) return false;
            path.Block.Take(op => ReferenceEquals(op, allocate));
            _block.Add(allocate with { Length = length });
        }

        return true;
    }

    /// <summary>A length that a path computes, as computed before it; 0 if the path is not taken.</summary>
    private Operand? Guarded(Operand length, BlockBuilder path, Operand condition, bool taken)
    {
        if (IsCount(length) && (length is not Value known || path.Find(known) is null)) return length;
        if (length is Value value && path.Find(value) is Length { Array: var array } && (array is not Value made || path.Find(made) is null))
        {
            return _block.Length(array);
        }

        var needed = new HashSet<Value>();
        if (!Collect(length)) return null;
        var block = new BlockBuilder(_values) { Line = _block.Line };
        var map = new Substitution(_values);
        foreach (var op in path.Ops.Where(op => op.Results.Any(needed.Contains)))
        {
            if (op is Length { Array: Value whole } of && path.Find(whole) is { } source) map[of.Result] = map.Map(CountOf(source)!);
            else block.Add(map.Map(op));
        }

        var result = _values.Fresh(ScalarType.Int32);
        var (computed, none) = (block.Build(map.Map(length)), new Block(ImmutableArray<Op>.Empty, ImmutableArray.Create<Operand>(Int(0))));
        _block.Add(new If(condition, taken ? computed : none, taken ? none : computed, ImmutableArray.Create(result)));
        return result;

        bool Collect(Operand operand)
        {
            if (operand is not Value part || path.Find(part) is not { } op) return true;
            if (op is Length { Array: Value whole } && path.Find(whole) is { } source)
            {
                needed.UnionWith(op.Results);
                return CountOf(source) is { } count && Collect(count);
            }

            if (!IsPure(op)) return false;
            needed.UnionWith(op.Results);
            return op.AllReads().All(Collect);
        }
    }

    /// <summary>Computes the same before the path as in it.</summary>
    private static bool IsPure(Op op) => op is Compute or Length || (op is If && op.Blocks().All(b => b.Ops.All(IsPure)));

    /// <summary>Whether an operand is a number of elements, and so not negative.</summary>
    private bool IsCount(Operand operand) => operand is IntegerConstant { Number: >= 0 } || (operand is Value value && _counts.Contains(value));

    private static Operand? CountOf(Op array) => array switch
    {
        Allocate allocate => allocate.Length,
        View view => view.Count,
        _ => null,
    };
}
