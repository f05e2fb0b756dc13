using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Trees;

namespace SoftDiff.Generator.Frontend;

// LINQ over the elements of an object: a list, an array of records, anything else with an enumerator. The elements are constants; the functions of
// the query may compute what is differentiated from them.
internal sealed partial class FunctionLowering
{
    private const string AnyCollection = "global::System.Collections.Generic.IEnumerable<";

    /// <summary>Whether a query over an object is lowered: one of its functions is differentiated. All other queries run as C#.</summary>
    private bool IsOverObject(IOperation source, ImmutableArray<IArgumentOperation> arguments) =>
        IsOnObject(Unconverted(source)) && (TreeList(source) is not null || arguments.Any(a => IsDelegate(a.Value.Type) || (a.Value != source && IsSequence(a.Value))));

    /// <summary>The sequence in an expression; null if it is not known, which is reported.</summary>
    private Sequence? SourceIn(IOperation operation)
    {
        var whole = Unconverted(operation);
        if (TreeList(operation) is { } listed)
        {
            return new Sequence(SequenceKind.Array, ImmutableArray.Create<object>(Keep(listed, "source")), ImmutableArray<Operand>.Empty) { Element = listed.Class };
        }

        if (IsSequence(operation) || !IsOnObject(whole))
        {
            return SequenceIn(operation.Type is IArrayTypeSymbol ? LowerSequence(operation) : Lower(operation), operation);
        }

        var collection = AsObject(LowerObject(whole));
        if (collection is MadeObject made) return SequenceIn(Escapes(operation, made), operation);
        if (whole.Type!.IsReferenceType && IsNothing(collection) is Value isNull) Refuse(isNull, "new global::System.ArgumentNullException(\"source\")");
        var element = Sequence.ElementOf(operation.Type) ?? Sequence.ElementOf(whole.Type) ?? (whole.Type as IArrayTypeSymbol)?.ElementType;
        return new Sequence(SequenceKind.Objects, ImmutableArray.Create<object>(Keep(collection, "source")), ImmutableArray<Operand>.Empty)
        {
            Element = element, Length = LengthOf(whole.Type!),
        };
    }

    /// <summary>How C# asks a collection for the number of its elements, if they have positions; null for other collections.</summary>
    private static string? LengthOf(ITypeSymbol collection) => collection switch
    {
        IArrayTypeSymbol { Rank: 1 } => "{0}.Length",
        INamedTypeSymbol { Arity: 1, Name: "List" or "IReadOnlyList" or "IList" } list
            when list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic" => "{0}.Count",
        _ => null,
    };

    private Value CountObjects(Sequence sequence)
    {
        var count = _point.Values.Fresh(ScalarType.Int32);
        _point.Block.Add(new Evaluate(count, sequence.Length!, ImmutableArray.Create(Held(sequence, 0)), ObjectEffect.Read));
        _arrays.AddCount(count);
        return count;
    }

    private Operand ObjectAt(Sequence sequence, Operand index, IOperation at) =>
        Evaluated(at, sequence.Element!, "{0}[{1}]", ImmutableArray.Create(Held(sequence, 0), index), ObjectEffect.Read);

    /// <summary>Runs code for each element that the enumerator of a collection gives.</summary>
    private void EnumerateObjects(Sequence sequence, Enumerating loop, Action<Operand> each)
    {
        var enumerator = _point.Values.Fresh(new ScalarType(ScalarKind.Opaque, "global::System.Collections.Generic.IEnumerator<" + Types.Name(sequence.Element!) + ">"));
        var text = "((" + AnyCollection + Types.Name(sequence.Element!) + ">){0}).GetEnumerator()";
        _point.Block.Add(new Evaluate(enumerator, text, ImmutableArray.Create(Held(sequence, 0)), ObjectEffect.Call));
        Advance(loop.At, enumerator, ObjectEffect.Call, "{0}.Dispose()", (carried, body) => carried.Lower(
            loop.At.Syntax, loop.Assigned, loop.JumpsOut, loop.Break, loop.Continue, body, null, null), () =>
            each(Evaluated(loop.At, sequence.Element!, "{0}.Current", ImmutableArray.Create<Operand>(enumerator), ObjectEffect.Call)));
    }

    /// <summary>Runs a body while an enumerator has elements.</summary>
    private void Advance(
        IOperation at, Value enumerator, ObjectEffect effect, string? dispose,
        Func<CarriedVariables, Action, (ImmutableArray<Carried> Carried, Block Body, Operand? Exit)> lower, Action body)
    {
        At(at);
        var held = ImmutableArray.Create<Operand>(enumerator);
        var test = new BlockBuilder(_point.Values);
        var goes = _point.Values.Fresh(ScalarType.Bool);
        test.Add(new Evaluate(goes, "{0}.MoveNext()", held, effect));
        var (carried, block, exit) = lower(new CarriedVariables(_point, _branches, Jumps), body);
        _point.Block.Add(new While(carried, test.Build(goes), block, exit));
        if (dispose is not null) _point.Block.Add(new Evaluate(null, dispose, held, effect));
    }

    /// <summary>The same sequence over an array of the elements that a collection has now.</summary>
    private Sequence Counted(Sequence sequence)
    {
        if (sequence is not { Kind: SequenceKind.Objects, Length: null })
        {
            return sequence with { Parts = sequence.Parts.Select(part => part is Sequence inner ? Counted(inner) : part).ToImmutableArray() };
        }

        var array = _point.Values.Fresh(new ScalarType(ScalarKind.Opaque, Types.Name(sequence.Element!) + "[]"));
        var text = "global::System.Linq.Enumerable.ToArray<" + Types.Name(sequence.Element!) + ">({0})";
        _point.Block.Add(new Evaluate(array, text, ImmutableArray.Create(Held(sequence, 0)), ObjectEffect.Call));
        return sequence with { Cells = ImmutableArray.Create<object>(Keep(array, "elements")), Length = "{0}.Length" };
    }
}
