using System.Collections.Immutable;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Rules;

/// <summary>What of the primal the partials of a row read, at most.</summary>
[Flags]
internal enum Needs
{
    None = 0,
    Inputs = 1,
    Result = 2,
    Both = Inputs | Result,
}

/// <summary>
/// The derivative of one scalar function as a linear map per input: <c>Push(b, i, t)</c> is the partial with respect to input i
/// times t, or null where that partial is identically zero. A tangent and a cotangent go through the same map, so the one row
/// gives both modes. Push is asked only for inputs and results of a floating-point type; every opcode it writes has a row itself.
/// </summary>
/// <param name="Code">The function.</param>
/// <param name="Needs">What Push reads.</param>
/// <param name="Partials">The documentation line: the partials as formulas.</param>
/// <param name="Kink">The convention where the derivative does not exist, as a sentence; empty where it exists on the whole domain.</param>
/// <param name="Push">The linear map.</param>
internal sealed record ScalarRule(
    Opcode Code,
    Needs Needs,
    string Partials,
    string Kink,
    Func<RuleBuilder, int, Operand, Operand?> Push)
{
    /// <summary>Regions without kinks, where tests compare the partials with differences of the function.</summary>
    public ImmutableArray<Box> Samples { get; init; } = ImmutableArray<Box>.Empty;

    /// <summary>Partials at kinks and at special inputs (zeros, infinities, NaN, huge) as documented and tested.</summary>
    public ImmutableArray<Point> Points { get; init; } = ImmutableArray<Point>.Empty;

    public ScalarRule On(params Box[] samples) => this with { Samples = Samples.AddRange(samples) };

    /// <summary>At one input: where it is, and the partial there.</summary>
    public ScalarRule At(double x, double partial) => At(new[] { x }, partial);

    /// <summary>At several inputs: where they are, and the partial with respect to each that has one.</summary>
    public ScalarRule At(double[] inputs, params double[] partials) =>
        this with { Points = Points.Add(new Point(inputs.ToImmutableArray(), partials.ToImmutableArray())) };
}

/// <summary>An interval of sample inputs. Integers if <paramref name="Whole"/>.</summary>
internal readonly record struct Interval(double Low, double High, bool Whole = false)
{
    public static implicit operator Interval((double Low, double High) range) => new(range.Low, range.High);
}

/// <summary>One interval per input. <see cref="Literal"/>: the last input is given as a constant, as some rows treat constants specially.</summary>
internal sealed record Box(params Interval[] Inputs)
{
    public bool Literal { get; init; }
}

/// <summary>The partials at a point.</summary>
internal sealed record Point(ImmutableArray<double> Inputs, ImmutableArray<double> Partials);

/// <summary>A function whose derivative is zero wherever it exists, and why nothing else is meant.</summary>
internal sealed record ZeroRule(Opcode Code, string Reason);
