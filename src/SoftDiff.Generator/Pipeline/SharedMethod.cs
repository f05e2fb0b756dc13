namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// A private method derived from a callee, in a file of its own: the methods of one type that call it share it. Its name ends in a hash of what it was
/// derived from, so two are equal when their names, their containing types and their type parameters are.
/// </summary>
internal sealed class SharedMethod : IEquatable<SharedMethod>
{
    public SharedMethod(Declaration caller, Function function, ImmutableArray<Function> callees)
    {
        Function = function;
        Callees = callees;
        var type = (caller.Namespace.Length > 0 ? caller.Namespace + "." : "") + string.Join("+", caller.Types.Select(t => t.Name + t.TypeParameters));
        HintName = IR.HintName.Of(type + "." + function.Name, type + caller.TypeParameters + caller.Constraints);
        Declaration = caller with
        {
            HintName = HintName, Accessibility = "private", Cref = "",
            DisplayName = type.Replace('+', '.') + "." + function.Name, Fingerprint = "", ReservedNames = ImmutableArray<string>.Empty, Header = null, Warnings = ImmutableArray<string>.Empty,
        };
    }

    public string HintName { get; }

    public Declaration Declaration { get; }

    public Function Function { get; }

    /// <summary>The shared methods it calls.</summary>
    public ImmutableArray<Function> Callees { get; }

    public bool Equals(SharedMethod? other) =>
        other is not null && HintName == other.HintName && Declaration.Types.SequenceEqual(other.Declaration.Types)
        && (Declaration.TypeParameters, Declaration.Constraints) == (other.Declaration.TypeParameters, other.Declaration.Constraints);

    public override bool Equals(object? obj) => Equals(obj as SharedMethod);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(HintName);
}
