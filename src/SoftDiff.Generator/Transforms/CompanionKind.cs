namespace SoftDiff.Generator.Transforms;

internal enum CompanionKind
{
    /// <summary>Value and gradient of a method with one floating-point result.</summary>
    Gradient,

    /// <summary>Vector–Jacobian product.</summary>
    Vjp,

    /// <summary>Jacobian–vector product.</summary>
    Jvp,
}

/// <summary>How a derivative comes from a method: the differentiations in the order in which they are applied. One for the companions of the public surface.</summary>
internal sealed record Derivation(ImmutableArray<CompanionKind> Kinds)
{
    public static implicit operator Derivation(CompanionKind kind) => new(ImmutableArray.Create(kind));

    public Derivation Then(CompanionKind kind) => new(Kinds.Add(kind));

    public bool Equals(Derivation? other) => other is not null && Kinds.SequenceEqual(other.Kinds);

    public override int GetHashCode() => Kinds.Aggregate(0, (hash, kind) => (hash * 3) + (int)kind + 1);
}

/// <summary>A derivative function and the private functions it calls.</summary>
/// <param name="Derivation">How it comes from the method; null for the body of a declared transformation.</param>
/// <param name="Function">The function.</param>
/// <param name="Helpers">Those that it calls.</param>
internal sealed record Companion(Derivation? Derivation, Function Function, ImmutableArray<Function> Helpers)
{
    /// <summary>The differentiation applied last, which gives a companion its shape.</summary>
    public CompanionKind Kind => Derivation!.Kinds.Last();
}
