using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>What is derived from the callees of generic methods stands in the methods' own files, so two of them must not give it one name.</summary>
public sealed class GenericCalleeTests
{
    [Fact]
    public void Generic_methods_may_call_the_same_function() => GeneratorHarness.Run("""
        using System.Numerics;
        using SoftDiff;
        public static partial class C
        {
            [Differentiable] public static T F<T>(T x) where T : IFloatingPointIeee754<T> => Power(x, 3);
            [Differentiable] public static T G<T>(T x) where T : IFloatingPointIeee754<T> => Power(x, 4) * x;
            private static T Power<T>(T x, int n) where T : IFloatingPointIeee754<T> => n == 0 ? T.One : x * Power(x, n - 1);
        }
        """);
}
