using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend.Trees;

/// <summary>The parameters of a declared derivative of a method that is differentiated by objects: the objects, taken apart as the target's are.</summary>
/// <param name="method">The declaration.</param>
/// <param name="target">The function of its target.</param>
/// <param name="what">The transformation.</param>
/// <param name="values">The source of value numbers.</param>
internal sealed class DeclaredTrees(IMethodSymbol method, Function target, Transformation what, ValueSource values)
{
    private readonly HashSet<string> _taken = new(method.Parameters.Select(p => p.Name), StringComparer.Ordinal);

    /// <summary>A parameter for an object that the declaration makes, until it is taken apart.</summary>
    public static Parameter Made(IParameterSymbol symbol, TypeMapping types, ValueSource values) =>
        new(values.Fresh(ObjectTypes.Of(symbol.Type, types), symbol.Name), ParameterMode.Out, Wrt: false);

    /// <summary>The parameters with leaves in the place of objects. One that does not fit stays an object, and the signature is reported.</summary>
    /// <param name="parameters">One for each C# parameter, or for each scalar of a value.</param>
    /// <param name="own">How many of the C# parameters are the target's.</param>
    public ImmutableArray<Parameter> Apart(ImmutableArray<Parameter> parameters, int own)
    {
        var trees = target.Parameters.Where(p => p.IsLeaf).GroupBy(p => p.DeclaredName, StringComparer.Ordinal).ToDictionary(tree => tree.Key, tree => tree.ToList(), StringComparer.Ordinal);
        if (trees.Count == 0) return parameters;
        var names = target.Parameters.Where(p => p.Part is not ({ IsReturned: true } or { IsReceiver: true })).Select(p => p.DeclaredName).Distinct().ToList();
        var added = new Queue<List<Parameter>>(trees.Values.Where(tree => what.Wrt.IsEmpty || what.Wrt.Contains(tree[0].DeclaredName)));
        return parameters.SelectMany(parameter =>
        {
            var symbol = method.Parameters.First(p => p.Name == parameter.DeclaredName);
            if (symbol.Ordinal < own)
            {
                return trees.TryGetValue(names[symbol.Ordinal], out var primal) ? Leaves(primal, symbol, p => p.Value.Type, _ => ModeOf(symbol)) : [parameter];
            }

            return IsObject(parameter) && added.Count > 0 ? Added(added.Dequeue(), symbol, own) ?? [parameter] : [parameter];
        }).ToImmutableArray();
    }

    private static ParameterMode ModeOf(IParameterSymbol symbol) => symbol.RefKind == RefKind.None ? ParameterMode.Value : ParameterMode.In;

    private static bool IsObject(Parameter parameter) => parameter.Value.Type is ScalarType { Kind: ScalarKind.Opaque };

    /// <summary>The leaves of a gradient or a tangent; null if it is not declared as one.</summary>
    private IEnumerable<Parameter>? Added(List<Parameter> primal, IParameterSymbol symbol, int own)
    {
        var isTangent = what.Kind == TransformationKind.Jvp;
        var (part, numbers) = (primal[0].Part!, primal.Where(p => p.Value.Type.CarriesDerivative).ToList());
        var passed = isTangent ? RefKind.None : part.Type.GradientPassedAs switch
        {
            ParameterMode.Out => RefKind.Out,
            ParameterMode.Ref => RefKind.Ref,
            _ => RefKind.None,
        };
        if (symbol.RefKind != passed || TypeMapping.Global(symbol.Type) != part.Type.Name) return null;
        var of = part.IsReceiver ? "this" : method.Parameters.Take(own).First(p => p.Ordinal == PositionOf(part)).Name;
        return Leaves(numbers, symbol, p => Companion(p.Value.Type, !isTangent), p => isTangent || p.Value.Type is ArrayType ? ParameterMode.Value : ParameterMode.Out)
            .Select(p => p with { Part = p.Part! with { GradientOf = isTangent ? null : of, IsTangent = isTangent } });
    }

    private int PositionOf(ParameterPart part) =>
        target.Parameters.Where(p => p.Part is not ({ IsReturned: true } or { IsReceiver: true })).Select(p => p.DeclaredName).Distinct().ToList().IndexOf(part.Whole);

    private static IrType Companion(IrType type, bool writable) => type is not ArrayType array ? type : writable ? array.Writable() : array.ReadOnly();

    private IEnumerable<Parameter> Leaves(IEnumerable<Parameter> like, IParameterSymbol symbol, Func<Parameter, IrType> type, Func<Parameter, ParameterMode> mode)
    {
        foreach (var leaf in like)
        {
            var part = leaf.Part! with { Whole = symbol.Name, IsReceiver = false };
            var name = part.Type.LeafNames(symbol.Name).ElementAt(part.Leaf);
            yield return new Parameter(values.Fresh(type(leaf), RootLowering.Free(name, _taken)), mode(leaf), Wrt: false) { Part = part };
        }
    }
}
