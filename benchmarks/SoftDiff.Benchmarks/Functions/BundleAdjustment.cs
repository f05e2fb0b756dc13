using SoftDiff;

namespace SoftDiff.Benchmarks.Functions;

/// <summary>
/// Reprojection errors of points seen by cameras. A camera has 11 numbers: rotation 3, centre 3, focal length, principal point 2, radial
/// distortion 2. A point has 3, an observation a weight.
/// </summary>
public static partial class BundleAdjustment
{
    public const int CameraNumbers = 11, PointNumbers = 3;

    /// <summary>Two errors of each observation, then the error of each weight.</summary>
    [Differentiable(Wrt = ["cameras", "points", "weights"])]
    public static void Residuals(
        ReadOnlySpan<double> cameras, ReadOnlySpan<double> points, ReadOnlySpan<double> weights, ReadOnlySpan<double> features,
        ReadOnlySpan<int> cameraOf, ReadOnlySpan<int> pointOf, Span<double> errors)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            Residual(
                cameras.Slice(CameraNumbers * cameraOf[i], CameraNumbers), points.Slice(PointNumbers * pointOf[i], PointNumbers), weights[i],
                features.Slice(2 * i, 2), errors.Slice(2 * i, 2));
        }

        for (int i = 0; i < weights.Length; i++) errors[(2 * weights.Length) + i] = 1 - (weights[i] * weights[i]);
    }

    [Jacobian(nameof(Residuals), Sparse = true)]
    public static partial SparseMatrix<double> ResidualsJacobian(
        ReadOnlySpan<double> cameras, ReadOnlySpan<double> points, ReadOnlySpan<double> weights, ReadOnlySpan<double> features,
        ReadOnlySpan<int> cameraOf, ReadOnlySpan<int> pointOf, Span<double> errors);

    /// <summary>The two errors of one observation.</summary>
    [Differentiable(Wrt = ["camera", "point", "weight"])]
    public static void Residual(ReadOnlySpan<double> camera, ReadOnlySpan<double> point, double weight, ReadOnlySpan<double> feature, Span<double> error)
    {
        Span<double> seen = stackalloc double[2];
        Project(camera, point, seen);
        error[0] = weight * (seen[0] - feature[0]);
        error[1] = weight * (seen[1] - feature[1]);
    }

    /// <summary>Their 2×15 block.</summary>
    [Jacobian(nameof(Residual))]
    public static partial void ResidualBlock(
        ReadOnlySpan<double> camera, ReadOnlySpan<double> point, double weight, ReadOnlySpan<double> feature, Span<double> error, Span<double> block);

    private static void Project(ReadOnlySpan<double> camera, ReadOnlySpan<double> point, Span<double> seen)
    {
        Span<double> local = stackalloc double[3], rotated = stackalloc double[3];
        for (int i = 0; i < 3; i++) local[i] = point[i] - camera[3 + i];
        Rotate(camera.Slice(0, 3), local, rotated);
        double u = rotated[0] / rotated[2], v = rotated[1] / rotated[2];
        double radius = (u * u) + (v * v);
        double scale = camera[6] * (1 + (camera[9] * radius) + (camera[10] * radius * radius));
        seen[0] = (u * scale) + camera[7];
        seen[1] = (v * scale) + camera[8];
    }

    /// <summary>Rodrigues' formula.</summary>
    private static void Rotate(ReadOnlySpan<double> r, ReadOnlySpan<double> p, Span<double> result)
    {
        double square = (r[0] * r[0]) + (r[1] * r[1]) + (r[2] * r[2]);
        if (square == 0)
        {
            result[0] = p[0] + (r[1] * p[2]) - (r[2] * p[1]);
            result[1] = p[1] + (r[2] * p[0]) - (r[0] * p[2]);
            result[2] = p[2] + (r[0] * p[1]) - (r[1] * p[0]);
            return;
        }

        double angle = Math.Sqrt(square), c = Math.Cos(angle), s = Math.Sin(angle);
        double x = r[0] / angle, y = r[1] / angle, z = r[2] / angle;
        double along = ((x * p[0]) + (y * p[1]) + (z * p[2])) * (1 - c);
        result[0] = (p[0] * c) + (((y * p[2]) - (z * p[1])) * s) + (x * along);
        result[1] = (p[1] * c) + (((z * p[0]) - (x * p[2])) * s) + (y * along);
        result[2] = (p[2] * c) + (((x * p[1]) - (y * p[0])) * s) + (z * along);
    }
}
