namespace SoftDiff.Generator.Frontend;

/// <summary>
/// What lowering one marked method gives. <see cref="Module"/> is null when something in the method (or in a method it calls) has no
/// place in the IR; <see cref="Signature"/> (a function with an empty body) is null only when not even the signature makes sense.
/// Reports hold locations, so they never travel in the pipeline: the analyzer reports them, the generator drops them.
/// </summary>
internal sealed record LoweringResult(Declaration Declaration, Function? Signature, Module? Module, Reports Reports, PassedArguments Arguments)
{
    /// <summary>The names of companions that cannot be generated, since the type has members in their place.</summary>
    public ImmutableArray<string> TakenNames { get; init; } = ImmutableArray<string>.Empty;
}
