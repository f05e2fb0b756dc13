namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>How an If is reversed.</summary>
internal sealed record BranchPlan(Reversal Reversal);

/// <summary>How a loop is reversed.</summary>
internal sealed record LoopPlan(Reversal Reversal)
{
    /// <summary>
    /// The iterations of a loop reversed apart may run upwards, since they are independent and leave nothing on the tape.
    /// </summary>
    public bool InAnyOrder { get; init; }

    /// <summary>The result of the loop that counts its iterations; null if the count is known before the loop.</summary>
    public Value? Trips { get; init; }
}

/// <summary>How reverse code gets a value that is not at hand.</summary>
internal enum ValueAccess
{
    /// <summary>
    /// It is computed once more from values that are at hand or planned themselves. For an array: it is made or viewed once more.
    /// </summary>
    Again,

    /// <summary>It is loaded from the array where its iteration stored it.</summary>
    ReadBack,

    /// <summary>The If that computes it has a further result for it.</summary>
    HandedOut,

    /// <summary>Its iteration, or the forward function, saves it.</summary>
    Saved,
}

/// <summary>How reverse code gets a value.</summary>
/// <param name="Access">The way.</param>
/// <param name="By">The array that holds the value, or the further result of the If; null for the other ways.</param>
internal sealed record ValuePlan(ValueAccess Access, Value? By = null);

/// <summary>The values that each run of a block saves, in the order in which reverse code asks for them.</summary>
/// <param name="Values">The values.</param>
/// <param name="Loops">
/// The loops around the block, outermost first, if each value has a buffer with an element for each of their iterations; empty if the tape
/// holds the values.
/// </param>
internal sealed record SavePlan(ImmutableArray<Value> Values, ImmutableArray<For> Loops)
{
    public bool IsOnTape => Loops.IsEmpty;
}

/// <summary>How a call of another function is reversed.</summary>
internal enum CallReversal
{
    /// <summary>It has no adjoint.</summary>
    None,

    /// <summary>The callee's gradient is called in its place and gives the partials, too.</summary>
    Gradient,

    /// <summary>A forward function is called in its place, and its pullback in the reverse sweep.</summary>
    Pullback,

    /// <summary>Its arguments are kept. The reverse sweep calls the callee's vector–Jacobian product, which runs the callee again.</summary>
    Again,

    /// <summary>
    /// The callee is a loop over one call. A forward function keeps states on the tape, and its pullback runs the loop again from them. The
    /// other arguments are kept.
    /// </summary>
    AgainFromSlots,
}

/// <summary>How a call of another function is reversed.</summary>
/// <param name="Reversal">The way.</param>
/// <param name="Mask">The active parameters of the callee.</param>
/// <param name="Gradient">The call of the gradient, if that is the way.</param>
/// <param name="Partials">The partial that the gradient gives for each active argument.</param>
internal sealed record CallPlan(
    CallReversal Reversal, string Mask, Call? Gradient, ImmutableArray<(Operand Argument, Value Partial)> Partials);

/// <summary>How the reverse sweep sees the elements that an array had before or after a call.</summary>
internal enum ArrayAccess
{
    /// <summary>Nothing has written the array since.</summary>
    Unchanged,

    /// <summary>The tensor is arranged once more over its elements, for which there is a plan of their own.</summary>
    Rearranged,

    /// <summary>The forward sweep makes a copy.</summary>
    Copied,

    /// <summary>The forward sweep pushes the elements to the tape.</summary>
    OnTape,
}

/// <summary>How the reverse sweep sees the elements of an argument of a call.</summary>
/// <param name="Array">The argument, or the array whose elements it arranges.</param>
/// <param name="After">Whether the elements are those after the call.</param>
/// <param name="Access">The way.</param>
internal sealed record ArrayPlan(Operand Array, bool After, ArrayAccess Access);

/// <summary>How a call of a method with a rule is reversed.</summary>
/// <param name="Residual">The residual that the rule's forward method gives.</param>
internal sealed record RulePlan(Value Residual);
