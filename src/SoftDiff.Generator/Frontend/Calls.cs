using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Numerics;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Calls of methods with a body in this project, which are functions of the module. A value is passed as its scalars, also the receiver of a struct's method.
internal sealed partial class FunctionLowering
{
    /// <summary>A method of a value type.</summary>
    private Operand? LowerMethodOf(IInvocationOperation call, IOperation instance)
    {
        var method = Constrained(call) ?? Formulas.Of(call.TargetMethod, _module.Compilation) ?? call.TargetMethod;
        if (!HasSource(method) && method is { Name: "Equals", Parameters.Length: 1 } && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, instance.Type))
        {
            return Equal(call, Lower(instance), Lower(call.Arguments[0].Value));
        }

        var changes = Receivers.Changes(method, _module.Compilation);
        if (IsOfStructElement(instance) && CallSite.Of(call).Arguments.Any(a => MayReachReceiver(method, a, changes)))
        {
            return Unsupported(instance, "call it on a copy of the element, and assign that afterwards if the method changes it");
        }

        Receiving? receiving;
        if (changes && IsChangeable(instance)) receiving = Place(instance) is { } place ? new Receiving(null, place) : null;
        else receiving = Lower(instance) is Product value ? new Receiving(value, null) : null;
        return receiving is null ? Placeholder(call.Type) : LowerCall(CallSite.Of(call), null, null, receiving, method);
    }

    /// <summary>The receiver of a call: a value, or a place that the method may change.</summary>
    private sealed record Receiving(Operand? Value, AssignablePlace? Place)
    {
        public Operand Read(FunctionLowering lowering) => Value ?? Place!.Read(lowering);
    }

    /// <param name="call">The call.</param>
    /// <param name="replacement">What stands for its gradient.</param>
    /// <param name="owner">The object that <c>this</c> is, if its members have names.</param>
    /// <param name="receiving">The value or object it is called on.</param>
    /// <param name="implementation">The method that runs, if it is another than the one that is named.</param>
    private Operand? LowerCall(
        CallSite call, Replacement? replacement, ConstantObject? owner, Receiving? receiving = null, IMethodSymbol? implementation = null)
    {
        var method = implementation ?? call.TargetMethod;
        if (TransformationAttributes.IsMarked(method) && TakesApart(method))
        {
            return Unsupported(call.Operation, "a derivative by an object cannot be called in a method to differentiate; compute it outside");
        }

        if (TransformationAttributes.IsMarked(method) && method.Parameters.Any(p => Types.InParts(p.Type) is not null))
        {
            return Unsupported(call.Operation, "declare the derivative of a method on spans, which gets the lengths as ints, and call that");
        }

        if (TransformationAttributes.IsMarked(method) && GivesArrays(method))
        {
            return Unsupported(call.Operation, "it gives back an array; declare the derivative of a method that writes to a span, and call that");
        }

        var byElement = ByElement(call);
        if (PassedTwice(call, method) is { } twice && !IsElement(twice)) return Unsupported(twice, "pass a variable by reference once, or a copy of it");
        var outer = call.Through?.Types ?? Types;
        var isSpecialized = call.Through?.Body is not null || call.Arguments.Any(IsStatic);
        var dynamicType = receiving is null || call.Instance is null ? null : DynamicType(call.Instance);
        var callee = !isSpecialized ? _module.Callee(method, outer, byElement, owner, dynamicType) : BodyOf(call, method) is null ? null : "";
        if (callee is null)
        {
            if (isSpecialized) return RefuseDelegates(call);
            if (RefusedMembers.Advice(method) is { } advice) return FailUnknown(call.Operation, method, advice);
            if (call.Operation is IInvocationOperation invocation && call.Through is null)
            {
                if (LowerExternalGuard(invocation)) return Placeholder(call.Type);
                if (IsForeign(method)) return LowerForeignCall(invocation);
            }

            var instead = RuleLookup.Attribute(method, "DifferentiableAttribute") is not null
                ? "it is in another project, and companions of this shape cannot be called from here; let it take spans and out parameters there"
                : TransformationAttributes.IsMarked(method)
                ? $"it is in another project, which must declare [Vjp(nameof({method.Name}))] and [Jvp(nameof({method.Name}))] beside it, by all its numbers"
                : OmittedCalls.Symbols(method.OriginalDefinition).Count > 0
                ? "it has no source here, and the call is not left out, since its symbol is defined; move it out of the differentiated method"
                : "it has no source here; give it a rule with [DerivativeOf], or compute it outside and pass the result";
            return FailUnknown(call.Operation, method, instead);
        }

        if (replacement is not null && _module.Find(callee) is { } replaced && _module.AsksObjects(replaced))
        {
            return Unsupported(call.Operation, "its body runs twice, and must not ask objects that may answer otherwise then; pass it what it asks for");
        }

        var places = new List<(int Ordinal, AssignablePlace Place)>();
        var elementViews = new Dictionary<int, Operand>();
        var args = Arguments(call, places, argument =>
        {
            var ordinal = argument.Parameter.Ordinal;
            if (!byElement.Contains(ordinal)) return false;
            if (ViewOf(argument.Value) is { } view) elementViews[ordinal] = view;
            return true;
        });
        foreach (var view in elementViews) args[view.Key] = view.Value;
        var delegates = call.Arguments.Where(IsStatic).Select(a => a.Parameter.Ordinal).ToList();
        var inputs = call.Parameters
            .Where(p => (p.RefKind != RefKind.Out || byElement.Contains(p.Ordinal)) && !delegates.Contains(p.Ordinal)).ToList();
        var returns = method.ReturnsVoid ? null : TypeOf(call.Type!);
        if (!method.ReturnsVoid && returns is not (ScalarType or ProductType))
        {
            return Fail(Descriptors.UnsupportedType, call.Operation, method.ReturnType.Spelled(), TypeAdvice.For(method.ReturnType));
        }

        if (inputs.Any(p => args[p.Ordinal] is null))
        {
            return _module.Failed ? Placeholder(call.Type) : Unsupported(call.Operation, Passable);
        }

        Specialization? known = null;
        if (isSpecialized)
        {
            known = Specialize(call, method, args);
            if (known is null || _module.Callee(method, outer, byElement, owner, dynamicType, known) is not { } specialized) return Placeholder(call.Type);
            callee = specialized;
        }

        var receiver = receiving is null ? ImmutableArray<Operand>.Empty : Product.Flat(receiving.Read(this)).ToImmutableArray();
        foreach (var argument in call.Arguments.Where(a => args[a.Parameter.Ordinal] is { } array && (_arrays.IsStatic(PartedArray.Storage(array)) || _arrays.IsCopy(PartedArray.Storage(array)))))
        {
            var isStatic = _arrays.IsStatic(PartedArray.Storage(args[argument.Parameter.Ordinal]!));
            _module.Arguments.ReadOnly.Add(new ReadOnlyArgument(
                callee, PositionOf(argument.Parameter.Ordinal), argument.Value.Syntax,
                isStatic ? Descriptors.MutableStatic : Descriptors.ArrayMerge, isStatic ? "copy the array with ToArray and pass the copy" : OneName));
        }

        // The scalars of a product and the parts of an array are parameters of their own.
        int PositionOf(int ordinal) => receiver.Length + inputs.TakeWhile(p => p.Ordinal != ordinal).Sum(p => Product.Flat(args[p.Ordinal]!).Count());
        foreach (var argument in call.Arguments.Where(a => IsRoot && args[a.Parameter.Ordinal] is Value or PartedArray))
        {
            var parameter = argument.Parameter;
            var name = $"{method.Name} by {parameter.Name}";
            _module.Arguments.Constant.Add(
                new ConstantArgument(PartedArray.Storage(args[parameter.Ordinal]!), argument.Value.Syntax, name, Within, callee, PositionOf(parameter.Ordinal)));
        }

        // What comes back, in the order of the function's results: the scalar it returns, the receiver, by-reference parameters, the product it returns.
        var back = new List<(IrType Type, AssignablePlace? Place)>();
        if (receiving?.Place is { } changed) back.Add((changed.Type, changed));
        else if (receiving is not null && Receivers.Changes(method, _module.Compilation)) back.Add((receiving.Value!.Type, null));
        foreach (var parameter in call.Parameters.Where(p => p.RefKind is RefKind.Ref or RefKind.Out && !byElement.Contains(p.Ordinal)))
        {
            back.Add((TypeOf(parameter.Type) ?? ScalarType.Double, places.FirstOrDefault(p => p.Ordinal == parameter.Ordinal).Place));
        }

        var given = receiver.AddRange(inputs.SelectMany(p => Product.Flat(args[p.Ordinal]!)));
        foreach (var captured in known?.Captured ?? [])
        {
            PassCaptured(call, callee, captured, given.Length);
            given = given.AddRange(captured.Leaves);
            if (captured.IsAssigned) back.Add((captured.Value.Type, new VariablePlace(captured.Value.Type, Located(captured.Source))));
        }

        var types = back.SelectMany(b => LeafTypes(b.Type)).ToList();
        if (returns is ScalarType) types.Insert(0, returns);
        else if (returns is ProductType product) types.AddRange(product.Leaves);
        var replacedAt = replacement is null ? -1 : PositionOf(replacement.Parameter);
        var results = new Queue<Operand>(_arrays.With(given, chosen => Replaced(replacement, chosen, replacedAt, operands =>
        {
            var values = types.Select(type => _point.Values.Fresh(type)).ToImmutableArray();
            _point.Block.Add(new Call(values, callee, operands));
            return values;
        }), types));
        var result = returns is ScalarType ? results.Dequeue() : null;
        foreach (var (type, place) in back)
        {
            var value = FromLeaves(type, results);
            place?.Write(this, value);
        }

        return returns is ProductType ? FromLeaves(returns, results) : result;
    }

    private static bool GivesArrays(IMethodSymbol method) =>
        method.ReturnType is IArrayTypeSymbol || method.Parameters.Any(p => p is { RefKind: RefKind.Out, Type: IArrayTypeSymbol });

    private Operand FailUnknown(IOperation operation, IMethodSymbol method, string instead) =>
        Fail(Descriptors.UnknownMethod, operation, method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), instead);

    private static IEnumerable<IrType> LeafTypes(IrType type) => type is ProductType product ? product.Leaves : new[] { type };

    private static Operand FromLeaves(IrType type, Queue<Operand> leaves) => type is ProductType product ? Product.Build(product, leaves) : leaves.Dequeue();

    /// <summary>A variable, or a part of one, that the callee receives twice and may change.</summary>
    private IOperation? PassedTwice(CallSite call, IMethodSymbol method)
    {
        var passed = ByReference(call, method);
        for (var i = 1; i < passed.Count; i++)
        {
            if (passed.Take(i).Any(other => Overlap(other.Path, passed[i].Path) && (other.IsWritten || passed[i].IsWritten))) return passed[i].Value;
        }

        return null;

        static bool Overlap((ISymbol Variable, string Members)? a, (ISymbol Variable, string Members)? b) =>
            a is { } x && b is { } y && SymbolEqualityComparer.Default.Equals(x.Variable, y.Variable)
            && (x.Members.StartsWith(y.Members, StringComparison.Ordinal) || y.Members.StartsWith(x.Members, StringComparison.Ordinal));
    }

    /// <summary>What the callee receives by reference, in order: the receiver if the method changes it, and arguments.</summary>
    private List<(IOperation Value, (ISymbol Variable, string Members)? Path, bool IsWritten)> ByReference(CallSite call, IMethodSymbol method)
    {
        var passed = call.Arguments.Where(a => a.Parameter.RefKind != RefKind.None)
            .Select(a => (a.Value, Path: PathOf(a.Value), IsWritten: a.Parameter.RefKind is RefKind.Ref or RefKind.Out)).ToList();
        if (call.Instance is { } receiver && Receivers.Changes(method, _module.Compilation)) passed.Insert(0, (receiver, PathOf(receiver), true));
        return passed;
    }

    /// <summary>The variable and the members that lead from it to a place, each after a dot and with one at the end; null for any other expression.</summary>
    private static (ISymbol Variable, string Members)? PathOf(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Instance: { } instance } field when PathOf(instance) is { } path => (path.Variable, path.Members + field.Field.Name + "."),
        IPropertyReferenceOperation { Instance: { } instance } property when PathOf(instance) is { } path =>
            (path.Variable, path.Members + property.Property.Name + "."),
        IInstanceReferenceOperation { Type: { } type } => (Receivers.Variable(type), "."),
        _ => Variable(operation) is { } variable ? (variable, ".") : null,
    };

    private static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
