using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// One walk over the adjoint of a function, and its parts, which call each other. Operations are visited backwards
/// (<see cref="Operations"/>); their adjoints take and contribute cotangents (<see cref="Cotangents"/>), read primal values
/// (<see cref="PrimalValues"/>) and work on the cotangents of arrays (<see cref="Shadows"/>). What is a choice, the plan says.
/// </summary>
internal sealed class ReverseSweep
{
    private Value? _tape;

    /// <param name="primal">The function to reverse.</param>
    /// <param name="plan">The decisions.</param>
    /// <param name="values">Numbers the values of the code.</param>
    public ReverseSweep(Primal primal, IReversal plan, ValueSource values)
    {
        Primal = primal;
        Plan = plan;
        Values = values;
        Cotangents = new Cotangents(this);
        PrimalValues = new PrimalValues(this);
        Shadows = new Shadows(this);
        Operations = new OperationAdjoints(this);
    }

    public Primal Primal { get; }

    public IReversal Plan { get; }

    public ValueSource Values { get; }

    /// <summary>Names for the values of the sweep, given when it is done.</summary>
    public Naming Names { get; } = new();

    public Cotangents Cotangents { get; }

    public PrimalValues PrimalValues { get; }

    public Shadows Shadows { get; }

    public OperationAdjoints Operations { get; }

    /// <summary>The tape, which exists from now on.</summary>
    public Value Tape => _tape ??= Values.Fresh(TapeType.Instance, "tape");

    public bool HasTape => _tape is not null;

    public bool IsActive(Operand operand) => Primal.IsActive(operand);

    /// <summary>The primal operand as reverse code of the frame can read it.</summary>
    public Operand Need(Operand operand, Frame frame) => PrimalValues.Need(operand, frame);

    /// <summary>The sum of what was contributed to a cotangent, which is then forgotten; null if there is none.</summary>
    public Operand? Take(Operand operand, Frame frame) => Cotangents.Take(operand, frame);

    /// <summary>Adds to the cotangent of an operand, if it is active.</summary>
    public void Contribute(Operand operand, Operand? contribution, Frame frame) => Cotangents.Contribute(operand, contribution, frame);

    /// <summary>Where the cotangents of an array or a tape are.</summary>
    public Operand Shadow(Operand array, Frame frame) => Shadows.Of(array, frame);
}
