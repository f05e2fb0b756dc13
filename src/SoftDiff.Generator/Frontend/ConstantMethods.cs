using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The framework's methods that look into spans and give an integer or a bool, which has no derivative: IndexOf, Contains, SequenceEqual, BinarySearch.
/// </summary>
internal static class ConstantMethods
{
    private const string Spans = "global::System.MemoryExtensions.";

    /// <summary>The rule of such a method, by which all its inputs are passive; null for any other method.</summary>
    public static CustomRule? Of(IMethodSymbol method, TypeMapping types)
    {
        var owner = method.ContainingType.ToDisplayString();
        if (!method.IsStatic || method.Arity != 1 || types.Scalar(method.ReturnType) is not { CarriesDerivative: false } result) return null;
        if (owner != "System.MemoryExtensions" && !(owner == "System.Array" && method.Name is "IndexOf" or "LastIndexOf" or "BinarySearch" && method.Parameters.Length == 2)) return null;
        var parameters = method.Parameters.Select(p => types.Map(p.Type)).ToList();
        if (parameters.Any(type => type is null or ArrayType { IsContainer: true }) || method.Parameters.Any(p => p.RefKind != RefKind.None)) return null;
        var passive = method.Parameters.Zip(parameters, (p, type) => Passive(p.Name, type is ArrayType array ? array.AsSpan().ReadOnly() : type!));
        return Rule(Spans + method.Name + RuleSignatures.TypeArguments(method, types), passive, result);
    }

    /// <summary>The rule of the runtime's method that writes the order in which numbers are sorted.</summary>
    public static CustomRule Order(ArrayType keys) => Rule(
        "global::SoftDiff.Sorting.Order<" + keys.Element.Name + ">",
        new[] { Passive("keys", keys.AsSpan().ReadOnly()), new RuleParameter("order", RuleRole.Destination, new ArrayType(ScalarType.Int32, ArrayForm.Span)) });

    private static RuleParameter Passive(string name, IrType type) => new(name, RuleRole.Passive, type);

    private static CustomRule Rule(string primal, IEnumerable<RuleParameter> parameters, params ScalarType[] results) => new(
        RuleForm.Written, primal, parameters.ToImmutableArray(), results.ToImmutableArray(), ImmutableArray<int>.Empty, null, null, null, false, null);
}
