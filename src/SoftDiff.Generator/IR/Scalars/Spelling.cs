namespace SoftDiff.Generator.IR;

/// <summary>Where C# code finds a scalar function.</summary>
internal enum Home
{
    /// <summary>An operator between or before its operands; its name is the symbol.</summary>
    Operator,

    /// <summary>A form that the emitter knows: a conditional expression, a cast, a call by <see cref="Compute.Symbol"/>.</summary>
    Form,

    /// <summary>The framework's mathematics: one class for <c>double</c>, one for <c>float</c>; a member of every type parameter.</summary>
    Math,

    /// <summary>As <see cref="Math"/>, but the class for <c>double</c> serves <c>float</c> as well.</summary>
    MathOfDouble,

    /// <summary>A static member of the number types themselves.</summary>
    NumberType,

    /// <summary>The runtime's functions for users.</summary>
    Soft,

    /// <summary>The runtime's functions that occur in derivatives only.</summary>
    Partials,

    /// <summary>The runtime's checks of indices and lengths.</summary>
    Shape,
}

/// <summary>How C# code writes a scalar function. The emitter prints calls by it, and the frontend recognises calls by it.</summary>
/// <param name="Home">Where it is found.</param>
/// <param name="Name">Its name there.</param>
internal sealed record Spelling(Home Home, string Name)
{
    /// <summary>Its name in the classes for <c>double</c> and <c>float</c>, where that is another than the number types'.</summary>
    public string? MathName { get; init; }

    /// <summary>The way it rounds: the frontend knows it by that argument, too.</summary>
    public MidpointRounding? Rounding { get; init; }

    /// <summary>The argument <see cref="Rounding"/> is needed: the name alone means another function.</summary>
    public bool NeedsRounding { get; init; }
}
