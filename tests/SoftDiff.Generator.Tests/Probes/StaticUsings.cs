using static System.Math;
using SoftDiff;
using Real = double;

namespace SoftDiff.Probes;

public static partial class StaticUsings
{
    //? `using static System.Math`
    //? x = 0.7
    [Differentiable]
    public static double UsingStatic(double x) => Sin(x) * Exp(x) + Max(x, 0.2) * PI;

    //? aliases of types
    //? x = 0.7
    [Differentiable]
    public static Real Alias(Real x)
    {
        Real y = x * x;
        return Sqrt(y + 1);
    }
}
