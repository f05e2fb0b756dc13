using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// switch and patterns become comparisons and branches, tried in order.
internal sealed partial class FunctionLowering
{
    private void LowerSwitch(ISwitchOperation statement)
    {
        var value = Lower(statement.Value);
        if (!IsMatched(value))
        {
            Unsupported(statement.Value, "switch on a number, a bool, an enum, or a tuple of them");
            return;
        }

        var target = new JumpTarget(isLoop: false, statement.ExitLabel, null);
        Jumps.Enter(target);
        // The default section is tried last, wherever it stands.
        var sections = statement.Cases.Where(c => !IsDefault(c)).Concat(statement.Cases.Where(IsDefault)).ToList();
        var open = new HashSet<ISwitchCaseOperation>();
        target.Section = label =>
        {
            var section = sections.FirstOrDefault(s => s.Clauses.Any(c => SymbolEqualityComparer.Default.Equals(c.Label, label)));
            if (section is null || open.Contains(section)) return false;
            LowerSection(section);
            return true;
        };
        Try(0);
        Jumps.Leave();

        void LowerSection(ISwitchCaseOperation section)
        {
            open.Add(section);
            LowerList(section.Body, 0);
            open.Remove(section);
        }

        void Try(int index)
        {
            if (index >= sections.Count) return;
            var section = sections[index];
            if (IsDefault(section))
            {
                LowerSection(section);
                return;
            }

            Operand? condition = null;
            foreach (var clause in section.Clauses)
            {
                var earlier = condition;
                condition = earlier is null ? Clause(clause, value) : _branches.Choose(earlier, () => BoolConstant.True, () => Clause(clause, value));
            }

            _branches.Branch(condition!, () => LowerSection(section), () => Try(index + 1));
        }
    }

    /// <summary>Whether there are patterns for such a value.</summary>
    private static bool IsMatched(Operand value) => value.Type is ScalarType or ProductType or TextType || ArrayVariables.IsArray(value);

    private static bool IsDefault(ISwitchCaseOperation section) => section.Clauses.Any(c => c is IDefaultCaseClauseOperation);

    private Operand Clause(ICaseClauseOperation clause, Operand value)
    {
        switch (clause)
        {
            case ISingleValueCaseClauseOperation single:
                if (!IsOptional(value)) return Compare(Opcode.Equal, value, Lower(single.Value));
                return IsNullLiteral(single.Value)
                    ? Not(HasValue(value))
                    : Both(HasValue(value), Compare(Opcode.Equal, ValueOf(value), Lower(Unconverted(single.Value))));
            case IPatternCaseClauseOperation pattern:
                var matches = Match(value, pattern.Pattern);
                return pattern.Guard is null ? matches : _branches.Choose(matches, () => Lower(pattern.Guard), () => BoolConstant.False);
            default:
                return Unsupported(clause, "use constants, comparisons and when");
        }
    }

    private Operand LowerSwitchExpression(ISwitchExpressionOperation expression)
    {
        var value = Lower(expression.Value);
        if (!IsMatched(value) || expression.Type is null || VariableType(expression.Type) is not { } type)
        {
            return Unsupported(expression, "switch from a number, a bool, an enum, or a tuple of them");
        }

        return Arm(0);

        Operand Arm(int index)
        {
            if (index >= expression.Arms.Length)
            {
                _branches.Throw("new global::System.Runtime.CompilerServices.SwitchExpressionException()", ImmutableArray<Operand>.Empty);
                return Constants.Default(type);
            }

            var arm = expression.Arms[index];
            var matches = Match(value, arm.Pattern);
            if (arm.Guard is not null) matches = _branches.Choose(matches, () => Lower(arm.Guard), () => BoolConstant.False);
            return _branches.Choose(matches, () => Lower(arm.Value), () => Arm(index + 1));
        }
    }

    private Operand Compare(Opcode code, Operand left, Operand right)
    {
        if (IsObjectOrText(left)) return Test(ObjectEquality, left, right);
        if (left.Type is ScalarType type && right.Type is ScalarType) right = ConvertTo(right, type);
        return _point.Block.Compute(ScalarType.Bool, code, left, right);
    }

    /// <summary>Whether a scalar or a tuple fits a pattern.</summary>
    private Operand Match(Operand value, IPatternOperation pattern)
    {
        var isSimple = pattern is IDiscardPatternOperation or INegatedPatternOperation or IBinaryPatternOperation;
        if (!isSimple && pattern is not IConstantPatternOperation && Opened(pattern.InputType, value) is { } opened) return MatchOptional(opened, pattern);
        if (IsObjectOrText(value) && !isSimple) return MatchObject(value, pattern);
        if (IsOptional(value) && !isSimple) return MatchOptional(value, pattern);
        switch (pattern)
        {
            case IConstantPatternOperation constant:
                // A constant pattern equals NaN to NaN, which == does not.
                if (constant.Value.ConstantValue.Value is double.NaN or float.NaN) return _point.Block.Compute(ScalarType.Bool, Opcode.NotEqual, value, value);
                return Compare(Opcode.Equal, value, Lower(constant.Value));
            case IRelationalPatternOperation relational when Operators.Binary(relational.OperatorKind) is { } code:
                return Compare(code, value, Lower(relational.Value));
            case IDiscardPatternOperation:
                return BoolConstant.True;
            case INegatedPatternOperation negated:
                return Not(Match(value, negated.Pattern));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return _branches.Choose(Match(value, both.LeftPattern), () => Match(value, both.RightPattern), () => BoolConstant.False);
            case IBinaryPatternOperation either:
                return _branches.Choose(Match(value, either.LeftPattern), () => BoolConstant.True, () => Match(value, either.RightPattern));
            case IDeclarationPatternOperation { DeclaredSymbol: { } symbol } declaration when Types.Scalar(declaration.NarrowedType) == value.Type:
                _point.Env.Set(symbol, value);
                return BoolConstant.True;
            case IDeclarationPatternOperation { DeclaredSymbol: { } symbol } when value is Product:
                _point.Env.Set(symbol, value);
                return BoolConstant.True;
            case IRecursivePatternOperation parts when value is Product && Deconstruction(value, parts) is { } members:
                if (parts.DeclaredSymbol is { } whole) _point.Env.Set(whole, value);
                return MatchAll(parts.DeconstructionSubpatterns.Select((part, i) => (Func<Operand>)(() => Match(members[i], part)))
                    .Concat(parts.PropertySubpatterns.Select(part => (Func<Operand>)(() => Match(MemberOf(value, part), part.Pattern)))));
            case IListPatternOperation list when ArrayVariables.IsArray(value):
                return MatchList(value, list);
            case IDeclarationPatternOperation { DeclaredSymbol: { } symbol, MatchedType: null } when ArrayVariables.IsArray(value):
                _point.Env.Set(symbol, value);
                return BoolConstant.True;
            case IRecursivePatternOperation { DeconstructionSubpatterns.IsEmpty: true } parts when ArrayVariables.IsArray(value) && HasLengths(parts):
                return MatchArray(value, parts);
            case ITypePatternOperation type when Types.Scalar(type.MatchedType) == value.Type:
                return BoolConstant.True;
            default:
                return RefusePattern(pattern, "use constants, comparisons, tuples of them, and, or, not");
        }
    }

    /// <summary>Reports a pattern, and with it the variables that it declares.</summary>
    private Operand RefusePattern(IPatternOperation pattern, string instead)
    {
        var refused = Unsupported(pattern, instead);
        foreach (var part in pattern.DescendantsAndSelf())
        {
            var declared = part switch
            {
                IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                IRecursivePatternOperation parts => parts.DeclaredSymbol,
                IListPatternOperation list => list.DeclaredSymbol,
                _ => null,
            };
            if (declared is not null) _reported.Add(declared);
        }

        return refused;
    }

    /// <summary>The values that the positional patterns match; null if there are others.</summary>
    private IReadOnlyList<Operand>? Deconstruction(Operand value, IRecursivePatternOperation pattern)
    {
        if (pattern.DeconstructionSubpatterns.IsEmpty) return ImmutableArray<Operand>.Empty;
        var members = Deconstructed(value, pattern.DeconstructSymbol as IMethodSymbol);
        return members?.Count == pattern.DeconstructionSubpatterns.Length ? members : null;
    }

    private static bool HasLengths(IRecursivePatternOperation pattern) => pattern.DeclaredSymbol is null && pattern.PropertySubpatterns.All(part =>
        part.Member is IPropertyReferenceOperation { Property.Name: "Length" });

    /// <summary><c>array is { Length: > 0 }</c> and the like: it is there, and its length fits.</summary>
    private Operand MatchArray(Operand array, IRecursivePatternOperation pattern) => _branches.Choose(
        _arrays.IsNull(array), () => BoolConstant.False, () =>
        {
            var length = _arrays.LengthOf(_arrays.NotNull(array));
            return MatchAll(pattern.PropertySubpatterns.Select(part => (Func<Operand>)(() => Match(length, part.Pattern))));
        });

    private Operand MemberOf(Operand value, IPropertySubpatternOperation pattern)
    {
        _tested.Push(value);
        var member = Lower(pattern.Member);
        _tested.Pop();
        return member;
    }

    /// <summary>Whether all tests hold, each made only if those before it do.</summary>
    private Operand MatchAll(IEnumerable<Func<Operand>> tests)
    {
        var rest = tests.ToList();
        if (rest.Count == 0) return BoolConstant.True;
        return rest.Count == 1 ? rest[0]() : _branches.Choose(rest[0](), () => MatchAll(rest.Skip(1)), () => BoolConstant.False);
    }
}
