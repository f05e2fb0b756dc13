namespace SoftDiff.Generator.Transforms;

/// <summary>Switches for what only saves time or memory. Tests turn them off one by one and all together: results must agree.</summary>
internal sealed record TransformOptions
{
    public static readonly TransformOptions Default = new();

    /// <summary>Leave out what has derivative zero.</summary>
    public bool Activity { get; init; } = true;

    /// <summary>Compute cheap values again in the reverse sweep instead of saving them.</summary>
    public bool Recompute { get; init; } = true;

    /// <summary>Run forward and reverse code of a branch or of independent iterations together.</summary>
    public bool Fuse { get; init; } = true;

    /// <summary>Copy callees' bodies into their callers.</summary>
    public bool Inline { get; init; } = true;

    /// <summary>Share, fold, hoist and drop.</summary>
    public bool Simplify { get; init; } = true;

    /// <summary>Check the indices of a loop before it.</summary>
    public bool HoistIndexChecks { get; init; } = true;

    /// <summary>Compute once what is the same for every direction of a derivative.</summary>
    public bool HoistPrimal { get; init; } = true;

    /// <summary>Run several directions of a derivative at once.</summary>
    public bool RunInLanes { get; init; } = true;

    /// <summary>Run several examples of a batch at once.</summary>
    public bool RunExamplesInLanes { get; init; } = true;

    /// <summary>Build products of derivatives from products that are there.</summary>
    public bool ShareProducts { get; init; } = true;

    /// <summary>Pass a tensor parameter on as it is, not as a tensor over its elements.</summary>
    public bool PassWholeTensors { get; init; } = true;

    /// <summary>Let a rule write to zero cotangents instead of a temporary array.</summary>
    public bool PassDirectCotangents { get; init; } = true;

    /// <summary>Drop zeros that nobody reads.</summary>
    public bool DropLastResets { get; init; } = true;

    /// <summary>Copy a sign bit instead of multiplying by the sign.</summary>
    public bool JoinSignedProducts { get; init; } = true;

    /// <summary>Store an element instead of setting it to zero and adding to it.</summary>
    public bool StoreZeroedElements { get; init; } = true;

    /// <summary>Compute a function and its derivative by one call.</summary>
    public bool PairFunctions { get; init; } = true;

    /// <summary>Do not clear arrays that are overwritten first.</summary>
    public bool SkipClearing { get; init; } = true;

    /// <summary>Store to the rows of a cleared matrix instead of adding.</summary>
    public bool StoreFirstRows { get; init; } = true;

    /// <summary>Carry a sum to the next iteration in a register.</summary>
    public bool RotateSums { get; init; } = true;

    /// <summary>Store to a cleared array instead of adding.</summary>
    public bool StoreFirst { get; init; } = true;

    /// <summary>Carry an element to the next iteration in a register.</summary>
    public bool RotateLoads { get; init; } = true;

    /// <summary>Write the columns of a matrix without an array in between.</summary>
    public bool StoreColumns { get; init; } = true;

    /// <summary>Take slices before inner loops.</summary>
    public bool SliceRows { get; init; } = true;

    /// <summary>Make one operation of a loop over rows.</summary>
    public bool UpdateRows { get; init; } = true;

    /// <summary>Move arithmetic behind calls.</summary>
    public bool AdvanceCalls { get; init; } = true;

    /// <summary>Let the companions of large scalar functions call the gradient.</summary>
    public bool ByGradient { get; init; } = true;

    /// <summary>Compute the elements of a result in the array that is given back.</summary>
    public bool ReturnInPlace { get; init; } = true;

    /// <summary>Compare the arrays of the caller with each other in one call.</summary>
    public bool GroupOverlapChecks { get; init; } = true;

    /// <summary>Write loops that occur several times once.</summary>
    public bool ShareLoops { get; init; } = true;

    /// <summary>Run the verifier after every pass. It saves nothing: it finds faults of ours.</summary>
    public bool Verify { get; init; } =
#if DEBUG
        true;
#else
        false;
#endif

    /// <summary>Everything off that saves time or memory.</summary>
    public static readonly TransformOptions None = new()
    {
        Activity = false, Recompute = false, Fuse = false, Inline = false, Simplify = false, HoistIndexChecks = false, ByGradient = false,
        HoistPrimal = false, RunInLanes = false, RunExamplesInLanes = false, ShareProducts = false, PassWholeTensors = false,
        PassDirectCotangents = false, DropLastResets = false, JoinSignedProducts = false,
        StoreZeroedElements = false, PairFunctions = false, SkipClearing = false, StoreFirstRows = false, RotateSums = false, StoreFirst = false,
        RotateLoads = false, StoreColumns = false, SliceRows = false, UpdateRows = false, AdvanceCalls = false, ReturnInPlace = false,
        GroupOverlapChecks = false, ShareLoops = false,
    };
}
