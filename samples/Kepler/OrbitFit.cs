using SoftDiff;

namespace Kepler;

/// <summary>Finds the elements of an orbit from noisy positions, by Gauss and Newton's method.</summary>
internal sealed class OrbitFit
{
    private const double Period = 1, Noise = 0.02;
    private const int Observations = 24;

    private readonly double[] _times = [.. Enumerable.Range(0, Observations).Select(i => 0.65 * i / Observations)];
    private readonly double[] _observed = new double[2 * Observations];

    public double[] Truth { get; } = [1.5, 0.55, 0.6, -0.4];

    public double[] Elements { get; } = [1.0, 0.1, 0.0, 0.0];

    public OrbitFit()
    {
        var random = new Random(7);
        for (int i = 0; i < Observations; i++)
        {
            Orbit.Position(Truth, _times[i], Period, out double x, out double y);
            _observed[2 * i] = x + Noise * Normal(random);
            _observed[2 * i + 1] = y + Noise * Normal(random);
        }
    }

    /// <summary>One step, halved until the sum of squares gets smaller. Returns the root of the mean square after it.</summary>
    public double Step()
    {
        double[] residuals = new double[2 * Observations], jacobian = new double[2 * Observations * Orbit.Elements];
        Orbit.ResidualsJacobian(Elements, _times, _observed, Period, residuals, jacobian);
        double[] normal = new double[Orbit.Elements * Orbit.Elements], right = new double[Orbit.Elements], step = new double[Orbit.Elements];
        for (int k = 0; k < residuals.Length; k++)
        {
            var row = jacobian.AsSpan(k * Orbit.Elements, Orbit.Elements);
            for (int i = 0; i < Orbit.Elements; i++)
            {
                right[i] -= row[i] * residuals[k];
                for (int j = 0; j < Orbit.Elements; j++) normal[i * Orbit.Elements + j] += row[i] * row[j];
            }
        }

        LinearSystem.Solve(normal, transposed: false, right, step);
        double before = Error(Elements);
        double[] next = new double[Orbit.Elements];
        for (double size = 1; size > 1e-6; size /= 2)
        {
            for (int i = 0; i < Orbit.Elements; i++) next[i] = Elements[i] + size * step[i];
            if (next[1] is < 0 or > 0.95 || Error(next) >= before) continue;
            next.CopyTo(Elements, 0);
            break;
        }

        return Error(Elements);
    }

    public double Error(double[] elements)
    {
        double[] residuals = new double[2 * Observations];
        Orbit.Residuals(elements, _times, _observed, Period, residuals);
        return Math.Sqrt(residuals.Sum(r => r * r) / residuals.Length);
    }

    /// <summary>The orbit as text: the sun, the observed positions, the orbit that was found.</summary>
    public string Plot()
    {
        const int Width = 72, Height = 20;
        char[][] lines = [.. Enumerable.Range(0, Height).Select(_ => Enumerable.Repeat(' ', Width).ToArray())];
        void Put(double x, double y, char mark)
        {
            int column = (int)Math.Round((x + 2.4) / 4.0 * (Width - 1)), row = (int)Math.Round((0.95 - y) / 2.3 * (Height - 1));
            if (row >= 0 && row < Height && column >= 0 && column < Width) lines[row][column] = mark;
        }

        for (int i = 0; i < 400; i++)
        {
            Orbit.Position(Elements, i / 400.0, Period, out double x, out double y);
            Put(x, y, '.');
        }

        for (int i = 0; i < Observations; i++) Put(_observed[2 * i], _observed[2 * i + 1], 'o');
        Put(0, 0, '*');
        return string.Join(Environment.NewLine, lines.Select(line => "  " + new string(line).TrimEnd()));
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
