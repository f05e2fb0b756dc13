using SoftDiff.Generator.Frontend.Objects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Loops. Variables assigned in a loop and living outside it are carried. A loop whose header counts by a constant towards an invariant
// bound becomes a For; every other loop becomes a While.
internal sealed partial class FunctionLowering
{
    private void LowerFor(IForLoopOperation loop)
    {
        if (CountedHeader.Of(loop, this) is { } header)
        {
            var start = Lower(header.Start);
            var end = Lower(header.End);
            if (header.IsAlongAxis) (start, end) = (ConvertTo(start, ScalarType.Int32), ConvertTo(end, ScalarType.Int32));
            LowerCounted(loop, loop.Body, header.Index, start, end, header.Step, header.Inclusive, loop.ExitLabel, loop.ContinueLabel, index =>
            {
                if (header.IsAlongAxis) _point.Env.Set(header.Index, ConvertTo(index, Types.Scalar(header.Index.Type)!));
            });
            return;
        }

        foreach (var before in loop.Before) LowerStatement(before);
        LowerConditional(loop, loop.Condition, loop.Body, () =>
        {
            foreach (var update in loop.AtLoopBottom) LowerStatement(update);
        });
    }

    private void LowerWhile(IWhileLoopOperation loop)
    {
        if (loop.ConditionIsTop)
        {
            var condition = loop.Condition;
            if (loop.ConditionIsUntil) Unsupported(loop, "use while");
            else LowerConditional(loop, condition, loop.Body, null);
            return;
        }

        // do … while: the condition decides after the body.
        LowerConditional(loop, null, loop.Body, () =>
        {
            var go = Lower(loop.Condition!);
            Jumps.Exit = Not(go);
        });
    }

    private void LowerForEach(IForEachLoopOperation loop)
    {
        var collection = loop.Collection;
        if (List(collection) is { } list)
        {
            _enumerated.Add(list);
            LowerForEachItem(loop, CountOf(list), index => ItemAt(list, index));
            _enumerated.RemoveAt(_enumerated.Count - 1);
            return;
        }

        if (Listed(collection) is { } listed)
        {
            LowerForEachItem(loop, CountOf(listed), index => ItemOf(listed, index).Read(this));
            return;
        }

        if (TreeList(collection) is { } ofTree)
        {
            LowerForEachItem(loop, CountOf(ofTree), index => ObjectIn(ofTree, index, loop.LoopControlVariable));
            return;
        }

        if (Unconverted(collection).Type is not IArrayTypeSymbol && IsSequence(collection))
        {
            LowerForEachOf(loop, Unconverted(collection));
            return;
        }

        if (IsTable(collection))
        {
            LowerForEachObject(loop);
            return;
        }

        if (StructArrays.Map(Unconverted(collection).Type, Types) is not null && loop.LoopControlVariable is IVariableDeclaratorOperation item)
        {
            if (LowerStructArray(Unconverted(collection)) is not { } structs) return;
            LowerCounted(loop, loop.Body, null, Constants.Int(0), CountOf(structs), 1, false, loop.ExitLabel, loop.ContinueLabel, index =>
            {
                var element = Element(structs, index);
                if (item.Symbol.IsRef) _elements[item.Symbol] = element;
                else _point.Env.Set(item.Symbol, Named(element.Read(this), item.Symbol.Name));
            });
            return;
        }

        if (IsJagged(Unconverted(collection)) && loop.LoopControlVariable is IVariableDeclaratorOperation each)
        {
            if (LowerParted(Unconverted(collection)) is not Jagged rows) return;
            LowerCounted(loop, loop.Body, null, Constants.Int(0), _arrays.LengthOf(rows.Starts), 1, false, loop.ExitLabel, loop.ContinueLabel, index =>
                _point.Env.Set(each.Symbol, Named(new RowPlace(rows, index, collection).Read(this), each.Symbol.Name)));
            return;
        }

        if (IsOnObject(Unconverted(collection)))
        {
            LowerForEachObject(loop);
            return;
        }

        var (isTensor, isInline) = (IsTensor(Unconverted(collection)), IsInlineArray(Unconverted(collection).Type));
        if (isInline) collection = Unconverted(collection);
        while (collection is IConversionOperation conversion && (Types.Array(conversion.Operand.Type!) is not null || IsMatrix(conversion.Operand))) collection = conversion.Operand;
        if (collection.Type is null || (Types.Array(collection.Type) is null && !IsMatrix(collection) && !isTensor && !isInline) || loop.LoopControlVariable is not IVariableDeclaratorOperation variable || (isInline && variable.Symbol.IsRef))
        {
            if (collection is IInvalidOperation || collection.Type?.TypeKind == TypeKind.Error) Invalid(collection);
            else Unsupported(collection, "loop over an array or a span");
            return;
        }

        var elements = isInline ? Lower(collection) is Product whole ? ArrayOf(whole, collection) : null
            : isTensor ? LowerTensor(Unconverted(collection))?.Elements : IsMatrix(collection) ? LowerMatrix(collection)?.Elements : LowerPresent(collection);
        if (elements is not { } array) return;
        LowerCounted(loop, loop.Body, null, Constants.Int(0), _arrays.LengthOf(array), 1, false, loop.ExitLabel, loop.ContinueLabel, index =>
        {
            if (variable.Symbol.IsRef)
            {
                _references[variable.Symbol] = new ElementPlace(array, index);
                return;
            }

            var element = _arrays.With(array, one => _point.Block.Load(one, index));
            if (Types.Scalar(variable.Symbol.Type) is { } type) element = ConvertTo(element, type);
            _point.Env.Set(variable.Symbol, Named(element, variable.Symbol.Name));
        });
    }

    private void LowerCounted(
        ILoopOperation loop, IOperation body, ILocalSymbol? symbol, Operand start, Operand end, int step, bool inclusive,
        ILabelSymbol? breakLabel, ILabelSymbol? continueLabel, Action<Value>? prepare)
    {
        At(loop);
        var isLong = start.Type is ScalarType { Name: "long" } || end.Type is ScalarType { Name: "long" };
        var index = _point.Values.Fresh(isLong ? ScalarType.Int64 : ScalarType.Int32, symbol?.Name ?? "i") with { IsUserNamed = symbol is not null };
        var carried = new CarriedVariables(_point, _branches, Jumps).Lower(loop, breakLabel, continueLabel, () =>
        {
            if (symbol is not null) _point.Env.Set(symbol, index);
            prepare?.Invoke(index);
            LowerStatement(body);
        }, null, index);
        _point.Block.Add(new For(index, start, end, step, inclusive, carried.Carried, carried.Body, carried.Exit));
    }

    /// <summary>
    /// A loop with a condition before each iteration (none means true) and an update after each iteration that did not leave the loop.
    /// </summary>
    private void LowerConditional(ILoopOperation loop, IOperation? condition, IOperation body, Action? bottom)
    {
        At(loop);
        var test = new BlockBuilder(_point.Values);
        Operand tested = BoolConstant.True;
        var pure = condition is not null && !Assignments.HasEffects(condition);
        var carried = new CarriedVariables(_point, _branches, Jumps).Lower(loop, loop.ExitLabel, loop.ContinueLabel, () =>
        {
            if (condition is null || pure)
            {
                LowerStatement(body);
                AtBottom();
                return;
            }

            // The condition changes variables, so it is part of the body.
            var go = Lower(condition);
            _branches.Branch(go, () => { LowerStatement(body); AtBottom(); }, () => Jumps.Exit = BoolConstant.True);
        }, pure ? () =>
        {
            var block = _point.Block;
            _point.Block = test = new BlockBuilder(_point.Values);
            tested = Lower(condition!);
            _point.Block = block;
        } : null);
        _point.Block.Add(new While(carried.Carried, test.Build(tested), carried.Body, carried.Exit));

        void AtBottom()
        {
            if (bottom is null || _point.Env.IsDead) return;
            var exit = Jumps.Exit!;
            if (exit is BoolConstant { Flag: true }) return;
            // A break or return leaves before the update; a continue does not.
            _branches.Branch(exit, () => { }, bottom);
        }
    }

    private Operand Not(Operand flag) => flag is BoolConstant known ? new BoolConstant(!known.Flag) : _point.Block.Compute(ScalarType.Bool, Opcode.Not, flag);

    /// <summary>for (int i = start; i &lt; end; i += step) with a bound the loop does not change.</summary>
    /// <param name="IsAlongAxis">The bound is a length of a tensor, a native integer that fits an int.</param>
    private sealed record CountedHeader(ILocalSymbol Index, IOperation Start, IOperation End, int Step, bool Inclusive, bool IsAlongAxis)
    {
        public static CountedHeader? Of(IForLoopOperation loop, FunctionLowering lowering)
        {
            if (loop.Before.Length != 1 || loop.AtLoopBottom.Length != 1) return null;
            if (loop.Before[0] is not IVariableDeclarationGroupOperation group) return null;
            if (group.Declarations.SelectMany(d => d.Declarators).ToList() is not { Count: 1 } declarators) return null;
            var declarator = declarators[0];
            var index = declarator.Symbol;
            if (index.Type.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_IntPtr)) return null;
            if ((declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value is not { } start) return null;
            if (Assignments.In(loop.Body).Contains(index) || Assignments.ThroughDelegates(loop.Body).Contains(index)) return null;
            if (StepOf(loop.AtLoopBottom[0], index) is not { } step || step == 0) return null;
            if (loop.Condition is not IBinaryOperation { OperatorMethod: null } comparison) return null;
            var (kind, bound) = IsIndex(comparison.LeftOperand, index) ? (comparison.OperatorKind, comparison.RightOperand)
                : IsIndex(comparison.RightOperand, index) ? (Flip(comparison.OperatorKind), comparison.LeftOperand)
                : (BinaryOperatorKind.None, comparison.LeftOperand);
            var fits = step > 0
                ? kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                : kind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;
            var isAlongAxis = lowering.IsTensorLength(bound, loop) && index.Type.SpecialType != SpecialType.System_Int64;
            if (!fits) return null;
            var isOfType = index.Type.SpecialType != SpecialType.System_IntPtr && SymbolEqualityComparer.Default.Equals(bound.Type, index.Type);
            if (!isAlongAxis && (!isOfType || !(IsFixed(bound, loop, index) && lowering.IsFixed(bound, loop.Body)))) return null;
            var isInclusive = kind is BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual;
            return new CountedHeader(index, start, bound, step, isInclusive, isAlongAxis);
        }

        private static bool IsIndex(IOperation operation, ILocalSymbol index) =>
            Unconverted(operation) is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, index);

        private static BinaryOperatorKind Flip(BinaryOperatorKind kind) => kind switch
        {
            BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
            BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
            BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
            BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
            _ => BinaryOperatorKind.None,
        };

        private static int? StepOf(IOperation statement, ILocalSymbol index)
        {
            var operation = statement is IExpressionStatementOperation expression ? expression.Operation : statement;
            switch (operation)
            {
                case IIncrementOrDecrementOperation step when IsIndex(step.Target, index):
                    return step.Kind == OperationKind.Increment ? 1 : -1;
                case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } step when IsIndex(step.Target, index):
                    var amount = step.Value;
                    while (amount is IConversionOperation conversion && !amount.ConstantValue.HasValue) amount = conversion.Operand;
                    if (amount.ConstantValue is not { HasValue: true, Value: int or long } constant) return null;
                    var number = Convert.ToInt64(constant.Value, System.Globalization.CultureInfo.InvariantCulture);
                    if (number is > int.MaxValue or < -int.MaxValue) return null;
                    return step.OperatorKind == BinaryOperatorKind.Add ? (int)number : -(int)number;
                default:
                    return null;
            }
        }

        /// <summary>Whether the bound is the same in every iteration: it reads no variable the loop assigns, and no element but rows that stay.</summary>
        private static bool IsFixed(IOperation bound, IForLoopOperation loop, ILocalSymbol index)
        {
            if (Assignments.HasEffects(bound)) return false;
            var assigned = Assignments.In(loop);
            assigned.UnionWith(Assignments.ThroughDelegates(loop));
            foreach (var operation in bound.DescendantsAndSelf())
            {
                switch (operation)
                {
                    case IArrayElementReferenceOperation { Type: IArrayTypeSymbol } when !Assignments.OfRows(loop):
                        break;
                    case ILocalReferenceOperation local when assigned.Contains(local.Local) || SymbolEqualityComparer.Default.Equals(local.Local, index):
                    case IParameterReferenceOperation parameter when assigned.Contains(parameter.Parameter):
                    case IInstanceReferenceOperation { Type: { } type } when assigned.Contains(Receivers.Variable(type)):
                    case IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation:
                    case IPropertyReferenceOperation { Arguments.Length: > 0 }:
                    case IInvocationOperation { TargetMethod: var method } when method.ContainingType.Name is not ("Math" or "MathF") && !IsMeasure(method):
                        return false;
                }
            }

            return true;
        }
    }
}
