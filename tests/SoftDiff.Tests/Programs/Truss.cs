namespace SoftDiff.Tests.Programs;

/// <summary>A plane truss: nodes, bars between them, and loads. The stiffness matrix is an array of rows, solved by LU with row exchanges.</summary>
public static partial class Truss
{
    /// <summary>The work that the loads do on the displacements of the free nodes.</summary>
    /// <param name="nodes">The coordinates of each node.</param>
    /// <param name="bars">The two nodes of each bar.</param>
    /// <param name="areas">The cross section of each bar.</param>
    /// <param name="loads">The load on each free node.</param>
    /// <param name="fixedNodes">How many nodes, from the first on, do not move.</param>
    /// <param name="modulus">Young's modulus.</param>
    [Differentiable(Wrt = ["nodes", "areas", "loads", "modulus"])]
    public static double Compliance(double[][] nodes, int[][] bars, double[] areas, double[][] loads, int fixedNodes, double modulus)
    {
        int n = 2 * (nodes.Length - fixedNodes);
        double[][] k = Stiffness(nodes, bars, areas, fixedNodes, modulus);
        double[] f = new double[n];
        for (int i = 0; i < loads.Length; i++)
        {
            f[2 * i] = loads[i][0];
            f[(2 * i) + 1] = loads[i][1];
        }

        double[] u = Solve(k, f);
        double work = 0;
        for (int i = 0; i < n; i++)
        {
            work += f[i] * u[i];
        }

        return 0.5 * work;
    }

    private static double[][] Stiffness(double[][] nodes, int[][] bars, double[] areas, int fixedNodes, double modulus)
    {
        int n = 2 * (nodes.Length - fixedNodes);
        double[][] k = new double[n][];
        for (int i = 0; i < n; i++)
        {
            k[i] = new double[n];
        }

        for (int b = 0; b < bars.Length; b++)
        {
            double[] from = nodes[bars[b][0]];
            double[] to = nodes[bars[b][1]];
            double dx = to[0] - from[0], dy = to[1] - from[1];
            double length = Math.Sqrt((dx * dx) + (dy * dy));
            double stiffness = modulus * areas[b] / (length * length * length);
            for (int p = 0; p < 2; p++)
            {
                for (int q = 0; q < 2; q++)
                {
                    int row = 2 * (bars[b][p] - fixedNodes), column = 2 * (bars[b][q] - fixedNodes);
                    if (row < 0 || column < 0)
                    {
                        continue;
                    }

                    double sign = p == q ? stiffness : -stiffness;
                    k[row][column] += sign * dx * dx;
                    k[row][column + 1] += sign * dx * dy;
                    k[row + 1][column] += sign * dy * dx;
                    k[row + 1][column + 1] += sign * dy * dy;
                }
            }
        }

        return k;
    }

    private static double[] Solve(double[][] a, double[] b)
    {
        int n = b.Length;
        double[][] lu = new double[n][];
        for (int i = 0; i < n; i++)
        {
            lu[i] = (double[])a[i].Clone();
        }

        double[] x = (double[])b.Clone();
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
            {
                if (Math.Abs(lu[i][k]) > Math.Abs(lu[pivot][k]))
                {
                    pivot = i;
                }
            }

            (lu[k], lu[pivot]) = (lu[pivot], lu[k]);
            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = lu[i][k] / lu[k][k];
                for (int j = k; j < n; j++)
                {
                    lu[i][j] -= factor * lu[k][j];
                }

                x[i] -= factor * x[k];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < n; j++)
            {
                x[i] -= lu[i][j] * x[j];
            }

            x[i] /= lu[i][i];
        }

        return x;
    }
}
