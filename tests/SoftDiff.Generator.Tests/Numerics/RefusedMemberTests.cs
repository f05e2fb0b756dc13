using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Numerics;

/// <summary>Members without formula are errors at the call that say what to write instead.</summary>
public sealed class RefusedMemberTests
{
    [Theory]
    [InlineData("Vector3.GreaterThan(a, b)", "compare the components", "Vector3.GreaterThan(a, b).X * x")]
    [InlineData("a & b", "compute with the components", "(a & b).X")]
    [InlineData("a << 2", "compute with the components", "(a << 2).X")]
    [InlineData("Vector3.CreateScalarUnsafe(x)", "use CreateScalar", "Vector3.CreateScalarUnsafe(x).X")]
    [InlineData("a.GetHashCode()", "compare the values with ==", "a.GetHashCode() * x")]
    [InlineData("Matrix4x4.Decompose(m, out var s, out var r, out var t)", "take the translation from Translation", "Matrix4x4.Decompose(m, out var s, out var r, out var t) ? s.X : x")]
    public void IsAnErrorAtTheCall(string place, string advice, string expression)
    {
        var source = new SourceFile("Test.cs", $$"""
            using System.Numerics;
            using SoftDiff;
            public static partial class C
            {
                [Differentiable(Wrt = ["x", "a"])]
                public static float F(float x, Vector3 a, Vector3 b, Matrix4x4 m) => {{expression}};
            }
            """);
        var run = GeneratorHarness.Run(source);
        var errors = GeneratorHarness.Analyze(run.Output).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        var error = Assert.Single(errors, e => e.Id == "SD1003");
        Assert.Equal(place, source.Text.Substring(error.Location.SourceSpan.Start, error.Location.SourceSpan.Length));
        Assert.Contains(advice, error.GetMessage(null));
        Assert.Contains("NotSupportedException", run.Generated.Values.Single());
    }
}
