namespace SoftDiff.Tests.Programs.Science.Halo;

public enum Boundary { Fixed, Periodic, Insulated }

public sealed class Plate
{
    private readonly double[,] _cells;

    public Plate(int nx, int ny)
    {
        Nx = nx;
        Ny = ny;
        _cells = new double[nx + 2, ny + 2];
    }

    public int Nx { get; }
    public int Ny { get; }

    public double this[int i, int j]
    {
        get => _cells[i + 1, j + 1];
        set => _cells[i + 1, j + 1] = value;
    }

    public void Exchange(Boundary boundary)
    {
        for (int j = 0; j < Ny; j++)
        {
            (this[-1, j], this[Nx, j]) = boundary switch
            {
                Boundary.Periodic => (this[Nx - 1, j], this[0, j]),
                Boundary.Insulated => (this[0, j], this[Nx - 1, j]),
                _ => (0, 0),
            };
        }

        for (int i = 0; i < Nx; i++)
        {
            switch (boundary)
            {
                case Boundary.Periodic:
                    this[i, -1] = this[i, Ny - 1];
                    this[i, Ny] = this[i, 0];
                    break;
                case Boundary.Insulated:
                    this[i, -1] = this[i, 0];
                    this[i, Ny] = this[i, Ny - 1];
                    break;
                default:
                    this[i, -1] = this[i, Ny] = 0;
                    break;
            }
        }
    }
}

public static partial class HeatPlate
{
    [Differentiable(Wrt = ["diffusivity", "source"])]
    public static double Misfit(double diffusivity, double[] source, double[,] target, Boundary boundary, int steps, double dt)
    {
        int nx = target.GetLength(0), ny = target.GetLength(1);
        var now = new Plate(nx, ny);
        var next = new Plate(nx, ny);
        for (int step = 0; step < steps; step++)
        {
            now.Exchange(boundary);
            for (int i = 0; i < nx; i++)
            {
                for (int j = 0; j < ny; j++)
                {
                    double laplacian = now[i - 1, j] + now[i + 1, j] + now[i, j - 1] + now[i, j + 1] - 4 * now[i, j];
                    next[i, j] = now[i, j] + dt * (diffusivity * laplacian + source[i]);
                }
            }

            (now, next) = (next, now);
        }

        double sum = 0;
        for (int i = 0; i < nx; i++)
            for (int j = 0; j < ny; j++)
                sum += (now[i, j] - target[i, j]) * (now[i, j] - target[i, j]);
        return sum;
    }
}
