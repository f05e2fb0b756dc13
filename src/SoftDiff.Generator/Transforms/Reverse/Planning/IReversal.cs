namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>
/// The questions that the walk over the adjoint asks. A <see cref="ReversalDraft"/> decides when a question is asked for the first time; a
/// <see cref="ReversalPlan"/> looks the answer up.
/// </summary>
internal interface IReversal
{
    /// <summary>How a branch or loop is reversed that has cotangents.</summary>
    /// <param name="op">The If or the loop.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="areCotangentsKnownBefore">
    /// Whether the cotangents of its results can be computed before it. Only the code around it tells; asked while the plan is made.
    /// </param>
    Reversal Of(Op op, Place place, Func<bool> areCotangentsKnownBefore);

    /// <summary>Says that the loop was fused, but its cotangents change from iteration to iteration, so this attempt is wrong.</summary>
    void RejectFusion(Loop loop);

    /// <summary>The result of a loop that counts its iterations.</summary>
    Value Trips(Loop loop);

    /// <summary>
    /// Whether the reverse iterations of a loop reversed apart may run in any order. Asked when all its values have been asked for.
    /// </summary>
    bool InAnyOrder(Loop loop);

    /// <summary>How reverse code gets a value whose block it does not follow.</summary>
    ValuePlan Of(Value value);

    /// <summary>Where a block saves its values. Asked when all of them have been asked for, and only if one is saved.</summary>
    SavePlan SavedBy(Block block);

    /// <summary>How a call is reversed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="hasCotangents">Whether its results have cotangents.</param>
    CallPlan Of(Call call, Place place, bool hasCotangents);

    /// <summary>The residual that the forward method of a rule gives.</summary>
    Value Residual(RuleCall call, Place place);

    /// <summary>How the reverse sweep sees the elements of an array that a call was given.</summary>
    ArrayAccess Elements(Op call, Place place, Operand array, bool after);
}

/// <summary>The position of an operation in its block.</summary>
internal sealed record Place(Block Block, int Position);
