using System.Numerics;

namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>Reads dual numbers from flat vectors of values and tangents; what is beyond the vectors' part in the derivative has tangent 0.</summary>
public static class Flat
{
    public static Dual<T> Number<T>(double[] values, double[] tangents, int at)
        where T : System.Numerics.IFloatingPointIeee754<T> => new(T.CreateTruncating(values[at]), tangents[at]);

    public static Dual<T>[] Array<T>(double[] values, double[] tangents, int start, int length)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        Dual<T>[] numbers = new Dual<T>[length];
        for (int i = 0; i < length; i++) numbers[i] = Number<T>(values, tangents, start + i);
        return numbers;
    }

    public static Dual<T>[] Constants<T>(params T[] values)
        where T : System.Numerics.IFloatingPointIeee754<T> => System.Array.ConvertAll(values, value => (Dual<T>)value);
}

/// <summary>Writes the outputs of a reference run to two flat vectors.</summary>
public sealed class FlatOutputs
{
    private readonly List<double> _values = [];
    private readonly List<double> _tangents = [];

    public FlatOutputs Add<T>(Dual<T> number)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        _values.Add(double.CreateChecked(number.Value));
        _tangents.Add(number.Tangent);
        return this;
    }

    public FlatOutputs AddAll<T>(Dual<T>[] numbers)
        where T : System.Numerics.IFloatingPointIeee754<T>
    {
        foreach (Dual<T> number in numbers) Add(number);
        return this;
    }

    public double[][] ToArrays() => [[.. _values], [.. _tangents]];
}
