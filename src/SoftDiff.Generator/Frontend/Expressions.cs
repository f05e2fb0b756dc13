using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Numerics;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Lowers expressions, one case for each kind. Any other kind is an error that names it.
internal sealed partial class FunctionLowering
{
    private const string OnlyArithmetic = "use arithmetic on float, double, integers and bool";

    public Operand Lower(IOperation operation)
    {
        _module.Cancellation.ThrowIfCancellationRequested();
        if (operation.Type?.TypeKind == TypeKind.Error) return Invalid(operation);
        if (IsDelegate(operation.Type) && operation is not IInvalidOperation) return LowerDelegate(operation);
        if (Sequence.ElementOf(operation.Type) is not null && operation is not IInvalidOperation) return LowerSequence(operation);
        return ThrownTexts.IsText(operation.Type) && operation is not IInvalidOperation ? ThrownTexts.Lower(this, operation) : LowerValue(operation);
    }

    /// <summary>An expression other than one that makes a text.</summary>
    public Operand LowerValue(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && Constant(operation, constant) is { } known) return known;
        switch (operation)
        {
            case { ConstantValue: { HasValue: true, Value: decimal amount } }:
                return new SymbolConstant(ObjectTypes.Of(operation.Type!, Types), amount.ToString(CultureInfo.InvariantCulture) + "m");
            case IInvalidOperation:
                return LowerInvalid(operation);
            case IParenthesizedOperation parenthesized:
                return Lower(parenthesized.Operand);
            case ILocalReferenceOperation local:
                return IsStructElement(local) ? LowerStructElement(local) : Read(local, local.Local);
            case IParameterReferenceOperation parameter:
                return IsStructElement(parameter) ? LowerStructElement(parameter) : Read(parameter, parameter.Parameter);
            case IFieldReferenceOperation { Instance: { } tree } member when IsStructTree(tree.Type):
                return LowerStructTreeMember(member, tree);
            case IPropertyReferenceOperation { Instance: { } tree } member when IsStructTree(tree.Type):
                return LowerStructTreeMember(member, tree);
            case IFieldReferenceOperation field:
                return field.Instance is { } of && Products.Member(field.Field, of.Type) is { } name ? LowerMember(field, of, name) : LowerField(field);
            case IPropertyReferenceOperation { Instance: { } optional } part when Optional(optional.Type) is not null:
                return LowerOptionalMember(part);
            case IPropertyReferenceOperation { Instance: { } holder } ofList when List(holder) is { } list:
                return ReadList(ofList, list);
            case IPropertyReferenceOperation { Instance: { } holder } ofArray when Listed(holder) is { } listed:
                return ReadListed(ofArray, listed);
            case IImplicitIndexerReferenceOperation { Instance: var holder } when List(holder) is { } list:
                return ItemPlace(operation, list) is { } number ? number.Read(this) : Placeholder(operation.Type);
            case IPropertyReferenceOperation { Instance: { Type: { } owner } instance } property when Products.IsStruct(Types.Resolve(owner)):
                return LowerPropertyOf(property, instance);
            case IPropertyReferenceOperation { Instance: { Type.IsAnonymousType: true } named } property:
                return LowerMember(property, named, property.Property.Name);
            case IPropertyReferenceOperation property:
                return LowerProperty(property);
            case IInlineArrayAccessOperation element:
                return LowerInlineElement(element);
            case IArrayElementReferenceOperation element when IsOnObject(element.ArrayReference):
            case IImplicitIndexerReferenceOperation { Instance: { } indexed } when IsOnObject(indexed):
                return ReadElement(operation);
            case IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation:
                return LowerElement(operation);
            case IBinaryOperation binary:
                return LowerBinary(binary);
            case IUnaryOperation unary:
                return LowerUnary(unary);
            case IConversionOperation conversion:
                return LowerConversion(conversion);
            case ISimpleAssignmentOperation assignment:
                return LowerAssignment(assignment);
            case ICompoundAssignmentOperation assignment:
                using (InUse(assignment)) return LowerCompound(assignment);
            case IIncrementOrDecrementOperation step:
                return LowerIncrement(step);
            case IDeconstructionAssignmentOperation deconstruction:
                return LowerDeconstruction(deconstruction);
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return LowerConditionalExpression(conditional, whenFalse);
            case ISwitchExpressionOperation @switch:
                return LowerSwitchExpression(@switch);
            case IIsPatternOperation pattern when CompareWithNull(pattern) is { } compared:
                return compared;
            case IIsTypeOperation test when test.ValueOperand.Type is { } tested && ObjectTypes.Map(tested, Types) is not null:
                return TestType(Lower(test.ValueOperand), test.TypeOperand);
            case IIsPatternOperation pattern:
                return Match(Lower(pattern.Value), pattern.Pattern);
            case IInvocationOperation invocation:
                return LowerInvocation(invocation, wantsValue: true) ?? Placeholder(operation.Type);
            case ICollectionExpressionOperation listed when MadeList.IsMade(listed.Type):
                return MakeList(listed);
            case ICollectionExpressionOperation listed when IsListOf(listed):
                return LowerListOf(listed);
            case IArrayCreationOperation or ICollectionExpressionOperation:
                return LowerNewArray(operation);
            case IDefaultValueOperation when operation.Type is { } span && Types.Array(span) is { Form: not ArrayForm.Array } empty:
                return _arrays.Allocate(empty.Element, Constants.Int(0));
            case { Type: IArrayTypeSymbol type } when IsNullLiteral(operation) && Types.Array(type) is { } array:
                return _arrays.Null(array);
            case IDefaultValueOperation when operation.Type is not null && TypeOf(operation.Type) is ScalarType or ProductType:
                return Constants.Default(TypeOf(operation.Type!)!);
            case IDefaultValueOperation when IsTensor(operation):
                return EmptyTensor(Types.Tensor(operation.Type!)!);
            case IConditionalAccessInstanceOperation:
                return _receivers.Peek();
            case ICoalesceOperation coalesce:
                return LowerCoalesce(coalesce);
            case ICoalesceAssignmentOperation coalesce:
                return LowerCoalesce(coalesce);
            case ITupleOperation tuple:
                return Products.Tuple(tuple.Elements.Select(Lower).ToArray());
            case ITupleBinaryOperation comparison:
                return LowerTupleComparison(comparison);
            case IDeclarationExpressionOperation declaration:
                return Lower(declaration.Expression);
            case IThrowOperation @throw:
                LowerThrow(@throw);
                return Placeholder(operation.Type);
            case IAnonymousFunctionOperation or IMethodReferenceOperation:
                return Fail(Descriptors.Lambda, operation, SourceLines.Short(operation.Syntax), "give it to a variable or parameter of a delegate type");
            case IInstanceReferenceOperation instance:
                return LowerInstance(instance);
            case ITranslatedQueryOperation query:
                return Lower(query.Operation);
            case IAnonymousObjectCreationOperation anonymous:
                return LowerAnonymous(anonymous);
            case IWithOperation with:
                return LowerWith(with);
            case IObjectCreationOperation { Arguments.Length: 1 } creation when Optional(creation.Type) is { } nullable:
                return WithValue(nullable, Lower(creation.Arguments[0].Value));
            case IObjectCreationOperation creation when Products.Map(creation.Type!, Types) is { } product:
                return LowerNew(creation, product);
            case IObjectCreationOperation creation when IsTensor(creation):
                return LowerNewTensor(creation);
            case IObjectCreationOperation creation when IsNewObject(creation):
                return !IsTakenApart(creation.Type) ? LowerNewObject(creation) : MadeList.IsMade(creation.Type) ? MakeList(creation) : MakeObject(creation);
            case var nothing when IsNullLiteral(nothing):
                return new SymbolConstant(nothing.Type is { } held ? ObjectTypes.Of(held, Types) : ObjectTypes.Any, "null");
            case IConditionalAccessOperation access when Optional(access.Type) is not null || Optional(access.Operation.Type) is not null:
                return LowerOptionalAccess(access);
            case IConditionalAccessOperation access when TypeOf(access.Type!) is ScalarType { Kind: ScalarKind.Opaque } type:
                return AccessObject(access, () => new SymbolConstant(type, "null"), value => ConvertTo(AsObject(value), type));
            case ITypeOfOperation type when IsAccessible(type.TypeOperand):
                return new SymbolConstant(ObjectTypes.Of(type.Type!, Types), "typeof(" + Types.Name(type.TypeOperand) + ")");
            case IObjectCreationOperation creation when Types.Array(creation.Type!) is not null && creation.Arguments.Length == 1:
                return Lower(creation.Arguments[0].Value);
            case { Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax }:
                return LowerStackAlloc(operation);
            default:
                return Unsupported(operation, Advice(operation));
        }
    }

    private bool IsNewObject(IObjectCreationOperation creation) =>
        (ObjectTypes.Map(creation.Type!, Types) is not null || IsStructTree(creation.Type)) && creation.Constructor is not null;

    private static bool HasSource(IPropertySymbol property) => !property.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty;

    private static string Advice(IOperation operation) => operation switch
    {
        IRangeOperation => "write the range where it is used, as in a[1..]",
        IEventAssignmentOperation => "subscribe to events outside the differentiated method",
        IAwaitOperation => "compute asynchronously outside the differentiated method",
        IObjectCreationOperation => "use scalars, arrays and spans",
        IConditionalAccessOperation => "use values that cannot be null",
        IInterpolatedStringOperation => "move text out of the differentiated method",
        _ => "compute it outside the differentiated method and pass it as a parameter",
    };

    /// <summary>Code that does not bind. SoftDiff reports calls of generated derivatives; the compiler reports everything else.</summary>
    private Operand LowerInvalid(IOperation operation)
    {
        if (operation.Syntax is InvocationExpressionSyntax call && GeneratedName(call) is { } name)
        {
            return Fail(Descriptors.CompanionCall, operation, name, "declare the derivative with [Gradient], [Vjp] or [Jvp], and call that");
        }

        return Invalid(operation);
    }

    private string? GeneratedName(InvocationExpressionSyntax call)
    {
        var name = call.Expression switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            _ => "",
        };
        foreach (var suffix in new[] { "Grad", "Vjp", "Jvp" })
        {
            if (!name.EndsWith(suffix, StringComparison.Ordinal) || name.Length == suffix.Length) continue;
            var primal = name.Substring(0, name.Length - suffix.Length);
            var model = SemanticModels.Of(_module.Compilation, call.SyntaxTree);
            var container = call.Expression is MemberAccessExpressionSyntax access
                ? model.GetSymbolInfo(access.Expression, _module.Cancellation).Symbol as INamedTypeSymbol
                    ?? model.GetTypeInfo(access.Expression, _module.Cancellation).Type as INamedTypeSymbol
                : _context.Method.ContainingType;
            if (container?.GetMembers(primal).OfType<IMethodSymbol>().Any(IsAnnotated) == true) return name;
        }

        return null;

        static bool IsAnnotated(IMethodSymbol method) => method.GetAttributes().Any(a => a.AttributeClass?.ContainingNamespace?.Name == "SoftDiff");
    }

    private Operand? Constant(IOperation operation, object constant)
    {
        if (Types.Scalar(operation.Type) is not { } type) return null;
        switch (type.Kind)
        {
            case ScalarKind.Float:
                return new NumberConstant(type, Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture), Spelling(operation, type));
            case ScalarKind.Int:
                return new IntegerConstant(type, constant switch
                {
                    ulong large => unchecked((long)large),
                    char character => character,
                    _ => Convert.ToInt64(constant, System.Globalization.CultureInfo.InvariantCulture),
                });
            case ScalarKind.Bool:
                return new BoolConstant((bool)constant);
            default:
                return null;
        }
    }

    /// <summary>The literal as the user wrote it, where it is one of the same type.</summary>
    private static string? Spelling(IOperation operation, ScalarType type)
    {
        if (operation is not ILiteralOperation || operation.Syntax is not LiteralExpressionSyntax literal) return null;
        var text = literal.Token.Text;
        var expected = type.Name == "float" ? text.EndsWith("f", StringComparison.OrdinalIgnoreCase) : text.All(c => c is >= '0' and <= '9' or '.');
        return expected && !text.Contains('_') ? text : null;
    }

    private Operand Read(IOperation operation, ISymbol symbol)
    {
        if (_references.TryGetValue(symbol, out var place)) return place.Read(this);
        if (_point.Env.Get(symbol) is not { } value)
        {
            if (operation is IParameterReferenceOperation reference && ReadCaptured(reference) is { } captured) return captured;
            if (_reported.Contains(symbol)) return Placeholder(operation.Type);
            return symbol switch
            {
                IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } => Unsupported(operation, "keep it in a field"),
                IParameterSymbol or ILocalSymbol => Unsupported(operation, "use the method's own parameters and locals"),
                _ => Invalid(operation),
            };
        }

        if (PartedArray.Storage(value) is not SymbolConstant { Expression: ArrayVariables.Merged }) return value;
        if (value.Type is MadeType) return Unsupported(operation, OneObject);
        if (value.Type is TextType) return Unsupported(operation, "give the text in one expression, or build it with a StringBuilder");
        if (value.Type is StaticType) return value;

        // Reported once, at the first read.
        var placeholder = Fail(Descriptors.ArrayMerge, operation, symbol.Name, OneArray(operation));
        _point.Env.Set(symbol, placeholder);
        return placeholder;
    }

    private Operand LowerField(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (!field.IsStatic) return LowerInstanceField(reference);
        if (Formulas.Of(field, _module.Compilation) is { } formula) return LowerFormula(formula, reference.Type!);
        var isProduct = Products.Map(field.Type, Types) is not null;
        if ((isProduct ? ScalarType.Double : Types.Map(reference.Type) ?? ObjectTypes.Map(field.Type, Types)) is not { } type)
        {
            return Fail(Descriptors.UnsupportedType, reference, field.Type.Spelled(), TypeAdvice.For(field.Type));
        }

        if (!field.IsReadOnly && !field.IsConst)
        {
            return Fail(Descriptors.MutableStatic, reference, field.Name, "make it const or static readonly, or pass it as a parameter");
        }

        return isProduct ? LowerConstantProduct(reference, field, field.Type) : ConstantIfAccessible(type, field, reference);
    }

    private Operand ConstantIfAccessible(IrType type, ISymbol member, IOperation reference) => _module.IsAccessible(member)
        ? Entered(Constant(type, member))
        : InitialNumber(type, member) ?? ReportInaccessible(reference, member);

    /// <summary>The number that a static readonly field of another type has for good, if it is computed from constants.</summary>
    private Operand? InitialNumber(IrType type, ISymbol member) =>
        type is ScalarType { Kind: ScalarKind.Float or ScalarKind.Int } number && member is IFieldSymbol { IsStatic: true, IsReadOnly: true } field
        && Initializer(field) is { } value && value.DescendantsAndSelf().All(IsFormula) ? ConvertTo(Lower(value), number) : null;

    private static bool IsFormula(IOperation part) => part.ConstantValue.HasValue || part switch
    {
        IUnaryOperation { OperatorMethod: null } or IBinaryOperation { OperatorMethod: null } or IConversionOperation { OperatorMethod: null } => true,
        IParenthesizedOperation or IArgumentOperation => true,
        IInvocationOperation { TargetMethod.ContainingType: { Name: "Math" or "MathF", ContainingNamespace.Name: "System" } } => true,
        _ => false,
    };

    private Operand ReportInaccessible(IOperation reference, ISymbol member) =>
        Fail(Descriptors.Inaccessible, reference, member.ToDisplayString(), _module.Root.ContainingType.ToDisplayString());

    private SymbolConstant Constant(IrType type, ISymbol member) => new(type, Types.Name(member.ContainingType) + "." + Identifiers.Escape(member.Name));

    private Operand LowerProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (reference.Arguments.Length > 0) return IsOnObject(reference.Instance) ? ReadElement(reference) : LowerElement(reference);
        if (reference.Instance is { } tensor && IsTensor(tensor)) return LowerTensorProperty(reference, tensor);
        if (IsJagged(reference.Instance)) return LowerJaggedProperty(reference) ?? Unsupported(reference, "use Length and the rows");
        if (IsMatrix(reference.Instance)) return LowerMatrixProperty(reference) ?? Unsupported(reference, "use Length, Rank, GetLength and the elements");
        if (property is { IsStatic: true, Name: "Empty" } && IsTensor(reference)) return EmptyTensor(Types.Tensor(property.Type)!);
        if (reference.Instance is { } held && IsHeld(held) && held.Type is IArrayTypeSymbol) return ReadMember(reference, held, property);
        if (reference.Instance is { Type: { } owner } instance && (Types.Array(owner) is not null || owner.SpecialType == SpecialType.System_Array))
        {
            if (LowerPresent(instance) is not { } array) return Placeholder(reference.Type);
            if (property.Name == "Span") return array;
            if (property.Name is "Length" or "Count") return _arrays.LengthOf(array);
            if (property.Name == "LongLength") return _point.Block.Compute(ScalarType.Int64, Opcode.Convert, _arrays.LengthOf(array));
            if (property.Name == "IsEmpty") return _point.Block.Compute(ScalarType.Bool, Opcode.Equal, _arrays.LengthOf(array), Constants.Int(0));
        }

        if (reference.Instance is { } structs && property.Name is "Length" && LowerStructArray(structs) is { } elements) return CountOf(elements);
        if (property.IsStatic && Types.Scalar(reference.Type) is { Kind: ScalarKind.Float } type && MathFunctions.NamedNumber(property) is { } number)
        {
            return new NumberConstant(type, type.Name == "float" ? (float)number : number);
        }

        if (property is { IsStatic: true, SetMethod: null, GetMethod: { } getter } && LowerGetter(reference, getter) is { } read) return read;
        if (property.IsStatic && !HasSource(property) && _module.IsAccessible(property) && VariableType(reference.Type!) is not null)
        {
            var text = Types.Name(property.ContainingType) + "." + Identifiers.Escape(property.Name);
            return Evaluated(reference, reference.Type!, text, ImmutableArray<Operand>.Empty, ActOf(property.ContainingType));
        }

        return property.IsStatic
            ? Fail(Descriptors.MutableStatic, reference, property.Name, "read it outside and pass it as a parameter")
            : LowerInstanceProperty(reference);
    }
}
