using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

// Loops. Variables assigned in a loop and living outside it are carried. A loop whose header counts by a constant towards a bound that stays put
// becomes a For; every other one a While.
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
                if (header.IsAlongAxis) _env.Set(header.Index, ConvertTo(index, _types.Scalar(header.Index.Type)!));
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
            _env.Set(Innermost.Exit, Not(go));
        });
    }

    private void LowerForEach(IForEachLoopOperation loop)
    {
        var collection = loop.Collection;
        while (collection is IConversionOperation conversion && _types.Array(conversion.Operand.Type!) is not null) collection = conversion.Operand;
        if (collection.Type is null || _types.Array(collection.Type) is null || loop.LoopControlVariable is not IVariableDeclaratorOperation variable)
        {
            if (collection is IInvalidOperation || collection.Type?.TypeKind == TypeKind.Error) Invalid(collection);
            else Unsupported(collection, IsTensor(collection) ? "loop over the indices and take the elements, t[i, j]" : "loop over an array or a span");
            return;
        }

        if (LowerArray(collection) is not { } array) return;
        LowerCounted(loop, loop.Body, null, Int(0), LengthOf(array), 1, false, loop.ExitLabel, loop.ContinueLabel, index =>
        {
            if (variable.Symbol.IsRef)
            {
                _references[variable.Symbol] = new ElementPlace(array, index);
                return;
            }

            var element = With(array, one => _block.Load(one, index));
            if (_types.Scalar(variable.Symbol.Type) is { } type) element = ConvertTo(element, type);
            _env.Set(variable.Symbol, Named(element, variable.Symbol.Name));
        });
    }

    private void LowerCounted(
        ILoopOperation loop, IOperation body, ILocalSymbol? symbol, Operand start, Operand end, int step, bool inclusive,
        ILabelSymbol? breakLabel, ILabelSymbol? continueLabel, Action<Value>? prepare)
    {
        At(loop);
        var isLong = start.Type is ScalarType { Name: "long" } || end.Type is ScalarType { Name: "long" };
        var index = _values.Fresh(isLong ? ScalarType.Int64 : ScalarType.Int32, symbol?.Name ?? "i") with { IsUserNamed = symbol is not null };
        var carried = Carry(loop, breakLabel, continueLabel, () =>
        {
            if (symbol is not null) _env.Set(symbol, index);
            prepare?.Invoke(index);
            LowerStatement(body);
        }, null, index);
        _block.Add(new For(index, start, end, step, inclusive, carried.Carried, carried.Body, carried.Exit));
    }

    /// <summary>A loop with a condition before each iteration (none: always true) and something to do after each that did not leave the loop.</summary>
    private void LowerConditional(ILoopOperation loop, IOperation? condition, IOperation body, Action? bottom)
    {
        At(loop);
        var test = new BlockBuilder(_values);
        Operand tested = BoolConstant.True;
        var pure = condition is not null && !Assignments.HasEffects(condition);
        var carried = Carry(loop, loop.ExitLabel, loop.ContinueLabel, () =>
        {
            if (condition is null || pure)
            {
                LowerStatement(body);
                AtBottom();
                return;
            }

            // The condition changes variables, so it is part of the body.
            var go = Lower(condition);
            Branch(go, () => { LowerStatement(body); AtBottom(); }, () => _env.Set(Innermost.Exit, BoolConstant.True));
        }, pure ? () =>
        {
            var block = _block;
            _block = test = new BlockBuilder(_values);
            tested = Lower(condition!);
            _block = block;
        } : null);
        _block.Add(new While(carried.Carried, test.Build(tested), carried.Body, carried.Exit));

        void AtBottom()
        {
            if (bottom is null || _env.IsDead) return;
            var exit = _env.Get(Innermost.Exit)!;
            if (exit is BoolConstant { Flag: true }) return;
            // A break or return leaves before the update; a continue does not.
            Branch(exit, () => { }, bottom);
        }
    }

    /// <summary>
    /// Lowers a loop body in an environment where everything the loop assigns is carried; afterwards the variables hold the results. Which arrays an
    /// array variable may hold is found by trying: an attempt that meets one more is followed by another.
    /// </summary>
    private (ImmutableArray<Carried> Carried, Block Body, Operand? Exit) Carry(
        ILoopOperation loop, ILabelSymbol? breakLabel, ILabelSymbol? continueLabel, Action body, Action? condition, Value? index = null)
    {
        var arrays = new LoopArrays(this, index);
        var assigned = Assignments.In(loop);
        var before = _env;
        Operand AtEntry(ISymbol variable) => before.Get(variable)! switch
        {
            { Type: ArrayType } array => (Operand?)Locate(array) ?? array,
            { Type: TextType } text => new SymbolConstant(text.Type, Merged),
            var other => other,
        };
        var entry = before.Variables.OfType<ISymbol>().Where(assigned.Contains).OrderBy(v => v.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0)
            .ToDictionary<ISymbol, object, Operand>(v => v, AtEntry);
        var flags = new List<object>();
        if (Assignments.JumpsOut(loop))
        {
            foreach (var outer in _jumps)
            {
                flags.Add(outer.Skip);
                if (outer.IsLoop) flags.Add(outer.Exit);
            }

            // While the loop goes on nobody has jumped out of it.
            foreach (var flag in flags) entry[flag] = BoolConstant.False;
            if (before.Get(_result) is { } result) entry[_result] = result;
        }

        while (true)
        {
            var target = new JumpTarget(isLoop: true, breakLabel, continueLabel);
            var inner = before.Copy();
            var inside = new Dictionary<object, Operand>();
            foreach (var variable in entry)
            {
                var name = variable.Key is ISymbol symbol ? symbol.Name : variable.Key == _result ? "result" : "";
                Operand Fresh(Operand leaf) => leaf.Type is not ScalarType
                    ? leaf
                    : _values.Fresh(leaf.Type, leaf == variable.Value ? name : "") with { IsUserNamed = variable.Key is ISymbol && leaf == variable.Value };
                inside[variable.Key] = variable.Value.Type is ArrayType { IsTensor: true } ? variable.Value : Composite.Map(variable.Value, Fresh);
                if (inside[variable.Key] is ArrayChoice { Count: Value count }) _counts.Add(count);
                inner.Set(variable.Key, flags.Contains(variable.Key) ? BoolConstant.False
                    : variable.Key == _result ? Default(variable.Value.Type)
                    : inside[variable.Key]);
            }

            inner.Set(target.Skip, BoolConstant.False);
            inner.Set(target.Exit, BoolConstant.False);
            var block = _block;
            _jumps.Add(target);
            (_block, _env) = (new BlockBuilder(_values) { Line = block.Line }, inner);
            condition?.Invoke();
            body();
            _jumps.RemoveAt(_jumps.Count - 1);
            var after = _env;
            var next = entry.Keys.ToDictionary(variable => variable, variable => after.IsDead ? inside[variable] : after.Get(variable) ?? inside[variable]);
            var again = !after.IsDead && arrays.Keep(entry, inside, next, _result);
            var tensors = entry.Where(v => v.Value is { Type: ArrayType { IsTensor: true } } and not SymbolConstant);
            foreach (var tensor in tensors.Where(v => !next[v.Key].Equals(v.Value)).ToList())
            {
                entry[tensor.Key] = new SymbolConstant(tensor.Value.Type, Merged);
                again = true;
            }

            var others = entry.Where(v => v.Value.Type is ArrayType { IsTensor: false } && v.Value is not SymbolConstant { Expression: Merged });
            foreach (var variable in others.ToList())
            {
                if (variable.Value is not ArrayChoice choice)
                {
                    // Assigned in the loop first, and read after it only if it was.
                    if (Locate(next[variable.Key]) is { } first && !Made(_block, first).Any()) entry[variable.Key] = first.Empty();
                }
                else if (Locate(next[variable.Key]) is not { } last || Made(_block, last).Any())
                {
                    entry[variable.Key] = new SymbolConstant(choice.Type, Merged);
                }
                else if (last.Roots.All(root => choice.Has(root.Number)))
                {
                    next[variable.Key] = last.Among(choice.Roots);
                }
                else
                {
                    entry[variable.Key] = choice.Among(last.Roots);
                }

                again |= entry[variable.Key] != variable.Value;
            }

            var lowered = _block;
            (_block, _env) = (block, before);
            if (again) continue;

            var carried = ImmutableArray.CreateBuilder<Carried>();
            var yields = new List<Operand>();
            foreach (var variable in entry)
            {
                if (variable.Value.Type is ArrayType { IsTensor: true } || (variable.Value.Type is not (ScalarType or TupleType) && !IsArray(variable.Value)))
                {
                    // What the loop did not know what to make of inside, it does not know after it either, unlike before it.
                    var isKept = next[variable.Key].Equals(variable.Value) && variable.Value is not SymbolConstant { Expression: Merged };
                    if (!isKept) _env.Set(variable.Key, new SymbolConstant(variable.Value.Type, Merged));
                    continue;
                }

                var inits = new Queue<Operand>(Composite.Leaves(variable.Value));
                var nexts = new Queue<Operand>(Composite.Leaves(next[variable.Key]));
                _env.Set(variable.Key, Composite.Map(inside[variable.Key], leaf =>
                {
                    var param = (Value)leaf;
                    var held = _values.Fresh(param.Type, param.Name) with { IsUserNamed = param.IsUserNamed };
                    carried.Add(new Carried(param, inits.Dequeue(), held));
                    yields.Add(nexts.Dequeue());
                    return held;
                }));
                if (_env.Get(variable.Key) is ArrayChoice { Count: Value length }) _counts.Add(length);
            }

            var exit = after.IsDead ? BoolConstant.False : after.Get(target.Exit);
            return (carried.ToImmutable(), lowered.Build(yields), exit is BoolConstant { Flag: false } ? null : exit);
        }
    }

    private Operand Not(Operand flag) => flag is BoolConstant known ? new BoolConstant(!known.Flag) : _block.Compute(ScalarType.Bool, Opcode.Not, flag);

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
            if (Assignments.In(loop.Body).Contains(index)) return null;
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
            if (!isAlongAxis && (!isOfType || !IsFixed(bound, loop, index))) return null;
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

        /// <summary>Whether the bound is the same in every iteration: it reads no variable the loop assigns and no element.</summary>
        private static bool IsFixed(IOperation bound, IForLoopOperation loop, ILocalSymbol index)
        {
            if (Assignments.HasEffects(bound)) return false;
            var assigned = Assignments.In(loop);
            foreach (var operation in bound.DescendantsAndSelf())
            {
                switch (operation)
                {
                    case ILocalReferenceOperation local when assigned.Contains(local.Local) || SymbolEqualityComparer.Default.Equals(local.Local, index):
                    case IParameterReferenceOperation parameter when assigned.Contains(parameter.Parameter):
                    case IArrayElementReferenceOperation or IImplicitIndexerReferenceOperation:
                    case IPropertyReferenceOperation { Arguments.Length: > 0 }:
                    case IInvocationOperation { TargetMethod.ContainingType.Name: not ("Math" or "MathF") }:
                        return false;
                }
            }

            return true;
        }
    }
}
