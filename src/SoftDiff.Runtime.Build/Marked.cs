namespace SoftDiff.Runtime.Build;

/// <summary>The surroundings of a method.</summary>
/// <param name="Container">The types around it from the outermost, as "class Soft".</param>
/// <param name="Space">The namespace.</param>
/// <param name="Usings">The using directives of the files it is written in.</param>
internal sealed record Surroundings(EquatableArray<string> Container, string Space, EquatableArray<string> Usings);

/// <summary>A marked method, from which further methods are written.</summary>
/// <param name="Around">Where it is.</param>
/// <param name="Value">The method.</param>
internal abstract record Marked(Surroundings Around, MethodSpec Value)
{
    /// <summary>The name with those of the types around it. All overloads share a file.</summary>
    public string FullName => string.Join(".", Around.Container.Select(c => c.Substring(c.IndexOf(' ') + 1))) + "." + Value.Name;

    /// <summary>The text of the methods that are written from it.</summary>
    public abstract IEnumerable<string> Members();

    protected static string InFloat(string cref, string text) => $"/// <inheritdoc cref=\"{cref}\"/>\n" + FloatTwin.Of(text);
}

/// <summary>A method marked [FloatTwin].</summary>
internal sealed record TwinSpec(Surroundings Around, MethodSpec Value) : Marked(Around, Value)
{
    public override IEnumerable<string> Members() => [InFloat(Member.Cref(Value), Value.Text)];
}
