namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>LINQ over arrays, whose lambdas see the variables around them.</summary>
internal static class QueryTerms
{
    public static IReadOnlyList<Term> All { get; } =
    [
        new("query", 0.3, s => s.MayCall && s.Number.IsDouble && Arrays(s).Any(), Reduce),
        new("query of pairs", 0.2, s => s.MayCall && s.Number.IsDouble && Arrays(s).Any(), Pairs),
        new("query of a range", 0.2, s => s.MayCall && s.Number.IsDouble && s.Integers.Count > 0,
            (s, d) => $"Enumerable.Range(0, {s.Dice.Pick<string>(s.Integers)}).Sum({Lambda(s, d, isPosition: true)})"),
        new("query of values", 0.3, s => s.MayCall && s.Number.IsDouble && s.ValueBuffers.Any(buffer => buffer.IsArray), OfValues),
    ];

    public static IEnumerable<Buffer> Arrays(Scope s) => s.Buffers.Where(buffer => buffer.IsArray);

    /// <summary>A lambda of one number.</summary>
    /// <param name="isPosition">Whether the number is an integer.</param>
    public static string Lambda(Scope s, int depth, bool isPosition = false)
    {
        Scope inner = s.LocalFunction();
        string v = s.Sketch.Fresh("e");
        if (isPosition) inner.Integers.Add(v);
        else inner.Scalars.Add(new Scalar(v, IsAssignable: false));
        return $"{v} => {Terms.Bounded(inner, depth)}";
    }

    /// <summary>A lambda of an element and its position.</summary>
    public static string WithPosition(Scope s, int depth)
    {
        Scope inner = s.LocalFunction();
        (string v, string i) = (s.Sketch.Fresh("e"), s.Sketch.Fresh("i"));
        inner.Scalars.Add(new Scalar(v, IsAssignable: false));
        inner.Integers.Add(i);
        return $"({v}, {i}) => {Terms.Bounded(inner, depth)}";
    }

    /// <summary>A lambda of two numbers.</summary>
    private static string OfTwo(Scope s, int depth)
    {
        Scope inner = s.LocalFunction();
        (string u, string v) = (s.Sketch.Fresh("e"), s.Sketch.Fresh("e"));
        inner.Scalars.AddRange([new Scalar(u, IsAssignable: false), new Scalar(v, IsAssignable: false)]);
        return $"({u}, {v}) => {Terms.Bounded(inner, depth)} + {s.Number.Literal("0.5")} * {v}";
    }

    private static string Condition(Scope s)
    {
        string v = s.Sketch.Fresh("e");
        return $"{v} => {v} {s.Dice.Pick(">", "<")} {s.Number.Literal(s.Dice.Decimal())}";
    }

    private static string Reduce(Scope s, int depth)
    {
        string x = s.Dice.Pick([.. Arrays(s)]).Name;
        return s.Dice.Below(9) switch
        {
            0 => $"{x}.Sum()",
            1 => $"{x}.Sum({Lambda(s, depth)})",
            2 => $"{x}.Select({Lambda(s, depth)}).Sum({Lambda(s, depth)})",
            3 => $"{x}.Select({WithPosition(s, depth)}).Sum()",
            4 => $"{x}.Aggregate({Terms.Bounded(s, depth)}, {OfTwo(s, depth)})",
            5 => $"{x}.Where({Condition(s)}).Sum({Lambda(s, depth)})",
            6 => $"({x}.Length > 0 ? {x}.Average({Lambda(s, depth)}) : {Terms.Draw(s, depth)})",
            7 => $"{x}.Sum(Math.{s.Dice.Pick("Sin", "Tanh")})",
            _ => Extremum(s, x),
        };
    }

    /// <summary>Of numbers that are apart, since ties are kinks.</summary>
    private static string Extremum(Scope s, string x)
    {
        (string v, string i) = (s.Sketch.Fresh("e"), s.Sketch.Fresh("i"));
        string apart = $"({v}, {i}) => {s.Dice.Pick("0.4", "-0.4")} * {i} + 0.1 * Math.Sin({v})";
        return $"({x}.Length > 0 ? {x}.Select({apart}).{s.Dice.Pick("Max", "Min")}() : 0.5)";
    }

    private static string Pairs(Scope s, int depth)
    {
        (string x, string y) = (s.Dice.Pick([.. Arrays(s)]).Name, s.Dice.Pick([.. Arrays(s)]).Name);
        return $"{x}.Zip({y}, {OfTwo(s, depth)}).Sum()";
    }

    private static string OfValues(Scope s, int depth)
    {
        ValueBuffer buffer = s.Dice.Pick([.. s.ValueBuffers.Where(buffer => buffer.IsArray)]);
        string v = s.Sketch.Fresh("e");
        Scope inner = s.LocalFunction();
        inner.Declare(new Value(v, buffer.Type, IsAssignable: false));
        return $"{buffer.Name}.Sum({v} => {Terms.Bounded(inner, depth)})";
    }
}
