namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Draws methods for the program to call. Helpers call no others, but themselves.</summary>
internal static class Helpers
{
    public static Helper OfNumbers(Sketch sketch)
    {
        string name = sketch.Fresh("Mix");
        string n = sketch.Number.Type;
        Scope scope = Body(sketch, s => " " + Terms.Draw(s, 2));
        scope.Scalars.AddRange([new Scalar("x", IsAssignable: true), new Scalar("y", IsAssignable: true)]);
        scope.Integers.Add("n");
        Write(sketch, $"private static {n} {name}{sketch.TypeParameters}({n} x, {n} y, int n)", scope);
        return new Helper("numbers", name);
    }

    public static Helper Reduction(Sketch sketch)
    {
        string name = sketch.Fresh("Reduce");
        string n = sketch.Number.Type;
        Scope scope = Body(sketch, s => " " + Terms.Draw(s, 2));
        Length length = new(["x.Length"]);
        scope.Buffers.Add(new Buffer("x", length, IsWritable: false, IsArray: false, IsLocal: false));
        scope.Lengths.Add(length);
        Write(sketch, $"private static {n} {name}{sketch.TypeParameters}(ReadOnlySpan<{n}> x)", scope);
        return new Helper("reduction", name);
    }

    /// <summary>Writes a span from another one of its length, which may be the same.</summary>
    public static Helper Writing(Sketch sketch)
    {
        string name = sketch.Fresh("Step");
        string n = sketch.Number.Type;
        Scope scope = Body(sketch, _ => "");
        Length length = new(["x.Length"]);
        scope.Buffers.Add(new Buffer("x", length, IsWritable: false, IsArray: false, IsLocal: false));
        scope.Buffers.Add(new Buffer("y", length, IsWritable: true, IsArray: false, IsLocal: false));
        scope.Lengths.Add(length);
        scope.Scalars.Add(new Scalar("c", IsAssignable: true));
        Write(sketch, $"private static void {name}{sketch.TypeParameters}(ReadOnlySpan<{n}> x, Span<{n}> y, {n} c)", scope);
        return new Helper("writing", name);
    }

    public static Helper ByReference(Sketch sketch)
    {
        string name = sketch.Fresh("Bump");
        string n = sketch.Number.Type;
        Scope scope = Body(sketch, _ => "");
        scope.Scalars.AddRange([new Scalar("a", IsAssignable: true), new Scalar("b", IsAssignable: true)]);
        Write(sketch, $"private static void {name}{sketch.TypeParameters}(ref {n} a, {n} b)", scope);
        return new Helper("by reference", name);
    }

    public static Helper TwoResults(Sketch sketch)
    {
        string name = sketch.Fresh("Both");
        string n = sketch.Number.Type;
        Scope scope = Body(sketch, s => $" ({Terms.Draw(s, 1)}, {Terms.Draw(s, 1)})");
        scope.Scalars.AddRange([new Scalar("x", IsAssignable: true), new Scalar("y", IsAssignable: true)]);
        Write(sketch, $"private static ({n} First, {n} Second) {name}{sketch.TypeParameters}({n} x, {n} y)", scope);
        return new Helper("two results", name);
    }

    public static Helper NewArray(Sketch sketch)
    {
        string name = sketch.Fresh("Made");
        string n = sketch.Number.Type;
        Scope scope = Body(sketch, _ => " made");
        Length length = new(["x.Length"]);
        scope.Buffers.Add(new Buffer("x", length, IsWritable: false, IsArray: false, IsLocal: false));
        scope.Buffers.Add(new Buffer("made", length, IsWritable: true, IsArray: true, IsLocal: false));
        scope.Lengths.Add(length);
        scope.Scalars.Add(new Scalar("c", IsAssignable: true));
        Write(sketch, $"private static {n}[] {name}{sketch.TypeParameters}(ReadOnlySpan<{n}> x, {n} c)", scope,
            $"{n}[] made = x.ToArray();");
        return new Helper("new array", name);
    }

    public static Helper Recursive(Sketch sketch)
    {
        string name = sketch.Fresh("Again");
        (string n, string t) = (sketch.Number.Type, sketch.TypeParameters);
        Scope scope = Body(sketch, null);
        scope.Scalars.Add(new Scalar("x", IsAssignable: false));
        scope.Integers.Add("n");
        sketch.Members.Add($$"""
                private static {{n}} {{name}}{{t}}({{n}} x, int n){{sketch.Constraints}}
                {
                    if (n <= 0) return {{Terms.Bounded(scope, 1)}};
                    return {{Terms.Bounded(scope, 1)}} * {{name}}{{t}}({{Terms.Bounded(scope, 1)}}, n - {{sketch.Dice.Pick("1", "2")}})
                        + {{Terms.Draw(scope, 1)}};
                }
            """);
        return new Helper("recursive", name);
    }

    public static Helper Mutual(Sketch sketch)
    {
        (string even, string odd) = (sketch.Fresh("Even"), sketch.Fresh("Odd"));
        (string n, string t) = (sketch.Number.Type, sketch.TypeParameters);
        Scope scope = Body(sketch, null);
        scope.Scalars.Add(new Scalar("x", IsAssignable: false));
        sketch.Members.Add($$"""
                private static {{n}} {{even}}{{t}}({{n}} x, int n){{sketch.Constraints}} =>
                    n <= 0 ? {{Terms.Bounded(scope, 1)}} : {{Terms.Bounded(scope, 1)}} * {{odd}}{{t}}({{Terms.Bounded(scope, 1)}}, n - 1);

                private static {{n}} {{odd}}{{t}}({{n}} x, int n){{sketch.Constraints}} =>
                    n <= 0 ? {{Terms.Bounded(scope, 1)}} : {{Terms.Bounded(scope, 1)}} + {{even}}{{t}}({{Terms.Bounded(scope, 1)}}, n - 1);
            """);
        return new Helper("mutual", even);
    }

    public static Helper OverSlices(Sketch sketch)
    {
        string name = sketch.Fresh("Fold");
        (string n, string t) = (sketch.Number.Type, sketch.TypeParameters);
        Scope scope = Body(sketch, null);
        scope.Buffers.Add(
            new Buffer("x", new Length(["x.Length"], 1, IsPositive: true), IsWritable: false, IsArray: false, IsLocal: false));
        sketch.Members.Add($$"""
                private static {{n}} {{name}}{{t}}(ReadOnlySpan<{{n}}> x){{sketch.Constraints}}
                {
                    if (x.Length == 0) return {{sketch.Number.Literal(sketch.Dice.Decimal())}};
                    return {{Terms.Bounded(scope, 1)}} + {{Terms.Bounded(scope, 1)}} * {{name}}{{t}}(x[1..]);
                }
            """);
        return new Helper("slices", name);
    }

    /// <summary>Writes a span, one element at each depth.</summary>
    public static Helper RecursiveWriter(Sketch sketch)
    {
        string name = sketch.Fresh("Deep");
        (string n, string t) = (sketch.Number.Type, sketch.TypeParameters);
        Scope scope = Body(sketch, null);
        scope.Buffers.Add(
            new Buffer("y", new Length(["y.Length"], 1, IsPositive: true), IsWritable: false, IsArray: false, IsLocal: false));
        scope.Scalars.Add(new Scalar("c", IsAssignable: false));
        string rest = sketch.Dice.Pick("y[1..]", "y[..^1]");
        sketch.Members.Add($$"""
                private static void {{name}}{{t}}(Span<{{n}}> y, {{n}} c){{sketch.Constraints}}
                {
                    if (y.Length == 0) return;
                    y[0] = {{Terms.Value(scope)}};
                    {{name}}{{t}}({{rest}}, {{Terms.Bounded(scope, 1)}});
                    y[y.Length - 1] += {{Terms.Bounded(scope, 1)}};
                }
            """);
        return new Helper("recursive writer", name);
    }

    private static Scope Body(Sketch sketch, Func<Scope, string>? result) => new(sketch) { Result = result };

    public static void Write(Sketch sketch, string signature, Scope scope, params string[] first)
    {
        Code code = new(1);
        code.Open(signature + sketch.Constraints);
        foreach (string line in first) code.Line(line);
        sketch.Statements(scope, code, sketch.Dice.Between(1, 4));
        if (scope.Result!(scope) is { Length: > 0 } result) code.Line($"return{result};");
        code.Close();
        sketch.Members.Add(code.ToString().TrimEnd('\n'));
    }
}
