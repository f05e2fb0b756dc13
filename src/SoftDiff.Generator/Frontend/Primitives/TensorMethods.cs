using Microsoft.CodeAnalysis;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend.Primitives;

/// <summary>
/// The rules of the methods of TensorPrimitives for which no rule is written. The rule's methods are functions of the module. Those of a
/// method that computes each element by itself follow from the row of the scalar function, so they have derivatives of any order.
/// </summary>
internal sealed class TensorMethods(ModuleLowering module)
{
    private readonly Dictionary<string, CustomRule> _known = new(StringComparer.Ordinal);

    public static bool IsMember(IMethodSymbol method) =>
        method.ContainingType is { Name: "TensorPrimitives" } type && type.ContainingNamespace.ToDisplayString() == "System.Numerics.Tensors";

    /// <summary>The rule of a method; null if it has none, which was reported.</summary>
    public CustomRule? Find(IMethodSymbol method, Location call, TypeMapping types, out bool failed)
    {
        var rule = Find(method, call, types);
        failed = rule is null;
        return rule;
    }

    private CustomRule? Find(IMethodSymbol method, Location call, TypeMapping types)
    {
        if (Parameters(method, types) is not { } parameters)
        {
            return Refuse(method, call, "use spans of float, double, integers and bools");
        }

        var plain = RuleSignatures.Plain(method, parameters, types);
        var key = plain.Primal + "(" + string.Join(",", parameters.Select(p => p.Type)) + ")";
        if (_known.TryGetValue(key, out var known)) return known;
        return Rule(method, plain) is { } rule
            ? _known[key] = rule
            : Refuse(method, call, "the result depends on the bits of the numbers; pass integers, or compute it with arithmetic");
    }

    /// <summary>
    /// The arguments of a call, with destinations that end where the inputs end: the method leaves the rest of a longer destination as it is.
    /// </summary>
    public static void Shorten(CustomRule rule, Operand?[] args, ArrayVariables arrays)
    {
        var inputs = args.Where((a, i) => a!.Type is ArrayType && !rule.Parameters[i].IsWritten).ToList();
        if (inputs.Count == 0) return;
        for (var i = 0; i < args.Length; i++)
        {
            // All inputs have one length, or the method throws.
            if (rule.Parameters[i].IsWritten && !inputs.Contains(args[i])) args[i] = arrays.View(args[i]!, Constants.Int(0), arrays.LengthOf(inputs[0]!));
        }
    }

    private CustomRule? Refuse(IMethodSymbol method, Location call, string instead)
    {
        module.Report(Descriptors.UnsupportedExpression, call, method.ContainingType.Name + "." + method.Name, instead);
        return null;
    }

    /// <summary>The parameters; null if one has a type without place in the IR. The spans that the method writes are destinations.</summary>
    private static ImmutableArray<RuleParameter>? Parameters(IMethodSymbol method, TypeMapping types)
    {
        var parameters = ImmutableArray.CreateBuilder<RuleParameter>();
        foreach (var symbol in method.Parameters)
        {
            if (types.Map(symbol.Type) is not { } type) return null;
            var role = type is ArrayType { IsReadOnly: false } ? RuleRole.Destination
                : !type.CarriesDerivative ? RuleRole.Passive
                : type is ArrayType ? RuleRole.Input : RuleRole.Scalar;
            parameters.Add(new RuleParameter(symbol.Name, role, type));
        }

        return method.ReturnsVoid || types.Scalar(method.ReturnType) is not null ? parameters.ToImmutable() : null;
    }

    private CustomRule? Rule(IMethodSymbol method, CustomRule plain)
    {
        var outputs = plain.Results.Concat(plain.Parameters.Where(p => p.IsWritten).Select(p => p.Type)).ToList();
        if (!plain.Parameters.Any(p => p.IsDifferentiable) || !outputs.Any(type => type.CarriesDerivative)) return Constant(plain);
        var writer = plain.Results.IsEmpty ? (TensorMethodRule?)ElementRule.Of(method.Name, plain) ?? Softmax.Of(method.Name, plain) : Reduction.Of(method.Name, plain);
        if (writer is null) return ElementFunctions.IsSteps(method.Name) ? Constant(plain) : null;
        var rule = plain with { Backward = RuleMethod.Function(module.FreeName(method.Name + "Backward")), BackwardTakesPrimal = true };
        if (plain.Results.IsEmpty) rule = rule with { Tangent = RuleMethod.Function(module.FreeName(method.Name + "Tangent")) };
        module.Add(writer.Backward(rule).Build(rule.Backward.Callee!));
        if (rule.Tangent is { } tangent) module.Add(writer.Tangent(rule).Build(tangent.Callee!));
        return rule;
    }

    /// <summary>A rule of a method whose derivative is zero wherever it exists.</summary>
    private static CustomRule Constant(CustomRule rule) => rule with
    {
        Parameters = rule.Parameters.Select(p => p.IsWritten ? p : p with { Role = RuleRole.Passive }).ToImmutableArray(),
    };
}
