using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using SoftDiff.Generator.Frontend.Trees;

namespace SoftDiff.Generator.Frontend;

/// <summary>A variable that a delegate captures, as a parameter of the function in which the delegate is called.</summary>
/// <param name="Source">Its key in the environment of the caller.</param>
/// <param name="Inside">Its key in the environment of the function.</param>
/// <param name="Value">What it holds at the call.</param>
/// <param name="IsAssigned">Whether the function may assign it.</param>
internal sealed record CapturedVariable(object Source, object Inside, Operand Value, bool IsAssigned)
{
    /// <summary>Its scalars and arrays: a parameter each.</summary>
    public ImmutableArray<Operand> Leaves => Flat(Value).ToImmutableArray();

    public string Name => Specialization.NameOf(Inside);

    /// <summary>The value in the function, from its parameters.</summary>
    public Operand Rebuild(Queue<Operand> leaves) => Rebuild(Value, leaves);

    private static IEnumerable<Operand> Flat(Operand value) =>
        value is Composite composite and not ArrayChoice ? composite.Parts.SelectMany(Flat) : new[] { value };

    private static Operand Rebuild(Operand value, Queue<Operand> leaves) => value is Composite composite and not ArrayChoice
        ? composite.With(composite.Parts.Select(part => Rebuild(part, leaves)).ToImmutableArray())
        : leaves.Dequeue();
}

/// <summary>
/// What is known of the delegates in a function: those that it is called with, and those that its code captures. The function is lowered once for
/// each specialization, like a generic method for each of its type arguments. The variables that the delegates capture are parameters of it.
/// </summary>
internal sealed class Specialization
{
    private readonly Dictionary<object, object> _inside;
    private readonly List<CapturedVariable> _captured = new();
    private readonly List<(object Variable, Operand Value)> _fixed = new();
    private readonly Dictionary<MadeFields, MadeObject> _trees = new();
    private readonly Dictionary<int, Operand> _arguments = new();
    private readonly HashSet<object> _assigned;
    private readonly Func<object, Operand?> _read;
    private readonly StringBuilder _key = new();

    private Specialization(Func<object, Operand?> read)
    {
        _read = read;
        _inside = new Dictionary<object, object>(Environment.Keys);
        _assigned = new HashSet<object>(Environment.Keys);
    }

    /// <summary>The lambda or local function that is the body of the function; null for a method.</summary>
    public Closure? Code { get; private set; }

    /// <summary>Equal for functions that are the same.</summary>
    public string Key => _key.ToString();

    /// <summary>The delegates and sequences among the arguments, by the positions of their parameters.</summary>
    public IReadOnlyDictionary<int, Operand> Arguments => _arguments;

    /// <summary>The captured variables that are parameters.</summary>
    public IReadOnlyList<CapturedVariable> Captured => _captured;

    /// <summary>The captured variables whose contents are part of the specialization: delegates that other delegates capture.</summary>
    public IReadOnlyList<(object Variable, Operand Value)> Fixed => _fixed;

    /// <summary>A captured variable that no parameter can stand for.</summary>
    public object? Lost { get; private set; }

    /// <param name="code">The lambda or local function that is called through a delegate.</param>
    /// <param name="arguments">The delegates that are passed, with the positions of their parameters.</param>
    /// <param name="read">Reads a variable of the caller.</param>
    public static Specialization Of(Closure? code, IEnumerable<(int Ordinal, Operand Value)> arguments, Func<object, Operand?> read)
    {
        var known = new Specialization(read);
        if (code?.Body is not null)
        {
            known.Code = code;
            foreach (var variable in code.Captured) known._inside[code.Home(variable)] = variable;
            known.Mark(code);
            foreach (var variable in code.Captured) known.Add(code.Home(variable), variable);
        }

        foreach (var (ordinal, value) in arguments)
        {
            known._key.Append(';').Append(ordinal.ToString(CultureInfo.InvariantCulture)).Append('=');
            known._arguments[ordinal] = known.Enter(value);
        }

        // Which variables are assigned is known when all delegates are.
        for (var i = 0; i < known._captured.Count; i++)
        {
            var variable = known._captured[i];
            var isAssigned = known._assigned.Contains(variable.Source);
            known._captured[i] = variable with { IsAssigned = isAssigned };
            if (isAssigned) known._key.Append('!').Append(i.ToString(CultureInfo.InvariantCulture));
        }

        return known;
    }

    /// <summary>The name of a captured variable.</summary>
    public static string NameOf(object variable) =>
        variable switch { ISymbol symbol => symbol.Name, MadeField field => field.Name, _ => ((Cell)variable).Name };

    /// <summary>The delegate as the function knows it.</summary>
    private Operand Enter(Operand value)
    {
        if (value is Sequence sequence) return Enter(sequence);
        if (value is not Closure closure)
        {
            _key.Append(value is SymbolConstant constant ? constant.Expression : value.Type.ToString());
            return value;
        }

        _key.Append(closure.Key).Append('(');
        Mark(closure);
        var cells = closure.Cells;
        foreach (var variable in closure.Captured)
        {
            cells = cells.SetItem(variable, Inside(closure.Home(variable), variable.Name));
        }

        _key.Append(')');
        return closure with { Cells = cells };
    }

    private Operand Enter(Sequence sequence)
    {
        _key.Append(sequence.Key).Append('(');
        var cells = sequence.Cells.Select(cell => Inside(cell, NameOf(cell))).ToImmutableArray();
        var parts = sequence.Parts.Select(Enter).ToImmutableArray();
        _key.Append(')');
        return sequence with { Cells = cells, Parts = parts };
    }

    /// <summary>
    /// The variable of the function that stands for one of the caller. Delegates that share a variable share it in the function too.
    /// </summary>
    private object Inside(object home, string name)
    {
        if (!_inside.TryGetValue(home, out var inside))
        {
            _inside[home] = inside = new Cell(name);
            Add(home, inside);
        }

        _key.Append(_inside.Values.ToList().IndexOf(inside).ToString(CultureInfo.InvariantCulture)).Append(',');
        return inside;
    }

    private void Add(object home, object inside)
    {
        switch (_read(home))
        {
            case MadeObject { IsTree: true } tree:
                // Its members do not change, so the function gets them all.
                // Two names for one object stay names for one.
                if (!_trees.TryGetValue(tree.Fields, out var own))
                {
                    own = _trees[tree.Fields] = tree with { Fields = new MadeFields { IsFixed = true } };
                    foreach (var (field, inner) in tree.Fields.CopyTo(own.Fields)) Add(field, inner);
                }

                _key.Append('=').Append(_trees.Keys.ToList().IndexOf(tree.Fields).ToString(CultureInfo.InvariantCulture)).Append(',');
                _fixed.Add((inside, own));
                break;
            case TreeObjects list:
                // So it is with the objects in a list.
                var cells = list.Cells.Select(cell => (Old: cell, New: new Cell(cell.Name))).ToList();
                cells.ForEach(cell => Add(cell.Old, cell.New));
                _fixed.Add((inside, list with { Cells = cells.Select(cell => cell.New).ToImmutableArray() }));
                break;
            case null:
            case { Type: MadeType }:
            case ThrownText text when ThrownText.AsString(text) is null:
                Lost ??= inside;
                break;
            case { Type: StaticType } value:
                _key.Append('[');
                var index = _fixed.Count;
                _fixed.Add((inside, value));
                _fixed[index] = (inside, Enter(value));
                _key.Append(']');
                break;
            case SymbolConstant { Type: not ScalarType } value:
                // A constant array has the same name in every function of the module, and may be compared with null there.
                _key.Append(value.Expression);
                _fixed.Add((inside, value));
                break;
            case var value:
                var variable = new CapturedVariable(home, inside, ThrownText.AsString(value) ?? value, false);
                _key.Append(string.Join(",", variable.Leaves.Select(leaf => leaf.Type.ToString())));
                _captured.Add(variable);
                break;
        }
    }

    private void Mark(Closure closure)
    {
        if (closure.Body is null) return;
        var assigned = Frontend.Assignments.In(closure.Body.Block);
        foreach (var variable in closure.Captured.Where(assigned.Contains)) _assigned.Add(closure.Home(variable));
    }
}
