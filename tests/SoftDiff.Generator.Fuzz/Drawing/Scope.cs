namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>A variable of the program's number type.</summary>
internal sealed record Scalar(string Name, bool IsAssignable)
{
    /// <summary>Whether it may be passed by reference; properties may not.</summary>
    public bool IsVariable { get; init; } = true;
}

/// <summary>A length of buffers. Buffers with the same one are as long as each other.</summary>
/// <param name="Spellings">Expressions that have this value.</param>
/// <param name="Constant">Null if it is known at run time only.</param>
/// <param name="IsPositive">Whether it is known not to be 0.</param>
internal sealed record Length(string[] Spellings, int? Constant = null, bool IsPositive = false)
{
    /// <summary>Rows and columns, if it is the product of two lengths.</summary>
    public (Length Rows, Length Columns)? Factors { get; init; }
}

/// <summary>An array or a span.</summary>
/// <param name="IsLocal">Whether the variable may get another array.</param>
internal sealed record Buffer(string Name, Length Length, bool IsWritable, bool IsArray, bool IsLocal);

/// <summary>An expression that is in range for buffers of a length.</summary>
internal sealed record Index(string Text, Length Length);

/// <summary>A tensor of rank 2, or a matrix.</summary>
internal sealed record Tensor(string Name, Length Rows, Length Columns, bool IsWritable)
{
    /// <summary>Whether it is an array of C#, <c>double[,]</c>.</summary>
    public bool IsMatrix { get; init; }
}

/// <summary>An array of arrays, whose lengths differ.</summary>
internal sealed record Jagged(string Name, Length Rows, bool IsWritable, bool IsLocal = false);

/// <summary>What the code at one place may use and do.</summary>
internal sealed class Scope(Sketch sketch)
{
    public Sketch Sketch { get; } = sketch;

    public Dice Dice => Sketch.Dice;

    public Number Number => Sketch.Number;

    public List<Scalar> Scalars { get; private init; } = [];

    public List<Buffer> Buffers { get; private init; } = [];

    public List<Index> Indices { get; private init; } = [];

    public List<Length> Lengths { get; private init; } = [];

    public List<Tensor> Tensors { get; private init; } = [];

    public List<Jagged> Jagged { get; private init; } = [];

    public List<Value> Values { get; private init; } = [];

    public List<ValueBuffer> ValueBuffers { get; private init; } = [];

    /// <summary>Integer variables, small and not negative.</summary>
    public List<string> Integers { get; private init; } = [];

    /// <summary>Spans of integers that are not negative, with their lengths.</summary>
    public List<(string Name, Length Length)> Orders { get; private init; } = [];

    public List<string> Flags { get; private init; } = [];

    /// <summary>Delegates from a number to a number.</summary>
    public List<string> Functions { get; private init; } = [];

    /// <summary>Objects that the program made.</summary>
    public List<MadeObject> Made { get; private init; } = [];

    /// <summary>Objects whose numbers are constants.</summary>
    public List<Constant> Constants { get; private init; } = [];

    /// <summary>Lists of constants.</summary>
    public List<string> Lists { get; private init; } = [];

    /// <summary>Random generators.</summary>
    public List<string> Randoms { get; private init; } = [];

    /// <summary>Numbers between 0.2 and 1.</summary>
    public List<string> Softness { get; private init; } = [];

    /// <summary>How many loops and branches are around.</summary>
    public int Depth { get; private init; }

    /// <summary>How many loops are around.</summary>
    public int Loops { get; private init; }

    public bool MayBreak { get; init; }

    public bool MayContinue { get; init; }

    /// <summary>A label after the outermost loop, for <c>goto</c>; null if there is none.</summary>
    public string? Label { get; init; }

    /// <summary>What stands after <c>return</c>; null where one may not return.</summary>
    public Func<Scope, string>? Result { get; init; }

    /// <summary>Whether helpers may be called; not from helpers, so that the run's length stays bounded.</summary>
    public bool MayCall { get; init; }

    /// <summary>Whether a statement with a body may be drawn.</summary>
    public bool MayNest => Depth < 4 && Sketch.Budget > 0;

    /// <summary>Whether a loop may be drawn: at most three are nested.</summary>
    public bool MayLoop => MayNest && Loops < 3;

    public IEnumerable<Scalar> Assignable => Scalars.Where(scalar => scalar.IsAssignable);

    public Scope Branch() => Inner(0, MayBreak, MayContinue, Label, Result);

    /// <param name="mayContinue">Not where the end of the body counts the iterations.</param>
    public Scope Loop(bool mayContinue = true, string? label = null) => Inner(1, true, mayContinue, label ?? Label, Result);

    /// <summary>The body of a <c>switch</c> section, where <c>break</c> means the section.</summary>
    public Scope Section() => Inner(0, false, MayContinue, Label, Result);

    /// <summary>
    /// The body of a local function or a lambda. C# does not let it see spans and parameters passed by reference, nor lengths that are
    /// theirs.
    /// </summary>
    public Scope LocalFunction()
    {
        Scope inner = Inner(1, false, false, null, null);
        inner.Scalars.RemoveAll(scalar => Sketch.ByReference.Contains(scalar.Name.Split('.')[0]));
        inner.Values.RemoveAll(value => Sketch.ByReference.Contains(value.Name));
        inner.Buffers.RemoveAll(buffer => !buffer.IsArray || buffer.Length.Constant is null);
        inner.ValueBuffers.RemoveAll(buffer => !buffer.IsArray || buffer.Length.Constant is null);
        inner.Tensors.Clear();
        inner.Jagged.Clear();
        inner.Indices.Clear();
        inner.Lengths.Clear();
        inner.Orders.Clear();
        return inner;
    }

    /// <summary>Makes a variable of a composite type and its numbers known.</summary>
    public void Declare(Value value)
    {
        Values.Add(value);
        Scalars.AddRange(value.Type.Leaves(value.Name, value.IsAssignable));
    }

    private Scope Inner(int loops, bool mayBreak, bool mayContinue, string? label, Func<Scope, string>? result) => new(Sketch)
    {
        Scalars = [.. Scalars], Buffers = [.. Buffers], Indices = [.. Indices], Lengths = [.. Lengths], Tensors = [.. Tensors],
        Jagged = [.. Jagged], Values = [.. Values], ValueBuffers = [.. ValueBuffers], Integers = [.. Integers],
        Functions = [.. Functions], Made = [.. Made], Constants = [.. Constants], Lists = [.. Lists], Randoms = [.. Randoms],
        Orders = [.. Orders], Flags = [.. Flags], Softness = [.. Softness], Depth = Depth + 1, Loops = Loops + loops,
        MayBreak = mayBreak, MayContinue = mayContinue, Label = label, Result = result, MayCall = MayCall,
    };
}
