namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Loops. They run at most as often as a buffer is long, or a handful of times; at most three are nested.</summary>
internal static class LoopStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("for over length", 4, s => s.MayLoop && s.Lengths.Count > 0, OverLength),
        new("for counted", 1.5, s => s.MayLoop, Counted),
        new("triangular", 0.6, s => s.MayLoop && s.Indices.Any(IsVariable), Triangular),
        new("while", 0.7, s => s.MayLoop, While),
        new("do", 0.5, s => s.MayLoop, Do),
        new("foreach", 0.8, s => s.MayLoop && s.Buffers.Count > 0, ForEach),
    ];

    private static bool IsVariable(Index index) => index.Text.All(char.IsLetterOrDigit);

    private static void OverLength(Scope s, Code code)
    {
        Length length = s.Dice.Pick<Length>(s.Lengths);
        string n = s.Dice.Pick<string>(length.Spellings);
        string i = s.Sketch.Fresh("i");
        Scope body = s.Loop();
        body.Integers.Add(i);
        void InRange(params string[] texts) => body.Indices.AddRange(texts.Select(text => new Index(text, length)));
        InRange(i);
        string header;
        switch (s.Dice.Below(9))
        {
            case 0:
                header = $"for (int {i} = 1; {i} < {n}; {i}++)";
                InRange($"{i} - 1");
                break;
            case 1:
                header = $"for (int {i} = 0; {i} < {n} - 1; {i}++)";
                InRange($"{i} + 1");
                break;
            case 2:
                header = $"for (int {i} = 1; {i} < {n} - 1; {i}++)";
                InRange($"{i} - 1", $"{i} + 1");
                break;
            case 3:
                header = $"for (int {i} = {n} - 1; {i} >= 0; {i}--)";
                break;
            case 4:
                header = $"for (int {i} = 0; {i} < {n}; {i} += 2)";
                break;
            case 5:
                header = $"for (int {i} = 0; {i} < {n}; {i}++)";
                InRange($"{n} - 1 - {i}", $"({i} * 3 + 1) % {n}");
                foreach ((string order, Length orders) in body.Orders.Where(order => ReferenceEquals(order.Length, length))) InRange($"{order}[{i}] % {n}");
                break;
            default:
                header = $"for (int {i} = 0; {i} < {n}; {i}++)";
                break;
        }

        code.Open(header);
        s.Sketch.Body(body, code);
        code.Close();
    }

    private static void Counted(Scope s, Code code)
    {
        string k = s.Sketch.Fresh("k");
        string bound = s.Integers.Count > 0 && s.Dice.Chance(0.6) ? s.Dice.Pick<string>(s.Integers) : s.Dice.Between(1, 4).ToString();
        Scope body = s.Loop();
        body.Integers.Add(k);
        code.Open(s.Dice.Pick($"for (int {k} = 0; {k} < {bound}; {k}++)", $"for (int {k} = 1; {k} <= {bound}; {k}++)", $"for (int {k} = {bound}; {k} > 0; {k}--)"));
        s.Sketch.Body(body, code);
        code.Close();
    }

    private static void Triangular(Scope s, Code code)
    {
        Index outer = s.Dice.Pick([.. s.Indices.Where(IsVariable)]);
        string j = s.Sketch.Fresh("j");
        Scope body = s.Loop();
        body.Indices.Add(new Index(j, outer.Length));
        body.Integers.Add(j);
        code.Open(s.Dice.Pick(
            $"for (int {j} = 0; {j} < {outer.Text}; {j}++)",
            $"for (int {j} = 0; {j} <= {outer.Text}; {j}++)",
            $"for (int {j} = {outer.Text}; {j} < {outer.Length.Spellings[0]}; {j}++)"));
        s.Sketch.Body(body, code);
        code.Close();
    }

    private static void While(Scope s, Code code)
    {
        string k = s.Sketch.Fresh("w");
        code.Line($"int {k} = 0;");
        string more = s.Dice.Chance(0.6) ? $" && {Conditions.Draw(s)}" : "";
        Scope body = s.Loop();
        body.Integers.Add(k);
        code.Open($"while ({k} < {s.Dice.Between(2, 4)}{(more.Contains("||") ? $" && ({more[4..]})" : more)})");
        code.Line($"{k}++;");
        s.Sketch.Body(body, code);
        code.Close();
    }

    private static void Do(Scope s, Code code)
    {
        string k = s.Sketch.Fresh("d");
        code.Line($"int {k} = 0;");
        Scope body = s.Loop();
        body.Integers.Add(k);
        code.Open("do");
        code.Line($"{k}++;");
        s.Sketch.Body(body, code);
        code.Close("}");
        code.Line($"while ({k} < {s.Dice.Between(1, 4)});");
    }

    private static void ForEach(Scope s, Code code)
    {
        Buffer buffer = s.Dice.Pick<Buffer>(s.Buffers);
        string e = s.Sketch.Fresh("e");
        Scope body = s.Loop();
        body.Scalars.Add(new Scalar(e, IsAssignable: false));

        // A span that is written while it is walked through is the same program, but its variable must not get another buffer.
        body.Buffers.Remove(buffer);
        body.Buffers.Add(buffer with { IsLocal = false });
        code.Open($"foreach ({s.Number.Type} {e} in {buffer.Name})");
        s.Sketch.Body(body, code);
        code.Close();
    }
}
