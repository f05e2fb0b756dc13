namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Lambdas and method groups in variables, given to helpers, and returned by them.</summary>
internal static class DelegateStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("lambda", 0.4, s => MayDeclare(s) && s.Functions.Count < 4, Lambda),
        new("lambda of statements", 0.3, s => MayDeclare(s) && s.Functions.Count < 4 && s.MayNest, LambdaOfStatements),
        new("returned lambda", 0.2, s => MayDeclare(s) && s.Functions.Count < 4, Returned),
        new("writing lambda", 0.3, s => MayDeclare(s) && s.MayNest && s.LocalFunction().Assignable.Any(), Writer),
        new("query array", 0.3, s => s.MayCall && s.Number.IsDouble && s.Buffers.Count < 6 && QueryTerms.Arrays(s).Any(), QueryArray),
    ];

    public static IReadOnlyList<Term> Calls { get; } =
    [
        new("call of a lambda", 0.8, s => s.Functions.Count > 0, (s, d) => $"{s.Dice.Pick<string>(s.Functions)}({Terms.Draw(s, d)})"),
        new("delegate helper", 0.4, MayDeclare, Apply),
    ];

    /// <summary>Functions of numbers of a known type, and not in helpers.</summary>
    private static bool MayDeclare(Scope s) => s.MayCall && !s.Number.IsGeneric;

    private static string Type(Scope s) => $"Func<{s.Number.Type}, {s.Number.Type}>";

    private static void Lambda(Scope s, Code code)
    {
        string name = s.Sketch.Fresh("f");
        string lambda = s.Dice.Chance(0.2) ? s.Number.Functions + ".Sin" : QueryTerms.Lambda(s, 2);
        code.Line($"{Type(s)} {name} = {lambda};");
        s.Functions.Add(name);
    }

    private static void LambdaOfStatements(Scope s, Code code)
    {
        (string name, string v) = (s.Sketch.Fresh("f"), s.Sketch.Fresh("t"));
        Scope inner = s.LocalFunction();
        inner.Scalars.Add(new Scalar(v, IsAssignable: true));
        bool isNatural = s.Dice.Chance(0.3);
        code.Open(isNatural ? $"var {name} = ({s.Number.Type} {v}) =>" : $"{Type(s)} {name} = {v} =>");
        s.Sketch.Statements(inner, code, s.Dice.Between(1, 2));
        code.Line($"return {Terms.Bounded(inner, 2)};");
        code.Close("};");
        s.Functions.Add(name);
    }

    /// <summary>A lambda that captures the parameter of the helper that makes it.</summary>
    private static void Returned(Scope s, Code code)
    {
        string helper = s.Sketch.HelperLike("makes a lambda", () => MakesLambda(s.Sketch)).Name;
        string name = s.Sketch.Fresh("f");
        code.Line($"{Type(s)} {name} = {helper}({Terms.Value(s)});");
        s.Functions.Add(name);
    }

    private static Helper MakesLambda(Sketch sketch)
    {
        (string name, string a, string n) = (sketch.Fresh("Make"), sketch.Fresh("a"), sketch.Number.Type);
        Scope scope = new(sketch) { Scalars = { new Scalar(a, IsAssignable: false) } };
        sketch.Members.Add($"    private static Func<{n}, {n}> {name}({n} {a}) => {QueryTerms.Lambda(scope, 2)};");
        return new Helper("makes a lambda", name);
    }

    /// <summary>A lambda that changes variables around it, and calls of it.</summary>
    private static void Writer(Scope s, Code code)
    {
        (string name, string v) = (s.Sketch.Fresh("act"), s.Sketch.Fresh("t"));
        Scope inner = s.LocalFunction();
        inner.Scalars.Add(new Scalar(v, IsAssignable: false));
        string target = s.Dice.Pick([.. inner.Assignable]).Name;
        code.Open($"Action<{s.Number.Type}> {name} = {v} =>");
        s.Sketch.Statements(inner, code, s.Dice.Between(0, 1));
        code.Line($"{target} {s.Dice.Pick("=", "+=", "-=")} {Terms.Bounded(inner, 2)};");
        code.Close("};");
        if (s.MayLoop && s.Dice.Chance(0.5))
        {
            string k = s.Sketch.Fresh("k");
            Scope body = s.Loop();
            body.Integers.Add(k);
            code.Line($"for (int {k} = 0; {k} < {s.Dice.Between(1, 3)}; {k}++) {name}({Terms.Value(body)});");
        }

        code.Line($"{name}({Terms.Value(s)});");
    }

    private static void QueryArray(Scope s, Code code)
    {
        Buffer from = s.Dice.Pick([.. QueryTerms.Arrays(s)]);
        string name = s.Sketch.Fresh("a");
        string lambda = s.Dice.Chance(0.5) ? QueryTerms.Lambda(s, 1) : QueryTerms.WithPosition(s, 1);
        code.Line($"double[] {name} = {from.Name}.Select({lambda}).ToArray();");
        s.Buffers.Add(new Buffer(name, from.Length, IsWritable: true, IsArray: true, IsLocal: true));
    }

    private static string Apply(Scope s, int depth)
    {
        string helper = s.Sketch.HelperLike("applies", () => Applies(s.Sketch)).Name;
        string function = s.Functions.Count > 0 && s.Dice.Chance(0.4) ? s.Dice.Pick<string>(s.Functions)
            : s.Dice.Chance(0.2) ? s.Number.Functions + ".Tanh" : QueryTerms.Lambda(s, depth);
        return $"{helper}({function}, {Terms.Bounded(s, depth)}, {s.Dice.Between(0, 3)})";
    }

    private static Helper Applies(Sketch sketch)
    {
        (string name, string n, string f) = (sketch.Fresh("Apply"), sketch.Number.Type, sketch.Fresh("f"));
        (string v, string count, string k) = (sketch.Fresh("t"), sketch.Fresh("count"), sketch.Fresh("k"));
        Scope scope = new(sketch) { Result = s => " " + Terms.Bounded(s, 1) };
        scope.Scalars.Add(new Scalar(v, IsAssignable: true));
        scope.Integers.Add(count);
        scope.Functions.Add(f);
        string loop = $"for (int {k} = 0; {k} < {count}; {k}++) {v} = {Terms.Bounded(scope, 1)} - {f}({v});";
        Helpers.Write(sketch, $"private static {n} {name}(Func<{n}, {n}> {f}, {n} {v}, int {count})", scope, loop);
        return new Helper("applies", name);
    }
}
