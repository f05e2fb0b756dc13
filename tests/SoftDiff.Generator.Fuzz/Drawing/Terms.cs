namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Expressions of the program's number type. Values stay bounded, and arguments of roots and logarithms stay positive.</summary>
internal static class Terms
{
    private static readonly Term[] s_leaves =
    [
        new("literal", 1, _ => true, (s, _) => s.Number.Literal(s.Dice.Decimal())),
        new("scalar", 5, s => s.Scalars.Count > 0, (s, _) => s.Dice.Pick<Scalar>(s.Scalars).Name),
        new("element", 6, s => Places(s, written: false).Count > 0, (s, _) => s.Dice.Pick<string>(Places(s, written: false))),
        new("integer", 0.7, s => s.Integers.Count > 0,
            (s, _) => $"({s.Number.Literal(s.Dice.Decimal())} * {s.Number.OfInteger(s.Dice.Pick<string>(s.Integers))})"),
    ];

    private static readonly Term[] s_operations =
    [
        new("add", 3, _ => true, (s, d) => $"({Draw(s, d)} + {Draw(s, d)})"),
        new("subtract", 2, _ => true, (s, d) => $"({Draw(s, d)} - {Draw(s, d)})"),
        new("multiply", 4, _ => true, (s, d) => $"({Draw(s, d)} * {Draw(s, d)})"),
        new("negate", 0.5, _ => true, (s, d) => $"(-{Draw(s, d)})"),
        new("divide", 1, _ => true, (s, d) => $"({Draw(s, d)} / {Positive(s, d)})"),
        new("bounded", 3, _ => true, (s, d) => Bounded(s, d)),
        new("exp", 1, _ => true, (s, d) => s.Number.Call("Exp", "-" + Positive(s, d))),
        new("sinh", 0.3, _ => true, (s, d) => s.Number.Call("Sinh", Bounded(s, d))),
        new("sqrt", 1, _ => true, (s, d) => s.Number.Call("Sqrt", Positive(s, d))),
        new("log", 1, _ => true, (s, d) => s.Number.Call("Log", Positive(s, d))),
        new("power", 0.5, _ => true, (s, d) => s.Number.Call("Pow", Positive(s, d), Bounded(s, d))),
        new("extremum", 0.7, _ => true, (s, d) => s.Number.Call(s.Dice.Pick("Max", "Min"), Draw(s, d), Draw(s, d))),
        new("abs", 0.4, _ => true, (s, d) => s.Number.Call("Abs", Draw(s, d))),
        new("conditional", 1, _ => true, (s, d) => $"({Conditions.Draw(s)} ? {Draw(s, d)} : {Draw(s, d)})"),
        new("switch expression", 0.4, s => s.Integers.Count > 0, Choice),
        new("pattern", 0.3, s => !s.Number.IsGeneric && s.Scalars.Count > 0, Pattern),
        new("assignment", 0.3, s => s.Assignable.Any(), (s, d) => $"({s.Dice.Pick([.. s.Assignable]).Name} = {Bounded(s, d)})"),
        new("stopped", 0.3, _ => true, (s, d) => $"Diff.StopGradient({Draw(s, d)})"),
        .. SoftTerms.All,
        .. CallTerms.All,
        .. ValueTerms.All,
        .. QueryTerms.All,
        .. DelegateStatements.Calls,
        .. ObjectStatements.Reads,
    ];

    /// <summary>The names by which kinds refer to what is drawn.</summary>
    public static IEnumerable<Term> All => [.. s_leaves, .. s_operations];

    public static string Draw(Scope scope, int depth)
    {
        Kind kind = scope.Sketch.Kind;
        Term[] from = depth <= 0 || scope.Dice.Chance(0.15) ? s_leaves : s_operations;
        Term[] fitting = [.. from.Where(term => kind.Weight(term) > 0 && term.Fits(scope))];
        return scope.Dice.Weighted(fitting, kind.Weight).Write(scope, depth - 1);
    }

    /// <summary>An expression at most about 1 in size.</summary>
    public static string Bounded(Scope scope, int depth) =>
        scope.Number.Call(scope.Dice.Pick("Sin", "Cos", "Tanh", "Atan"), Draw(scope, depth));

    /// <summary>At least 1.1.</summary>
    public static string Positive(Scope scope, int depth)
    {
        string inner = Bounded(scope, depth);
        return scope.Dice.Chance(0.5) || scope.Number.IsGeneric
            ? $"({scope.Number.Literal("2.7")} + {inner})"
            : $"({scope.Number.Literal("1.1")} + {inner} * {inner})";
    }

    /// <summary>A value for a variable: bounded, since loops run it again.</summary>
    public static string Value(Scope scope)
    {
        int depth = scope.Dice.Between(1, 3);
        return scope.Dice.Chance(0.75) ? Bounded(scope, depth)
            : $"({scope.Number.Literal("0.3")} * {Bounded(scope, depth)} + {Draw(scope, 0)})";
    }

    /// <summary>Elements that are in range here.</summary>
    public static List<string> Places(Scope scope, bool written) =>
    [
        .. from index in scope.Indices
           from buffer in scope.Buffers
           where ReferenceEquals(buffer.Length, index.Length) && (buffer.IsWritable || !written)
           select $"{buffer.Name}[{index.Text}]",
        .. from buffer in scope.Buffers
           where buffer.IsWritable || !written
           where buffer.Length.Constant is > 0
           from i in Enumerable.Range(0, buffer.Length.Constant!.Value)
           select $"{buffer.Name}[{i}]",
        .. from tensor in scope.Tensors
           where tensor.IsWritable || !written
           from row in scope.Indices
           where ReferenceEquals(row.Length, tensor.Rows)
           from column in scope.Indices
           where ReferenceEquals(column.Length, tensor.Columns)
           select $"{tensor.Name}[{row.Text}, {column.Text}]",
        .. from buffer in scope.Buffers
           where buffer.IsWritable || !written
           where buffer.Length.Factors is not null
           let factors = buffer.Length.Factors!.Value
           from row in scope.Indices
           where ReferenceEquals(row.Length, factors.Rows)
           from column in scope.Indices
           where ReferenceEquals(column.Length, factors.Columns)
           select $"{buffer.Name}[{Group(row.Text)} * {factors.Columns.Spellings[0]} + {column.Text}]",
        .. Values.Places(scope, written),
    ];

    private static string Group(string index) => index.Contains(' ') ? $"({index})" : index;

    private static string Choice(Scope s, int depth)
    {
        string chosen = s.Dice.Pick<string>(s.Integers);
        string governing = s.Dice.Chance(0.5) ? chosen : $"({chosen} % 3)";
        return $"({governing} switch {{ 0 => {Draw(s, depth)}, 1 => {Draw(s, depth)}, _ => {Draw(s, depth)} }})";
    }

    private static string Pattern(Scope s, int depth)
    {
        string Bound(string digits) => s.Number.Literal(digits);
        return $"({s.Dice.Pick<Scalar>(s.Scalars).Name} switch {{ < {Bound("-0.4")} => {Draw(s, depth)}, "
            + $"< {Bound("0.6")} => {Draw(s, depth)}, _ => {Draw(s, depth)} }})";
    }
}
