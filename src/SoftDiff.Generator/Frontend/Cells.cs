using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Frontend;

// Captured variables of bodies that are lowered in place. A delegate may outlive the body that made it; its variables then move to cells. While
// the code of such a delegate is lowered in place itself, they stand under their own names again.
internal sealed partial class FunctionLowering
{
    /// <summary>The cells whose variables stand under their own names at present.</summary>
    private readonly Dictionary<object, ISymbol> _open = new();

    /// <summary>A cell that was opened, and what stood under the name before.</summary>
    private sealed record OpenedCell(ISymbol Variable, object Cell, object? Closed, Operand? Outer);

    /// <summary>Where a captured variable stands at present.</summary>
    private object Located(object variable) => _open.TryGetValue(variable, out var symbol) ? symbol : variable;

    /// <summary>The cell whose variable stands under its own name at present; null if the variable is no such one.</summary>
    private object? OpenCell(ISymbol variable) => _open.FirstOrDefault(o => SymbolEqualityComparer.Default.Equals(o.Value, variable)).Key;

    private List<OpenedCell> Open(Closure closure)
    {
        var opened = new List<OpenedCell>();
        foreach (var variable in closure.Captured.Where(v => closure.Cells.ContainsKey(v)))
        {
            var cell = closure.Cells[variable];
            if (SymbolEqualityComparer.Default.Equals(Located(cell) as ISymbol, variable)) continue;
            var closed = OpenCell(variable);
            if (closed is not null)
            {
                _point.Env.Set(closed, _point.Env.Get(variable)!);
                _open.Remove(closed);
            }

            opened.Add(new OpenedCell(variable, cell, closed, closed is null ? _point.Env.Get(variable) : null));
            if (_point.Env.Get(Located(cell)) is { } value) _point.Env.Set(variable, value);
            _open[cell] = variable;
        }

        return opened;
    }

    private void Close(List<OpenedCell> opened)
    {
        foreach (var (variable, cell, closed, outer) in Enumerable.Reverse(opened))
        {
            if (_point.Env.Get(variable) is { } value) _point.Env.Set(cell, value);
            _open.Remove(cell);
            if (closed is not null) _open[closed] = variable;
            if ((closed is null ? outer : _point.Env.Get(closed)) is { } before) _point.Env.Set(variable, before);
        }
    }

    /// <summary>
    /// At the end of a body: moves the variables of the body that living delegates capture to cells. Returns the result, which may be such a
    /// delegate.
    /// </summary>
    private Operand? Leave(IMethodSymbol method, Environment before, Operand? result)
    {
        var moved = new Dictionary<ISymbol, Cell>(SymbolEqualityComparer.Default);
        foreach (var variable in before.Variables.ToList())
        {
            if (_point.Env.Get(variable) is { Type: StaticType } value) _point.Env.Set(variable, Move(value, method, moved));
        }

        return result is { Type: StaticType } ? Move(result, method, moved) : result;
    }

    private Operand Move(Operand value, IMethodSymbol method, Dictionary<ISymbol, Cell> moved) => value switch
    {
        Closure closure => Move(closure, method, moved),
        Sequence sequence => sequence with { Parts = sequence.Parts.Select(part => Move(part, method, moved)).ToImmutableArray() },
        _ => value,
    };

    private Closure Move(Closure closure, IMethodSymbol method, Dictionary<ISymbol, Cell> moved)
    {
        var cells = closure.Cells;
        foreach (var variable in closure.Captured.Where(v => !closure.Cells.ContainsKey(v) && LocalFunctions.IsInside(v, method)))
        {
            if (!moved.TryGetValue(variable, out var cell))
            {
                moved[variable] = cell = new Cell(variable.Name);
                if (_point.Env.Get(variable) is { } value) _point.Env.Set(cell, Move(value, method, moved));
            }

            cells = cells.SetItem(variable, cell);
        }

        return closure with { Cells = cells };
    }
}
