namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Calls for their effects or their several results, and local functions.</summary>
internal static class CallStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("call by reference", 0.6, s => s.MayCall && s.Assignable.Any(scalar => scalar.IsVariable), ByReference),
        new("call with two results", 0.6, s => s.MayCall && s.Scalars.Count < 8, TwoResults),
        new("call that writes", 0.8, s => s.MayCall && Targets(s).Any(), Writing),
        new("call that makes an array", 0.5, s => s.MayCall && s.Loops == 0 && s.Buffers.Count is > 0 and < 6, NewArray),
        new("recursive writer", 0.3, s => s.MayCall && Targets(s).Any(), RecursiveWriter),
        new("local function", 0.5, s => s.MayCall && s.Scalars.Count > 0, LocalFunction),
    ];

    private static IEnumerable<Buffer> Targets(Scope s) => s.Buffers.Where(buffer => buffer.IsWritable);

    private static string Name(Scope s, string form, Func<Sketch, Helper> draw) => s.Sketch.HelperLike(form, () => draw(s.Sketch)).Name
        + s.Sketch.TypeParameters;

    private static void ByReference(Scope s, Code code)
    {
        string[] places = [.. s.Assignable.Where(scalar => scalar.IsVariable).Select(scalar => scalar.Name), .. Terms.Places(s, written: true)];
        code.Line($"{Name(s, "by reference", Helpers.ByReference)}(ref {s.Dice.Pick<string>(places)}, {Terms.Value(s)});");
    }

    private static void TwoResults(Scope s, Code code)
    {
        (string a, string b) = (s.Sketch.Fresh("p"), s.Sketch.Fresh("p"));
        code.Line($"var ({a}, {b}) = {Name(s, "two results", Helpers.TwoResults)}({Terms.Value(s)}, {Terms.Value(s)});");
        s.Scalars.AddRange([new Scalar(a, IsAssignable: true), new Scalar(b, IsAssignable: true)]);
    }

    private static void Writing(Scope s, Code code)
    {
        Buffer to = s.Dice.Pick([.. Targets(s)]);
        Buffer from = s.Dice.Pick([.. s.Buffers.Where(buffer => ReferenceEquals(buffer.Length, to.Length))]);
        code.Line($"{Name(s, "writing", Helpers.Writing)}({from.Name}, {to.Name}, {Terms.Value(s)});");
    }

    private static void NewArray(Scope s, Code code)
    {
        Buffer from = s.Dice.Pick<Buffer>(s.Buffers);
        string name = s.Sketch.Fresh("a");
        code.Line($"{s.Number.Type}[] {name} = {Name(s, "new array", Helpers.NewArray)}({from.Name}, {Terms.Value(s)});");
        s.Buffers.Add(new Buffer(name, from.Length, IsWritable: true, IsArray: true, IsLocal: true));
    }

    private static void RecursiveWriter(Scope s, Code code) =>
        code.Line($"{Name(s, "recursive writer", Helpers.RecursiveWriter)}({s.Dice.Pick([.. Targets(s)]).Name}, {Terms.Value(s)});");

    /// <summary>A function that reads, and may write, variables around it.</summary>
    private static void LocalFunction(Scope s, Code code)
    {
        string name = s.Sketch.Fresh("Local");
        Scope inner = s.LocalFunction();
        Scalar t = new(s.Sketch.Fresh("t"), IsAssignable: true);
        string n = s.Number.Type;
        inner.Scalars.Add(t);
        code.Open($"{n} {name}({n} {t.Name})");
        s.Sketch.Statements(inner, code, s.Dice.Between(0, 2));
        code.Line($"return {Terms.Draw(inner, 2)};");
        code.Close();
        string result = s.Sketch.Fresh("v");
        code.Line($"{n} {result} = {name}({Terms.Value(s)}) - {name}({Terms.Draw(s, 0)});");
        s.Scalars.Add(new Scalar(result, IsAssignable: true));
    }
}
