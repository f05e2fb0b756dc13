namespace SoftDiff.Tests.Programs;

/// <summary>A pinhole camera with two coefficients of radial distortion; the rotation is an axis times an angle.</summary>
public record struct Camera(Vec3 Rotation, Vec3 Translation, double Focal, double K1, double K2)
{
    public readonly (double U, double V) Project(Vec3 point)
    {
        var p = Rotate(point) + Translation;
        double x = -p.X / p.Z;
        double y = -p.Y / p.Z;
        double r2 = x * x + y * y;
        double distortion = 1 + r2 * (K1 + r2 * K2);
        return (Focal * distortion * x, Focal * distortion * y);
    }

    private readonly Vec3 Rotate(Vec3 v)
    {
        if (Rotation.LengthSquared < 1e-20) return v + Vec3.Cross(Rotation, v);
        double angle = Rotation.Length;
        var axis = Rotation / angle;
        var (sin, cos) = Math.SinCos(angle);
        return cos * v + sin * Vec3.Cross(axis, v) + (1 - cos) * Vec3.Dot(axis, v) * axis;
    }
}

/// <summary>The reprojection error of a reconstruction (the objective of bundle adjustment).</summary>
public static partial class BundleAdjustment
{
    [Differentiable(Wrt = ["cameras", "points"])]
    public static double Cost(
        ReadOnlySpan<Camera> cameras, ReadOnlySpan<Vec3> points, ReadOnlySpan<int> cameraOf, ReadOnlySpan<int> pointOf, ReadOnlySpan<double> observed)
    {
        double cost = 0;
        for (int i = 0; i < cameraOf.Length; i++)
        {
            var camera = cameras[cameraOf[i]];
            var (u, v) = camera.Project(points[pointOf[i]]);
            double du = u - observed[2 * i];
            double dv = v - observed[2 * i + 1];
            cost += du * du + dv * dv;
        }

        return cost / 2;
    }
}
