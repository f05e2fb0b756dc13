namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Objects: those that the program gets and only reads, and those that it makes and changes.</summary>
internal static class ObjectStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("new object", 0.3, s => s.MayCall && s.Number.IsDouble && s.Made.Count < 2, New),
        new("call of an object", 1, s => s.Made.Count > 0, (s, code) => code.Line($"{s.Dice.Pick<MadeObject>(s.Made).Name}.Push({Terms.Value(s)});")),
        new("helper of an object", 0.4, s => s.MayCall && s.Made.Count > 0, Drive),
        new("foreach constant", 1, s => s.MayLoop && s.Lists.Count > 0, ForEach),
        new("list of numbers", 0.3, s => s.MayCall && s.MayLoop && s.Loops == 0 && s.Number.IsDouble && s.Scalars.Count < 12, GrowingList),
        new("random generator", 0.4, s => s.Sketch.MayReadObjects && s.MayCall && s.Randoms.Count == 0, NewRandom),
    ];

    public static IReadOnlyList<Term> Reads { get; } =
    [
        new("step of an object", 0.6, s => s.Made.Count > 0, (s, d) => $"{s.Dice.Pick<MadeObject>(s.Made).Name}.Step({Terms.Draw(s, d)})"),
        new("reading of an object", 0.5, s => s.Made.Count > 0,
            (s, d) => s.Dice.Pick<MadeObject>(s.Made).Name + s.Dice.Pick(".Size", $".Along({Terms.Draw(s, d)})")),
        new("constant of an object", 0.8, s => s.Constants.Count > 0, (s, d) => s.Dice.Pick<Constant>(s.Constants).Name + s.Dice.Pick("[0]", ".Flat()")),
        new("method of a constant", 0.8, s => s.Constants.Count > 0, (s, d) => $"{s.Dice.Pick<Constant>(s.Constants).Name}.At({Terms.Draw(s, d)})"),
        new("constant of a list", 0.8, s => s.Lists.Count > 0, OfList),
        new("random number", 1, s => s.Randoms.Count > 0, (s, _) => $"{s.Dice.Pick<string>(s.Randoms)}.NextDouble()"),
    ];

    private static void New(Scope s, Code code)
    {
        Composite type = Objects.SomeMade(s.Sketch);
        string name = s.Sketch.Fresh("body");
        string numbers = string.Join(", ", type.Members.Select(
            member => member.Type is null ? Terms.Value(s) : Values.Draw(s, member.Type, 1)));
        code.Line($"{s.Dice.Pick("var", type.Name)} {name} = new {type.Name}({numbers});");
        s.Made.Add(new MadeObject(name, type));
        s.Scalars.AddRange(type.Leaves(name, isVariable: true));
    }

    private static void Drive(Scope s, Code code)
    {
        MadeObject made = s.Dice.Pick<MadeObject>(s.Made);
        string helper = s.Sketch.HelperLike("drives " + made.Class.Name, () => Drives(s.Sketch, made.Class)).Name;
        string result = s.Sketch.Fresh("v");
        code.Line($"{s.Number.Type} {result} = {helper}({made.Name}, {Terms.Value(s)});");
        s.Scalars.Add(new Scalar(result, IsAssignable: true));
    }

    private static Helper Drives(Sketch sketch, Composite type)
    {
        (string name, string made, string t, string n) = (sketch.Fresh("Drive"), sketch.Fresh("body"), sketch.Fresh("t"), sketch.Number.Type);
        Scope scope = new(sketch) { Result = s => " " + Terms.Draw(s, 2) };
        scope.Scalars.AddRange([new Scalar(t, IsAssignable: true), .. type.Leaves(made, isVariable: true)]);
        scope.Made.Add(new MadeObject(made, type));
        Helpers.Write(sketch, $"private static {n} {name}({type.Name} {made}, {n} {t})", scope, $"{made}.Push({t});");
        return new Helper("drives " + type.Name, name);
    }

    private static void ForEach(Scope s, Code code)
    {
        string e = s.Sketch.Fresh("e");
        Scope body = s.Loop();
        body.Scalars.Add(new Scalar(e, IsAssignable: false));
        code.Open($"foreach ({s.Dice.Pick("var", s.Number.Type)} {e} in {s.Dice.Pick<string>(s.Lists)})");
        s.Sketch.Body(body, code);
        code.Close();
    }

    private static string OfList(Scope s, int depth)
    {
        string list = s.Dice.Pick<string>(s.Lists);
        return s.Dice.Below(3) switch
        {
            0 when s.Integers.Count > 0 => $"({list}.Count > 0 ? {list}[{s.Dice.Pick<string>(s.Integers)} % {list}.Count] : {Terms.Draw(s, depth)})",
            1 => $"({s.Number.Literal("0.1")} * {list}.Count)",
            _ => $"({list}.Count > 1 ? {list}[^1] : {Terms.Draw(s, depth)})",
        };
    }

    private static void NewRandom(Scope s, Code code)
    {
        string name = s.Sketch.Fresh("random");
        code.Line($"var {name} = new Random({s.Dice.Below(100)});");
        s.Randoms.Add(name);
    }

    /// <summary>A list that grows in a loop, and is read in another one.</summary>
    private static void GrowingList(Scope s, Code code)
    {
        (string list, string k, string v) = (s.Sketch.Fresh("list"), s.Sketch.Fresh("k"), s.Sketch.Fresh("v"));
        Scope body = s.Loop();
        body.Integers.Add(k);
        code.Line($"var {list} = new List<double>();");
        code.Open($"for (int {k} = 0; {k} < {s.Dice.Between(1, 4)}; {k}++)");
        s.Sketch.Body(body, code);
        code.Line($"{list}.Add({Terms.Value(body)});");
        if (s.Dice.Chance(0.4)) code.Line($"if ({Conditions.Draw(body)}) {list}.Add({Terms.Value(body)});");
        if (s.Dice.Chance(0.4)) code.Line($"{list}[{list}.Count / 2] = {Terms.Value(body)};");
        code.Close();
        string e = s.Sketch.Fresh("e");
        Scope reading = s.Loop();
        reading.Scalars.AddRange([new Scalar(v, IsAssignable: false), new Scalar(e, IsAssignable: false)]);
        code.Line($"double {v} = 0;");
        code.Line(s.Dice.Chance(0.5)
            ? $"foreach (double {e} in {list}) {v} += {e} * {Terms.Bounded(reading, 1)};"
            : $"for (int {e} = 0; {e} < {list}.Count; {e}++) {v} = Math.Sin({v}) + {list}[{e}] * {s.Dice.Decimal()};");
        s.Scalars.Add(new Scalar(v, IsAssignable: true));
    }
}
