using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

// Expressions, one case each; what is not listed is refused by name.
internal sealed partial class FunctionLowering
{
    private const string OnlyArithmetic = "use arithmetic on float, double, integers and bool";

    public Operand Lower(IOperation operation)
    {
        _module.Cancellation.ThrowIfCancellationRequested();
        if (operation.Type?.TypeKind == TypeKind.Error) return Invalid(operation);
        return ThrownTexts.IsText(operation.Type) && operation is not IInvalidOperation ? ThrownTexts.Lower(this, operation) : LowerValue(operation);
    }

    /// <summary>An expression other than one that makes a text.</summary>
    public Operand LowerValue(IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && Constant(operation, constant) is { } known) return known;
        switch (operation)
        {
            case IInvalidOperation:
                return LowerInvalid(operation);
            case IParenthesizedOperation parenthesized:
                return Lower(parenthesized.Operand);
            case ILocalReferenceOperation local:
                return Read(local, local.Local);
            case IParameterReferenceOperation parameter:
                return Read(parameter, parameter.Parameter);
            case IFieldReferenceOperation field:
                return Products.Member(field) is { } member ? LowerMember(field, member) : LowerField(field);
            case IPropertyReferenceOperation property:
                return LowerProperty(property);
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
                return LowerCompound(assignment);
            case IIncrementOrDecrementOperation step:
                return LowerIncrement(step);
            case IDeconstructionAssignmentOperation deconstruction:
                return LowerDeconstruction(deconstruction);
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                return LowerConditionalExpression(conditional, whenFalse);
            case ISwitchExpressionOperation @switch:
                return LowerSwitchExpression(@switch);
            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var literal } } test
                when IsNullLiteral(literal) && CompareWithNull(test, test.Value, isNull: true) is { } isNull:
                return isNull;
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var literal } } } test
                when IsNullLiteral(literal) && CompareWithNull(test, test.Value, isNull: false) is { } isNotNull:
                return isNotNull;
            case IIsPatternOperation pattern:
                return Match(Lower(pattern.Value), pattern.Pattern);
            case IInvocationOperation invocation:
                return LowerInvocation(invocation, wantsValue: true) ?? Placeholder(operation.Type);
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
            case IAnonymousFunctionOperation or IDelegateCreationOperation or IMethodReferenceOperation:
                return Fail(Descriptors.Lambda, operation, SourceLines.Short(operation.Syntax), "make it a private static method and call it");
            case IInstanceReferenceOperation:
                return Unsupported(operation, "pass what the method needs as parameters");
            case IObjectCreationOperation creation when IsTensor(creation):
                return LowerNewTensor(creation);
            case IObjectCreationOperation creation when Types.Array(creation.Type!) is not null && creation.Arguments.Length == 1:
                return Lower(creation.Arguments[0].Value);
            case { Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax }:
                return LowerStackAlloc(operation);
            default:
                return Unsupported(operation, Advice(operation));
        }
    }

    private static string Advice(IOperation operation) => operation switch
    {
        IAwaitOperation => "compute asynchronously outside the differentiated method",
        IObjectCreationOperation => "use scalars, arrays and spans",
        IConditionalAccessOperation => "use values that cannot be null",
        IInterpolatedStringOperation => "move text out of the differentiated method",
        _ => "compute it outside the differentiated method and pass it as a parameter",
    };

    /// <summary>Code that does not bind: a call of a generated derivative gets our word, anything else is the compiler's to report.</summary>
    private Operand LowerInvalid(IOperation operation)
    {
        if (operation.Syntax is InvocationExpressionSyntax call && GeneratedName(call) is { } name)
        {
            return Fail(Descriptors.CompanionCall, operation, name, "call the method itself, or write the formula of its derivative");
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
            return symbol is IParameterSymbol or ILocalSymbol ? Unsupported(operation, "use the method's own parameters and locals") : Invalid(operation);
        }

        if (value is not SymbolConstant { Expression: ArrayVariables.Merged }) return value;
        if (value.Type is TextType) return Unsupported(operation, "throw an exception made of constants and numbers");

        // Said once, where it is read first.
        var placeholder = Fail(Descriptors.ArrayMerge, operation, symbol.Name, OneArray(operation));
        _point.Env.Set(symbol, placeholder);
        return placeholder;
    }

    private Operand LowerField(IFieldReferenceOperation reference)
    {
        var field = reference.Field;
        if (!field.IsStatic) return Unsupported(reference, "pass the field's value as a parameter");
        if (Types.Map(reference.Type) is not { } type)
        {
            return Fail(Descriptors.UnsupportedType, reference, field.Type.ToDisplayString(), TypeMapping.Supported);
        }

        if (!field.IsReadOnly && !field.IsConst)
        {
            return Fail(Descriptors.MutableStatic, reference, field.Name, "make it const or static readonly, or pass it as a parameter");
        }

        return ConstantIfAccessible(type, field, reference);
    }

    private Operand ConstantIfAccessible(IrType type, ISymbol member, IOperation reference) => _module.IsAccessible(member)
        ? Constant(type, member)
        : Fail(Descriptors.Inaccessible, reference, member.ToDisplayString(), _module.Root.ContainingType.ToDisplayString());

    private SymbolConstant Constant(IrType type, ISymbol member) => new(type, Types.Name(member.ContainingType) + "." + Declarations.Escape(member.Name));

    private Operand LowerProperty(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (reference.Arguments.Length > 0) return LowerElement(reference);
        if (reference.Instance is { } tensor && IsTensor(tensor)) return LowerTensorProperty(reference, tensor);
        if (property is { IsStatic: true, Name: "Empty" } && IsTensor(reference)) return EmptyTensor(Types.Tensor(property.Type)!);
        if (reference.Instance is { Type: { } owner } instance && (Types.Array(owner) is not null || owner.SpecialType == SpecialType.System_Array))
        {
            if (LowerArray(instance) is not { } array) return Placeholder(reference.Type);
            if (property.Name is "Length" or "Count") return _arrays.LengthOf(array);
            if (property.Name == "LongLength") return _point.Block.Compute(ScalarType.Int64, Opcode.Convert, _arrays.LengthOf(array));
            if (property.Name == "IsEmpty") return _point.Block.Compute(ScalarType.Bool, Opcode.Equal, _arrays.LengthOf(array), Constants.Int(0));
        }

        if (property.IsStatic && Types.Scalar(reference.Type) is { Kind: ScalarKind.Float } type && MathFunctions.NamedNumber(property) is { } number)
        {
            return new NumberConstant(type, type.Name == "float" ? (float)number : number);
        }

        if (property is { IsStatic: true, SetMethod: null, GetMethod: { } getter } && LowerGetter(reference, getter) is { } read) return read;
        return property.IsStatic
            ? Fail(Descriptors.MutableStatic, reference, property.Name, "read it outside and pass it as a parameter")
            : Unsupported(reference, "pass the property's value as a parameter");
    }

    private Operand LowerBinary(IBinaryOperation root)
    {
        if (root.OperatorKind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
            && (IsNullLiteral(root.LeftOperand) || IsNullLiteral(root.RightOperand)))
        {
            var array = IsNullLiteral(root.LeftOperand) ? root.RightOperand : root.LeftOperand;
            if (CompareWithNull(root, array, root.OperatorKind == BinaryOperatorKind.Equals) is { } compared) return compared;
        }

        // Long sums lean to the left; a loop instead of recursion keeps the compiler's stack.
        var chain = new Stack<IBinaryOperation>();
        IOperation left = root;
        while (left is IBinaryOperation { ConstantValue.HasValue: false } binary
            && binary.OperatorKind is not (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr))
        {
            chain.Push(binary);
            left = binary.LeftOperand;
        }

        if (chain.Count == 0)
        {
            Operand Right() => Lower(root.RightOperand);
            return root.OperatorKind == BinaryOperatorKind.ConditionalAnd
                ? _branches.Choose(Lower(root.LeftOperand), Right, () => BoolConstant.False)
                : _branches.Choose(Lower(root.LeftOperand), () => BoolConstant.True, Right);
        }

        var value = Lower(left);
        while (chain.Count > 0)
        {
            var binary = chain.Pop();
            value = Apply(binary, binary.OperatorKind, binary.IsChecked, value, Lower(binary.RightOperand));
        }

        return value;
    }

    private Operand Apply(IOperation operation, BinaryOperatorKind kind, bool isChecked, Operand left, Operand right)
    {
        if (Operators.Binary(kind) is not { } code || Types.Scalar(operation.Type) is not { } type) return Unsupported(operation, OnlyArithmetic);
        if (left.Type is not ScalarType { Kind: not ScalarKind.Opaque } leftType) return Unsupported(operation, OnlyArithmetic);
        if (Operators.IsComparison(code)) type = ScalarType.Bool;
        var result = _point.Values.Fresh(type);
        var traps = isChecked && Operators.CanOverflow(code) && type.Kind == ScalarKind.Int && leftType.Kind == ScalarKind.Int;
        _point.Block.Add(new Compute(result, code, ImmutableArray.Create(left, right), Checked: traps));
        return result;
    }

    private Operand LowerUnary(IUnaryOperation unary)
    {
        var operand = Lower(unary.Operand);
        if (unary.OperatorKind == UnaryOperatorKind.Plus) return operand;
        Opcode? code = unary.OperatorKind switch
        {
            UnaryOperatorKind.Minus => Opcode.Negate,
            UnaryOperatorKind.Not => operand.Type == ScalarType.Bool ? Opcode.Not : Opcode.BitNot,
            UnaryOperatorKind.BitwiseNegation => Opcode.BitNot,
            _ => null,
        };
        if (code is not { } known || operand.Type is not ScalarType type) return Unsupported(unary, OnlyArithmetic);
        var result = _point.Values.Fresh(type);
        _point.Block.Add(new Compute(result, known, ImmutableArray.Create(operand), Checked: unary.IsChecked && Operators.CanOverflow(known) && type.Kind == ScalarKind.Int));
        return result;
    }

    private Operand LowerConversion(IConversionOperation conversion)
    {
        if (conversion.Type is { } target && (Types.Array(target) ?? Types.Tensor(target)) is not null) return LowerArrayConversion(conversion);
        if (!conversion.Conversion.Exists || conversion.Operand.Type?.TypeKind == TypeKind.Error) return Invalid(conversion);
        var operand = Lower(conversion.Operand);
        if (conversion.Type is INamedTypeSymbol { IsTupleType: true } tuple && operand is Product value)
        {
            var elements = value.Members.Zip(tuple.TupleElements, (element, to) =>
                element.Type is ScalarType && Types.Scalar(to.Type) is { } scalar ? ConvertTo(element, scalar) : element);
            return Products.Tuple(elements.ToArray());
        }

        if (Types.Scalar(conversion.Type) is not { } type || operand.Type is not ScalarType) return Unsupported(conversion, "convert between numbers only");
        if (conversion.OperatorMethod is { } method && method.ContainingNamespace?.ToDisplayString() is not ("System" or "System.Numerics"))
        {
            return Unsupported(conversion, "call a method instead of a user-defined conversion");
        }

        return ConvertTo(operand, type, conversion.IsChecked);
    }

    private Operand ConvertTo(Operand operand, ScalarType type, bool isChecked = false)
    {
        if (operand.Type == type) return operand;
        if (operand is NumberConstant { Scalar.IsTypeParameter: false } number && type.Kind == ScalarKind.Float
            && !(type.Name == "float" && (float)number.Number != number.Number))
        {
            return new NumberConstant(type, number.Number);
        }

        if (operand is IntegerConstant { FitsFloat: true } integer && type is { Kind: ScalarKind.Float, IsTypeParameter: false })
        {
            return new NumberConstant(type, integer.Number);
        }

        var result = _point.Values.Fresh(type);
        var traps = isChecked && type.Kind == ScalarKind.Int && !IntegerTypes.Holds(type, operand.Type);
        _point.Block.Add(new Compute(result, Opcode.Convert, ImmutableArray.Create(operand), Checked: traps));
        return result;
    }

    private Operand LowerConditionalExpression(IConditionalOperation conditional, IOperation whenFalse)
    {
        var condition = Lower(conditional.Condition);
        // n <= 64 ? stackalloc double[n] : new double[n] is one array, wherever it lies.
        return SizeOf(conditional.WhenTrue) is { } small && SizeOf(whenFalse) is { } large && ElementOf(conditional) is { } element
            ? _arrays.Allocate(element, _branches.Choose(condition, () => Lower(small), () => Lower(large)))
            : _branches.Choose(condition, () => Lower(conditional.WhenTrue), () => Lower(whenFalse));
    }

    private Operand LowerCompound(ICompoundAssignmentOperation assignment)
    {
        if (assignment.OperatorMethod is { } method && method.ContainingNamespace?.ToDisplayString() != "System.Numerics")
        {
            return Unsupported(assignment, OnlyArithmetic);
        }

        var place = Place(assignment.Target);
        if (place is null) return Placeholder(assignment.Type);
        var stored = (ScalarType)place.Type;
        if (place is ElementPlace element && stored.Kind == ScalarKind.Float && IsIdentity(assignment)
            && assignment.OperatorKind is BinaryOperatorKind.Add or BinaryOperatorKind.Subtract
            && !Assignments.HasEffects(assignment.Value) && assignment.Parent is IExpressionStatementOperation)
        {
            var added = Lower(assignment.Value);
            if (assignment.OperatorKind == BinaryOperatorKind.Subtract) added = _point.Block.Compute(stored, Opcode.Negate, added);
            _arrays.Do(element.Array, array => _point.Block.Add(new Accumulate(array, element.Index, added)));
            return added;
        }

        var old = place.Read(this);
        var computed = assignment.OperatorMethod is null && Types.Scalar(assignment.Value.Type) is { } right && !Operators.IsShift(assignment.OperatorKind)
            ? ConvertTo(old, right)
            : old;
        var value = Lower(assignment.Value);
        if (Operators.Binary(assignment.OperatorKind) is not { } code || computed.Type is not ScalarType type)
        {
            return Unsupported(assignment, OnlyArithmetic);
        }

        // Shifts keep the (promoted) type on the left.
        if (type.Name is "byte" or "sbyte" or "short" or "ushort" or "char") type = ScalarType.Int32;
        computed = ConvertTo(computed, type);
        var result = _point.Values.Fresh(type);
        var traps = assignment.IsChecked && Operators.CanOverflow(code) && type.Kind == ScalarKind.Int;
        _point.Block.Add(new Compute(result, code, ImmutableArray.Create(computed, value), Checked: traps));
        return place.Write(this, result, assignment.IsChecked);
    }

    private static bool IsIdentity(ICompoundAssignmentOperation assignment) =>
        assignment.InConversion.IsIdentity && assignment.OutConversion.IsIdentity
        && SymbolEqualityComparer.Default.Equals(assignment.Target.Type, assignment.Value.Type);

    private Operand LowerIncrement(IIncrementOrDecrementOperation step)
    {
        if (Place(step.Target) is not { } place) return Placeholder(step.Type);
        var type = (ScalarType)place.Type;
        var old = place.Read(this);
        var working = type.Name is "byte" or "sbyte" or "short" or "ushort" or "char" ? ScalarType.Int32 : type;
        Operand one = working.Kind == ScalarKind.Float ? new NumberConstant(working, 1) : new IntegerConstant(working, 1);
        var result = _point.Values.Fresh(working);
        var code = step.Kind == OperationKind.Increment ? Opcode.Add : Opcode.Subtract;
        _point.Block.Add(new Compute(result, code, ImmutableArray.Create(ConvertTo(old, working), one), Checked: step.IsChecked && working.Kind == ScalarKind.Int));
        var written = place.Write(this, result, step.IsChecked);
        return step.IsPostfix ? old : written;
    }

    private Operand LowerDeconstruction(IDeconstructionAssignmentOperation deconstruction)
    {
        var targets = Targets(deconstruction.Target).ToList();
        // What is assigned to is evaluated before the values: (a[i++], a[i++]) = (…, …).
        var places = targets.Select(t => t is IDiscardOperation ? null : Place(t)).ToList();
        var value = Lower(deconstruction.Value);
        var elements = Product.Flat(value).ToList();
        if (elements.Count != targets.Count)
        {
            return value is Product || !_module.Failed ? Unsupported(deconstruction, "assign from a tuple, such as (a, b) = (b, a)") : value;
        }

        for (var i = 0; i < elements.Count; i++) places[i]?.Write(this, elements[i]);
        return value;
    }
}
