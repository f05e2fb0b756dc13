using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// LINQ over arrays and ranges. A query describes a sequence. What consumes it becomes a loop, and its body calls the functions of the query.
internal sealed partial class FunctionLowering
{
    private const string Queries = "use Select, Where, SelectMany, Zip, Skip, Take, Sum, Average, Min, Max, Count, Any, All, First, Last, Aggregate "
        + "and ToArray of arrays and ranges, or write the loop out";

    private static bool IsQuery(IMethodSymbol method) =>
        (method.ContainingType is { Name: "Enumerable" } type && type.ContainingNamespace.ToDisplayString() == "System.Linq")
        || method is { Name: "ConvertAll", ContainingType.SpecialType: SpecialType.System_Array };

    /// <summary>An expression whose value is a sequence.</summary>
    private Operand LowerSequence(IOperation operation)
    {
        if (List(operation) is { } list) return ElementsOf(list);
        if (Listed(operation) is { } listed) return ElementsOf(listed);
        operation = Unconverted(operation);
        if (operation is ICollectionExpressionOperation sequence && NumberIn(sequence) is { } number)
        {
            var array = ArrayOf(sequence, number);
            return array.Type is ArrayType ? ElementsOf(array, Sequence.ElementOf(sequence.Type)!) : array;
        }

        return operation.Type is IArrayTypeSymbol { Rank: 1 } && IsSequence(operation) ? LowerElements(operation) : LowerValue(operation);
    }

    private bool IsSequence(IInvocationOperation query) =>
        query.TargetMethod.Name is "Range" or "Repeat" or "Empty"
        || (InOrder(query.Arguments).FirstOrDefault() is { Value: var source } && (IsSequence(source) || IsOverObject(source, query.Arguments)));

    /// <summary>
    /// Whether an expression gives a sequence of numbers or of values, and not an object that SoftDiff does not look into.
    /// </summary>
    private bool IsSequence(IOperation operation)
    {
        if (List(operation) is not null || Listed(operation) is not null) return true;
        operation = Unconverted(operation);
        return operation switch
        {
            { Type: IArrayTypeSymbol } =>
                !IsOnObject(operation) && (Types.Array(operation.Type) is not null || StructArrays.Map(operation.Type, Types) is not null || IsJagged(operation)),
            _ when Sequence.ElementOf(operation.Type) is null => false,
            ICollectionExpressionOperation list => NumberIn(list) is not null,
            ITranslatedQueryOperation query => IsSequence(query.Operation),
            IInvocationOperation call when IsQuery(call.TargetMethod) => IsSequence(call),
            IInvocationOperation call => !IsOnObjects(call.TargetMethod) && _module.Body(call.TargetMethod) is not null,
            IConditionalOperation { WhenFalse: { } other } choice => IsSequence(choice.WhenTrue) || IsSequence(other),
            _ => Variable(operation) is { } variable && _point.Env.Get(variable) is { Type: SequenceType },
        };
    }

    /// <summary>The elements of an array as a sequence.</summary>
    private Operand LowerElements(IOperation operation)
    {
        var array = IsJagged(operation) ? LowerParted(operation)
            : StructArrays.Map(operation.Type, Types) is null ? LowerArray(operation) : LowerStructArray(operation);
        if (array is null) return Placeholder(operation.Type);
        if (array is not (StructArray or PartedArray) && _arrays.IsNull(array) is Value isNull)
        {
            Refuse(isNull, "new global::System.ArgumentNullException(\"source\")");
            array = _arrays.NotNull(array);
        }

        return ElementsOf(array, ((IArrayTypeSymbol)operation.Type!).ElementType);
    }

    private Sequence ElementsOf(Operand array, ITypeSymbol element) =>
        new(SequenceKind.Array, ImmutableArray.Create<object>(Keep(array, "source")), ImmutableArray<Operand>.Empty) { Element = element };

    /// <summary>The number of which a collection expression lists some under the interface of a sequence; null if it is another.</summary>
    private ScalarType? NumberIn(ICollectionExpressionOperation list) =>
        Sequence.ElementOf(list.Type) is { } element && Types.Scalar(element) is { Kind: ScalarKind.Float } number ? number : null;

    /// <summary>A variable that holds a value until the sequence is enumerated.</summary>
    private Cell Keep(Operand value, string name)
    {
        var cell = new Cell(name);
        _point.Env.Set(cell, value);
        return cell;
    }

    private Operand? LowerQuery(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var args = InOrder(call.Arguments).Select(a => a.Value).ToList();
        switch (method.Name, args.Count)
        {
            case ("Range", 2):
                return Range(Lower(args[0]), Lower(args[1]));
            case ("Repeat", 2):
                var repeated = Lower(args[0]);
                var times = NotNegative(Lower(args[1]));
                return new Sequence(
                    SequenceKind.Repeat, ImmutableArray.Create<object>(Keep(repeated, "element"), Keep(times, "count")), ImmutableArray<Operand>.Empty);
            case ("Empty", 0):
                return Range(Constants.Int(0), Constants.Int(0));
        }

        if (args.Count == 0 || SourceIn(args[0]) is not { } source) return Placeholder(call.Type);
        var functions = new Dictionary<int, Closure>();
        foreach (var (value, i) in args.Select((value, i) => (value, i)).Where(a => IsDelegate(a.value.Type)))
        {
            if (Code(Lower(value), value) is not { } function) return Placeholder(call.Type);
            functions[i] = function;
        }

        Sequence Of(SequenceKind kind, int function) => From(kind, source, functions[function]) with
        {
            FunctionType = args[function].Type, TakesPosition = Invoked(args[function].Type!).Parameters.Length == 2,
        };

        switch (method.Name, args.Count)
        {
            case ("AsEnumerable", 1):
                return source;
            case ("Select" or "Where" or "SelectMany", 2):
                return Of(method.Name == "Select" ? SequenceKind.Select : method.Name == "Where" ? SequenceKind.Where : SequenceKind.SelectMany, 1);
            case ("SelectMany", 3):
                return From(SequenceKind.SelectMany, source, functions[1], functions[2]) with { FunctionType = args[1].Type, PairFunctionType = args[2].Type };
            case ("Zip", 2 or 3) when SourceIn(args[1]) is { } second:
                if (!IsIndexed(source) || !IsIndexed(second)) return Unsupported(call, "call ToArray on a sequence with Where before Zip");
                if (args.Count == 2) return From(SequenceKind.Zip, source, second);
                return From(SequenceKind.Zip, source, second, functions[2]) with { FunctionType = args[2].Type };
            case ("Skip" or "Take", 2) when Types.Scalar(args[1].Type) is { Kind: ScalarKind.Int }:
                if (!IsIndexed(source)) return Unsupported(call, "call ToArray on a sequence with Where before " + method.Name);
                var count = Keep(Lower(args[1]), "count");
                return From(method.Name == "Skip" ? SequenceKind.Skip : SequenceKind.Take, source) with { Cells = ImmutableArray.Create<object>(count) };
            case ("Sum" or "Average" or "Min" or "Max", 1 or 2)
                when Types.Scalar(call.Type) is { Kind: ScalarKind.Float or ScalarKind.Int } type:
                if (args.Count == 2 && functions.Count == 0) return Unsupported(call, Queries);
                var numbers = args.Count == 1 ? source : Of(SequenceKind.Select, 1);
                var number = args.Count == 1 ? Sequence.ElementOf(args[0].Type)! : Invoked(args[1].Type!).ReturnType;
                if (Types.Scalar(number) is not { Kind: ScalarKind.Float or ScalarKind.Int } element) return Unsupported(call, Queries);
                return method.Name switch
                {
                    "Sum" => Sum(call, numbers, type),
                    "Average" => Average(call, numbers, element, type),
                    _ => Extreme(call, numbers, element, method.Name == "Max"),
                };
            case ("Count" or "LongCount", 1 or 2):
                return Count(call, args.Count == 1 ? source : Of(SequenceKind.Where, 1), Types.Scalar(call.Type)!);
            case ("Any", 1 or 2):
                return Any(call, args.Count == 1 ? source : Of(SequenceKind.Where, 1));
            case ("All", 2):
                return Not(Any(call, Of(SequenceKind.Where, 1), isNegated: true));
            case ("First" or "Last", 1 or 2):
                return EndOf(call, args.Count == 1 ? source : Of(SequenceKind.Where, 1), method.Name == "Last", args.Count == 1);
            case ("ElementAt", 2) when IsIndexed(source) && Types.Scalar(args[1].Type) is { Kind: ScalarKind.Int }:
                return ElementAt(call, source, Lower(args[1]));
            case ("Aggregate", 2):
                return Aggregate(call, source, null, functions[1], args[1].Type!);
            case ("Aggregate", 3 or 4) when functions.ContainsKey(2):
                var total = Aggregate(call, source, Lower(args[1]), functions[2], args[2].Type!);
                return args.Count == 3 ? total : Run(functions[3], args[3].Type!, call, total);
            case ("ToArray", 1):
                return ToArray(call, source);
            case ("ConvertAll", 2):
                return ToArray(call, Of(SequenceKind.Select, 1));
            case ("ToList", 1) when MadeList.IsMade(call.Type) && MakeEmptyList(call, (INamedTypeSymbol)Types.Resolve(call.Type!)) is { } list:
                Enumerate(source, Enumerating.For(call), value => Append(list, value));
                return list;
            default:
                return Unsupported(call, QueryAdvice(method));
        }
    }

    /// <summary>What to write instead of a query that is not lowered.</summary>
    private static string QueryAdvice(IMethodSymbol query) => query.Name switch
    {
        "Order" or "OrderDescending" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" =>
            "call ToArray, and Array.Sort on the array, or on an array of keys with the array as items",
        "Concat" or "Append" or "Prepend" => "write an array with spreads, as in [.. a, .. b]",
        "Reverse" => "call ToArray, and Array.Reverse on the array",
        _ => Queries,
    };

    private static Sequence From(SequenceKind kind, params Operand[] parts) => new(kind, ImmutableArray<object>.Empty, parts.ToImmutableArray());

    private Sequence Range(Operand start, Operand count)
    {
        count = NotNegative(count);
        if (start is not IntegerConstant { Number: <= 0 })
        {
            var end = _point.Block.Compute(ScalarType.Int64, Opcode.Add, ConvertTo(start, ScalarType.Int64), ConvertTo(count, ScalarType.Int64));
            var last = _point.Block.Compute(ScalarType.Int64, Opcode.Subtract, end, new IntegerConstant(ScalarType.Int64, 1));
            Refuse(Test(Opcode.Greater, last, new IntegerConstant(ScalarType.Int64, int.MaxValue)), OutOfRange);
        }

        return new Sequence(
            SequenceKind.Range, ImmutableArray.Create<object>(Keep(start, "start"), Keep(count, "count")), ImmutableArray<Operand>.Empty);
    }

    private const string OutOfRange = "new global::System.ArgumentOutOfRangeException(\"count\")";

    private Operand NotNegative(Operand count)
    {
        if (!_arrays.IsCount(count)) Refuse(Test(Opcode.Less, count, Constants.Int(0)), OutOfRange);
        return count;
    }

    /// <summary>Throws where a condition holds.</summary>
    private void Refuse(Operand condition, string exception) =>
        _branches.Branch(condition, () => _branches.Throw(exception, ImmutableArray<Operand>.Empty), () => { });

    /// <summary>The sequence in an operand; null if it is not known, which is reported.</summary>
    private Sequence? SequenceIn(Operand operand, IOperation operation)
    {
        if (operand is Sequence sequence) return sequence;
        if (_module.Failed) return null;
        Unsupported(operation, "a condition chooses the sequence; make it an array, which a variable may hold one or another of");
        return null;
    }

    /// <summary>An object of an anonymous type.</summary>
    private Operand LowerAnonymous(IAnonymousObjectCreationOperation creation)
    {
        if (Products.Map(creation.Type!, Types) is not { } type)
        {
            return Fail(Descriptors.UnsupportedType, creation, creation.Type!.Spelled(), TypeMapping.Supported);
        }

        return new Product(type, creation.Initializers.OfType<ISimpleAssignmentOperation>().Select(i => Lower(i.Value)).ToImmutableArray());
    }
}
