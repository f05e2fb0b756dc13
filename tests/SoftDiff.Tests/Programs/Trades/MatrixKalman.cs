namespace SoftDiff.Tests.Programs.Matrices;

public sealed class Matrix
{
    private readonly double[,] _data;
    public int Rows => _data.GetLength(0);
    public int Cols => _data.GetLength(1);
    public Matrix(int rows, int cols) => _data = new double[rows, cols];
    public Matrix(double[,] data) => _data = data;
    public double this[int i, int j] { get => _data[i, j]; set => _data[i, j] = value; }
    public static Matrix Identity(int n) { var m = new Matrix(n, n); for (int i = 0; i < n; i++) m[i, i] = 1; return m; }
    public static Matrix operator *(Matrix a, Matrix b)
    {
        if (a.Cols != b.Rows) throw new ArgumentException("dimension mismatch");
        var c = new Matrix(a.Rows, b.Cols);
        for (int i = 0; i < a.Rows; i++)
            for (int j = 0; j < b.Cols; j++)
            {
                double s = 0;
                for (int k = 0; k < a.Cols; k++) s += a[i, k] * b[k, j];
                c[i, j] = s;
            }
        return c;
    }
    public static Matrix operator +(Matrix a, Matrix b)
    {
        var c = new Matrix(a.Rows, a.Cols);
        for (int i = 0; i < a.Rows; i++) for (int j = 0; j < a.Cols; j++) c[i, j] = a[i, j] + b[i, j];
        return c;
    }
    public static Matrix operator -(Matrix a, Matrix b)
    {
        var c = new Matrix(a.Rows, a.Cols);
        for (int i = 0; i < a.Rows; i++) for (int j = 0; j < a.Cols; j++) c[i, j] = a[i, j] - b[i, j];
        return c;
    }
    public Matrix Transpose()
    {
        var c = new Matrix(Cols, Rows);
        for (int i = 0; i < Rows; i++) for (int j = 0; j < Cols; j++) c[j, i] = this[i, j];
        return c;
    }
}

/// <summary>A Kalman filter with a matrix class of its own, whose operators make new matrices.</summary>
public static partial class Kalman
{
    [Differentiable(Wrt = ["processNoise", "measurementNoise"])]
    public static double NegativeLogLikelihood(double processNoise, double measurementNoise, IReadOnlyList<double> observations, double dt)
    {
        var F = new Matrix(new double[,] { { 1, dt }, { 0, 1 } });
        var H = new Matrix(new double[,] { { 1, 0 } });
        var Q = new Matrix(2, 2);
        Q[0, 0] = processNoise * Math.Pow(dt, 4) / 4;
        Q[0, 1] = Q[1, 0] = processNoise * Math.Pow(dt, 3) / 2;
        Q[1, 1] = processNoise * dt * dt;
        var x = new Matrix(2, 1);
        var P = Matrix.Identity(2);
        double nll = 0;
        foreach (var z in observations)
        {
            x = F * x;
            P = F * P * F.Transpose() + Q;
            double innovation = z - (H * x)[0, 0];
            double s = (H * P * H.Transpose())[0, 0] + measurementNoise;
            var gain = P * H.Transpose();
            gain[0, 0] /= s;
            gain[1, 0] /= s;
            x[0, 0] += gain[0, 0] * innovation;
            x[1, 0] += gain[1, 0] * innovation;
            P = (Matrix.Identity(2) - gain * H) * P;
            nll += 0.5 * (Math.Log(2 * Math.PI * s) + innovation * innovation / s);
        }
        return nll;
    }
}
