namespace SoftDiff.Tests.Programs.Science.Ising;

public sealed class Lattice
{
    private readonly int _size;

    public Lattice(int size) => _size = size;

    public int Sites => _size * _size;

    public int[] Neighbours(int site)
    {
        int x = site % _size, y = site / _size;
        return
        [
            y * _size + (x + 1) % _size,
            y * _size + (x + _size - 1) % _size,
            (y + 1) % _size * _size + x,
            (y + _size - 1) % _size * _size + x,
        ];
    }
}

public static partial class MeanField
{
    [Differentiable]
    public static double FreeEnergy(double coupling, double temperature, double[] field, Lattice lattice, int sweeps)
    {
        double beta = 1 / temperature;
        double[] m = Enumerable.Repeat(0.1, lattice.Sites).ToArray();
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            double[] next = new double[m.Length];
            for (int i = 0; i < m.Length; i++)
            {
                double local = field[i] + coupling * lattice.Neighbours(i).Sum(j => m[j]);
                next[i] = 0.5 * m[i] + 0.5 * Math.Tanh(beta * local);
            }

            double change = m.Zip(next, (a, b) => Math.Abs(a - b)).Max();
            m = next;
            if (change < 1e-13) break;
        }

        double energy = 0, entropy = 0;
        for (int i = 0; i < m.Length; i++)
        {
            energy -= field[i] * m[i];
            foreach (int j in lattice.Neighbours(i)) energy -= coupling * m[i] * m[j] / 2;
            entropy -= XLogX((1 + m[i]) / 2) + XLogX((1 - m[i]) / 2);
        }

        return (energy - temperature * entropy) / lattice.Sites;

        double XLogX(double p) => p <= 0 ? 0 : p * Math.Log(p);
    }
}
