namespace SoftDiff.Generator.IR;

/// <summary>The values of the primal that the partials of a row may read.</summary>
[Flags]
internal enum Needs
{
    None = 0,
    Inputs = 1,
    Result = 2,
    Both = Inputs | Result,
}

/// <summary>
/// The derivative of a scalar function, one linear map per operand: <c>Push(b, i, t)</c> is the partial with respect to operand i times t,
/// or null where that partial is identically zero. Both modes use the same map: forward mode applies it to a tangent, reverse mode to a
/// cotangent. Push is called only for floating-point operands and results. It writes scalar functions, which have rows of their own, so its
/// code can be differentiated again.
/// </summary>
/// <param name="Needs">The values of the primal that Push reads.</param>
/// <param name="Formulas">The partials as formulas, for the documentation.</param>
/// <param name="Kink">The convention where the derivative does not exist, as a sentence; empty where it exists on the whole domain.</param>
/// <param name="Push">The linear map.</param>
internal sealed record Derivative(Needs Needs, string Formulas, string Kink, Func<RuleBuilder, int, Operand, Operand?> Push)
{
    /// <summary>Regions without kinks, where tests compare the partials with differences of the function.</summary>
    public ImmutableArray<Box> Samples { get; init; } = ImmutableArray<Box>.Empty;

    /// <summary>Partials at kinks and at special inputs (zeros, infinities, NaN, huge) as documented and tested.</summary>
    public ImmutableArray<Point> Points { get; init; } = ImmutableArray<Point>.Empty;
}

/// <summary>An interval of sample inputs. Integers if <paramref name="Whole"/>.</summary>
internal readonly record struct Interval(double Low, double High, bool Whole = false)
{
    public static implicit operator Interval((double Low, double High) range) => new(range.Low, range.High);
}

/// <summary>One interval per input. <see cref="Literal"/>: the last input is a constant, as some rows treat constants specially.</summary>
internal sealed record Box(params Interval[] Inputs)
{
    public bool Literal { get; init; }
}

/// <summary>The partials at a point.</summary>
internal sealed record Point(ImmutableArray<double> Inputs, ImmutableArray<double> Partials);
