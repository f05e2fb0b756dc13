using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// What consumes sequences: sums, extremes, counts, arrays. Values and exceptions are those of System.Linq.
internal sealed partial class FunctionLowering
{
    private const string NoElements = "new global::System.InvalidOperationException(\"Sequence contains no elements\")";
    private const string NoMatch = "new global::System.InvalidOperationException(\"Sequence contains no matching element\")";

    /// <summary>A sum. System.Linq adds floats in double, and integers with a check.</summary>
    private Operand Sum(IOperation at, Sequence sequence, ScalarType type) =>
        ConvertTo(Total(at, sequence, type.Kind == ScalarKind.Float ? Wide(type) : type, count: null), type);

    /// <summary>The type in which floating-point numbers are added.</summary>
    private static ScalarType Wide(ScalarType type) => type == ScalarType.Single ? ScalarType.Double : type;

    /// <param name="at">The expression that sums.</param>
    /// <param name="sequence">The numbers.</param>
    /// <param name="type">The type in which they are added.</param>
    /// <param name="count">Receives the number of numbers; null if nobody needs it.</param>
    private Operand Total(IOperation at, Sequence sequence, ScalarType type, Cell? count)
    {
        var sum = Keep(Constants.Default(type), "sum");
        Enumerate(sequence, Enumerating.For(at), element =>
        {
            Add(sum, ConvertTo(element, type), isChecked: type.Kind == ScalarKind.Int);
            if (count is not null) Add(count, Constants.Int(1), isChecked: true);
        });
        return _point.Env.Get(sum)!;
    }

    private void Add(Cell to, Operand amount, bool isChecked)
    {
        var result = _point.Values.Fresh(amount.Type);
        _point.Block.Add(new Compute(result, Opcode.Add, ImmutableArray.Create(_point.Env.Get(to)!, amount), Checked: isChecked));
        _point.Env.Set(to, result);
    }

    private Operand Average(IOperation at, Sequence sequence, ScalarType element, ScalarType type)
    {
        var numbers = element.Kind == ScalarKind.Float ? Wide(element) : ScalarType.Int64;
        Operand sum, count;
        if (IsIndexed(sequence))
        {
            count = CountOf(sequence);
            Refuse(IsEmpty(count), NoElements);
            sum = Total(at, sequence, numbers, count: null);
        }
        else
        {
            var counted = Keep(Constants.Int(0), "count");
            sum = Total(at, sequence, numbers, counted);
            count = _point.Env.Get(counted)!;
            Refuse(IsEmpty(count), NoElements);
        }

        var wide = Wide(type);
        return ConvertTo(_point.Block.Compute(wide, Opcode.Divide, ConvertTo(sum, wide), ConvertTo(count, wide)), type);
    }

    private Operand IsEmpty(Operand count) => Test(Opcode.Equal, count, Constants.Int(0));

    /// <summary>
    /// The least or the greatest number, the first of equal ones. System.Linq takes NaN for less than every number: it is the minimum, and the maximum
    /// only if there is no number.
    /// </summary>
    private Operand Extreme(IOperation at, Sequence sequence, ScalarType type, bool isGreatest)
    {
        return Fold(at, sequence, NoElements, Better);

        Operand Better(Operand best, Operand element)
        {
            var isBetter = Test(isGreatest ? Opcode.Greater : Opcode.Less, element, best);
            if (type.Kind == ScalarKind.Float)
            {
                var number = isGreatest ? best : element;
                isBetter = Test(Opcode.BitOr, isBetter, Test(Opcode.NotEqual, number, number));
            }

            return _branches.Choose(isBetter, () => element, () => best);
        }
    }

    private Operand Test(Opcode code, Operand left, Operand right) => _point.Block.Compute(ScalarType.Bool, code, left, right);

    private Operand Aggregate(IOperation at, Sequence sequence, Operand? seed, Closure function, ITypeSymbol type)
    {
        Operand Next(Operand total, Operand element) => Run(function, type, at, total, element);
        if (seed is null) return Fold(at, sequence, NoElements, Next);
        var held = TypeOf(Invoked(type).ReturnType) is ScalarType scalar ? ConvertTo(seed, scalar) : seed;
        var sum = Keep(held, "total");
        Enumerate(sequence, Enumerating.For(at), element => _point.Env.Set(sum, Next(_point.Env.Get(sum)!, element)));
        return _point.Env.Get(sum)!;
    }

    /// <summary>Folds the elements from the first on; throws if there are none.</summary>
    private Operand Fold(IOperation at, Sequence sequence, string exception, Func<Operand, Operand, Operand> next)
    {
        if (IsIndexed(sequence))
        {
            var count = CountOf(sequence);
            Refuse(IsEmpty(count), exception);
            var total = Keep(ElementAt(sequence, Constants.Int(0), at), "best");
            CountTo(count, 1, Enumerating.For(at), index =>
                _point.Env.Set(total, next(_point.Env.Get(total)!, ElementAt(sequence, index, at))));
            return _point.Env.Get(total)!;
        }

        var (found, best) = (Keep(BoolConstant.False, "found"), Keep(Unset(sequence), "best"));
        Enumerate(sequence, Enumerating.For(at), element =>
        {
            var value = _branches.Choose(_point.Env.Get(found)!, () => next(_point.Env.Get(best)!, element), () => element);
            _point.Env.Set(best, value);
            _point.Env.Set(found, BoolConstant.True);
        });
        Refuse(Not(_point.Env.Get(found)!), exception);
        return _point.Env.Get(best)!;
    }

    /// <summary>A value of the type of the elements, which nothing reads.</summary>
    private Operand Unset(Sequence sequence)
    {
        var type = sequence.Kind switch
        {
            SequenceKind.Array => sequence.Element is { } element ? TypeOf(element) : null,
            SequenceKind.Objects => TypeOf(sequence.Element!) ?? ObjectTypes.Of(sequence.Element!, Types),
            SequenceKind.Range => ScalarType.Int32,
            SequenceKind.Repeat => _point.Env.Get(sequence.Cells[0])!.Type,
            SequenceKind.Select => Returned(sequence.FunctionType),
            SequenceKind.SelectMany when sequence.PairFunctionType is { } pairs => Returned(pairs),
            SequenceKind.SelectMany => TypeOf(Sequence.ElementOf(Invoked(sequence.FunctionType!).ReturnType)!),
            SequenceKind.Zip when sequence.Function is not null => Returned(sequence.FunctionType),
            SequenceKind.Zip => Products.Tuple(Unset(sequence.Source), Unset((Sequence)sequence.Parts[1])).Type,
            _ => Unset(sequence.Source).Type,
        };
        return Constants.Default(type ?? ScalarType.Double);

        IrType? Returned(ITypeSymbol? function) => TypeOf(Invoked(function!).ReturnType);
    }

    private Operand Count(IOperation at, Sequence sequence, ScalarType type)
    {
        if (IsIndexed(sequence) && !HasFunctions(sequence)) return ConvertTo(CountOf(sequence), type);
        var count = Keep(Constants.Default(type), "count");
        Enumerate(sequence, Enumerating.For(at), _ => Add(count, new IntegerConstant(type, 1), isChecked: true));
        return _point.Env.Get(count)!;
    }

    private static bool HasFunctions(Sequence sequence) =>
        sequence.Function is not null || sequence.Parts.OfType<Sequence>().Any(HasFunctions);

    /// <summary>
    /// Whether there is an element; for a filter that is negated, whether one does not pass it. The rest is not enumerated.
    /// </summary>
    private Operand Any(IOperation at, Sequence sequence, bool isNegated = false)
    {
        if (IsIndexed(sequence)) return Not(IsEmpty(CountOf(sequence)));
        var found = Keep(BoolConstant.False, "found");
        var depth = Jumps.Targets.Count;
        void Find()
        {
            _point.Env.Set(found, BoolConstant.True);
            Jumps.Leave(depth);
        }

        if (isNegated)
        {
            Enumerate(sequence.Source, Searching(at, sequence.Source), element =>
                _branches.Branch(Selected(sequence, element, Constants.Int(0), at), () => { }, Find));
        }
        else
        {
            Enumerate(sequence, Searching(at, sequence), _ => Find());
        }

        return _point.Env.Get(found)!;
    }

    private static Enumerating Searching(IOperation at, Sequence sequence) => Enumerating.For(at) with { JumpsOut = HasInner(sequence) };

    private static bool HasInner(Sequence sequence) =>
        sequence.Kind == SequenceKind.SelectMany || sequence.Parts.OfType<Sequence>().Any(HasInner);

    /// <summary>The first or the last element; throws if there is none.</summary>
    private Operand EndOf(IOperation at, Sequence sequence, bool isLast, bool isAny)
    {
        if (IsIndexed(sequence))
        {
            var count = CountOf(sequence);
            Refuse(IsEmpty(count), NoElements);
            Operand index = isLast ? _point.Block.Compute(ScalarType.Int32, Opcode.Subtract, count, Constants.Int(1)) : Constants.Int(0);
            return ElementAt(sequence, index, at);
        }

        var (found, value) = (Keep(BoolConstant.False, "found"), Keep(Unset(sequence), "value"));
        var depth = Jumps.Targets.Count;
        Enumerate(sequence, Searching(at, sequence), element =>
        {
            _point.Env.Set(value, element);
            _point.Env.Set(found, BoolConstant.True);
            if (!isLast) Jumps.Leave(depth);
        });
        Refuse(Not(_point.Env.Get(found)!), isAny ? NoElements : NoMatch);
        return _point.Env.Get(value)!;
    }

    private Operand ElementAt(IOperation at, Sequence sequence, Operand index)
    {
        var isOutside = Test(Opcode.BitOr, Test(Opcode.Less, index, Constants.Int(0)), Test(Opcode.GreaterEqual, index, CountOf(sequence)));
        Refuse(isOutside, "new global::System.ArgumentOutOfRangeException(\"index\")");
        return ElementAt(sequence, index, at);
    }
}
