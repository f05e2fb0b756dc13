using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Trees;

namespace SoftDiff.Generator.Frontend;

// Operators, conversions, and assignments that compute.
internal sealed partial class FunctionLowering
{
    private Operand LowerBinary(IBinaryOperation root)
    {
        if (CompareWithNull(root) is { } compared) return compared;
        if (root.IsLifted && LowerLifted(root) is { } lifted) return lifted;

        // Long sums nest to the left. A loop walks down them, because recursion could overflow the compiler's stack.
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
            var isAnd = root.OperatorKind == BinaryOperatorKind.ConditionalAnd;
            Operand Right() => LowerWhere(root.LeftOperand, holds: isAnd, root.RightOperand);
            return isAnd
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
        var method = (operation as IBinaryOperation)?.OperatorMethod;
        if (IsOptional(left) || IsOptional(right)) return ApplyLifted(operation, kind, method, left, right);
        if (IsUserDefined(method)) return CallOperator(operation, method!, left, right);
        if (left is KeptObject || right is KeptObject) return Same(operation, kind, left, right, isOfMembers: method is not null);
        if (IsObjectOrText(left) || IsObjectOrText(right)) return ApplyToObjects(operation, kind, left, right);
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
        if (IsOptional(operand)) return ApplyLifted(unary, operand);
        if (IsUserDefined(unary.OperatorMethod)) return CallOperator(unary, unary.OperatorMethod!, operand);
        if (unary.OperatorKind == UnaryOperatorKind.Plus) return operand;
        Opcode? code = unary.OperatorKind switch
        {
            UnaryOperatorKind.Minus => Opcode.Negate,
            UnaryOperatorKind.Not => operand.Type == ScalarType.Bool ? Opcode.Not : Opcode.BitNot,
            UnaryOperatorKind.BitwiseNegation => Opcode.BitNot,
            _ => null,
        };
        if (unary.OperatorKind == UnaryOperatorKind.Hat) return Unsupported(unary, "write the index where it is used, as in a[^1]");
        if (code is not { } known || operand.Type is not ScalarType type) return Unsupported(unary, OnlyArithmetic);
        var result = _point.Values.Fresh(type);
        _point.Block.Add(new Compute(result, known, ImmutableArray.Create(operand), Checked: unary.IsChecked && Operators.CanOverflow(known) && type.Kind == ScalarKind.Int));
        return result;
    }

    private Operand LowerConversion(IConversionOperation conversion)
    {
        if (StructArrays.Map(conversion.Type, Types) is not null && StructArrays.Map(conversion.Operand.Type, Types) is not null) return Lower(conversion.Operand);
        if (conversion.Type is { IsRefLikeType: true } && IsInlineArray(conversion.Operand.Type)) return LowerInlineSpan(conversion);
        if (conversion.Type is { } target && (Types.Array(target) ?? Types.Tensor(target)) is not null) return LowerArrayConversion(conversion);
        if (IsToInterface(conversion)) return LowerListed(conversion);
        if (!conversion.Conversion.Exists || conversion.Operand.Type?.TypeKind == TypeKind.Error) return Invalid(conversion);
        var operand = Lower(conversion.Operand);
        if (operand is PartedArray { Type: var parted } && parted == Types.InParts(conversion.Type)) return operand;
        if (operand is StructArray { Of.Element: var element } && StructArrays.Map(conversion.Type, Types)?.Element == element) return operand;
        if (operand is Product && SymbolEqualityComparer.Default.Equals(conversion.Type, conversion.Operand.Type)) return operand;
        if (IsOptional(operand) || Optional(conversion.Type) is not null) return ConvertOptional(conversion, operand);
        if (IsUserDefined(conversion.OperatorMethod)) return CallOperator(conversion, conversion.OperatorMethod!, operand);
        if (conversion.Type is INamedTypeSymbol { IsTupleType: true } tuple && operand is Product value)
        {
            var elements = value.Members.Zip(tuple.TupleElements, (element, to) =>
                element.Type is ScalarType && Types.Scalar(to.Type) is { } scalar ? ConvertTo(element, scalar) : element);
            return Products.Tuple(elements.ToArray());
        }

        if (operand is MadeList or ListedArray or TreeObjects && conversion.OperatorMethod is null) return operand;
        if (operand is MadeObject made && conversion.OperatorMethod is null) return ConvertMade(conversion, made);
        if (IsObjectOrText(operand) || ObjectTypes.Map(conversion.Type!, Types) is not null) return ConvertObject(conversion, operand);
        if (Types.Scalar(conversion.Type) is not { } type || operand.Type is not ScalarType) return Unsupported(conversion, TypeAdvice.ForConversion(conversion.Type));
        if (conversion.OperatorMethod is { } method && method.ContainingNamespace?.ToDisplayString() is not ("System" or "System.Numerics"))
        {
            return Unsupported(conversion, "call a method instead of a user-defined conversion");
        }

        return ConvertTo(operand, type, conversion.IsChecked);
    }

    private Operand ConvertTo(Operand operand, ScalarType type, bool isChecked = false)
    {
        if (operand.Type == type) return operand;
        if (IsObjectOrText(operand) || type.Kind == ScalarKind.Opaque) return Retyped(operand, type);
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
            : _branches.Choose(
                condition,
                () => LowerWhere(conditional.Condition, holds: true, conditional.WhenTrue),
                () => LowerWhere(conditional.Condition, holds: false, whenFalse));
    }

    /// <summary>A text that grows. Its variable stands for what was reported.</summary>
    private Operand RefuseText(ICompoundAssignmentOperation assignment)
    {
        var refused = Unsupported(assignment, "build the text with a StringBuilder");
        if (Variable(assignment.Target) is { } variable) _reported.Add(variable);
        return refused;
    }

    private Operand LowerCompound(ICompoundAssignmentOperation assignment)
    {
        if (Optional(assignment.Target.Type) is not null) return LowerOptionalCompound(assignment);
        if (assignment.OperatorMethod is { } own && IsUserDefined(own)) return LowerUserCompound(assignment, own);
        if (ObjectTypes.Map(assignment.Target.Type!, Types) is not null) return LowerObjectCompound(assignment);
        if (ThrownTexts.IsText(assignment.Target.Type)) return RefuseText(assignment);
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
        var old = place.Read(this);
        if (IsOptional(old)) return Unsupported(step, "write x += 1");
        if (step.OperatorMethod is { } own && IsUserDefined(own))
        {
            var next = place.Write(this, CallOperator(step, own, old));
            return step.IsPostfix ? old : next;
        }

        var type = (ScalarType)place.Type;
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
        // C# evaluates the targets before the values: (a[i++], a[i++]) = (…, …).
        var places = targets.Select(t => t is IDiscardOperation ? null : Place(t)).ToList();
        var value = Lower(deconstruction.Value);
        var elements = IsObjectOrText(value)
            ? Parts(deconstruction, value, deconstruction.Value.Type!)
            : Elements(deconstruction, deconstruction.Target, value);
        if (elements is null || elements.Count != targets.Count)
        {
            return value is Product || !_module.Failed ? Unsupported(deconstruction, "assign from a tuple, such as (a, b) = (b, a)") : value;
        }

        for (var i = 0; i < elements.Count; i++) places[i]?.Write(this, elements[i]);
        return value;
    }
}
