namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>The values and the tangents of an array of dual numbers, each in an array of their own, as the runtime's forward modes take them.</summary>
internal readonly struct Split
{
    public Split(ReadOnlySpan<Dual<double>> numbers)
    {
        Values = new double[numbers.Length];
        Tangents = new double[numbers.Length];
        for (int i = 0; i < numbers.Length; i++) (Values[i], Tangents[i]) = (numbers[i].Value, numbers[i].Tangent);
    }

    public double[] Values { get; }

    public double[] Tangents { get; }

    public void Join(Span<Dual<double>> numbers)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] = new(Values[i], Tangents[i]);
    }
}
