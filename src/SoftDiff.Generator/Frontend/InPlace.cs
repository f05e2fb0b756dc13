using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Trees;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lowers bodies in place, where they are called. No function of the IR can express them: methods that return arrays, local functions that
// use variables around them, getters.
internal sealed partial class FunctionLowering
{
    private bool IsLoweredInPlace(IMethodSymbol method, CallSite call) =>
        (call.Type is not null && (Types.Array(call.Type) is not null || Types.InParts(call.Type) is not null || IsDelegate(call.Type)) && BodyOf(call, method) is not null)
        || (Sequence.ElementOf(call.Type) is not null && !IsOnObjects(method) && BodyOf(call, method) is not null)
        || IsGuard(method)
        || ((TakesApart(method) || call.Arguments.Any(a => IsOwnList(a.Value) || TreeList(a.Value) is not null)) && BodyOf(call, method) is not null)
        || (call.Parameters.Any(p => p.RefKind is RefKind.Ref or RefKind.Out && p.Type is IArrayTypeSymbol) && BodyOf(call, method) is not null)
        || (method.MethodKind == MethodKind.LocalFunction && call.Through is null && _module.Body(method) is { } body
            && LocalFunctions.Captured(body.Method, body.Block).Count > 0);

    /// <summary>Whether a local function calls itself and uses variables from around it. It is a function of the module then, like a delegate's code.</summary>
    private bool IsRecursiveCapture(IMethodSymbol method, out MethodBody body)
    {
        body = null!;
        if (method.MethodKind != MethodKind.LocalFunction || _module.Body(method) is not { } own) return false;
        body = own;
        return LocalFunctions.Captured(own.Method, own.Block).Count > 0 && LocalFunctions.CallsItself(method, own.Block);
    }

    private MethodBody? BodyOf(CallSite call, IMethodSymbol method) => call.Through?.Body ?? _module.Body(method);

    private Operand? LowerInPlace(CallSite call, ConstantObject? receiver, Operand? instance = null, IMethodSymbol? implementation = null)
    {
        var method = implementation ?? call.TargetMethod;
        if (_context.IsInPlace(method))
        {
            return method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction
                ? Fail(Descriptors.Lambda, call.Operation, SourceLines.Short(call.Syntax), "make it a private static method: it calls itself and uses variables from around it")
                : TakesApart(method) ? Unsupported(call.Operation, "let a method that gets or makes such an object not call itself")
                : Unsupported(call.Operation, "write to a span parameter: a method that calls itself cannot return an array");
        }

        var body = BodyOf(call, method)!;
        var captured = call.Through is { } code ? new HashSet<ISymbol>(code.Captured, SymbolEqualityComparer.Default) : LocalFunctions.Captured(body.Method, body.Block);
        bool IsCaptured(IOperation argument) => PathOf(argument) is { } path && captured.Contains(path.Variable);
        var references = call.Arguments.Where(a => a.Parameter.RefKind != RefKind.None).Select(a => a.Value);
        var twice = PassedTwice(call, method) ?? references.FirstOrDefault(IsCaptured);
        if (Clashes(body.Method)) return Fail(Descriptors.Lambda, call.Operation, SourceLines.Short(call.Syntax), Endless);
        if (twice is not null && !IsElement(twice)) return Unsupported(twice, "pass a variable by reference once, or a copy of it");
        var places = new List<(int Ordinal, AssignablePlace Place)>();
        var elements = new Dictionary<int, AssignablePlace>();
        var args = Arguments(call, places, a =>
        {
            if (!(IsElement(a.Value) && IsReference(a.Value)) && !IsOfStructElement(a.Value)) return false;
            if (Place(a.Value) is { } element) elements[a.Parameter.Ordinal] = element;
            return true;
        });
        var parameters = body.Method.Parameters;
        if (parameters.Any(p => p.RefKind != RefKind.Out && args[p.Ordinal] is null && !elements.ContainsKey(p.Ordinal)))
        {
            return _module.Failed ? Placeholder(call.Type) : Unsupported(call.Operation, Passable);
        }

        var delegates = call.Arguments.Where(IsStatic).Select(a => (a.Parameter.Ordinal, args[a.Parameter.Ordinal]!)).ToList();
        if (delegates.Count > 0 && ReportShared(call, method, Specialized(call, delegates))) return Placeholder(call.Type);
        var outer = instance is null ? null : _point.Env.Get(Receivers.Variable(method.ContainingType));
        using var around = InUse(outer);
        var before = _point.Env.Copy();
        var opened = call.Through is { } closure ? Open(closure) : [];
        if (instance is not null) _point.Env.Set(Receivers.Variable(method.ContainingType), instance);
        Operand? Default(IParameterSymbol parameter) => parameter.RefKind == RefKind.Out && TypeOf(call.Parameters[parameter.Ordinal].Type) is { } type
            ? Constants.Default(type)
            : args[parameter.Ordinal];
        foreach (var parameter in parameters)
        {
            elements.TryGetValue(parameter.Ordinal, out var element);
            Refer(parameter, element);
            if (element is null && Default(parameter) is { } held) _point.Env.Set(parameter, held);
        }

        var result = InPlace(body, call.Through?.TypesInside ?? TypeMapping.Of(method, Types), method.ReturnsVoid ? null : VariableType(call.Type!), receiver);
        var outputs = places.Select(p => (p.Place, Value: _point.Env.Get(parameters[p.Ordinal]))).ToList();
        result = Leave(body.Method, before, result);
        Close(opened);
        _point.Env.Restrict(before);
        if (outer is not null) _point.Env.Set(Receivers.Variable(method.ContainingType), outer);
        foreach (var (place, value) in outputs.Where(o => o.Value is not null)) place.Write(this, value!);
        if ((result is null ? null : PartedArray.Storage(result)) is not SymbolConstant { Expression: ArrayVariables.Merged }) return result;
        return _module.Failed ? Placeholder(call.Type)
            : result!.Type is TextType ? Unsupported(call.Operation, "throw an exception made of constants and numbers")
            : result.Type is StaticType ? result
            : Fail(Descriptors.ArrayMerge, call.Operation, method.Name, "return one array in all cases, or write to a span parameter");
    }

    /// <summary>A static property's value: that of a constant, or what its getter computes.</summary>
    private Operand? LowerGetter(IPropertyReferenceOperation reference, IMethodSymbol getter)
    {
        if (reference.Type is null || TypeOf(reference.Type) is not { } type) return null;
        var property = reference.Property;
        getter = Formulas.Of(getter, _module.Compilation) ?? getter;
        var body = _module.Body(getter);
        var isSet = body is null && property.DeclaringSyntaxReferences.Select(r => r.GetSyntax(_module.Cancellation))
            .Any(syntax => syntax is PropertyDeclarationSyntax { Initializer: not null });
        var isData = type is ArrayType && body?.Block.Operations.SingleOrDefault() is IReturnOperation { ReturnedValue: { } data } && IsData(data);
        if (isSet && type is ProductType) return LowerConstantProduct(reference, property, reference.Type);
        if (isSet || isData) return ConstantIfAccessible(type, property, reference);
        return body is null || _context.IsInPlace(getter) ? null : InPlace(getter, body, type);
    }

    /// <summary>The value of a constant of System.Numerics.</summary>
    private Operand LowerFormula(IMethodSymbol getter, ITypeSymbol type) => InPlace(getter, _module.Body(getter)!, TypeOf(type)!)!;

    private Operand? InPlace(IMethodSymbol getter, MethodBody body, IrType returns)
    {
        var before = _point.Env.Copy();
        var result = InPlace(getter, body, returns, receiver: null);
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

    private Operand? InPlace(IMethodSymbol method, MethodBody body, IrType? returns, ConstantObject? receiver) =>
        InPlace(body, TypeMapping.Of(method, Types), returns, receiver);

    private Operand? InPlace(MethodBody body, TypeMapping types, IrType? returns, ConstantObject? receiver)
    {
        var outer = _context;
        _context = new BodyContext(body.Method, types, new Jumps(_point), null, outer) { Receiver = receiver };
        var result = LowerBody(body, returns);
        _context = outer;
        return result;
    }
}
