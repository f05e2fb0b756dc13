using static System.Math;

namespace SoftDiff.Tests.Programs.Patterns;

public sealed class Field2D
{
    private readonly double[] _data;
    public int Width { get; }
    public int Height { get; }
    public Field2D(int width, int height) { Width = width; Height = height; _data = new double[width * height]; }
    public double this[int x, int y]
    {
        get => _data[Wrap(y, Height) * Width + Wrap(x, Width)];
        set => _data[Wrap(y, Height) * Width + Wrap(x, Width)] = value;
    }
    private static int Wrap(int i, int n) => ((i % n) + n) % n;
    public double Laplacian(int x, int y) => this[x - 1, y] + this[x + 1, y] + this[x, y - 1] + this[x, y + 1] - 4 * this[x, y];
    public double Mean() => _data.Average();
}

/// <summary>Reaction and diffusion on a class of fields, a new one for each step.</summary>
public static partial class GrayScott
{
    [Differentiable(Wrt = ["feed", "kill"])]
    public static double Pattern(double feed, double kill, int size, int steps)
    {
        var u = new Field2D(size, size);
        var v = new Field2D(size, size);
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                u[x, y] = 1;
                v[x, y] = Exp(-((x - size / 2.0) * (x - size / 2.0) + (y - size / 2.0) * (y - size / 2.0)));
            }
        for (int step = 0; step < steps; step++)
        {
            var nextU = new Field2D(size, size);
            var nextV = new Field2D(size, size);
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++)
                {
                    double uvv = u[x, y] * v[x, y] * v[x, y];
                    nextU[x, y] = u[x, y] + 0.16 * u.Laplacian(x, y) - uvv + feed * (1 - u[x, y]);
                    nextV[x, y] = v[x, y] + 0.08 * v.Laplacian(x, y) + uvv - (feed + kill) * v[x, y];
                }
            u = nextU;
            v = nextV;
        }
        return v.Mean() / u.Mean();
    }
}
