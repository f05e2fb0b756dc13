namespace Samples;

/// <summary>Normally distributed numbers, the same for the same seed. (Box and Muller, 1958.)</summary>
internal sealed class Normal(int seed)
{
    private readonly Random _random = new(seed);

    public double[] Next(int count)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            values[i] = radius * Math.Cos(2 * Math.PI * _random.NextDouble());
        }

        return values;
    }
}
