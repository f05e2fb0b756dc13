namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Operators and rules that write spans.</summary>
internal static class OperatorStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("elementwise", 0.5, s => s.Number.IsDouble && Targets(s).Any(), Elementwise),
        new("row operator", 0.4, s => s.Number.IsDouble && s.Lengths.Count > 0 && s.Loops < 2, RowOperator),
        new("span rule", 0.3, s => s.Number.IsDouble && s.MayCall && Targets(s).Any(), SpanRule),
    ];

    private static IEnumerable<Buffer> Targets(Scope s) => s.Buffers.Where(buffer => buffer.IsWritable);

    private static Buffer Like(Scope s, Buffer other) => s.Dice.Pick([.. s.Buffers.Where(buffer => ReferenceEquals(buffer.Length, other.Length))]);

    private static void Elementwise(Scope s, Code code)
    {
        Buffer to = s.Dice.Pick([.. Targets(s)]);
        (string x, string y) = (Like(s, to).Name, Like(s, to).Name);
        code.Line(s.Dice.Below(8) switch
        {
            0 => $"TensorPrimitives.Add<double>({x}, {y}, {to.Name});",
            1 => $"TensorPrimitives.Multiply<double>({x}, {Terms.Bounded(s, 1)}, {to.Name});",
            2 => $"TensorPrimitives.Multiply<double>({x}, {y}, {to.Name}); TensorPrimitives.Tanh<double>({to.Name}, {to.Name});",
            3 => $"TensorPrimitives.Tanh<double>({x}, {to.Name});",
            4 => $"TensorPrimitives.Negate<double>({x}, {to.Name});",
            5 => $"TensorPrimitives.Add<double>({x}, {Terms.Bounded(s, 1)}, {to.Name});",
            6 => $"if ({to.Name}.Length > 0) Soft.Softmax({x}, {to.Name});",
            _ => $"if ({to.Name}.Length > 0) Soft.Relu({x}, {to.Name}, {SoftTerms.Softness(s)});",
        });
    }

    /// <summary>Sorting and its kin, of numbers that are apart, since ties are kinks.</summary>
    private static void RowOperator(Scope s, Code code)
    {
        Length length = s.Dice.Pick<Length>(s.Lengths);
        string n = length.Spellings[0], z = s.Sketch.Fresh("z"), to = s.Sketch.Fresh("o"), i = s.Sketch.Fresh("i"), v = s.Sketch.Fresh("v");
        Scope body = s.Loop();
        body.Indices.Add(new Index(i, length));
        code.Line($"double[] {z} = new double[{n}], {to} = new double[{n}];");
        code.Line($"for (int {i} = 0; {i} < {n}; {i}++) {z}[{i}] = {s.Dice.Pick("0.4", "-0.4")} * {i} + 0.1 * {Terms.Bounded(body, 1)};");
        code.Line($"double {v} = 0;");
        code.Open($"if ({z}.Length > 1)");
        code.Line($"Soft.{s.Dice.Pick("Sort", "Rank")}({z}, {to}, {SoftTerms.Softness(s)});");
        code.Line($"{v} = Soft.{s.Dice.Pick("Max", "Median")}({z}, {SoftTerms.Softness(s)});");
        code.Close();
        s.Scalars.Add(new Scalar(v, IsAssignable: true));
        s.Buffers.Add(new Buffer(to, length, IsWritable: true, IsArray: true, IsLocal: true));
    }

    private static void SpanRule(Scope s, Code code)
    {
        Buffer to = s.Dice.Pick([.. Targets(s)]);
        string name = s.Sketch.HelperLike("span rule", () => Rules.OfSpans(s.Sketch)).Name;
        code.Line($"{name}({Like(s, to).Name}, {to.Name}, {Terms.Bounded(s, 1)});");
    }
}
