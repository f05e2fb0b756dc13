using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

// Variables that hold one array on one path and another array, or another part, on another path. The IR knows arrays by name only, so what is done
// to such a variable is done in a branch for each array it may hold.
internal sealed partial class FunctionLowering
{
    private readonly List<Operand> _roots = new();

    /// <summary>Views that are known to lie within what they are a part of.</summary>
    private readonly HashSet<Value> _within = new();

    private static bool IsArray(Operand operand) => operand.Type is ArrayType && operand is not SymbolConstant { Expression: Unassigned or Merged };

    /// <summary>
    /// Which array an operand stands for, and which part of it; null for a tensor, whose shape a choice does not say. What has to be computed for
    /// that is added to the current block.
    /// </summary>
    private ArrayChoice? Locate(Operand operand)
    {
        switch (operand)
        {
            case { Type: ArrayType { IsTensor: true } }:
                return null;
            case ArrayChoice choice:
                return choice;
            case Value value when _views.TryGetValue(value, out var view):
                if (Locate(view.Array) is not { } whole) return null;
                if (view.Array is Value part && _views.ContainsKey(part) && !_within.Contains(value))
                {
                    RequirePart(whole, view.Start, view.Count!, toTheEnd: false);
                }

                return whole with { Of = (ArrayType)value.Type, Start = Sum(whole.Start, view.Start), Count = view.Count! };
            case var array when IsArray(array):
                if (!_roots.Contains(array)) _roots.Add(array);
                var number = _roots.IndexOf(array);
                var count = _lengths.TryGetValue(array, out var length) ? length : LengthOf(array);
                return new ArrayChoice((ArrayType)array.Type, ImmutableArray.Create((number, array)), Int(number), Int(0), count);
            default:
                return null;
        }
    }

    /// <summary>Throws as <c>Slice</c> does if the part does not lie within the choice; within the array it may.</summary>
    private void RequirePart(ArrayChoice whole, Operand start, Operand count, bool toTheEnd)
    {
        Operand Less(Operand a, Operand b) => (a, b) is (IntegerConstant x, IntegerConstant y)
            ? new BoolConstant(x.Number < y.Number)
            : _block.Compute(ScalarType.Bool, Opcode.Less, a, b);
        var tests = new List<Operand> { Less(start, Int(0)), Less(count, Int(0)) };
        if (!toTheEnd) tests.Add(Less(_block.Compute(ScalarType.Int32, Opcode.Subtract, whole.Count, start), count));
        var outside = tests.Where(test => test is not BoolConstant { Flag: false }).Aggregate((Operand)new BoolConstant(false), Either);
        Branch(outside, () => Throw("new global::System.ArgumentOutOfRangeException()", ImmutableArray<Operand>.Empty), () => { });
    }

    private Operand Either(Operand a, Operand b) => a is BoolConstant known ? known.Flag ? a : b : _block.Compute(ScalarType.Bool, Opcode.BitOr, a, b);

    private Operand Sum(Operand a, Operand b) =>
        a is IntegerConstant { Number: 0 } ? b : b is IntegerConstant { Number: 0 } ? a : _block.Compute(ScalarType.Int32, Opcode.Add, a, b);

    /// <summary>Does something with an array: with each that it may be, in a branch of its own.</summary>
    private Operand With(Operand array, Func<Operand, Operand> use)
    {
        if (array is not ArrayChoice choice) return use(array);
        Operand One(Operand root)
        {
            var part = View(root, choice.Start, choice.Count);
            return choice.Of.IsTensor ? Arranged(_block, part, _tensors[choice].Shape) : part;
        }

        Operand Try(int index)
        {
            var (number, root) = choice.Roots[index];
            Operand Use() => use(One(root));
            if (index == choice.Roots.Length - 1) return Use();
            return Choose(_block.Compute(ScalarType.Bool, Opcode.Equal, choice.Which, Int(number)), Use, () => Try(index + 1));
        }

        return Try(0);
    }

    private void Do(Operand array, Action<Operand> action) => With(array, one =>
    {
        action(one);
        return BoolConstant.True;
    });

    /// <summary>As <see cref="With"/> for all operands among which arrays may be, with any number of results.</summary>
    private ImmutableArray<Operand> With(
        ImmutableArray<Operand> operands, Func<ImmutableArray<Operand>, ImmutableArray<Value>> use, IReadOnlyList<IrType> results)
    {
        if (!operands.Any(o => o is ArrayChoice)) return use(operands).CastArray<Operand>();
        var slots = results.Select(_ => new Slot()).ToList();
        for (var i = 0; i < slots.Count; i++) _env.Set(slots[i], Default(results[i]));
        void Next(int index, ImmutableArray<Operand> chosen)
        {
            if (index < operands.Length)
            {
                Do(operands[index], one => Next(index + 1, chosen.Add(one)));
                return;
            }

            var values = use(chosen);
            for (var i = 0; i < slots.Count; i++) _env.Set(slots[i], values[i]);
        }

        Next(0, ImmutableArray<Operand>.Empty);
        return slots.Select(slot => _env.Get(slot)!).ToImmutableArray();
    }

    /// <summary>What two paths leave in an array variable; <see cref="Merged"/> if that is not known.</summary>
    private Operand MergeArrays(Operand condition, Operand a, LoweredPath then, Operand b, LoweredPath @else, Func<Operand, Operand, Operand> merge)
    {
        ArrayChoice? first = null, second = null;
        Continue(then, () => first = Locate(a));
        Continue(@else, () => second = Locate(b));
        // Not assigned on one path: then nothing reads it after that path.
        if (first is null && a is SymbolConstant { Expression: Unassigned } && second is not null) first = second.Empty();
        if (second is null && b is SymbolConstant { Expression: Unassigned } && first is not null) second = first.Empty();
        if (first is null || second is null) return new SymbolConstant(a.Type, Merged);
        var areMade = MakeBefore(then, first, condition, taken: true) && MakeBefore(@else, second, condition, taken: false);
        if (!areMade) return new SymbolConstant(a.Type, Merged);
        var either = first.Among(second.Roots);
        var other = second.Among(first.Roots).Parts;
        var merged = (ArrayChoice)either.With(either.Parts.Select((part, i) => merge(part, other[i])).ToImmutableArray());
        if (merged.Count is Value count) _counts.Add(count);
        return merged;
    }
}
