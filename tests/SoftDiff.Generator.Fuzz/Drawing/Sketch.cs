namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>A program in the making.</summary>
internal sealed class Sketch(Dice dice, Kind kind)
{
    /// <summary>How often each name was given; the names of helpers' parameters are taken.</summary>
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal)
    {
        ["x"] = 1, ["y"] = 1, ["n"] = 1, ["a"] = 1, ["b"] = 1, ["c"] = 1, ["made"] = 1,
    };

    public Dice Dice { get; } = dice;

    public Kind Kind { get; } = kind;

    public Number Number => Kind.Number;

    /// <summary>How many statements may still be drawn; without any left, statements with bodies and new helpers are not drawn.</summary>
    public int Budget { get; private set; } = dice.Between(4, 11);

    /// <summary>Members beside the method: helpers, rules.</summary>
    public List<string> Members { get; } = [];

    /// <summary>Helpers that were drawn, to be called again.</summary>
    public List<Helper> Helpers { get; } = [];

    /// <summary>Value types that the program declares.</summary>
    public List<Composite> Composites { get; } = [];

    /// <summary>Classes of objects that the program makes.</summary>
    public List<Composite> Classes { get; } = [];

    /// <summary>Whether the reverse sweep may need what objects gave: such a method has fewer transformations.</summary>
    public bool MayReadObjects => Kind.Needs.HasFlag(Parameters.Constants);

    /// <summary>Parameters passed by reference, which local functions may not use.</summary>
    public HashSet<string> ByReference { get; } = new(StringComparer.Ordinal);

    /// <summary><c>&lt;T&gt;</c> in generic programs, for declarations and calls.</summary>
    public string TypeParameters => Number.IsGeneric ? "<T>" : "";

    public string Constraints => Number.IsGeneric ? " where T : IFloatingPointIeee754<T>" : "";

    /// <summary>A name that no other variable of the program has.</summary>
    public string Fresh(string stem)
    {
        _names.TryGetValue(stem, out int count);
        _names[stem] = count + 1;
        return count == 0 ? stem : stem + count;
    }

    /// <summary>Draws statements until the budget is used.</summary>
    public void Statements(Scope scope, Code code, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Budget--;
            Statement[] fitting = [.. Drawing.Statements.All.Where(statement => Kind.Weight(statement) > 0 && statement.Fits(scope))];
            Dice.Weighted(fitting, Kind.Weight).Write(scope, code);
        }
    }

    /// <summary>The body of a branch or of a loop.</summary>
    public void Body(Scope scope, Code code) => Statements(scope, code, Dice.Between(1, scope.MayNest ? 3 : 1));

    /// <summary>Calls a helper that is there, or draws one first.</summary>
    public Helper HelperLike(string form, Func<Helper> draw)
    {
        Helper[] same = [.. Helpers.Where(helper => helper.Form == form)];
        if (same.Length > 0 && (Budget <= 0 || Dice.Chance(0.6))) return Dice.Pick<Helper>(same);
        Helper drawn = draw();
        Helpers.Add(drawn);
        return drawn;
    }
}

/// <summary>A method that the program calls.</summary>
internal sealed record Helper(string Form, string Name);

/// <summary>A statement that can be drawn.</summary>
internal sealed record Statement(string Name, double Weight, Func<Scope, bool> Fits, Action<Scope, Code> Write) : IDrawn;

/// <summary>A term of an expression that can be drawn; the number is the depth left for its operands.</summary>
internal sealed record Term(string Name, double Weight, Func<Scope, bool> Fits, Func<Scope, int, string> Write) : IDrawn;

/// <summary>Something drawn by weight.</summary>
internal interface IDrawn
{
    string Name { get; }

    double Weight { get; }
}
