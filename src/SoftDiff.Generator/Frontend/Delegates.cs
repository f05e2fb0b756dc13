using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Delegates. A lambda, a local function or a method that becomes a delegate is a Closure in the environment. A call through it is a call of its
// code, with the captured variables as further arguments.
internal sealed partial class FunctionLowering
{
    private const string UnknownCode =
        "which function it runs is known only at run time; make it a method, or a lambda in a local variable or a static readonly field";

    private const string OneFunction =
        "a condition chooses the function that it runs; put the condition into one lambda, such as t => c ? F(t) : G(t)";

    private const string Endless = "the functions that it makes and calls never end; write the recursion as a method that calls itself";

    /// <summary>So many functions that call one another with new delegates are taken for an endless recursion.</summary>
    private const int MostNested = 16;

    private static bool IsDelegate(ITypeSymbol? type) => type?.TypeKind == TypeKind.Delegate;

    private static bool IsNullDelegate(Operand value) => value is SymbolConstant { Type: DelegateType, Expression: ArrayVariables.Unassigned };

    /// <summary>The parameters and the result of a call through a delegate of a type.</summary>
    private static IMethodSymbol Invoked(ITypeSymbol type) => ((INamedTypeSymbol)type).DelegateInvokeMethod!;

    /// <summary>An expression whose value is a delegate.</summary>
    private Operand LowerDelegate(IOperation operation)
    {
        if (IsNullLiteral(operation)) return Constants.Default(DelegateType.Instance);
        switch (operation)
        {
            case IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }:
                return Close(lambda);
            case IDelegateCreationOperation { Target: IMethodReferenceOperation reference }:
                return Close(reference);
            case IDelegateCreationOperation { Target: var target }:
                return Lower(target);
            case IThrowOperation or IConversionOperation { Operand: IThrowOperation }:
                Lower(Unconverted(operation));
                return Constants.Default(DelegateType.Instance);
            case IConversionOperation { Operand: var operand } when IsDelegate(operand.Type):
                return Lower(operand);
            case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } when Initializer(field) is { } value:
                return Lower(value);
            case ILocalReferenceOperation or IParameterReferenceOperation or IParenthesizedOperation or IInvocationOperation:
            case ISimpleAssignmentOperation or IConditionalOperation or ICoalesceOperation or ICoalesceAssignmentOperation:
            case ISwitchExpressionOperation:
                return LowerValue(operation);
            default:
                return RefuseDelegate(operation, UnknownCode);
        }
    }

    /// <summary>What a static field of a type without static constructor holds; null if it has no initial value here.</summary>
    private IOperation? Initializer(IFieldSymbol field)
    {
        if (field.ContainingType.StaticConstructors.Any(constructor => !constructor.IsImplicitlyDeclared)) return null;
        var declaration = field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_module.Cancellation);
        if (declaration is not VariableDeclaratorSyntax { Initializer: { } initializer }) return null;
        if (!_module.Compilation.ContainsSyntaxTree(initializer.SyntaxTree)) return null;
        var model = SemanticModels.Of(_module.Compilation, initializer.SyntaxTree);
        return (model.GetOperation(initializer, _module.Cancellation) as ISymbolInitializerOperation)?.Value;
    }

    private Operand Close(IAnonymousFunctionOperation lambda)
    {
        if (lambda.Symbol.IsAsync) return RefuseDelegate(lambda, "compute asynchronously outside the differentiated method");
        return Close(lambda, lambda.Symbol, new MethodBody(lambda.Syntax, lambda.Body, lambda.Symbol));
    }

    private Operand Close(IMethodReferenceOperation reference)
    {
        var method = reference.Method;
        if (MarkerAttributes.IsGenerated(method)) return FailForCompanion(reference, method);
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            return _module.Body(method) is { } body ? Close(reference, method, body) : Invalid(reference);
        }

        if (method is { IsStatic: true, IsVirtual: false }) return new Closure(method, null, Types, null, ImmutableArray<ISymbol>.Empty);
        var receiver = reference.Instance is { } instance ? Object(instance) : null;
        var isKnown = receiver is not null && !ConstantObject.IsDispatched(method) && !RuleLookup.HasRule(method);
        return isKnown ? new Closure(method, null, Types, receiver, ImmutableArray<ISymbol>.Empty)
            : RefuseDelegate(reference, "write a lambda that calls it, such as t => value.Method(t)");
    }

    /// <summary>Code with the variables from around it, which it shares with that code.</summary>
    private Operand Close(IOperation operation, IMethodSymbol code, MethodBody body)
    {
        _module.HasRead(body.Syntax);
        var captured = LocalFunctions.Captured(body.Method, body.Block).OrderBy(v => v.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0)
            .ThenBy(v => v.Name, StringComparer.Ordinal).ToImmutableArray();
        var assigned = Assignments.In(body.Block);
        var cells = ImmutableDictionary.Create<ISymbol, object>(SymbolEqualityComparer.Default);
        foreach (var variable in captured)
        {
            var type = variable is ILocalSymbol local ? local.Type : ((IParameterSymbol)variable).Type;
            if (VariableType(type) is not { } mapped)
            {
                return _reported.Contains(variable) ? Placeholder(null)
                    : Fail(Descriptors.UnsupportedType, operation, type.Spelled(), TypeAdvice.For(type));
            }

            if (assigned.Contains(variable) && mapped is not (ScalarType or ProductType))
            {
                return RefuseDelegate(operation, $"it assigns '{variable.Name}'; let it return the new value, or write to elements");
            }

            if (OpenCell(variable) is { } cell) cells = cells.Add(variable, cell);
            else if (_point.Env.Get(variable) is null && !_references.ContainsKey(variable)) _point.Env.Set(variable, Constants.Default(mapped));
        }

        return new Closure(code, body, Types, _context.Receiver, captured) { Cells = cells };
    }

    private Operand? LowerDelegateCall(IInvocationOperation call)
    {
        var code = Lower(call.Instance!);
        return Code(code, call.Instance!) is { } closure ? Run(CallSite.Of(call, closure)) : Placeholder(call.Type);
    }

    /// <summary>A call through a delegate with values that are lowered already.</summary>
    /// <param name="closure">The delegate.</param>
    /// <param name="type">Its type.</param>
    /// <param name="at">The expression that the call is part of.</param>
    /// <param name="values">The arguments.</param>
    private Operand Run(Closure closure, ITypeSymbol type, IOperation at, params Operand[] values)
    {
        var invoke = Invoked(type);
        var arguments = invoke.Parameters.Zip(values, (parameter, value) => new CallArgument(parameter, at) { Known = value }).ToImmutableArray();
        var call = new CallSite(at, closure.Code, invoke.Parameters, arguments, invoke.ReturnType) { Through = closure };
        return Run(call) ?? Placeholder(invoke.ReturnType);
    }

    private Operand? Run(CallSite call)
    {
        return Clashes(call.TargetMethod) ? RefuseDelegate(call.Operation, Endless) : LowerCall(call, call.Through!.Receiver);
    }

    private Operand RefuseDelegate(IOperation operation, string instead) =>
        Fail(Descriptors.Lambda, operation, SourceLines.Short(operation.Syntax), instead);

    /// <summary>Whether the method declares variables that the function under construction has from another call of it.</summary>
    private bool Clashes(IMethodSymbol method) =>
        Known?.Code is { } code && !SymbolEqualityComparer.Default.Equals(code.Code.OriginalDefinition, method.OriginalDefinition)
        && code.Captured.Any(variable => LocalFunctions.IsInside(variable, method));

    /// <summary>The delegate in an operand; null if it is not known, which is reported.</summary>
    private Closure? Code(Operand operand, IOperation operation)
    {
        if (operand is Closure closure) return closure;
        if (IsNullDelegate(operand))
        {
            _branches.Throw("new global::System.NullReferenceException()", ImmutableArray<Operand>.Empty);
            return null;
        }

        if (!_module.Failed) RefuseDelegate(operation, OneFunction);
        return null;
    }

    /// <summary>Whether a delegate is null; null if that is not known, which is reported.</summary>
    private bool? IsNull(Operand value, IOperation operation)
    {
        if (IsNullDelegate(value)) return true;
        return Code(value, operation) is null ? null : false;
    }

    /// <summary>
    /// What the callee knows of the delegates that it is called with; null if it cannot be called with them, which is reported.
    /// </summary>
    private Specialization? Specialize(CallSite call, IMethodSymbol method, Operand?[] args)
    {
        var passed = new List<(int Ordinal, Operand Value)>();
        foreach (var argument in call.Arguments.Where(IsStatic))
        {
            var value = args[argument.Parameter.Ordinal]!;
            var isKnown = IsDelegate(argument.Parameter.Type) ? IsNull(value, argument.Value) is not null : SequenceIn(value, argument.Value) is not null;
            if (!isKnown) return null;
            passed.Add((argument.Parameter.Ordinal, value));
        }

        if (_module.Depth(call.TargetMethod) > MostNested)
        {
            RefuseDelegate(call.Operation, Endless);
            return null;
        }

        var known = Specialized(call, passed);
        if (known.Lost is { } lost)
        {
            RefuseDelegate(call.Operation, $"it uses '{Specialization.NameOf(lost)}'; pass that as an argument");
            return null;
        }

        if (known.Captured.FirstOrDefault(captured => captured.Leaves.Any(MayBeNull)) is { } nullable)
        {
            Unsupported(
                call.Operation,
                $"the function uses '{nullable.Name}', which may be null; let it use a variable that is not, if need be an array without elements");
            return null;
        }

        return ReportShared(call, method, known) ? null : known;

        bool MayBeNull(Operand leaf) => ArrayVariables.IsArray(leaf) && _arrays.IsNull(leaf) is not BoolConstant { Flag: false };
    }

    private Specialization Specialized(CallSite call, IEnumerable<(int Ordinal, Operand Value)> passed) =>
        Specialization.Of(call.Through, passed, variable => _point.Env.Get(Located(variable)));

    /// <summary>
    /// Reports a variable that the callee receives by reference, as a whole or in part, and that a delegate in the call uses too. The callee gets a
    /// copy of it, so one of both would not see what the other writes.
    /// </summary>
    private bool ReportShared(CallSite call, IMethodSymbol method, Specialization known)
    {
        var isShared = ByReference(call, method).Any(passed => passed.Path is { Variable: var variable }
            && known.Captured.Any(c => (passed.IsWritten || c.IsAssigned) && Environment.Keys.Equals(Located(c.Source), variable)));
        if (isShared) Unsupported(call.Operation, "pass a copy of the variable by reference: a delegate in the call uses it too");
        return isShared;
    }

    /// <summary>Whether an argument is a delegate or a sequence, and so part of what the callee knows.</summary>
    private bool IsStatic(CallArgument argument) => IsDelegate(argument.Parameter.Type)
        || (Sequence.ElementOf(argument.Parameter.Type) is not null
            && (argument.Known is Sequence || (argument.Known is null && IsSequence(argument.Value))));

    /// <summary>Whether the code that a call runs may reach arrays other than its arguments.</summary>
    private bool ReachesArrays(CallSite call) =>
        call.Arguments.Any(IsStatic)
        || call.Through?.Captured.Any(v => _point.Env.Get(Located(call.Through.Home(v))) is { Type: ArrayType or StructArrayType } or PartedArray) == true;

    /// <summary>Notes the conditions on a captured variable that is passed to a function.</summary>
    private void PassCaptured(CallSite call, string callee, CapturedVariable captured, int position)
    {
        foreach (var leaf in captured.Leaves)
        {
            if (_arrays.IsStatic(leaf) || _arrays.IsCopy(leaf))
            {
                var (descriptor, instead) = _arrays.IsStatic(leaf)
                    ? (Descriptors.MutableStatic, "copy the array with ToArray and use the copy")
                    : (Descriptors.ArrayMerge, OneName);
                _module.Arguments.ReadOnly.Add(new ReadOnlyArgument(callee, position, call.Syntax, descriptor, instead));
            }

            if (IsRoot && leaf is Value)
            {
                _module.Arguments.Constant.Add(new ConstantArgument(leaf, call.Syntax, "a function by " + captured.Name, Within, callee, position));
            }

            position++;
        }
    }

    /// <summary>A call of a method without source that takes delegates.</summary>
    private Operand RefuseDelegates(CallSite call)
    {
        var code = call.Arguments.FirstOrDefault(a => IsDelegate(a.Parameter.Type))?.Value ?? call.Operation;
        return RefuseDelegate(code, ForeignAdvice.Of(call.TargetMethod) ?? $"'{call.TargetMethod.Name}' has no source here; write its loop out");
    }

    /// <summary>The parameters for the variables that delegates capture.</summary>
    private IEnumerable<Parameter> CapturedParameters()
    {
        foreach (var captured in Known?.Captured ?? [])
        {
            var isOne = captured.Leaves.Length == 1;
            foreach (var (leaf, i) in captured.Leaves.Select((leaf, i) => (leaf, i)))
            {
                var type = leaf.Type is ArrayType { Form: ArrayForm.Array } array ? array with { Form = ArrayForm.Span } : leaf.Type;
                if (captured.Value is PartedArray whole && leaf != whole.Elements && type is ArrayType places) type = places.ReadOnly();
                var mode = captured.IsAssigned ? ParameterMode.Ref : ParameterMode.Value;
                yield return new Parameter(_point.Values.Fresh(type, isOne ? captured.Name : captured.Name + (i + 1)), mode, Wrt: type.CarriesDerivative);
            }
        }
    }

    /// <summary>
    /// Gives the captured variables their values. Returns those that the function may assign, which leave it like <c>ref</c> parameters.
    /// </summary>
    private List<object> EnterCaptured(Queue<Parameter> parameters)
    {
        var assigned = new List<object>();
        if (Known is null) return assigned;
        foreach (var captured in Known.Captured)
        {
            if (captured.IsAssigned) assigned.Add(captured.Inside);
            var value = captured.Value is PartedArray parted
                ? Entered((PartedType)parted.Type, parameters.Dequeue().Value, parameters)
                : captured.Rebuild(new Queue<Operand>(captured.Leaves.Select(_ => (Operand)parameters.Dequeue().Value)));
            _point.Env.Set(captured.Inside, value);
        }

        foreach (var (variable, value) in Known.Fixed) _point.Env.Set(variable, value);
        return assigned;
    }
}
