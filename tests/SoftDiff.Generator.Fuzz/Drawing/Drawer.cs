using SoftDiff.Generator.Fuzz.Running;

namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Draws programs. The same seed and number give the same program.</summary>
internal static class Drawer
{
    public static FuzzProgram Draw(int seed, int number)
    {
        // Two neighbouring seeds share no programs, and the kinds take turns.
        Dice dice = new(unchecked((seed * 1_000_003) ^ (number * 7919)));
        return Draw(dice, KindOf(number));
    }

    public static Kind KindOf(int number) => Kind.All[number % Kind.All.Count];

    public static IEnumerable<FuzzProgram> Programs(int seed, int count) => Enumerable.Range(0, count).Select(number => Draw(seed, number));

    private static FuzzProgram Draw(Dice dice, Kind kind)
    {
        Sketch sketch = new(dice, kind);
        Signature? signature = null;
        Scope scope = new(sketch) { MayCall = true, Result = s => Returned(s, signature!) };
        signature = new Signature(sketch, scope);
        string[] head = [.. signature.Head(kind.Name)];
        Code body = new(1);
        foreach (string line in head[..^1]) body.Line(line);
        body.Open(head[^1]);
        foreach (string line in signature.First) body.Line(line);
        sketch.Statements(scope, body, dice.Between(2, 6));
        if (signature.HasResult) End(sketch, scope, body, signature.ResultType);
        body.Close();
        return new FuzzProgram(kind.Name, string.Join("\n\n", [.. signature.Fields, body.ToString().TrimEnd('\n'), .. sketch.Members])) { Head = signature.Type };
    }

    private static string Returned(Scope scope, Signature signature) => signature switch
    {
        { ResultType: { } type } => " " + Values.Draw(scope, type, 1),
        { HasResult: true } => " " + Terms.Draw(scope, 2),
        _ => "",
    };

    /// <summary>
    /// The result: what every variable and buffer holds in the end, each with a weight of its own, so that nothing is computed in vain.
    /// </summary>
    private static void End(Sketch sketch, Scope scope, Code code, Composite? type)
    {
        Number number = sketch.Number;
        string total = sketch.Fresh("total");
        code.Line($"{number.Type} {total} = {Terms.Draw(scope, 1)};");
        foreach (Scalar scalar in scope.Scalars) code.Line($"{total} += {number.Literal(sketch.Dice.Decimal())} * {scalar.Name};");
        foreach (Buffer buffer in scope.Buffers)
        {
            string i = sketch.Fresh("i");
            string weight = $"({number.Literal("0.3")} + {number.Literal("0.2")} * {number.OfInteger(i)})";
            code.Line($"for (int {i} = 0; {i} < {buffer.Name}.Length; {i}++) {total} += {weight} * {buffer.Name}[{i}];");
        }

        foreach (ValueBuffer buffer in scope.ValueBuffers)
        {
            string e = sketch.Fresh("e");
            IEnumerable<string> leaves = buffer.Type.Leaves(e, isVariable: false).Select(leaf => leaf.Name);
            code.Line($"foreach ({buffer.Type.Name} {e} in {buffer.Name}) {total} += {e}.Size - {string.Join(" - ", leaves)};");
        }

        foreach (Tensor matrix in scope.Tensors.Where(tensor => tensor.IsMatrix))
        {
            string e = sketch.Fresh("e");
            code.Line($"foreach ({number.Type} {e} in {matrix.Name}) {total} = {number.Literal("0.7")} * {total} + {e};");
        }

        foreach (Jagged jagged in scope.Jagged)
        {
            (string row, string e) = (sketch.Fresh("row"), sketch.Fresh("e"));
            code.Open($"foreach ({number.Type}[] {row} in {jagged.Name})");
            code.Line($"foreach ({number.Type} {e} in {row}) {total} = {number.Literal("0.7")} * {total} + {e};");
            code.Close();
        }

        Scope end = new(sketch) { Scalars = { new Scalar(total, IsAssignable: false) } };
        code.Line($"return {(type is null ? total : $"{Values.Draw(scope, type, 0)} + {type.Made(() => sketch.Dice.Chance(0.5) ? total : Terms.Bounded(end, 1))}")};");
    }
}
