namespace SoftDiff.Generator.IR;

/// <summary>
/// One row of the table: all facts about a scalar function. The frontend finds calls of it, and the emitter writes them, by
/// <see cref="Spelling"/>. The verifier checks operands against <see cref="Signature"/>. Reverse mode compares <see cref="Cost"/> with the
/// cost of saving the result. Both modes differentiate it by <see cref="Derivative"/>.
/// </summary>
internal sealed record ScalarFunction(Opcode Code, Signature Signature, Spelling Spelling)
{
    /// <summary>The cost of computing it once more, measured in additions; null if saving the result is always cheaper.</summary>
    public int? Cost { get; init; }

    /// <summary>Whether it is a call of the platform's mathematics library, over which the JIT keeps no floating-point register.</summary>
    public bool CallsLibrary { get; init; }

    /// <summary>The types in which some operands make it throw.</summary>
    public Domain Throws { get; init; }

    /// <summary>Whether it may be left out if nothing reads its result, even if it might have thrown.</summary>
    public bool MayBeLeftOut { get; init; }

    /// <summary>Whether it can be computed lane by lane, if every operand that is no bool has lanes or is a number.</summary>
    public bool HasLanes { get; init; }

    /// <summary>Whether lanes can be passed to it one after the other: it is a method of one number, and no other argument is written.</summary>
    public bool RunsOnEachLane => !HasLanes && this is
    {
        Signature: { GivesBool: false, IsOpen: false, Operands: { Length: 1 } },
        Spelling: { Home: Home.Math, NeedsRounding: false },
    } && Signature.Operands[0] == OperandKind.Own;

    /// <summary>The function that one call computes beside this one, if there is such a call.</summary>
    public FunctionPair? Pair { get; init; }

    /// <summary>The derivative; null if that is zero wherever it exists.</summary>
    public Derivative? Derivative { get; init; }

    /// <summary>How Taylor mode computes the power series of the function's value.</summary>
    public SeriesRule Series { get; init; } = SeriesRule.Integrate;

    /// <summary>Why there is no <see cref="Derivative"/>, to tell "zero by decision" from "forgotten". Empty if there is one.</summary>
    public string ZeroReason { get; init; } = "";

    public ScalarFunction InLanes() => this with { HasLanes = true };

    public ScalarFunction Costs(int additions) => this with { Cost = additions };

    public ScalarFunction Library() => this with { CallsLibrary = true };

    public ScalarFunction ThrowsIn(Domain types, bool mayBeLeftOut = false) => this with { Throws = types, MayBeLeftOut = mayBeLeftOut };

    public ScalarFunction Rounds(MidpointRounding way, bool needsArgument = false) =>
        this with { Spelling = Spelling with { Rounding = way, NeedsRounding = needsArgument } };

    public ScalarFunction Beside(Opcode other, Home home, string name) =>
        this with { Pair = new FunctionPair(other, new Spelling(home, name)) };

    /// <summary>Sets the derivative, as a linear map for each operand.</summary>
    public ScalarFunction Partials(Needs needs, string formulas, Func<RuleBuilder, int, Operand, Operand?> push, string kink = "") =>
        this with { Derivative = new Derivative(needs, formulas, kink, push) };

    /// <summary>Sets the derivative of a function of one operand.</summary>
    public ScalarFunction Partials(Needs needs, string formulas, Func<RuleBuilder, Operand, Operand> push, string kink = "") =>
        Partials(needs, formulas, (b, _, t) => push(b, t), kink);

    /// <summary>Sets a recurrence of its own for the power series.</summary>
    public ScalarFunction Recurs(SeriesRecurrence recurrence) => this with { Series = Series with { Recurrence = recurrence } };

    /// <summary>Sets an expression whose power series stands for that of the function.</summary>
    public ScalarFunction Expands(Func<RuleBuilder, Operand?> expansion) => this with { Series = Series with { Expansion = expansion } };

    /// <summary>Declares that the derivative is zero wherever it exists, and gives the reason.</summary>
    public ScalarFunction Zero(string reason) => this with { ZeroReason = reason };

    /// <summary>Adds regions without kinks, where tests compare the partials with differences of the function.</summary>
    public ScalarFunction On(params Box[] samples) =>
        this with { Derivative = Derivative! with { Samples = Derivative.Samples.AddRange(samples) } };

    /// <summary>Adds a special input of a function of one operand, and the partial there.</summary>
    public ScalarFunction At(double x, double partial) => At(new[] { x }, partial);

    /// <summary>Adds special inputs, and the partial with respect to each that has one.</summary>
    public ScalarFunction At(double[] inputs, params double[] partials)
    {
        var point = new Point(inputs.ToImmutableArray(), partials.ToImmutableArray());
        return this with { Derivative = Derivative! with { Points = Derivative.Points.Add(point) } };
    }
}
