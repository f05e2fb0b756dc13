using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Numbers and structs of numbers that may be null. Such a value is a product: whether there is one, and the value, which is zero where there is none.
internal sealed partial class FunctionLowering
{
    private const string OnlyLifted = "compare it with null, and compute with its Value";

    private static bool IsOptional(Operand operand) => operand is Product { Of.Form: ProductForm.Optional };

    private static Operand HasValue(Operand optional) => ((Product)optional).Members[0];

    private static Operand ValueOf(Operand optional) => ((Product)optional).Members[1];

    private static Product WithValue(ProductType type, Operand value) => new(type, ImmutableArray.Create<Operand>(BoolConstant.True, value));

    /// <summary>The product that a type is; null if its values are no numbers that may be null.</summary>
    private ProductType? Optional(ITypeSymbol? type) =>
        Products.IsNullable(type) && Products.Map(type!, Types) is { Form: ProductForm.Optional } optional ? optional : null;

    /// <summary>A member of such a value.</summary>
    private Operand LowerOptionalMember(IPropertyReferenceOperation reference)
    {
        if (Lower(reference.Instance!) is not Product optional || !IsOptional(optional)) return Placeholder(reference.Type);
        return reference.Property.Name == "HasValue" ? HasValue(optional) : Required(optional);
    }

    /// <summary>The value, or an exception if there is none.</summary>
    private Operand Required(Operand optional)
    {
        if (HasValue(optional) is BoolConstant { Flag: true }) return ValueOf(optional);
        _branches.Branch(HasValue(optional), () => { }, () => _branches.Throw(
            "new global::System.InvalidOperationException(\"Nullable object must have a value.\")", ImmutableArray<Operand>.Empty));
        return ValueOf(optional);
    }

    private Operand LowerOptionalCall(IInvocationOperation call)
    {
        if (call.TargetMethod.Name != "GetValueOrDefault") return Unsupported(call, OnlyLifted);
        var optional = Lower(call.Instance!);
        if (!IsOptional(optional)) return Placeholder(call.Type);
        var otherwise = call.Arguments.Length == 1 ? Lower(call.Arguments[0].Value) : Constants.Default(ValueOf(optional).Type);
        return _branches.Choose(HasValue(optional), () => ValueOf(optional), () => otherwise);
    }

    /// <summary>A value that is, or may be, null becomes another such value or must be one.</summary>
    private Operand ConvertOptional(IConversionOperation conversion, Operand operand)
    {
        var target = Optional(conversion.Type);
        if (IsUserDefined(conversion.OperatorMethod)) return Unsupported(conversion, OnlyLifted);
        if (target is null)
        {
            if (conversion.Type!.IsReferenceType) return ConvertObject(conversion, operand);
            return Types.Scalar(conversion.Type) is { } number && ValueOf(operand).Type is ScalarType
                ? ConvertTo(Required(operand), number, conversion.IsChecked)
                : ValueOf(operand).Type is ProductType ? Required(operand) : Unsupported(conversion, OnlyLifted);
        }

        if (operand is SymbolConstant { Expression: "null" or "default" }) return Constants.Default(target);
        if (Opened(conversion.Operand.Type, operand) is { } opened) operand = opened;
        Operand Typed(Operand value) => target.Members[1].Type is ScalarType scalar && value.Type is ScalarType ? ConvertTo(value, scalar) : value;
        return IsOptional(operand) ? new Product(target, ImmutableArray.Create(HasValue(operand), Typed(ValueOf(operand)))) : WithValue(target, Typed(operand));
    }

    /// <summary>An integer or a bool that may be null, in parts. Elsewhere it is passed on as a whole. Null if the operand is something else.</summary>
    private Product? Opened(ITypeSymbol? type, Operand whole)
    {
        if (!Products.IsNullable(type) || !ObjectTypes.IsObject(whole) || IsNull(whole)) return null;
        if (Types.Scalar(((INamedTypeSymbol)type!).TypeArguments[0]) is not { } inner) return null;
        Operand Part(string text, ScalarType part)
        {
            var value = _point.Values.Fresh(part);
            _point.Block.Add(new Evaluate(value, text, ImmutableArray.Create(whole), ObjectEffect.None));
            return value;
        }

        return new Product(Products.Optional("", inner), ImmutableArray.Create(Part("{0}.HasValue", ScalarType.Bool), Part("{0}.GetValueOrDefault()", inner)));
    }

    /// <summary>An operator on two values of which at least one may be null.</summary>
    private Operand ApplyLifted(IOperation operation, BinaryOperatorKind kind, IMethodSymbol? method, Operand left, Operand right)
    {
        if (!IsOptional(left) || !IsOptional(right)) return Unsupported(operation, OnlyLifted);
        var both = Both(HasValue(left), HasValue(right));
        Operand Compute() => IsUserDefined(method)
            ? CallOperator(operation, method!, ValueOf(left), ValueOf(right))
            : Operators.Binary(kind) is { } code && ValueOf(left).Type is ScalarType type
                ? _point.Block.Compute(Operators.IsComparison(code) ? ScalarType.Bool : type, code, ValueOf(left), ValueOf(right))
                : Unsupported(operation, OnlyLifted);
        switch (kind)
        {
            case BinaryOperatorKind.Equals:
                return _branches.Choose(both, Compute, () => Not(Either(HasValue(left), HasValue(right))));
            case BinaryOperatorKind.NotEquals:
                return _branches.Choose(both, Compute, () => Either(HasValue(left), HasValue(right)));
        }

        if (Optional(operation.Type) is not { } optional) return _branches.Choose(both, Compute, () => BoolConstant.False);
        return _branches.Choose(both, () => WithValue(optional, Compute()), () => Constants.Default(optional));
    }

    private Operand ApplyLifted(IUnaryOperation unary, Operand operand)
    {
        if (Optional(unary.Type) is not { } optional || IsUserDefined(unary.OperatorMethod) || ValueOf(operand).Type is not ScalarType type)
        {
            return Unsupported(unary, OnlyLifted);
        }

        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Plus => operand,
            UnaryOperatorKind.Minus => new Product(optional, ImmutableArray.Create(HasValue(operand), _point.Block.Compute(type, Opcode.Negate, ValueOf(operand)))),
            _ => Unsupported(unary, OnlyLifted),
        };
    }

    private Operand LowerOptionalCompound(ICompoundAssignmentOperation assignment)
    {
        if (Place(assignment.Target) is not { } place) return Placeholder(assignment.Type);
        var old = place.Read(this);
        return place.Write(this, ApplyLifted(assignment, assignment.OperatorKind, assignment.OperatorMethod, old, Lower(assignment.Value)));
    }

    private Operand Both(Operand a, Operand b) =>
        a is BoolConstant known ? known.Flag ? b : a : b is BoolConstant other ? other.Flag ? a : b : Test(Opcode.BitAnd, a, b);

    private Operand Either(Operand a, Operand b) =>
        a is BoolConstant known ? known.Flag ? a : b : b is BoolConstant other ? other.Flag ? b : a : Test(Opcode.BitOr, a, b);

    /// <summary><c>a ?? b</c>, where a may be null.</summary>
    private Operand Coalesce(ICoalesceOperation coalesce, Operand optional)
    {
        Operand Value() => Optional(coalesce.Type) is { } whole ? WithValue(whole, ValueOf(optional))
            : Types.Scalar(coalesce.Type) is { } type && ValueOf(optional).Type is ScalarType ? ConvertTo(ValueOf(optional), type) : ValueOf(optional);
        return _branches.Choose(HasValue(optional), Value, () => Lower(coalesce.WhenNull));
    }

    /// <summary><c>a ??= b</c>, where a may be null.</summary>
    private Operand Coalesce(ICoalesceAssignmentOperation coalesce)
    {
        if (Place(coalesce.Target) is not { } place) return Placeholder(coalesce.Type);
        var old = place.Read(this);
        var type = (ProductType)place.Type;
        Operand Given(Operand value) => IsOptional(value) ? value : WithValue(type, value);
        var after = _branches.Choose(HasValue(old), () => old, () => place.Write(this, Given(Lower(coalesce.Value))));
        return Optional(coalesce.Type) is null ? ValueOf(after) : after;
    }

    /// <summary><c>a?.Member</c>, where the member or a is a number that may be null.</summary>
    private Operand LowerOptionalAccess(IConditionalAccessOperation access)
    {
        Operand Given(Operand value) => Optional(access.Type) is not { } type || IsOptional(value) ? value
            : WithValue(type, type.Members[1].Type is ScalarType scalar && value.Type is ScalarType ? ConvertTo(value, scalar) : value);
        Operand Nothing() => Constants.Default(TypeOf(access.Type!) ?? ScalarType.Double);
        if (access.Operation.Type is IArrayTypeSymbol) return LowerAccess(access, Nothing, Given);
        if (Optional(access.Operation.Type) is null) return AccessObject(access, Nothing, Given);
        var optional = Lower(access.Operation);
        if (!IsOptional(optional)) return Placeholder(access.Type);
        return _branches.Choose(
            HasValue(optional),
            () =>
            {
                _receivers.Push(ValueOf(optional));
                var member = Lower(access.WhenNotNull);
                _receivers.Pop();
                return Given(member);
            },
            Nothing);
    }

    /// <summary>Whether a value that may be null fits a pattern.</summary>
    private Operand MatchOptional(Operand optional, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IConstantPatternOperation { Value: var literal } when IsNullLiteral(literal):
                return Not(HasValue(optional));
            case IDeclarationPatternOperation { MatchedType: null, DeclaredSymbol: { } any }:
                _point.Env.Set(any, optional);
                return BoolConstant.True;
            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } declared) _point.Env.Set(declared, ValueOf(optional));
                return HasValue(optional);
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns.IsEmpty: true } something:
                if (something.DeclaredSymbol is { } named) _point.Env.Set(named, ValueOf(optional));
                return HasValue(optional);
            case ITypePatternOperation:
                return HasValue(optional);
            default:
                return _branches.Choose(HasValue(optional), () => Match(ValueOf(optional), pattern), () => BoolConstant.False);
        }
    }
}
