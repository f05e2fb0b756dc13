using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lowers bodies in place, where they are called. No function of the IR can express them: methods that return arrays, local functions that
// use variables around them, getters.
internal sealed partial class FunctionLowering
{
    private bool IsLoweredInPlace(IMethodSymbol method, IInvocationOperation call) =>
        (call.Type is not null && (Types.Array(call.Type) is not null || Types.InParts(call.Type) is not null) && _module.Body(method) is not null)
        || IsGuard(method)
        || (TakesApart(method) && _module.Body(method) is not null)
        || (method.Parameters.Any(p => p.RefKind is RefKind.Ref or RefKind.Out && p.Type is IArrayTypeSymbol) && _module.Body(method) is not null)
        || (method.MethodKind == MethodKind.LocalFunction && _module.Body(method) is { } body
            && LocalFunctions.Captured(body.Method, body.Block).Count > 0);

    private Operand? LowerInPlace(IInvocationOperation call, ConstantObject? receiver, Operand? instance = null, IMethodSymbol? implementation = null)
    {
        var method = implementation ?? call.TargetMethod;
        if (_context.IsInPlace(method))
        {
            return method.MethodKind == MethodKind.LocalFunction
                ? Fail(Descriptors.Lambda, call, method.Name, "make it a private static method: it calls itself and uses variables from around it")
                : Unsupported(call, "write to a span parameter: a method that calls itself cannot return an array");
        }

        var body = _module.Body(method)!;
        var captured = LocalFunctions.Captured(body.Method, body.Block);
        bool IsCaptured(IOperation argument) => Variable(argument) is { } variable && captured.Contains(variable);
        var references = call.Arguments.Where(a => a.Parameter!.RefKind != RefKind.None).Select(a => a.Value);
        var twice = PassedTwice(call) ?? references.FirstOrDefault(IsCaptured);
        if (twice is not null && !IsElement(twice)) return Unsupported(twice, "pass a variable by reference once, or a copy of it");
        var places = new List<(int Ordinal, AssignablePlace Place)>();
        var elements = new Dictionary<int, ElementPlace>();
        var args = Arguments(call, places, a =>
        {
            if (!IsElement(a.Value)) return false;
            if (Place(a.Value) is ElementPlace element) elements[a.Parameter!.Ordinal] = element;
            return true;
        });
        var parameters = body.Method.Parameters;
        if (parameters.Any(p => p.RefKind != RefKind.Out && args[p.Ordinal] is null && !elements.ContainsKey(p.Ordinal))) return Placeholder(call.Type);
        var before = _point.Env.Copy();
        var outer = instance is null ? null : _point.Env.Get(Receivers.Variable(method.ContainingType));
        if (instance is not null) _point.Env.Set(Receivers.Variable(method.ContainingType), instance);
        Operand? Default(IParameterSymbol parameter) => parameter.RefKind == RefKind.Out && TypeOf(method.Parameters[parameter.Ordinal].Type) is { } type
            ? Constants.Default(type)
            : args[parameter.Ordinal];
        foreach (var parameter in parameters)
        {
            if (elements.TryGetValue(parameter.Ordinal, out var element)) _references[parameter] = element;
            else if (Default(parameter) is { } held) _point.Env.Set(parameter, held);
        }

        var result = InPlace(method, body, method.ReturnsVoid ? null : VariableType(call.Type!), receiver);
        var outputs = places.Select(p => (p.Place, Value: _point.Env.Get(parameters[p.Ordinal]))).ToList();
        _point.Env.Restrict(before);
        if (outer is not null) _point.Env.Set(Receivers.Variable(method.ContainingType), outer);
        foreach (var (place, value) in outputs.Where(o => o.Value is not null)) place.Write(this, value!);
        if ((result is null ? null : PartedArray.Storage(result)) is not SymbolConstant { Expression: ArrayVariables.Merged }) return result;
        return _module.Failed ? Placeholder(call.Type)
            : result!.Type is TextType ? Unsupported(call, "throw an exception made of constants and numbers")
            : Fail(Descriptors.ArrayMerge, call, method.Name, "return one array in all cases, or write to a span parameter");
    }

    /// <summary>A static property's value: that of a constant, or what its getter computes.</summary>
    private Operand? LowerGetter(IPropertyReferenceOperation reference, IMethodSymbol getter)
    {
        if (reference.Type is null || TypeOf(reference.Type) is not { } type) return null;
        var property = reference.Property;
        var body = _module.Body(getter);
        var isSet = body is null && property.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_module.Cancellation))
            .Any(syntax => syntax is PropertyDeclarationSyntax { Initializer: not null });
        var isData = type is ArrayType && body?.Block.Operations.SingleOrDefault() is IReturnOperation { ReturnedValue: { } data } && IsData(data);
        if (isSet && type is ProductType) return LowerConstantProduct(reference, property, reference.Type);
        if (isSet || isData) return ConstantIfAccessible(type, property, reference);
        if (body is null || _context.IsInPlace(getter)) return null;
        var before = _point.Env.Copy();
        var result = InPlace(getter, body, type, receiver: null);
        _point.Env.Restrict(before);
        return result;
    }

    /// <summary>An array or span of constants, which the compiler keeps in the program's data.</summary>
    private static bool IsData(IOperation operation) => operation switch
    {
        IConversionOperation conversion => IsData(conversion.Operand),
        ICollectionExpressionOperation collection => collection.Elements.All(e => e.ConstantValue.HasValue),
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues.All(e => e.ConstantValue.HasValue),
        _ => false,
    };

    private Operand? InPlace(IMethodSymbol method, MethodBody body, IrType? returns, ConstantObject? receiver)
    {
        var outer = _context;
        _context = new BodyContext(body.Method, TypeMapping.Of(method, Types), new Jumps(_point), null, outer) { Receiver = receiver };
        var result = LowerBody(body, returns);
        _context = outer;
        return result;
    }
}
