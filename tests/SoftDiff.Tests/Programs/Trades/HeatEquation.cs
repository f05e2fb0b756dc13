namespace SoftDiff.Tests.Programs.Heat;

public interface IBoundary { double Left(double t); double Right(double t); }

public sealed class FixedBoundary : IBoundary
{
    public double Left(double t) => 1.0;
    public double Right(double t) => Math.Exp(-t);
}

public class Grid
{
    public int Cells { get; }
    public double Length { get; }
    public double Dx => Length / (Cells + 1);
    public Grid(int cells, double length) { Cells = cells; Length = length; }
}

/// <summary>The misfit of the heat equation by its initial state and the conductivities, with a boundary behind an interface.</summary>
public partial class HeatSolver
{
    private readonly Grid _grid;
    private readonly IBoundary _boundary;
    private readonly double[] _target;

    public HeatSolver(Grid grid, IBoundary boundary, double[] target)
    {
        _grid = grid ?? throw new ArgumentNullException(nameof(grid));
        _boundary = boundary ?? throw new ArgumentNullException(nameof(boundary));
        _target = target;
    }

    private static void SolveTridiagonal(double[] a, double[] b, double[] c, double[] d, double[] x)
    {
        int n = d.Length;
        var cp = new double[n];
        var dp = new double[n];
        cp[0] = c[0] / b[0];
        dp[0] = d[0] / b[0];
        for (int i = 1; i < n; i++)
        {
            double m = b[i] - a[i] * cp[i - 1];
            cp[i] = c[i] / m;
            dp[i] = (d[i] - a[i] * dp[i - 1]) / m;
        }
        x[n - 1] = dp[n - 1];
        for (int i = n - 2; i >= 0; i--)
            x[i] = dp[i] - cp[i] * x[i + 1];
    }

    [Differentiable]
    public double Misfit(double[] initial, double[] conductivity, double finalTime, int steps = 20)
    {
        int n = _grid.Cells;
        if (initial.Length != n) throw new ArgumentException("wrong size", nameof(initial));
        double dt = finalTime / steps;
        double r = dt / (_grid.Dx * _grid.Dx);
        double[] u = (double[])initial.Clone();
        double[] a = new double[n], b = new double[n], c = new double[n];
        for (int step = 0; step < steps; step++)
        {
            double t = (step + 1) * dt;
            double[] rhs = new double[n];
            for (int i = 0; i < n; i++)
            {
                double kl = conductivity[i], kr = conductivity[i + 1];
                a[i] = -r * kl;
                c[i] = -r * kr;
                b[i] = 1 + r * (kl + kr);
                rhs[i] = u[i];
                if (i == 0) rhs[i] += r * kl * _boundary.Left(t);
                if (i == n - 1) rhs[i] += r * kr * _boundary.Right(t);
            }
            var next = new double[n];
            SolveTridiagonal(a, b, c, rhs, next);
            u = next;
        }
        double misfit = 0;
        for (int i = 0; i < n; i++) misfit += 0.5 * Math.Pow(u[i] - _target[i], 2) * _grid.Dx;
        return misfit;
    }
}
