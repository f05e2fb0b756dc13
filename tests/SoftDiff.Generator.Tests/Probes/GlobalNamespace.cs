using SoftDiff;

public static partial class GlobalNamespaceProbes
{
    //? a type in the global namespace
    //? x = 0.7
    [Differentiable]
    public static double InGlobalNamespace(double x) => x * x * Helper(x);

    private static double Helper(double x) => System.Math.Exp(x);
}
