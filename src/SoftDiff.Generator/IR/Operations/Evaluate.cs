namespace SoftDiff.Generator.IR;

/// <summary>What the evaluation of an expression about objects does.</summary>
internal enum ObjectEffect
{
    /// <summary>
    /// Nothing, and its value never changes: a read-only field, a comparison of dates. It may throw where an object is null.
    /// </summary>
    None,

    /// <summary>It reads what other code may change.</summary>
    Read,

    /// <summary>It may change the object that it asks: a random generator, a list of the framework's.</summary>
    Act,

    /// <summary>It runs code that may change any object, or count how often it runs.</summary>
    Call,
}

/// <summary>
/// Evaluates a C# expression about objects, in which <c>{0}</c>, <c>{1}</c> … stand for the operands. No result of it carries a derivative.
/// The IR does not see the state of objects. So evaluations that may change it run as often as in the method, and in the same order.
/// </summary>
/// <param name="Value">The value of the expression; null for a statement.</param>
/// <param name="Expression">The expression.</param>
/// <param name="Args">The operands.</param>
/// <param name="Effect">What it does.</param>
internal sealed record Evaluate(Value? Value, string Expression, ImmutableArray<Operand> Args, ObjectEffect Effect) : Op
{
    /// <summary>Variables that it sets: <c>{out0}</c>, <c>{out1}</c> … in the expression.</summary>
    public ImmutableArray<Value> Outs { get; init; } = ImmutableArray<Value>.Empty;

    /// <summary>Whether it only shows its operands, as a logger does. No other evaluation may get a number that is differentiated.</summary>
    public bool IsDisplay { get; init; }

    /// <summary>A field of the first operand that the expression names, although generated code may not; null if it names none.</summary>
    public HiddenField? Hidden { get; init; }

    /// <summary>The number of the user's expression among those of the module; -1 once the frontend is done.</summary>
    public int Site { get; init; } = -1;

    public override ImmutableArray<Value> Results => Value is null ? Outs : Outs.Insert(0, Value);

    /// <summary>Whether it writes the elements of the array among its operands.</summary>
    public bool FillsArray { get; init; }

    public override Freedom Freedom => Effect switch
    {
        _ when FillsArray => Freedom.None,
        ObjectEffect.None => Freedom.Drop | Freedom.Repeat,
        ObjectEffect.Read => Freedom.Drop,
        _ => Freedom.None,
    };

    public override bool RunsOnce => Effect != ObjectEffect.None || FillsArray;

    public override DerivativeRole Role => DerivativeRole.Constant;

    public override IEnumerable<Operand> Reads() => Args;

    public override IEnumerable<Operand> ElementsRead() => FillsArray ? Enumerable.Empty<Operand>() : Args.Where(a => a.Type is ArrayType);

    public override IEnumerable<Operand> ElementsWritten() => FillsArray ? Args.Where(a => a.Type is ArrayType) : Enumerable.Empty<Operand>();

    public override IEnumerable<(Operand To, Operand From)> Flows() => NoFlow;

    public override Op Rebuild(Rebuilder by)
    {
        var args = by.Map(Args);
        return this with { Args = args, Value = by.DefineOptional(Value), Outs = by.Define(Outs) };
    }
}

/// <summary>A field that only an accessor reaches.</summary>
/// <param name="Type">The class that declares it.</param>
/// <param name="Name">The name of the field.</param>
/// <param name="FieldType">The type of the field.</param>
internal sealed record HiddenField(string Type, string Name, string FieldType)
{
    /// <summary>Where the accessor stands in an expression.</summary>
    public const string Place = "{hidden}";

    /// <summary>The expression for the field of the first operand.</summary>
    public const string Expression = Place + "({0})";
}
