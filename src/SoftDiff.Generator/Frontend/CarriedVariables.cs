using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// Finds what a loop carries from one iteration to the next: the variables it assigns that live outside it, and the flags of jumps out of it.
/// </summary>
internal sealed class CarriedVariables
{
    private readonly Point _point;
    private readonly ArrayVariables _arrays;
    private readonly Branches _branches;
    private readonly Jumps _jumps;

    public CarriedVariables(Point point, Branches branches, Jumps jumps) => (_point, _branches, _arrays, _jumps) = (point, branches, branches.Arrays, jumps);

    /// <summary>
    /// Whether the loop may give a field of an object, or a part of one, another value. Methods that it calls may set any number.
    /// </summary>
    private static bool MayChange(MadeField field, object variable, Operand value, SyntaxNode loop) =>
        !field.IsFixed
        && ((variable is MadeField && value.Type is ScalarType or ProductType)
            || ((variable is Part || ArrayVariables.IsArray(value)) && (Assigns(loop, field.Symbol.Name) || IsAssigned(field.Symbol))));

    private static bool IsAssigned(ISymbol field) => field.ContainingType is { } type
        && type.DeclaringSyntaxReferences.Any(part => Assigns(part.GetSyntax(), (field as IFieldSymbol)?.AssociatedSymbol?.Name ?? field.Name));

    /// <summary>Whether code assigns something of that name, in a constructor apart.</summary>
    private static bool Assigns(SyntaxNode code, string name) => code.DescendantNodes(node => node is not ConstructorDeclarationSyntax)
        .OfType<AssignmentExpressionSyntax>().Any(a => a.Left.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault()?.Identifier.ValueText == name);

    /// <summary>
    /// Lowers a loop body in an environment where everything the loop assigns is carried; afterwards the variables hold the results. The
    /// set of arrays that an array variable may hold is found by iteration: if an attempt meets a new array, the body is lowered again.
    /// </summary>
    public (ImmutableArray<Carried> Carried, Block Body, Operand? Exit) Lower(
        ILoopOperation loop, ILabelSymbol? breakLabel, ILabelSymbol? continueLabel, Action body, Action? condition, Value? index = null) =>
        Lower(loop.Syntax, Assignments.In(loop), Assignments.JumpsOut(loop), breakLabel, continueLabel, body, condition, index);

    /// <summary>As the other, for a loop that no statement of the user's stands for.</summary>
    public (ImmutableArray<Carried> Carried, Block Body, Operand? Exit) Lower(
        SyntaxNode loop, HashSet<ISymbol> assigned, bool jumpsOut, ILabelSymbol? breakLabel, ILabelSymbol? continueLabel, Action body, Action? condition, Value? index)
    {
        var arrays = new LoopArrays(_point, _branches, loop, index);
        var before = _point.Env;
        var objects = new LoopObjects(before);
        Operand AtEntry(object variable) => before.Held(variable)! switch
        {
            { Type: ArrayType } array => (Operand?)_arrays.Locate(array) ?? array,
            { Type: TextType or StructArrayType } other => new SymbolConstant(other.Type, ArrayVariables.Merged),
            var value => value,
        };
        var entry = before.Variables.Where(v => Environment.SymbolOf(v) is { } symbol && assigned.Contains(symbol))
            .OrderBy(v => Environment.SymbolOf(v)!.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0).ThenBy(v => v is Part part ? part.Index : 0)
            .ToDictionary(v => v, AtEntry);
        foreach (var variable in before.Variables.Where(v => Environment.FieldOf(v) is { } field && MayChange(field, v, before.Held(v)!, loop)).ToList())
        {
            entry[variable] = AtEntry(variable);
        }

        var flags = new List<object>();
        if (jumpsOut)
        {
            foreach (var outer in _jumps.Targets)
            {
                flags.Add(outer.Skip);
                if (outer.IsLoop) flags.Add(outer.Exit);
            }

            // No jump flag is set as long as the loop continues.
            foreach (var flag in flags) entry[flag] = BoolConstant.False;
            foreach (var result in before.Variables.Where(IsResult)) entry[result] = before.Held(result)!;
        }

        bool IsResult(object variable) => (variable is Part part ? part.Variable : variable) == _jumps.Result;

        while (true)
        {
            var target = new JumpTarget(isLoop: true, breakLabel, continueLabel);
            var inner = before.Copy();
            var inside = new Dictionary<object, Operand>();
            foreach (var variable in entry)
            {
                var own = before.NameOf(variable.Key);
                var names = new Queue<string>(Product.Names(variable.Value, IsResult(variable.Key) ? "result" : own));
                Operand Fresh(Operand leaf)
                {
                    var name = names.Dequeue();
                    return leaf.Type is not ScalarType ? leaf
                        : _point.Values.Fresh(leaf.Type, name) with { IsUserNamed = own.Length > 0 && name.Length > 0 };
                }

                inside[variable.Key] = variable.Value.Type is ArrayType { IsTensor: true } ? variable.Value : Composite.Map(variable.Value, Fresh);
                if (inside[variable.Key] is ArrayChoice { Count: Value count }) _arrays.AddCount(count);
                inner.Set(variable.Key, flags.Contains(variable.Key) ? BoolConstant.False
                    : IsResult(variable.Key) ? Constants.Default(variable.Value.Type)
                    : inside[variable.Key]);
            }

            inner.Set(target.Skip, BoolConstant.False);
            inner.Set(target.Exit, BoolConstant.False);
            var block = _point.Block;
            _jumps.Enter(target);
            (_point.Block, _point.Env) = (new BlockBuilder(_point.Values) { Line = block.Line }, inner);
            var around = _point.IterationStart;
            _point.IterationStart = _point.Values.Next;
            condition?.Invoke();
            body();
            _point.IterationStart = around;
            _jumps.Leave();
            var after = _point.Env;
            objects.Store(after);
            var next = entry.Keys.ToDictionary(variable => variable, variable => after.IsDead ? inside[variable] : after.Held(variable) ?? inside[variable]);
            var again = !after.IsDead && arrays.Keep(entry, inside, next, IsResult);
            var known = entry.Where(v => !IsMerged(v.Value) && (IsKnown(v.Value.Type) || IsKnown(next[v.Key].Type)));
            foreach (var variable in known.Where(v => !next[v.Key].Equals(v.Value)).ToList())
            {
                again = true;
                if (objects.Give(variable.Key, variable.Value, next[variable.Key], after))
                {
                    entry[variable.Key] = before.Held(variable.Key)!;
                    continue;
                }

                var type = IsKnown(variable.Value.Type) ? variable.Value.Type : next[variable.Key].Type;
                entry[variable.Key] = new SymbolConstant(type, ArrayVariables.Merged);
            }

            var others = entry.Where(v => v.Value.Type is ArrayType { IsTensor: false } && !IsMerged(v.Value));
            foreach (var variable in others.ToList())
            {
                if (variable.Value is not ArrayChoice choice)
                {
                    // The loop assigns the variable first, and later code reads it only if the loop did.
                    if (_arrays.Locate(next[variable.Key]) is { } first && !ArrayMerges.Made(_point.Block, first).Any()) entry[variable.Key] = first.Empty();
                }
                else if (_arrays.Locate(next[variable.Key]) is not { } last || ArrayMerges.Made(_point.Block, last).Any())
                {
                    entry[variable.Key] = new SymbolConstant(choice.Type, ArrayVariables.Merged);
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

            var lowered = _point.Block;
            (_point.Block, _point.Env) = (block, before);
            foreach (var missed in before.Variables.Where(v => !entry.ContainsKey(v) && IsChanged(before, after, v)).ToList())
            {
                // A delegate or a method that the body calls assigned it, or it is a field of an object that a variable has for all iterations.
                entry[missed] = AtEntry(missed);
                again = true;
            }

            if (again) continue;

            var carried = ImmutableArray.CreateBuilder<Carried>();
            var yields = new List<Operand>();
            foreach (var variable in entry)
            {
                var isCarried = variable.Value.Type is ScalarType or ProductType || ArrayVariables.IsArray(variable.Value);
                if (variable.Value.Type is ArrayType { IsTensor: true } || !isCarried)
                {
                    // An array variable whose contents are unknown in the loop is unknown after it as well, whatever it held before.
                    var isKept = next[variable.Key].Equals(variable.Value) && !IsMerged(variable.Value);
                    if (!isKept) _point.Env.Set(variable.Key, new SymbolConstant(variable.Value.Type, ArrayVariables.Merged));
                    continue;
                }

                var inits = new Queue<Operand>(Composite.Leaves(variable.Value));
                var nexts = new Queue<Operand>(Composite.Leaves(next[variable.Key]));
                _point.Env.Set(variable.Key, Composite.Map(inside[variable.Key], leaf =>
                {
                    var param = (Value)leaf;
                    var held = _point.Values.Fresh(param.Type, param.Name) with { IsUserNamed = param.IsUserNamed };
                    carried.Add(new Carried(param, inits.Dequeue(), held));
                    yields.Add(nexts.Dequeue());
                    return held;
                }));
                if (_point.Env.Held(variable.Key) is ArrayChoice { Count: Value length }) _arrays.AddCount(length);
            }

            var exit = after.IsDead ? BoolConstant.False : after.Get(target.Exit);
            return (carried.ToImmutable(), lowered.Build(yields), exit is BoolConstant { Flag: false } ? null : exit);
        }
    }

    /// <summary>
    /// Whether a variable holds another value after the body than before. The frontend's own variables are carried as jumps need them.
    /// </summary>
    private static bool IsChanged(Environment before, Environment after, object variable) =>
        variable is not (Slot or Part { Variable: Slot }) && !after.IsDead
        && after.Held(variable) is { } last && !last.Equals(before.Held(variable));

    /// <summary>
    /// Whether lowering must know which value a variable of the type holds. No value of the IR can stand for one or another.
    /// </summary>
    private static bool IsKnown(IrType type) => type is ArrayType { IsTensor: true } or StaticType or MadeType;

    private static bool IsMerged(Operand value) => value is SymbolConstant { Expression: ArrayVariables.Merged };
}
