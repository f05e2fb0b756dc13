using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Lowers methods that check and throw: the framework's, and the user's helpers. They run in the forward sweep.
internal sealed partial class FunctionLowering
{
    /// <summary>The framework's guards on arguments: ThrowIfNull of arrays, and those that compare numbers.</summary>
    private bool LowerGuard(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!method.IsStatic || !method.Name.StartsWith("ThrowIf", StringComparison.Ordinal)) return false;
        if (method.ContainingNamespace?.ToDisplayString() != "System" || call.Arguments.Length < 2) return false;
        var arguments = InOrder(call.Arguments).Select(a => a.Value).ToList();
        var first = arguments[0];
        while (first is IConversionOperation { IsImplicit: true } conversion && Types.Scalar(conversion.Type) is null) first = conversion.Operand;
        if (method.Name == "ThrowIfNull" && Made(first) is not null) return true;
        if (method.Name == "ThrowIfNull" && first.Type is IArrayTypeSymbol)
        {
            if (IsMatrix(first)) return true;
            if (LowerArray(first) is not { } array || ConstantText(arguments[1]) is not { } name) return true;
            var exception = "new global::System.ArgumentNullException(" + name.Expression + ")";
            _branches.Branch(_arrays.IsNull(array), () => _branches.Throw(exception, ImmutableArray<Operand>.Empty), () => { });
            _arrays.NotNull(array);
            return true;
        }

        if (method.ContainingType.Name != "ArgumentOutOfRangeException" || Types.Scalar(first.Type) is not { } type) return false;
        var args = new List<Operand?> { Lower(first) };
        if (arguments.Count == 3) args.Add(ConvertTo(Lower(arguments[1]), type));
        if (ConstantText(arguments[arguments.Count - 1]) is not { } text) return true;
        args.Add(text);
        AddGuard(Types.Name(method.ContainingType) + "." + method.Name, args);
        return true;
    }

    /// <summary>
    /// <c>Debug.Assert</c> and <c>Trace.Assert</c> with a message that is a constant. The call stays a call, so it is kept only where the symbol is
    /// defined for generated code too.
    /// </summary>
    private bool LowerAssertion(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method is not { Name: "Assert", ContainingType: { Name: "Debug" or "Trace" } type }) return false;
        if (type.ContainingNamespace.ToDisplayString() != "System.Diagnostics") return false;
        if (!OmittedCalls.Symbols(method).Any(symbol => OmittedCalls.IsDefinedByProject(symbol, call.Syntax.SyntaxTree))) return false;
        var arguments = InOrder(call.Arguments).Select(a => a.Value).ToList();
        if (!arguments.Skip(1).All(a => a.Type?.SpecialType == SpecialType.System_String && a.ConstantValue.HasValue)) return false;
        var texts = arguments.Skip(1).Select(ConstantText).ToList();
        AddGuard(Types.Name(type) + ".Assert", texts.Prepend<Operand?>(Lower(arguments[0])));
        return true;
    }

    /// <summary>A method of another assembly that never returns, called with numbers and constant texts.</summary>
    private bool LowerExternalGuard(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        bool IsPassed(IParameterSymbol p) => p.RefKind == RefKind.None && (ThrownTexts.IsText(p.Type) || Types.Scalar(p.Type) is not null);
        if (!NeverReturns(method) || !method.Parameters.All(IsPassed)) return false;
        var args = InOrder(call.Arguments).Select(a => ThrownTexts.IsText(a.Parameter!.Type) ? ConstantText(a.Value) : Lower(a.Value)).ToList();
        if (args.Contains(null)) return true;
        AddGuard(Types.Name(method.ContainingType) + "." + Identifiers.Escape(method.Name), args);
        _branches.Throw("new global::System.Diagnostics.UnreachableException()", ImmutableArray<Operand>.Empty);
        return true;
    }

    private void AddGuard(string method, IEnumerable<Operand?> args) =>
        _point.Block.Add(new Invoke(ImmutableArray<Value>.Empty, method, args.ToImmutableArray(), ImmutableArray<Value>.Empty));

    /// <summary>A text that holds no number; null for any other, which is reported.</summary>
    private SymbolConstant? ConstantText(IOperation operation)
    {
        if (Lower(operation) is ThrownText { Operands.IsEmpty: true } text)
        {
            return new SymbolConstant(new ScalarType(ScalarKind.Opaque, "string"), text.Expression);
        }

        Unsupported(operation, "pass a constant text");
        return null;
    }

    /// <summary>Whether the method exists only to throw, or takes or returns exceptions or their messages.</summary>
    private bool IsGuard(IMethodSymbol method) =>
        (method.Parameters.Any(p => ThrownTexts.IsText(p.Type)) || ThrownTexts.IsText(method.ReturnType) || NeverReturns(method))
        && _module.Body(method) is not null;

    private bool NeverReturns(IMethodSymbol method) => method.GetAttributes().Any(IsDoesNotReturn)
        || (_module.Body(method)?.Block.Operations is { Length: 1 } only && Thrown(only[0]) is IThrowOperation);

    private static bool IsDoesNotReturn(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "DoesNotReturnAttribute" } type && type.ContainingNamespace.ToDisplayString() == "System.Diagnostics.CodeAnalysis";

    /// <summary>The expression that the only statement of a body evaluates.</summary>
    private static IOperation Thrown(IOperation statement) => Unconverted(statement switch
    {
        IReturnOperation { ReturnedValue: { } value } => value,
        IExpressionStatementOperation { Operation: var expression } => expression,
        _ => statement,
    });
}
