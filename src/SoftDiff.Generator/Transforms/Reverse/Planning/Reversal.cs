namespace SoftDiff.Generator.Transforms.Reverse.Planning;

/// <summary>How a branch or a loop is reversed.</summary>
internal enum Reversal
{
    /// <summary>Forward and reverse code of each branch or iteration follow each other. Nothing is saved.</summary>
    Fused,

    /// <summary>The loop runs a second time where its adjoint belongs, and that time forward and reverse code are fused.</summary>
    Replayed,

    /// <summary>
    /// The reverse code stands in another branch, or in a loop that runs backwards. Values it needs are computed again or saved.
    /// </summary>
    Apart,
}

/// <summary>Where the reverse code of a primal block stands.</summary>
internal enum Placement
{
    /// <summary>It follows the forward code in the same block, so every value of the block is at hand.</summary>
    Same,

    /// <summary>In a branch of a later If.</summary>
    Branch,

    /// <summary>In the body of a later loop that runs backwards.</summary>
    LoopBody,

    /// <summary>In another function: the pullback of a function that is split in two.</summary>
    Split,
}
