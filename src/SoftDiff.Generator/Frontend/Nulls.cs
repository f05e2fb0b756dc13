using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Arrays that may be null: local variables that hold null on some path, and parameters of the marked method that it compares with null. A companion
// reads the lengths of the other parameters before it does anything else.
internal sealed partial class FunctionLowering
{
    /// <summary>The arrays to the left of the <c>?.</c> that are being lowered.</summary>
    private readonly Stack<Operand> _receivers = new();

    private static bool IsNullLiteral(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion) operation = conversion.Operand;
        return operation is IDefaultValueOperation || operation.ConstantValue is { HasValue: true, Value: null };
    }

    /// <summary>Marks the parameters that the method compares with null.</summary>
    private ImmutableArray<Parameter> WithNullable(ImmutableArray<Parameter> parameters)
    {
        if (!parameters.Any(p => p.Value.Type is ArrayType { Form: ArrayForm.Array })) return parameters;
        var compared = new HashSet<string>(
            _body.Block.Descendants().Select(ComparedWithNull).OfType<IParameterReferenceOperation>().Select(reference => reference.Parameter)
                .Where(symbol => SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, _context.Method)).Select(symbol => symbol.Name),
            StringComparer.Ordinal);
        return parameters.Select(p => p.Value.Type is ArrayType { Form: ArrayForm.Array } && compared.Contains(p.Name) ? p with { MayBeNull = true } : p)
            .ToImmutableArray();
    }

    /// <summary>The operand that an operation compares with null; null for an operation that compares nothing with null.</summary>
    private static IOperation? ComparedWithNull(IOperation operation) => operation switch
    {
        ICoalesceOperation coalesce => Unconverted(coalesce.Value),
        ICoalesceAssignmentOperation coalesce => coalesce.Target,
        IConditionalAccessOperation access => access.Operation,
        IIsPatternOperation test when HasListPattern(test.Pattern) => Unconverted(test.Value),
        ISwitchExpressionOperation choice when choice.Arms.Any(arm => HasListPattern(arm.Pattern)) => Unconverted(choice.Value),
        ISwitchOperation choice when choice.Cases.SelectMany(section => section.Clauses).OfType<IPatternCaseClauseOperation>()
            .Any(clause => HasListPattern(clause.Pattern)) => Unconverted(choice.Value),
        _ => NullTest(operation)?.Array,
    };

    /// <summary>Whether there is a pattern of the elements of an array, which null does not fit.</summary>
    private static bool HasListPattern(IPatternOperation pattern) => pattern.DescendantsAndSelf().Any(part => part is IListPatternOperation);

    /// <summary>The array of <c>array == null</c>, <c>array is not null</c> and the like, and whether the comparison holds where it is null.</summary>
    private static (IOperation Array, bool IsNull)? NullTest(IOperation condition) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test when IsNullLiteral(test.RightOperand) =>
            (Unconverted(test.LeftOperand), test.OperatorKind == BinaryOperatorKind.Equals),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } test when IsNullLiteral(test.LeftOperand) =>
            (Unconverted(test.RightOperand), test.OperatorKind == BinaryOperatorKind.Equals),
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var literal } } test when IsNullLiteral(literal) => (Unconverted(test.Value), true),
        IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var literal } } } test
            when IsNullLiteral(literal) => (Unconverted(test.Value), false),
        _ => null,
    };

    /// <summary>After a comparison has shown that a variable is not null, the variable holds one of its other arrays.</summary>
    private void Narrow(IOperation condition, bool holds)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                Narrow(not.Operand, !holds);
                return;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                if (holds != (both.OperatorKind == BinaryOperatorKind.ConditionalAnd)) return;
                Narrow(both.LeftOperand, holds);
                Narrow(both.RightOperand, holds);
                return;
        }

        if (NullTest(condition) is not var (array, isNull) || isNull == holds || Variable(array) is not { } symbol) return;
        if (_point.Env.Get(symbol) is { Type: ArrayType } held && ArrayVariables.IsArray(held)) _point.Env.Set(symbol, _arrays.NotNull(held));
    }

    /// <summary>Lowers what is evaluated only where a condition holds, or only where it does not.</summary>
    private Operand LowerWhere(IOperation condition, bool holds, IOperation operation)
    {
        Narrow(condition, holds);
        return Lower(operation);
    }

    /// <summary>An array that is used in a way that throws if it is null.</summary>
    private Operand? LowerPresent(IOperation operation) =>
        LowerArray(operation) is { } array ? operation.Type is IArrayTypeSymbol ? Present(array) : array : null;

    private Operand Present(Operand array)
    {
        // The emitted code names a constant array itself, and so throws where it is null.
        if (array is SymbolConstant || array.Type is not ArrayType { IsTensor: false } || _arrays.IsNull(array) is not Value isNull) return array;
        _branches.Branch(
            isNull, () => _branches.Throw("new global::System.NullReferenceException()", ImmutableArray<Operand>.Empty), () => { });
        return _arrays.NotNull(array);
    }

    /// <summary>array == null, array is null and the like; null for any other comparison.</summary>
    private Operand? CompareWithNull(IOperation operation)
    {
        if (NullTest(operation) is not var (array, isNull)) return null;
        if (IsDelegate(array.Type)) return IsNull(Lower(array), array) is { } holds ? new BoolConstant(holds == isNull) : Placeholder(operation.Type);
        if (Optional(array.Type) is not null)
        {
            var value = Lower(array);
            return !IsOptional(value) ? Placeholder(operation.Type) : isNull ? Not(HasValue(value)) : HasValue(value);
        }

        if (array.Type is not IArrayTypeSymbol) return null;

        // A companion throws on entry for a matrix or an array of arrays that is null.
        if (Types.InParts(array.Type) is not null) return new BoolConstant(!isNull);
        if (LowerArray(array) is not { } operand) return Placeholder(operation.Type);
        return isNull ? _arrays.IsNull(operand) : Not(_arrays.IsNull(operand));
    }

    private Operand LowerCoalesce(ICoalesceOperation coalesce)
    {
        if (Unconverted(coalesce.Value) is IConditionalAccessOperation { Operation.Type: IArrayTypeSymbol } access)
        {
            Operand Typed(Operand value) => TypeOf(coalesce.Type!) is ScalarType type ? ConvertTo(value, type) : value;
            return LowerAccess(access, () => Typed(Lower(coalesce.WhenNull)), Typed);
        }

        if (IsDelegate(coalesce.Value.Type)) return Lower(coalesce.Value) is var code && IsNull(code, coalesce.Value) == true ? Lower(coalesce.WhenNull) : code;
        if (Optional(coalesce.Value.Type) is not null)
        {
            return Lower(coalesce.Value) is Product optional && IsOptional(optional) ? Coalesce(coalesce, optional) : Placeholder(coalesce.Type);
        }

        if (coalesce.Value.Type is not IArrayTypeSymbol) return CoalesceObjects(coalesce);
        return LowerArray(coalesce.Value) is { } array
            ? _branches.Choose(_arrays.IsNull(array), () => Lower(coalesce.WhenNull), () => _arrays.NotNull(array))
            : Placeholder(coalesce.Type);
    }

    private Operand LowerCoalesce(ICoalesceAssignmentOperation coalesce)
    {
        if (IsDelegate(coalesce.Target.Type) && Place(coalesce.Target) is { } variable)
        {
            return variable.Read(this) is var code && IsNull(code, coalesce.Target) == true ? variable.Write(this, Lower(coalesce.Value)) : code;
        }

        if (Optional(coalesce.Target.Type) is not null) return Coalesce(coalesce);
        if (coalesce.Target.Type is not IArrayTypeSymbol) return CoalesceObjects(coalesce);
        if (Place(coalesce.Target) is not { } place || LowerArray(coalesce.Target) is not { } array) return Placeholder(coalesce.Type);
        return place.Write(this, _branches.Choose(_arrays.IsNull(array), () => Lower(coalesce.Value), () => _arrays.NotNull(array)));
    }

    /// <summary><c>array?.Length &gt; 0</c> and the like: of null only an inequality holds. Null for other operators that take null.</summary>
    private Operand? LowerLifted(IBinaryOperation comparison)
    {
        if (Unconverted(comparison.LeftOperand) is not IConditionalAccessOperation { Operation.Type: IArrayTypeSymbol } access) return null;
        var other = Unconverted(comparison.RightOperand);
        if (!other.ConstantValue.HasValue || Operators.Binary(comparison.OperatorKind) is not { } code || !Operators.IsComparison(code)) return null;
        return LowerAccess(
            access,
            () => new BoolConstant(comparison.OperatorKind == BinaryOperatorKind.NotEquals),
            value => Apply(comparison, comparison.OperatorKind, isChecked: false, value, ConvertTo(Lower(other), (ScalarType)value.Type)));
    }

    /// <summary><c>array?.Member</c>, with what it is where the array is null and what becomes of it otherwise.</summary>
    private Operand LowerAccess(IConditionalAccessOperation access, Func<Operand> whenNull, Func<Operand, Operand> whenNotNull)
    {
        if (LowerArray(access.Operation) is not { } array) return Placeholder(access.Type);
        return _branches.Choose(_arrays.IsNull(array), whenNull, () =>
        {
            _receivers.Push(_arrays.NotNull(array));
            var value = Lower(access.WhenNotNull);
            _receivers.Pop();
            return whenNotNull(value);
        });
    }
}
