using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Implicit;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

/// <summary>A C# parameter as parameters of the IR: one, or one for each scalar of a value type. Empty if its type has no place there.</summary>
internal static class ParameterLowering
{
    /// <param name="symbol">The parameter.</param>
    /// <param name="types">Maps type parameters.</param>
    /// <param name="values">The source of value numbers.</param>
    /// <param name="wrt">The names of the parameters to differentiate by; null or empty for all.</param>
    /// <param name="isAccessible">Which members generated code may name.</param>
    public static ImmutableArray<Parameter> Lower(
        IParameterSymbol symbol, TypeMapping types, ValueSource values, IReadOnlyCollection<string>? wrt, Func<ISymbol, bool> isAccessible)
    {
        var mode = symbol.RefKind switch
        {
            RefKind.None => ParameterMode.Value,
            RefKind.In or RefKind.RefReadOnlyParameter => ParameterMode.In,
            RefKind.Ref => ParameterMode.Ref,
            _ => ParameterMode.Out,
        };
        var passive = IsPassive(symbol);
        var isWrt = !passive && (wrt is null || wrt.Count == 0 || wrt.Contains(symbol.Name));
        if (Products.Map(symbol.Type, types, isAccessible) is { } product)
        {
            // Its derivative would have to say whether there is a value both before and after the call.
            if (mode == ParameterMode.Ref && product.HasOptional) return ImmutableArray<Parameter>.Empty;
            return Parts(new ParameterPart(symbol.Name, product, 0), mode, values)
                .Select(p => p with { Wrt = p.Value.Type.IsFloat && isWrt, Scratch = p.Value.Type.IsFloat && passive }).ToImmutableArray();
        }

        if ((mode == ParameterMode.Value || IsMade(symbol)) && StructArrays.Map(symbol.Type, types) is { } structs)
        {
            var numbers = values.Fresh(structs.Numbers, symbol.Name) with { IsUserNamed = true };
            return ImmutableArray.Create(new Parameter(numbers, mode, isWrt, Scratch: passive) { ElementsOf = structs.Element });
        }

        var isGiven = mode is ParameterMode.Value or ParameterMode.In;
        var held = !isGiven ? null
            : symbol.Type.SpecialType == SpecialType.System_String ? ObjectTypes.Text
            : wrt is null ? ObjectTypes.Map(symbol.Type, types) : ObjectTypes.Parameter(symbol.Type, types, isPassive: !isWrt);
        if ((types.Map(symbol.Type) ?? types.Passive(symbol.Type) ?? held) is not { } type) return ImmutableArray<Parameter>.Empty;
        var isArray = mode != ParameterMode.Value && type is ArrayType { IsTensor: var isTensor } && !(isTensor && mode == ParameterMode.In);
        if (isArray && !(IsMade(symbol) && type is ArrayType { IsJagged: false })) return ImmutableArray<Parameter>.Empty;
        var value = values.Fresh(type, symbol.Name) with { IsUserNamed = true };
        var carries = type.CarriesDerivative;
        return ImmutableArray.Create(new Parameter(value, mode, carries && isWrt, Scratch: carries && passive));
    }

    /// <summary>What to write instead of a parameter without a place in the IR.</summary>
    public static string Advice(IParameterSymbol symbol, TypeMapping types)
    {
        var element = symbol.Type is IArrayTypeSymbol array ? array.ElementType : symbol.Type is INamedTypeSymbol { Arity: 1 } named ? named.TypeArguments[0] : null;
        return element is null || !Products.IsStruct(types.Resolve(element)) || Products.Map(element, types) is null ? TypeAdvice.For(symbol.Type)
            : $"the members of '{element.Name}' are of several types; if it is data, take a '{element.Name}[]' and mark it [NonDifferentiable]";
    }

    /// <summary>The value type or the array that a method returns, as parameters; none if it returns neither.</summary>
    public static ImmutableArray<Parameter> Returned(ITypeSymbol type, TypeMapping types, ValueSource values, Func<ISymbol, bool> isAccessible)
    {
        if (Products.Map(type, types, isAccessible) is { } product)
        {
            return Parts(new ParameterPart("result", product, 0, IsReturned: true), ParameterMode.Out, values);
        }

        var structs = type is IArrayTypeSymbol ? StructArrays.Map(type, types) : null;
        return type is IArrayTypeSymbol && (structs?.Numbers ?? types.Map(type)) is ArrayType { IsJagged: false } array
            ? ImmutableArray.Create(new Parameter(values.Fresh(array, "result"), ParameterMode.Out, Wrt: false) { IsReturned = true, ElementsOf = structs?.Element })
            : ImmutableArray<Parameter>.Empty;
    }

    /// <summary>Whether the method makes an array and gives it to the caller by <c>out</c>.</summary>
    private static bool IsMade(IParameterSymbol symbol) => symbol is { RefKind: RefKind.Out, Type: IArrayTypeSymbol };

    /// <summary>A parameter for each scalar of a value.</summary>
    /// <param name="first">The first scalar of the value.</param>
    /// <param name="mode">How C# passes the value.</param>
    /// <param name="values">The source of value numbers.</param>
    public static ImmutableArray<Parameter> Parts(ParameterPart first, ParameterMode mode, ValueSource values) =>
        first.Type.Leaves.Zip(first.Type.LeafNames(first.Whole), (type, name) => (type, name))
            .Select((leaf, i) => new Parameter(values.Fresh(leaf.type, leaf.name), mode, Wrt: false) { Part = first with { Leaf = i } }).ToImmutableArray();

    public static bool IsPassive(IParameterSymbol symbol) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "SoftDiff.NonDifferentiableAttribute") || ImplicitAttribute.IsConstant(symbol);
}
