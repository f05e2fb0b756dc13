namespace Maml;

/// <summary>A sine to be learnt from few points. (Finn, Abbeel and Levine, arXiv:1703.03400, section 5.1.)</summary>
internal sealed record SineTask(double Amplitude, double Phase)
{
    public const double From = -5, To = 5;

    public static SineTask Draw(Random random) => new(0.1 + 4.9 * random.NextDouble(), Math.PI * random.NextDouble());

    public double Value(double x) => Amplitude * Math.Sin(x - Phase);

    /// <summary>Points of the sine at random places.</summary>
    public (double[] X, double[] Y) Sample(Random random, int count)
    {
        var x = new double[count];
        for (int i = 0; i < count; i++) x[i] = From + (To - From) * random.NextDouble();
        return (x, [.. x.Select(Value)]);
    }
}
