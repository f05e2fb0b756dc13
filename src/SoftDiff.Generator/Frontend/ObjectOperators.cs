using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Operators, conversions and patterns on objects, and assignments of their members.
internal sealed partial class FunctionLowering
{
    private const string ObjectEquality = "{0} == {1}";

    private static bool IsObjectOrText(Operand operand) => operand is ThrownText or KeptObject || ObjectTypes.IsObject(operand);

    /// <summary>An operator one of whose operands is an object, a text or a date.</summary>
    private Operand ApplyToObjects(IOperation operation, BinaryOperatorKind kind, Operand left, Operand right)
    {
        if (Symbol(kind) is not { } symbol) return Unsupported(operation, OnlyArithmetic);
        var text = new ObjectText();
        var expression = text.Add(AsObject(left)) + " " + symbol + " " + text.Add(AsObject(right));
        return Evaluated(operation, operation.Type!, expression, text.Operands, ObjectEffect.None);
    }

    /// <summary>Whether two names are names of one object. One that is made here is no other, and not null.</summary>
    /// <param name="operation">The comparison.</param>
    /// <param name="kind">Its operator.</param>
    /// <param name="left">One operand.</param>
    /// <param name="right">The other.</param>
    /// <param name="isOfMembers">Whether the operator is that of a record, which compares the members of two objects.</param>
    private Operand Same(IOperation operation, BinaryOperatorKind kind, Operand left, Operand right, bool isOfMembers)
    {
        if (kind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)) return Unsupported(operation, OnlyArithmetic);
        var areSame = left.Equals(right);
        if (left is MadeObject { Of.IsValueType: true }) return Unsupported(operation, "compare the members that matter");
        var isUnknown = isOfMembers || IsJoined(left) || IsJoined(right) || IsOtherTree(left, right) || IsOtherTree(right, left);
        if (isUnknown && !areSame && !IsNull(left) && !IsNull(right))
        {
            return Unsupported(operation, "compare the members that matter");
        }

        return new BoolConstant(areSame == (kind == BinaryOperatorKind.Equals));
    }

    /// <summary>Whether the one comes from the caller, who may have given the same object as the other.</summary>
    private static bool IsOtherTree(Operand one, Operand other) => one is MadeObject { IsTree: true } && other is not MadeObject { IsTree: false };

    /// <summary>Whether the object stands for one of several.</summary>
    private static bool IsJoined(Operand operand) => operand is MadeObject { Fields.IsJoined: true };

    private Operand LowerObjectCompound(ICompoundAssignmentOperation assignment)
    {
        if (Place(assignment.Target) is not { } place || Symbol(assignment.OperatorKind) is not { } symbol)
        {
            return Unsupported(assignment, OnlyArithmetic);
        }

        var text = new ObjectText();
        var expression = text.Add(AsObject(place.Read(this))) + " " + symbol + " " + text.Add(AsObject(Lower(assignment.Value)));
        return place.Write(this, Evaluated(assignment, assignment.Type!, expression, text.Operands, ObjectEffect.None));
    }

    private static string? Symbol(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equals => "==",
        BinaryOperatorKind.NotEquals => "!=",
        BinaryOperatorKind.LessThan => "<",
        BinaryOperatorKind.LessThanOrEqual => "<=",
        BinaryOperatorKind.GreaterThan => ">",
        BinaryOperatorKind.GreaterThanOrEqual => ">=",
        BinaryOperatorKind.Add => "+",
        BinaryOperatorKind.Subtract => "-",
        BinaryOperatorKind.Multiply => "*",
        BinaryOperatorKind.Divide => "/",
        _ => null,
    };

    private Operand ConvertObject(IConversionOperation conversion, Operand operand)
    {
        if (TypeOf(conversion.Type!) is ScalarType type && operand.Type.Equals(type)) return operand;
        if (IsNull(operand)) return new SymbolConstant(ObjectTypes.Of(conversion.Type!, Types), "null");
        var text = new ObjectText();
        var expression = "(" + Types.Name(conversion.Type!) + ")" + text.Add(AsObject(operand));
        if (conversion.IsTryCast) expression = text.Add(AsObject(operand)) + " as " + Types.Name(conversion.Type!);
        var source = conversion.Operand.Type is IArrayTypeSymbol && ListedArray.IsInterface(conversion.Type) ? ObjectChoices.ArraysAsLists : "";
        return Evaluated(conversion, conversion.Type!, new Evaluate(null, expression, text.Operands, ObjectEffect.None), isWhole: false, source, "");
    }

    /// <summary>
    /// An object that the method has made, under another type. If it is none of that type, a cast throws and <c>as</c> gives null.
    /// </summary>
    private Operand ConvertMade(IConversionOperation conversion, MadeObject made)
    {
        if (IsOf(made, conversion.Type!)) return made;
        if (conversion.IsTryCast) return new SymbolConstant(ObjectTypes.Of(conversion.Type!, Types), "null");
        _branches.Throw("new global::System.InvalidCastException()", ImmutableArray<Operand>.Empty);
        return Placeholder(conversion.Type);
    }

    /// <summary>Whether an object that the method has made is of a type.</summary>
    private bool IsOf(MadeObject made, ITypeSymbol type)
    {
        var isOf = _module.Compilation.ClassifyCommonConversion(made.Of, Types.Resolve(type)) is { IsImplicit: true, IsUserDefined: false };
        if (isOf || !made.IsTree || made.Of.IsSealed) return isOf;
        var of = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        _module.Report(
            Descriptors.UnsupportedExpression, _module.Root.Locations[0], $"{made.Of.Name} is {of}",
            $"the object may be of a class derived from '{made.Of.Name}'; seal '{made.Of.Name}', or let the parameter be a '{of}'");
        return false;
    }

    private Operand TestType(Operand value, ITypeSymbol type) =>
        value is MadeObject made ? new BoolConstant(IsOf(made, type)) : Test("{0} is " + Types.Name(type), value);

    /// <summary>An object as a variable of another type holds it.</summary>
    private Operand Retyped(Operand operand, ScalarType type)
    {
        if (AsObject(operand) is SymbolConstant { Expression: "null" or "default" } nothing) return nothing with { Of = type };
        var result = _point.Values.Fresh(type);
        _point.Block.Add(new Evaluate(result, "(" + type.Name + "){0}", ImmutableArray.Create(AsObject(operand)), ObjectEffect.None));
        return result;
    }

    private Operand IsNothing(Operand value) =>
        value is KeptObject ? BoolConstant.False : IsNull(value) ? BoolConstant.True : Test("{0} is null", value);

    private static bool IsNull(Operand value) => AsObject(value) is SymbolConstant { Expression: "null" or "default" };

    private Operand Test(string expression, params Operand[] values)
    {
        var result = _point.Values.Fresh(ScalarType.Bool);
        _point.Block.Add(new Evaluate(result, expression, values.Select(AsObject).ToImmutableArray(), ObjectEffect.None));
        return result;
    }

    /// <summary><c>a ?? b</c> where a is an object, or a number that may be null.</summary>
    private Operand CoalesceObjects(ICoalesceOperation coalesce)
    {
        if (Unconverted(coalesce.Value) is IConditionalAccessOperation access && TypeOf(coalesce.Type!) is { } type)
        {
            Operand Typed(Operand value) => type is ScalarType scalar && value.Type is ScalarType ? ConvertTo(value, scalar) : value;
            return AccessObject(access, () => Typed(Lower(coalesce.WhenNull)), Typed);
        }

        var value = AsObject(Lower(coalesce.Value));
        if (!ObjectTypes.IsObject(value)) return Unsupported(coalesce, "use values that cannot be null");
        return _branches.Choose(IsNothing(value), () => Lower(coalesce.WhenNull), () => NotNull(coalesce, value));
    }

    /// <summary><c>a ??= b</c> where a is an object.</summary>
    private Operand CoalesceObjects(ICoalesceAssignmentOperation coalesce)
    {
        if (Place(coalesce.Target) is not { } place) return Placeholder(coalesce.Type);
        var value = place.Read(this);
        if (value is MadeObject) return value;
        if (!ObjectTypes.IsObject(value)) return Unsupported(coalesce, "use values that cannot be null");
        Operand Typed(Operand given) => place.Type is ScalarType type && given is not MadeObject ? ConvertTo(AsObject(given), type) : given;
        return _branches.Choose(IsNothing(value), () => place.Write(this, Typed(Lower(coalesce.Value))), () => value);
    }

    private Operand NotNull(ICoalesceOperation coalesce, Operand value)
    {
        if (coalesce.Value.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && SymbolEqualityComparer.Default.Equals(nullable.TypeArguments[0], coalesce.Type))
        {
            return Evaluated(coalesce, coalesce.Type!, "{0}.GetValueOrDefault()", ImmutableArray.Create(value), ObjectEffect.None);
        }

        return TypeOf(coalesce.Type!) is ScalarType type ? ConvertTo(value, type) : value;
    }

    /// <summary><c>a?.Member</c>, with what it is where the object is null and what becomes of it otherwise.</summary>
    private Operand AccessObject(IConditionalAccessOperation access, Func<Operand> whenNull, Func<Operand, Operand> whenNotNull)
    {
        var value = AsObject(Lower(access.Operation));
        if (value is not MadeObject && !ObjectTypes.IsObject(value)) return Unsupported(access, "use values that cannot be null");
        return _branches.Choose(IsNothing(value), whenNull, () =>
        {
            _receivers.Push(value);
            var member = Lower(access.WhenNotNull);
            _receivers.Pop();
            return whenNotNull(member);
        });
    }

    /// <summary>Whether an object fits a pattern.</summary>
    private Operand MatchObject(Operand value, IPatternOperation pattern)
    {
        value = AsObject(value);
        if (value is MadeObject made) return MatchMade(made, pattern);
        switch (pattern)
        {
            case IConstantPatternOperation constant when IsNull(value) && IsNullLiteral(constant.Value):
                return BoolConstant.True;
            case IConstantPatternOperation constant:
                var wanted = AsObject(Lower(constant.Value));
                if (Literal(value) is { } own && Literal(wanted) is { } other) return new BoolConstant(own == other);
                var text = new ObjectText();
                var test = text.Add(value) + " is " + text.Add(wanted);
                var type = _module.Compilation.GetSpecialType(SpecialType.System_Boolean);
                return Evaluated(pattern, type, test, text.Operands, ObjectEffect.None);
            case ITypePatternOperation ofType:
                return TestType(value, ofType.MatchedType);
            case IDeclarationPatternOperation { MatchedType: null, DeclaredSymbol: { } any }:
                _point.Env.Set(any, value);
                return BoolConstant.True;
            case IDeclarationPatternOperation { MatchedType.IsReferenceType: true } declaration:
                return Narrowed(value, declaration.MatchedType, declaration.DeclaredSymbol, _ => BoolConstant.True);
            case IRecursivePatternOperation { MatchedType: { IsReferenceType: true } matched } parts when IsByPositions(parts):
                return Narrowed(value, matched, parts.DeclaredSymbol, typed =>
                    MatchAll(Tests(typed, matched, parts)));
            default:
                return RefusePattern(pattern, "use null, constants, types, and properties with patterns of their own");
        }
    }

    private static readonly Regex Quoted = new(@"^""([^""\\]|\\.)*""$");

    /// <summary>The literal that a text is; null if it is none.</summary>
    private static string? Literal(Operand text) => text switch
    {
        SymbolConstant { Expression: var symbol } when Quoted.IsMatch(symbol) => symbol,
        ThrownText { Operands.IsEmpty: true, Expression: var thrown } when Quoted.IsMatch(thrown) => thrown,
        _ => null,
    };

    /// <summary>Whether positional patterns, if there are some, are for the parameters of a record.</summary>
    private static bool IsByPositions(IRecursivePatternOperation pattern) => pattern.DeconstructionSubpatterns.IsEmpty
        || pattern.DeconstructSymbol is IMethodSymbol { IsImplicitlyDeclared: true, ContainingType: { IsRecord: true, IsValueType: false } };

    /// <summary>The tests of the positional patterns, behind each of which an accessible property stands, and of the patterns of properties.</summary>
    private IEnumerable<Func<Operand>> Tests(Operand value, ITypeSymbol type, IRecursivePatternOperation pattern)
    {
        var positional = pattern.DeconstructionSubpatterns;
        var parts = positional.IsEmpty ? Array.Empty<Operand>() : Parts(pattern, value, type);
        if (parts?.Count != positional.Length) Unsupported(pattern, "use properties with patterns of their own");
        else foreach (var (part, i) in positional.Select((part, i) => (part, i))) yield return () => Match(parts[i], part);
        foreach (var property in pattern.PropertySubpatterns) yield return () => Match(MemberOf(value, property), property.Pattern);
    }

    private Operand MatchMade(MadeObject made, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation constant when IsNullLiteral(constant.Value):
                return BoolConstant.False;
            case ITypePatternOperation type:
                return TestType(made, type.MatchedType);
            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } declared) _point.Env.Set(declared, made);
                return new BoolConstant(declaration.MatchedType is null || IsOf(made, declaration.MatchedType));
            case IRecursivePatternOperation parts when IsByPositions(parts):
                if (parts.DeclaredSymbol is { } whole) _point.Env.Set(whole, made);
                return parts.MatchedType is not null && !IsOf(made, parts.MatchedType) ? BoolConstant.False
                    : MatchAll(Tests(made, parts.MatchedType ?? made.Of, parts));
            default:
                return Unsupported(pattern, "use null, types, and properties with patterns of their own");
        }
    }

    /// <summary>Whether the object is of the type and the test holds for it. A variable that is declared holds it, or null.</summary>
    private Operand Narrowed(Operand value, ITypeSymbol type, ISymbol? declared, Func<Operand, Operand> test)
    {
        var typed = _point.Values.Fresh(ObjectTypes.Of(type, Types), declared?.Name ?? "");
        _point.Block.Add(new Evaluate(typed, "{0} as " + Types.Name(type), ImmutableArray.Create(value), ObjectEffect.None));
        if (declared is not null) _point.Env.Set(declared, typed);
        return _branches.Choose(Test("{0} is not null", typed), () => test(typed), () => BoolConstant.False);
    }

    /// <summary>The place that an assignment of an object's member or element sets.</summary>
    private AssignablePlace? PlaceOnObject(IOperation target)
    {
        if (target is IMemberReferenceOperation { Instance: { } of } && Made(of) is { } known) return PlaceOnMade(target, known);
        if (target is IFieldReferenceOperation or IPropertyReferenceOperation { Arguments.Length: 0 })
        {
            var reference = (IMemberReferenceOperation)target;
            var owner = LowerObject(reference.Instance!);
            if (owner is MadeObject made) return PlaceOnMade(target, made);
            if (!_module.IsAccessible(reference.Member, reference.Instance!.Type!))
            {
                if (Hidden(reference.Member) is { } hidden)
                {
                    return Place(target, HiddenField.Expression, ImmutableArray.Create(owner)) with { Hidden = hidden };
                }

                ReportInaccessible(target, reference.Member);
                return null;
            }

            return Place(target, "{0}." + Identifiers.Escape(reference.Member.Name), ImmutableArray.Create(owner));
        }

        var (text, args) = ElementText(target, LowerObject(IndexedObject(target)));
        return text is null ? null : Place(target, text, args);
    }

    private ObjectPlace Place(IOperation target, string text, ImmutableArray<Operand> args) =>
        new(TypeOf(target.Type!) ?? ObjectTypes.Of(target.Type!, Types), text, args, ReadingOf(target), target);

    private static ObjectEffect ReadingOf(IOperation operation) =>
        operation is IMemberReferenceOperation { Member: var member } ? EffectOf(member) : ObjectEffect.Read;

    /// <summary>Whether an assignment changes an object that the IR does not see.</summary>
    private bool IsPlaceOnObject(IOperation target) => target switch
    {
        IFieldReferenceOperation { Instance: { } instance } => Object(instance) is null && IsOnObject(instance),
        IPropertyReferenceOperation { Instance: { } instance } =>
            IsOnObject(instance) && (Object(instance) is null || instance is not IInstanceReferenceOperation),
        IArrayElementReferenceOperation element => IsOnObject(element.ArrayReference),
        _ => false,
    };

    /// <summary>A member or an element of an object.</summary>
    private sealed record ObjectPlace(IrType Type, string Text, ImmutableArray<Operand> Args, ObjectEffect Effect, IOperation At)
        : AssignablePlace(Type)
    {
        public HiddenField? Hidden { get; init; }

        public override Operand Read(FunctionLowering lowering) =>
            lowering.Evaluated(At, At.Type!, Text, Args, Effect, isWhole: false, Hidden);

        protected override Operand Set(FunctionLowering lowering, Operand value)
        {
            var text = new ObjectText();
            foreach (var arg in Args) text.Add(arg);
            var owner = At is IMemberReferenceOperation { Instance: { } instance } ? ObjectChoices.KeyOf(instance.Type) : "";
            var assignment = Text + " = " + text.Add(AsObject(value));
            lowering.Add(At, new Evaluate(null, assignment, text.Operands, ObjectEffect.Call) { Hidden = Hidden }, owner);
            return value;
        }
    }
}
