namespace SoftDiff.Runtime.Build;

/// <summary>A method for doubles that the generator writes; the one for floats follows from it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Returns">The type of the result.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Documentation">The documentation comment, a line each.</param>
/// <param name="Attributes">The attributes, a line each.</param>
/// <param name="Body">The statements, a line each, or one expression.</param>
internal sealed record WrittenMember(
    string Name,
    string Returns,
    EquatableArray<ParameterSpec> Parameters,
    string[] Documentation,
    string[] Attributes,
    string[] Body)
{
    public string Cref => Member.Cref(Name, Parameters);

    /// <summary>The method as it would be read.</summary>
    public MethodSpec Spec => new(Name, Returns, Parameters, Text, Comment.Of(Documentation));

    /// <summary>The method with another attribute in front.</summary>
    public WrittenMember With(string attribute) => this with { Attributes = [attribute, .. Attributes] };

    /// <summary>The text with the documentation comment.</summary>
    public string Documented => string.Concat(Documentation.Select(line => "/// " + line + "\n")) + Text;

    public string Text
    {
        get
        {
            var head = string.Concat(Attributes.Select(a => $"[{a}]\n")) + Member.Signature(Returns, Name, Parameters);
            return Body.Length == 1 ? $"{head} =>\n    {Body[0]};" : $"{head}\n{{\n    {string.Join("\n    ", Body)}\n}}";
        }
    }
}
