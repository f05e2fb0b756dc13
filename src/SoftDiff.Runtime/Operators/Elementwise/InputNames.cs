namespace SoftDiff;

/// <summary>The names of the parameters of an operator, for messages.</summary>
internal sealed class InputNames(params string[] inputs)
{
    public static readonly InputNames X = new("x");

    public static readonly InputNames XY = new("x", "y");

    public string[] Inputs => inputs;

    public string[] Gradients { get; } = Array.ConvertAll(inputs, name => "d" + char.ToUpperInvariant(name[0]) + name[1..]);

    public string[] Tangents { get; } = Array.ConvertAll(inputs, name => "t" + char.ToUpperInvariant(name[0]) + name[1..]);
}
