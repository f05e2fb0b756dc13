using System.Runtime.InteropServices;
using SoftDiff.Tests.Programs.Graphics.Sdf;

namespace SoftDiff.Tests.Programs.Graphics;

/// <summary>Scenes of records, as one writes them without SoftDiff, against differences.</summary>
public sealed class GraphicsProgramTests
{
    [Fact]
    public void APenetrationOfSignedDistancesIsExact()
    {
        Sdf.Sdf world = (new Ball(new Vec(0, 0, 0), 1) | new Box(new Vec(1, 0, 0), new Vec(0.5, 0.6, 0.7))) - new Ball(new Vec(0, 1, 0), 0.3);
        Vec[] corners = [new(0.3, 0.3, 0.1), new(-0.3, 0.2, 0.1), new(1.2, -0.1, 0)], dCorners = new Vec[3];
        double[] p = [0.1, 0.2, 0.1, 0.4];

        double Cost() => Collision.Penetration(new Vec(p[0], p[1], p[2]), p[3], corners, world);
        Collision.PenetrationGrad(new Vec(p[0], p[1], p[2]), p[3], corners, world, out Vec d, out double dYaw, dCorners);

        Differences.AssertGradient(Cost, p, [d.X, d.Y, d.Z, dYaw], 1e-5);
        Differences.AssertGradient(
            Cost, MemoryMarshal.Cast<Vec, double>(corners.AsSpan()), MemoryMarshal.Cast<Vec, double>(dCorners.AsSpan()), 1e-5);
    }
}
