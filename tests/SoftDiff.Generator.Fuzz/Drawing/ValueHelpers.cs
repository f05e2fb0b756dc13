namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Draws methods that take and return values of composite types.</summary>
internal static class ValueHelpers
{
    /// <summary>A number of two values.</summary>
    public static Helper Blend(Sketch sketch, Composite type)
    {
        Scope scope = Body(sketch, s => " " + Terms.Draw(s, 2));
        (string a, string b, string t) = (sketch.Fresh("a"), sketch.Fresh("b"), sketch.Fresh("t"));
        scope.Declare(new Value(a, type, IsAssignable: true));
        scope.Declare(new Value(b, type, IsAssignable: false));
        string n = sketch.Number.Type;
        return Write(sketch, "blend ", type, n, $"{type.Name} {a}, in {type.Name} {b}, {n} {t}", t, scope);
    }

    /// <summary>A value of another one.</summary>
    public static Helper Turn(Sketch sketch, Composite type)
    {
        Scope scope = Body(sketch, s => " " + Values.Draw(s, type, 1));
        (string a, string t) = (sketch.Fresh("a"), sketch.Fresh("t"));
        scope.Declare(new Value(a, type, IsAssignable: true));
        return Write(sketch, "turn ", type, type.Name, $"{type.Name} {a}, {sketch.Number.Type} {t}", t, scope);
    }

    /// <summary>Changes the value of a variable.</summary>
    public static Helper Change(Sketch sketch, Composite type)
    {
        Scope scope = Body(sketch, _ => "");
        (string a, string t) = (sketch.Fresh("a"), sketch.Fresh("t"));
        scope.Declare(new Value(a, type, IsAssignable: true));
        return Write(sketch, "change ", type, "void", $"ref {type.Name} {a}, {sketch.Number.Type} {t}", t, scope);
    }

    private static Scope Body(Sketch sketch, Func<Scope, string> result) => new(sketch) { Result = result };

    private static Helper Write(Sketch sketch, string form, Composite type, string returns, string parameters, string t, Scope scope)
    {
        string name = sketch.Fresh(char.ToUpperInvariant(form[0]) + form.Trim()[1..]);
        scope.Scalars.Add(new Scalar(t, IsAssignable: true));
        Helpers.Write(sketch, $"private static {returns} {name}({parameters})", scope);
        return new Helper(form + type.Name, name);
    }
}
