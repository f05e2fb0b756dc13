using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend.Implicit;

/// <summary>Matches a solver with its residual: parameters by name, the residual's first parameter with the solution.</summary>
internal sealed class ImplicitMatching
{
    private const string Library = "global::SoftDiff.LinearSystem.Solve";

    private readonly IMethodSymbol _solver;
    private readonly TypeMapping _types;
    private readonly ImmutableArray<RuleParameter> _parameters;
    private readonly ScalarType _element;
    private readonly int _solution;

    private ImplicitMatching(
        IMethodSymbol solver, TypeMapping types, ImmutableArray<RuleParameter> parameters, ScalarType element, int solution)
    {
        _solver = solver;
        _types = types;
        _parameters = parameters;
        _element = element;
        _solution = solution;
    }

    /// <summary>The match; null if there is none. Then the reason says what to write.</summary>
    public static ImplicitPair? Find(IMethodSymbol solver, AttributeData attribute, TypeMapping types, out string reason)
    {
        reason = Unusable(solver);
        if (reason.Length > 0) return null;
        if (RuleSignatures.Parameters(solver, types, spansAreOutputs: true) is not { } parameters
            || parameters.Length < solver.Parameters.Length)
        {
            reason = "its parameters must be numbers, arrays or spans by value";
            return null;
        }

        bool IsWritten(int i) => parameters[i].Type is ArrayType { IsReadOnly: false, Form: not ArrayForm.Array };
        var written = Enumerable.Range(0, parameters.Length).Where(IsWritten).ToList();
        var solution = solver.ReturnsVoid && written.Count == 1 ? written[0] : -1;
        var element = solution >= 0 ? ((ArrayType)parameters[solution].Type).Element : types.Scalar(solver.ReturnType);
        var isTensor = solution >= 0 && ((ArrayType)parameters[solution].Type).IsTensor;
        if (isTensor || element is not { IsFloat: true, IsTypeParameter: false } || written.Count != (solver.ReturnsVoid ? 1 : 0))
        {
            reason = "it must return one float or double, or return nothing and write one Span of them";
            return null;
        }

        var matching = new ImplicitMatching(solver, types, parameters, element, solution);
        return matching.WithLinearSolver(attribute, out reason) is { } called ? matching.WithResidual(attribute, called, out reason) : null;
    }

    private static string Unusable(IMethodSymbol solver) => solver switch
    {
        { IsStatic: false } => "it is an instance method; make it static",
        { Arity: > 0 } => "it has type parameters; write it for float or double",
        _ when RuleLookup.HasWrittenRule(solver) => "it has a rule as well; remove one of the attributes",
        _ => "",
    };

    /// <summary>The method that solves linear systems; null if there is no such method.</summary>
    private string? WithLinearSolver(AttributeData attribute, out string reason)
    {
        reason = "";
        if (ImplicitAttribute.LinearSolver(attribute) is not { } name) return Library;
        IrType read = new ArrayType(_element, ArrayForm.ReadOnlySpan), write = new ArrayType(_element, ArrayForm.Span);
        var expected = new[] { read, ScalarType.Bool, read, write };
        bool Fits(IMethodSymbol method) => method is { IsStatic: true, ReturnsVoid: true, Arity: 0 }
            && method.Parameters.Select(p => p.RefKind == RefKind.None ? _types.Map(p.Type) : null).SequenceEqual(expected);
        var found = _solver.ContainingType.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(Fits);
        if (found is not null) return RuleSignatures.Name(found, _types);
        var type = _element.Name;
        reason = $"its linear solver must be declared as 'static void {name}(ReadOnlySpan<{type}> matrix, bool transposed, "
            + $"ReadOnlySpan<{type}> right, Span<{type}> solution)'";
        return null;
    }

    private ImplicitPair? WithResidual(AttributeData attribute, string linearSolver, out string reason)
    {
        var (type, name) = ImplicitAttribute.Residual(attribute, _solver)!.Value;
        var candidates = type.GetMembers(name).OfType<IMethodSymbol>().ToList();
        foreach (var residual in candidates)
        {
            if (Places(residual) is not { } places) continue;
            var active = new HashSet<int>(places.Where((place, i) => !RuleSignatures.IsPassive(residual.Parameters[i + 1])));
            var parameters = _parameters.Select((p, i) => i == _solution ? p with { IsStart = true }
                : p.IsDifferentiable && !active.Contains(i) ? p with { Role = RuleRole.Passive } : p);
            reason = "";
            var rule = RuleSignatures.Plain(_solver, parameters.ToImmutableArray(), _types);
            return new ImplicitPair(residual, rule, _element, _solution, places, linearSolver);
        }

        var leaveOut = _parameters.Length > (_solution < 0 ? 1 : 2) ? " (without those of the solver's parameters that are constant)" : "";
        var isMissing = candidates.Count == 0;
        reason = (isMissing ? $"there is no method '{name}' in '{type.Name}'; declare" : $"'{name}' has another signature; declare it as")
            + $" '{Expected(name)}'{leaveOut}";
        return null;
    }

    /// <summary>The positions of the solver's parameters that the residual has too; null if the residual does not fit.</summary>
    private ImmutableArray<int>? Places(IMethodSymbol residual)
    {
        var last = _solution < 0 ? 0 : 1;
        var parameters = residual.Parameters;
        if (residual is not { IsStatic: true, Arity: 0 } || parameters.Length < 2 + last) return null;
        if (parameters.Any(p => p.RefKind != RefKind.None)) return null;
        IrType unknown = _solution < 0 ? _element : new ArrayType(_element, ArrayForm.ReadOnlySpan);
        if (!unknown.Equals(_types.Map(parameters[0].Type))) return null;
        if (_solution < 0 ? !_element.Equals(_types.Scalar(residual.ReturnType)) : !residual.ReturnsVoid) return null;
        var written = new ArrayType(_element, ArrayForm.Span);
        if (_solution >= 0 && !written.Equals(_types.Map(parameters[parameters.Length - 1].Type))) return null;
        var places = ImmutableArray.CreateBuilder<int>();
        for (var i = 1; i < parameters.Length - last; i++)
        {
            var place = _parameters.ToList().FindIndex(p => p.Name == parameters[i].Name);
            var type = _types.Map(parameters[i].Type) ?? _types.Passive(parameters[i].Type);
            if (place < 0 || place == _solution || type is null) return null;
            if (!type.Equals(_parameters[place].Type) && !type.Equals(ReadOnly(_parameters[place].Type))) return null;
            places.Add(place);
        }

        return places.ToImmutable();
    }

    private static IrType ReadOnly(IrType type) => type is ArrayType array ? array.ReadOnly() : type;

    /// <summary>The residual that has all parameters of the solver.</summary>
    private string Expected(string name)
    {
        var others = _parameters.Where((_, i) => i != _solution).Select(p => RuleDeclarations.Text(ReadOnly(p.Type)) + " " + p.Name);
        var unknown = _solution < 0 ? "x" : _parameters[_solution].Name;
        for (var i = 2; _parameters.Where((_, p) => p != _solution).Any(p => p.Name == unknown); i++) unknown = "x" + i;
        if (_solution < 0) return $"static {_element.Name} {name}({string.Join(", ", others.Prepend(_element.Name + " " + unknown))})";
        var all = others.Prepend($"ReadOnlySpan<{_element.Name}> {unknown}").Append($"Span<{_element.Name}> residual");
        return $"static void {name}({string.Join(", ", all)})";
    }
}
