namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>Operators and rules of the runtime that give one number.</summary>
internal static class SoftTerms
{
    public static IReadOnlyList<Term> All { get; } =
    [
        new("soft", 0.6, s => s.Number.IsDouble, Operator),
        new("safe", 0.3, s => s.Number.IsDouble, Safe),
        new("straight through", 0.2, s => s.Number.IsDouble, (s, d) => $"Diff.StraightThrough({Terms.Draw(s, d)}, {Terms.Draw(s, d)})"),
        new("primitive", 0.4, s => s.Number.IsDouble && s.Buffers.Count > 0, Primitive),
    ];

    /// <summary>A softness, which has a derivative as well.</summary>
    public static string Softness(Scope s) => s.Dice.Below(3) switch
    {
        0 => $"(0.3 + 0.1 * {Terms.Bounded(s, 0)})",
        _ => s.Softness.Count > 0 ? s.Dice.Pick<string>(s.Softness) : "0.4",
    };

    private static string Operator(Scope s, int depth)
    {
        string x = Terms.Draw(s, depth);
        return s.Dice.Below(8) switch
        {
            0 => $"Soft.Sigmoid({x})",
            1 => $"Soft.Softplus({x})",
            2 => $"Soft.Relu({x}, {Softness(s)})",
            3 => $"Soft.Abs({x}, {Softness(s)})",
            4 => $"Soft.Heaviside({x}, {Softness(s)})",
            5 => $"Soft.Round({x}, {Softness(s)})",
            6 => $"Soft.Greater({x}, {Terms.Draw(s, depth)}, {Softness(s)})",
            _ => $"Soft.Where(Soft.Sigmoid({x}), {Terms.Draw(s, depth)}, {Terms.Draw(s, depth)})",
        };
    }

    private static string Safe(Scope s, int depth) => s.Dice.Below(3) switch
    {
        0 => $"Safe.Sqrt({Terms.Positive(s, depth)})",
        1 => $"Safe.Log({Terms.Positive(s, depth)})",
        _ => $"Safe.Div({Terms.Draw(s, depth)}, {Terms.Positive(s, depth)})",
    };

    private static string Primitive(Scope s, int depth)
    {
        Buffer x = s.Dice.Pick<Buffer>(s.Buffers);
        Buffer y = s.Dice.Pick([.. s.Buffers.Where(buffer => ReferenceEquals(buffer.Length, x.Length))]);
        return s.Dice.Below(4) switch
        {
            0 => $"TensorPrimitives.Sum<double>({x.Name})",
            1 => $"TensorPrimitives.SumOfSquares<double>({x.Name})",
            2 => $"({x.Name}.Length > 0 ? Soft.LogSumExp({x.Name}) : {Terms.Draw(s, depth)})",
            _ => $"TensorPrimitives.Dot<double>({x.Name}, {y.Name})",
        };
    }
}
