namespace Pendulum;

/// <summary>Symmetric 3×3 matrices, by rows.</summary>
internal static class Matrix3
{
    /// <summary>The inverse by cofactors, or <see langword="null"/> if the matrix is not positive definite.</summary>
    public static double[]? InversePositive(ReadOnlySpan<double> m)
    {
        double a = m[4] * m[8] - m[5] * m[5], b = m[2] * m[5] - m[1] * m[8], c = m[1] * m[5] - m[2] * m[4];
        double determinant = m[0] * a + m[1] * b + m[2] * c;
        double minor = m[0] * m[4] - m[1] * m[1];
        if (!(m[0] > 0 && minor > 0 && determinant > 0)) return null;

        double e = m[0] * m[8] - m[2] * m[2], f = m[1] * m[2] - m[0] * m[5];
        double[] cofactors = [a, b, c, b, e, f, c, f, minor];
        return [.. cofactors.Select(cofactor => cofactor / determinant)];
    }

    public static double[] Times(ReadOnlySpan<double> m, ReadOnlySpan<double> v) =>
    [
        m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
        m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
        m[6] * v[0] + m[7] * v[1] + m[8] * v[2],
    ];
}
