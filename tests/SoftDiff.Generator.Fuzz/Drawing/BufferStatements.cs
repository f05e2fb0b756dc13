namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Arrays: made, filled, written element by element, exchanged.</summary>
internal static class BufferStatements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("new array", 1.5, s => s.Buffers.Count < 6 && s.Lengths.Count > 0, (s, code) => NewArray(s, code)),
        new("stack buffer", 0.7, s => s.Buffers.Count < 6 && s.Loops == 0 && !s.Number.IsGeneric, StackBuffer),
        new("array of values", 0.5, s => s.Buffers.Count < 6, ArrayOfValues),
        new("copy", 0.6, s => s.Buffers.Count is > 0 and < 6, Copy),
        new("store", 6, s => Terms.Places(s, written: true).Count > 0, Store),
        new("fill", 0.4, s => s.Buffers.Any(buffer => buffer.IsWritable), Fill),
        new("copy into", 0.4, s => Pairs(s, _ => true).Any(), CopyInto),
        new("prefix sums", 0.6, s => s.MayLoop && s.Buffers.Any(buffer => buffer.IsWritable), PrefixSums),
        new("swap", 0.8, s => Swappable(s).Any(), Swap),
        new("step by new array", 0.6, s => s.Loops < 2 && Steppable(s).Any(), StepByNewArray),
    ];

    public static Buffer NewArray(Scope s, Code code)
    {
        Length length = s.Dice.Pick<Length>(s.Lengths);
        Buffer buffer = new(s.Sketch.Fresh("a"), length, IsWritable: true, IsArray: true, IsLocal: true);
        code.Line($"{s.Number.Type}[] {buffer.Name} = new {s.Number.Type}[{s.Dice.Pick<string>(length.Spellings)}];");
        if (s.Dice.Chance(0.7)) FillByLoop(s, code, buffer);
        s.Buffers.Add(buffer);
        return buffer;
    }

    /// <summary>Writes every element, before the buffer is in scope.</summary>
    public static void FillByLoop(Scope s, Code code, Buffer buffer)
    {
        string i = s.Sketch.Fresh("i");
        Scope body = s.Loop();
        body.Indices.Add(new Index(i, buffer.Length));
        body.Integers.Add(i);
        code.Line($"for (int {i} = 0; {i} < {buffer.Name}.Length; {i}++) {buffer.Name}[{i}] = {Terms.Value(body)};");
    }

    private static void StackBuffer(Scope s, Code code)
    {
        int count = s.Dice.Between(2, 4);
        Length length = new([count.ToString()], count, IsPositive: true);
        Buffer buffer = new(s.Sketch.Fresh("b"), length, IsWritable: true, IsArray: false, IsLocal: false);
        code.Line($"Span<{s.Number.Type}> {buffer.Name} = stackalloc {s.Number.Type}[{count}];");
        FillByLoop(s, code, buffer);
        s.Lengths.Add(length);
        s.Buffers.Add(buffer);
    }

    private static void ArrayOfValues(Scope s, Code code)
    {
        Length length = new(["3"], 3, IsPositive: true);
        Buffer buffer = new(s.Sketch.Fresh("c"), length, IsWritable: true, IsArray: true, IsLocal: true);
        code.Line($"{s.Number.Type}[] {buffer.Name} = [{Terms.Value(s)}, {Terms.Draw(s, 0)}, {Terms.Value(s)}];");
        s.Lengths.Add(length);
        s.Buffers.Add(buffer);
    }

    private static void Copy(Scope s, Code code)
    {
        Buffer from = s.Dice.Pick<Buffer>(s.Buffers);
        Buffer buffer = new(s.Sketch.Fresh("a"), from.Length, IsWritable: true, IsArray: true, IsLocal: true);
        code.Line($"{s.Number.Type}[] {buffer.Name} = {s.Dice.Pick($"{from.Name}.ToArray()", $"[.. {from.Name}]")};");
        s.Buffers.Add(buffer);
    }

    private static void Store(Scope s, Code code)
    {
        string place = s.Dice.Pick<string>(Terms.Places(s, written: true));
        code.Line(s.Dice.Chance(0.5) ? $"{place} = {Terms.Value(s)};" : $"{place} {s.Dice.Pick("+=", "-=", "*=")} {Terms.Bounded(s, s.Dice.Between(0, 2))};");
    }

    private static void Fill(Scope s, Code code)
    {
        Buffer buffer = s.Dice.Pick([.. s.Buffers.Where(buffer => buffer.IsWritable)]);
        string span = buffer.IsArray ? $"{buffer.Name}.AsSpan()" : buffer.Name;
        code.Line(s.Dice.Chance(0.3) ? $"{span}.Clear();" : $"{span}.Fill({Terms.Value(s)});");
    }

    private static void CopyInto(Scope s, Code code)
    {
        (Buffer from, Buffer to) = s.Dice.Pick([.. Pairs(s, _ => true)]);
        code.Line(to.IsArray ? $"{from.Name}.CopyTo({to.Name}.AsSpan());" : $"{from.Name}.CopyTo({to.Name});");
    }

    private static void PrefixSums(Scope s, Code code)
    {
        Buffer buffer = s.Dice.Pick([.. s.Buffers.Where(buffer => buffer.IsWritable)]);
        string i = s.Sketch.Fresh("i");
        Scope body = s.Loop();
        body.Indices.Add(new Index(i, buffer.Length));
        code.Line($"for (int {i} = 1; {i} < {buffer.Name}.Length; {i}++) {buffer.Name}[{i}] += {Terms.Bounded(body, 1)} * {buffer.Name}[{i} - 1];");
    }

    /// <summary>Two arrays, or two spans, of one length and in variables of their own.</summary>
    private static IEnumerable<(Buffer From, Buffer To)> Swappable(Scope s) =>
        Pairs(s, from => from.IsWritable && from.IsLocal).Where(pair => pair.To.IsLocal && pair.From.IsArray == pair.To.IsArray);

    private static IEnumerable<(Buffer From, Buffer To)> Pairs(Scope s, Func<Buffer, bool> from) =>
        from one in s.Buffers
        where @from(one)
        from other in s.Buffers
        where other.IsWritable && other != one && ReferenceEquals(one.Length, other.Length)
        select (one, other);

    private static void Swap(Scope s, Code code)
    {
        (Buffer a, Buffer b) = s.Dice.Pick([.. Swappable(s)]);
        if (s.Dice.Chance(0.5))
        {
            code.Line($"({a.Name}, {b.Name}) = ({b.Name}, {a.Name});");
            return;
        }

        string t = s.Sketch.Fresh("held");
        code.Line($"var {t} = {a.Name}; {a.Name} = {b.Name}; {b.Name} = {t};");
    }

    private static IEnumerable<Buffer> Steppable(Scope s) => s.Buffers.Where(buffer => buffer is { IsArray: true, IsLocal: true, IsWritable: true });

    /// <summary>A state that each iteration replaces by a new array.</summary>
    private static void StepByNewArray(Scope s, Code code)
    {
        Buffer state = s.Dice.Pick([.. Steppable(s)]);
        string next = s.Sketch.Fresh("next");
        string k = s.Sketch.Fresh("k");
        string i = s.Sketch.Fresh("i");
        Scope body = s.Loop().Loop();
        body.Indices.Add(new Index(i, state.Length));
        body.Integers.Add(k);
        code.Open($"for (int {k} = 0; {k} < {s.Dice.Between(1, 3)}; {k}++)");
        code.Line($"{s.Number.Type}[] {next} = new {s.Number.Type}[{state.Length.Spellings[0]}];");
        code.Line($"for (int {i} = 0; {i} < {next}.Length; {i}++) {next}[{i}] = {state.Name}[{i}] * {Terms.Bounded(body, 1)};");
        code.Line($"{state.Name} = {next};");
        code.Close();
    }
}
