using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Arrays under interfaces of lists. As long as no differentiated number is in them, they are objects like others.
internal sealed partial class FunctionLowering
{
    private const string ListedArrays = "use Count, elements, foreach and queries of it, or declare it as an array";

    /// <summary>The array under an interface, if the expression names one; nothing is evaluated.</summary>
    private ListedArray? Listed(IOperation? operation) => Kept(operation) as ListedArray;

    /// <summary>Whether the expression is a list of the method's own or an array under an interface, or makes one.</summary>
    private bool IsOwnList(IOperation operation) => Kept(operation) is MadeList or ListedArray || operation switch
    {
        IObjectCreationOperation { Type: { } type } => MadeList.IsMade(type) && IsTakenApart(type),
        IInvocationOperation { Type: { } type } query => MadeList.IsMade(type) && IsQuery(query.TargetMethod),
        IConversionOperation { Operand: var made } when made is IObjectCreationOperation or IInvocationOperation => IsOwnList(made),
        IConversionOperation { Operand: ICollectionExpressionOperation list } => IsOwnList(list),
        IConversionOperation conversion => IsToInterface(conversion),
        ICollectionExpressionOperation list => MadeList.IsMade(list.Type) || IsListOf(list),
        _ => false,
    };

    /// <summary>
    /// Whether an array gets the type of an interface and keeps its differentiated numbers. Of structs it always does, because the method has no such array.
    /// </summary>
    private bool IsToInterface(IConversionOperation conversion) =>
        ListedArray.IsInterface(conversion.Type) && conversion.Operand is { Type: IArrayTypeSymbol array } && !IsOnObject(conversion.Operand)
        && (StructArrays.Map(array, Types) is not null || (Types.Array(array) is not null && _module.Objects.Sources.Contains(ObjectChoices.ArraysAsLists)));

    private bool IsListOf(ICollectionExpressionOperation list) =>
        list.Type is INamedTypeSymbol { Name: "IReadOnlyList" or "IReadOnlyCollection" } type && ListedArray.IsInterface(type)
        && Types.Scalar(type.TypeArguments[0]) is { Kind: ScalarKind.Float };

    private Operand LowerListed(IConversionOperation conversion)
    {
        Operand? array = StructArrays.Map(conversion.Operand.Type, Types) is null ? LowerPresent(conversion.Operand) : LowerStructArray(conversion.Operand);
        return array is null ? Placeholder(conversion.Type) : new ListedArray((INamedTypeSymbol)Types.Resolve(conversion.Type!), Keep(array, "list"));
    }

    private Operand LowerListOf(ICollectionExpressionOperation list)
    {
        var type = (INamedTypeSymbol)Types.Resolve(list.Type!);
        var array = ArrayOf(list, Types.Scalar(type.TypeArguments[0])!);
        return array.Type is ArrayType ? new ListedArray(type, Keep(array, "list")) : array;
    }

    private Operand ArrayOf(ListedArray listed) => _point.Env.Get(listed.Array)!;

    private Operand CountOf(ListedArray listed) => ArrayOf(listed) is StructArray structs ? CountOf(structs) : _arrays.LengthOf(ArrayOf(listed));

    private Operand ReadListed(IPropertyReferenceOperation member, ListedArray listed) =>
        member.Property.Name == "Count" ? CountOf(listed)
        : member.Arguments.Length == 1 ? ItemPlace(member, listed).Read(this)
        : Unsupported(member, ListedArrays);

    private CheckedPlace ItemPlace(IPropertyReferenceOperation item, ListedArray listed)
    {
        var index = LowerIndex(item.Arguments[0].Value, () => CountOf(listed));
        return new CheckedPlace(ItemOf(listed, index), index, () => CountOf(listed));
    }

    private AssignablePlace ItemOf(ListedArray listed, Operand index) =>
        ArrayOf(listed) is StructArray structs ? Element(structs, index) : new ElementPlace(ArrayOf(listed), index);

    private bool IsWritable(ListedArray listed, IOperation target) => IsWritable(ArrayOf(listed) is StructArray structs ? structs.Numbers : ArrayOf(listed), target);

    /// <summary>The elements as a sequence.</summary>
    private static Sequence ElementsOf(ListedArray listed) => new(SequenceKind.Array, ImmutableArray.Create<object>(listed.Array), ImmutableArray<Operand>.Empty)
    {
        Element = listed.Of.TypeArguments[0],
    };
}
