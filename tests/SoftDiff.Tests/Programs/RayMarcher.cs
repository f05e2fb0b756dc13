using System.Numerics;

namespace SoftDiff.Tests.Programs;

public struct Light
{
    public Vector3 Direction;
    public Vector3 Color;
}

/// <summary>A scene of two spheres that melt into each other, marched along a ray and lit.</summary>
public static partial class RayMarcher
{
    [Differentiable(Wrt = ["center", "radius", "light", "eye"])]
    public static Vector3 Shade(Vector3 center, float radius, Light light, Vector3 eye, Vector3 direction)
    {
        direction = Vector3.Normalize(direction);
        float t = 0;
        for (int i = 0; i < 24; i++) t += Distance(eye + t * direction, center, radius);
        var p = eye + t * direction;
        var normal = Normal(p, center, radius);
        float diffuse = MathF.Max(0, Vector3.Dot(normal, Vector3.Normalize(light.Direction)));
        var mirrored = Vector3.Reflect(direction, normal);
        float gloss = MathF.Pow(MathF.Max(0.01f, Vector3.Dot(mirrored, Vector3.Normalize(light.Direction))), 4);
        return light.Color * (0.1f + 0.7f * diffuse) + new Vector3(0.2f * gloss);
    }

    private static float Distance(Vector3 p, Vector3 center, float radius)
    {
        float a = Vector3.Distance(p, center) - radius;
        float b = (p - new Vector3(0.6f, 0.2f, 3)).Length() - 0.5f;
        float h = Math.Clamp(0.5f + 0.5f * (b - a) / 0.4f, 0, 1);
        return b + (a - b) * h - 0.4f * h * (1 - h);
    }

    private static Vector3 Normal(Vector3 p, Vector3 center, float radius)
    {
        const float Step = 0.02f;
        float along(Vector3 e) => Distance(p + Step * e, center, radius) - Distance(p - Step * e, center, radius);
        return Vector3.Normalize(new Vector3(along(Vector3.UnitX), along(Vector3.UnitY), along(Vector3.UnitZ)));
    }
}
