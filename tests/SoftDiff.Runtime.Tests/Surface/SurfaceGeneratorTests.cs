using System.ComponentModel;
using System.Numerics.Tensors;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftDiff.Runtime.Build;

namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>What is written for a toy operator, compiled and run.</summary>
public class SurfaceGeneratorTests
{
    private delegate void Rows<T>(ReadOnlySpan<T> x, Span<T> destination, T softness, SoftMode mode, T epsilon);

    private delegate void RowsVjp<T>(
        ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> cDestination, Span<T> dX, out T dSoftness, T softness, SoftMode mode, T e);

    private delegate void RowsJvp<T>(
        ReadOnlySpan<T> x, Span<T> destination, ReadOnlySpan<T> tX, Span<T> tDestination, T tSoftness, T softness, SoftMode mode, T e);

    private delegate T RowsBackward<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> destination, T softness, SoftMode mode, T epsilon, ReadOnlySpan<T> cDestination, Span<T> dX);

    private delegate void RowsTangent<T>(
        ReadOnlySpan<T> x, Span<T> destination, T softness, SoftMode mode, T e, ReadOnlySpan<T> tX, T tSoftness, Span<T> tDestination);

    private delegate void Tensors<T>(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> destination, int? axis, T softness, SoftMode mode);

    private delegate T TensorsBackward<T>(
        in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> destination, int? axis, T softness, SoftMode mode,
        in ReadOnlyTensorSpan<T> cDestination, in TensorSpan<T> dX);

    private delegate void TensorsTangent<T>(
        in ReadOnlyTensorSpan<T> x, in TensorSpan<T> destination, int? axis, T softness, SoftMode mode,
        in ReadOnlyTensorSpan<T> tX, T tSoftness, in TensorSpan<T> tDestination);

    private delegate T NumberVjp<T>(T x, T cResult, out T dX, out T dSoftness, T softness, SoftMode mode);

    private delegate T NumberJvp<T>(T x, T tX, T tSoftness, out T tResult, T softness, SoftMode mode);

    private static readonly SurfaceDriver All = new(Toy.Marker, Toy.Numbers, Toy.Rows, Toy.Reduction, Toy.Tensors, Toy.Twin);

    private static readonly Type Written = All.Load().GetType("SoftDiff.Toy", throwOnError: true)!;

    [Fact]
    public void OverloadsShareAFile() =>
        Assert.Equal(["Toy.Decay.g.cs", "Toy.Inner.Total.g.cs", "Toy.Scale.g.cs"], All.Files.Order(StringComparer.Ordinal));

    [Fact]
    public void ATwinHasTheSameTextInFloat()
    {
        var text = All.Text("Toy.Scale.g.cs");
        Assert.Contains("float softness = 0.1f, SoftMode mode = SoftMode.Smooth) => x * Factor(softness, mode);", text);
        Assert.Contains("// A double factor of 1.0.\n        var factor = 1.0f * Factor(softness, mode);", text);
        Assert.Contains("/// <inheritdoc cref=\"Scale(ReadOnlySpan{double}, Span{double}, double, SoftMode, double)\"/>\n    [CustomVjp", text);
    }

    [Fact]
    public void AFloatTwinComputesInFloat()
    {
        var destination = new float[2];
        Method<Rows<float>>("Scale")([1, 2], destination, 0.5f, SoftMode.Smooth, 0);
        Assert.Equal([0.5f, 1], destination);
    }

    [Fact]
    public void AMethodMayHaveATwinAlone()
    {
        Assert.Equal(0.5f * MathF.Exp(-2), Method<Func<float, float>>("Decay")(2));
        Assert.Contains("[CustomVjp(\"Other\")]\n    public static float Decay(float x) => 0.5f * MathF.Exp(-x);", All.Text("Toy.Decay.g.cs"));
    }

    [Fact]
    public void AStraightThroughNumberHasTheHardValueAndTheSoftDerivative()
    {
        Assert.Equal(3, Method<Func<double, double, SoftMode, double>>("ScaleSt")(3, 0.5, SoftMode.Smooth));
        Assert.Equal(3, Method<NumberVjp<double>>("ScaleStVjp")(3, 10, out var dX, out var dSoftness, 0.5, SoftMode.C1));
        Assert.Equal((5, 30), (dX, dSoftness));
        Assert.Equal(3, Method<NumberJvp<double>>("ScaleStJvp")(3, 10, 1, out var tangent, 0.5, SoftMode.C1));
        Assert.Equal(8, tangent);
    }

    [Fact]
    public void AStraightThroughRowHasTheHardValueAndTheSoftDerivative()
    {
        var (value, gradient, tangent) = (new float[2], new float[2], new float[2]);
        Method<Rows<float>>("ScaleSt")([1, 2], value, 0.5f, SoftMode.Smooth, 0);
        Assert.Equal([1, 2], value);
        Method<RowsVjp<float>>("ScaleStVjp")([1, 2], value, [10, 20], gradient, out var dSoftness, 0.5f, SoftMode.Smooth, 0);
        Assert.Equal(50, dSoftness);
        Assert.Equal([1, 2], value);
        Assert.Equal([5, 10], gradient);
        Method<RowsJvp<float>>("ScaleStJvp")([1, 2], value, [10, 20], tangent, 1, 0.5f, SoftMode.Smooth, 0);
        Assert.Equal([1, 2], value);
        Assert.Equal([6, 12], tangent);
    }

    [Fact]
    public void AStraightThroughRowMayBeWrittenInPlace()
    {
        var vjp = Method<RowsVjp<double>>("ScaleStVjp");
        double[] x = [1, 2], gradient = new double[2];
        vjp(x, x, [10, 20], gradient, out _, 0.5, SoftMode.Smooth, 0);
        Assert.Equal([1, 2], x);
        Assert.Equal([5, 10], gradient);

        double[] value = new double[2];
        vjp(x, value, [10, 20], x, out _, 0.5, SoftMode.Smooth, 0);
        Assert.Equal([1, 2], value);
        Assert.Equal([5, 10], x);

        double[] y = [1, 2];
        vjp(y, [], [10, 20], y, out var dSoftness, 0.5, SoftMode.Smooth, 0);
        Assert.Equal(50, dSoftness);
        Assert.Equal([5, 10], y);
    }

    [Theory]
    [InlineData("Scale", "ScaleBackward", "ScaleTangent")]
    [InlineData("ScaleSt", "ScaleBackward", "ScaleStTangent")]
    public void RulesForwardToTheDerivatives(string name, string backward, string tangent)
    {
        var method = Method<Rows<float>>(name).Method;
        Assert.Equal(backward, method.GetCustomAttribute<CustomVjpAttribute>()!.Backward);
        Assert.Equal(tangent, method.GetCustomAttribute<CustomJvpAttribute>()!.Tangent);
        Assert.NotNull(method.GetParameters().Single(p => p.Name == "epsilon").GetCustomAttribute<NonDifferentiableAttribute>());

        var (value, gradient, result) = (new float[2], new float[2], new float[2]);
        Assert.Equal(50, Method<RowsBackward<float>>(backward)([1, 2], [7, 7], 0.5f, SoftMode.Smooth, 0, [10, 20], gradient));
        Assert.Equal([5, 10], gradient);
        var rule = Method<RowsTangent<float>>(tangent);
        rule([1, 2], value, 0.5f, SoftMode.Smooth, 0, [10, 20], 1, result);
        Assert.Equal([6, 12], result);
        Assert.Equal(name == "Scale" ? [0.5f, 1] : [1, 2], value);
        Assert.Equal(EditorBrowsableState.Never, rule.Method.GetCustomAttribute<EditorBrowsableAttribute>()!.State);
    }

    [Theory]
    [InlineData("Scale", "ScaleBackward", "ScaleTangent", 0.5f)]
    [InlineData("ScaleSt", "ScaleBackward", "ScaleStTangent", 1f)]
    public void TensorsHaveRulesToo(string name, string backward, string tangent, float factor)
    {
        var method = Method<Tensors<float>>(name).Method;
        Assert.Equal(backward, method.GetCustomAttribute<CustomVjpAttribute>()!.Backward);
        Assert.Equal(tangent, method.GetCustomAttribute<CustomJvpAttribute>()!.Tangent);

        float[] x = [1, 2], more = [10, 20], value = new float[2], gradient = new float[2], result = new float[2];
        TensorSpan<float> Row(float[] row) => new(row, [1, 2]);
        Assert.Equal(50, Method<TensorsBackward<float>>(backward)(Row(x), Row(value), 0, 0.5f, SoftMode.Smooth, Row(more), Row(gradient)));
        Assert.Equal([5, 10], gradient);
        Method<TensorsTangent<float>>(tangent)(Row(x), Row(value), 0, 0.5f, SoftMode.Smooth, Row(more), 1, Row(result));
        Assert.Equal([5, 10], result);
        Assert.Equal([factor, 2 * factor], value);
    }

    [Fact]
    public void ANumberHasRulesForBothItsForms()
    {
        var plain = Method<Func<double, double, SoftMode, double>>("Scale").Method;
        Assert.Equal("ScaleBackward", plain.GetCustomAttribute<CustomVjpAttribute>()!.Backward);
        var straightThrough = Method<Func<double, double, SoftMode, double>>("ScaleSt").Method;
        Assert.Equal("ScaleBackward", straightThrough.GetCustomAttribute<CustomVjpAttribute>()!.Backward);
        var backward = Method<Func<double, double, SoftMode, double, (double, double)>>("ScaleBackward");
        Assert.Equal((5, 30), backward(3, 0.5, SoftMode.Smooth, 10));
        var tangent = Method<Func<double, double, SoftMode, double, double, (double, double)>>("ScaleStTangent");
        Assert.Equal((3, 8), tangent(3, 0.5, SoftMode.Smooth, 10, 1));
    }

    [Fact]
    public void AnOperatorWithoutModeHasNoStraightThroughForm()
    {
        var text = All.Text("Toy.Inner.Total.g.cs");
        Assert.DoesNotContain("St(", text);
        Assert.Contains("public static float TotalBackward(ReadOnlySpan<float> x, float q, float cResult, Span<float> dX)", text);
    }

    [Fact]
    public void AReverseModeThatCarriesRulesHasThemWritten()
    {
        const string Declaration = "public static void ScaleVjp(", Rules = "[CustomVjp(nameof(ScaleVjpBackward)), CustomJvp(nameof(ScaleVjpTangent))]\n";
        var driver = new SurfaceDriver(Toy.Marker, Toy.Tensors.Replace(Declaration, Rules + Declaration));
        var text = driver.Text("Toy.Scale.g.cs");
        Assert.Contains(
            "SecondOrder.Toy.ScaleVjp("
            + "arrays.Of(x, xDot), destinationDual, arrays.Of(cDestination, cDestinationDot), dXDual, out var dSoftness, axis, "
            + "Joined.Of(softness, softnessDot), mode);", text);
        Assert.Contains(
            "SecondOrder.Toy.ScaleVjp("
            + "arrays.Of(x, dXBar), destinationDual, arrays.OfWanted(cDestination, destinationBar), dXDual, out var dSoftness, axis, "
            + "Joined.Of(softness, dSoftnessBar), mode);", text);
        Assert.Contains("[CustomVjp(nameof(ScaleVjpBackward))]\n    [CustomJvp(nameof(ScaleStVjpTangent))]\n    public static void ScaleStVjp(", text);
        Assert.Contains("in TensorSpan<Dual> destination", driver.Text("SecondOrder.Toy.ScaleDerivatives.g.cs"));
        Assert.Equal("'ScaleVjp' must carry [CustomVjp(nameof(ScaleVjpBackward))].", MessageOf(Rules.Replace("VjpBackward", "Backward")));

        string MessageOf(string rules) =>
            Assert.Single(new SurfaceDriver(Toy.Marker, Toy.Tensors.Replace(Declaration, rules + Declaration)).Problems, p => p.Id == "SDB0001").GetMessage();
    }

    [Fact]
    public void AnEditElsewhereReusesEverything()
    {
        var driver = new SurfaceDriver(Toy.Marker, Toy.Numbers, Toy.Rows, "class Other { int One() => 1; }");
        driver.Edit(3, text => text.Replace("1", "2"));
        Assert.All(driver.Reasons(SurfaceGenerator.ReadStep), reason => Assert.Equal(IncrementalStepRunReason.Unchanged, reason));
        Assert.All(driver.Reasons(SurfaceGenerator.WriteStep), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void AnEditOfOneOperatorWritesItsFileOnly()
    {
        var driver = new SurfaceDriver(Toy.Marker, Toy.Numbers, Toy.Rows, Toy.Reduction);
        driver.Edit(3, text => text.Replace("return q * sum;", "return sum * q;"));
        Assert.Empty(driver.Problems);
        Assert.Equal(
            [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached],
            driver.Reasons(SurfaceGenerator.WriteStep).OrderByDescending(reason => reason == IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void ATensorOperatorWithoutARuleIsAnErrorToo()
    {
        var driver = new SurfaceDriver(Toy.Marker, Toy.Numbers, Toy.Tensors.Replace("[CustomVjp(nameof(ScaleBackward))]", ""));
        var problem = Assert.Single(driver.Problems, p => p.Id == "SDB0001");
        Assert.Equal("'Scale' must carry [CustomVjp(nameof(ScaleBackward))].", problem.GetMessage());
    }

    [Theory]
    [InlineData("[CustomVjp(nameof(ScaleBackward))]", "", "'Scale' must carry [CustomVjp(nameof(ScaleBackward))].")]
    [InlineData("CustomJvp(nameof(ScaleTangent))", "CustomJvp(nameof(ScaleJvp))", "'Scale' must carry [CustomJvp(nameof(ScaleTangent))].")]
    [InlineData(
        "[NonDifferentiable] ",
        "",
        "'Scale' needs 'public static void ScaleVjp(ReadOnlySpan<double> x, Span<double> destination, "
        + "ReadOnlySpan<double> cDestination, Span<double> dX, out double dSoftness, out double dEpsilon, double softness,")]
    [InlineData("Span<double> tDestination,", "", "'Scale' needs 'public static void ScaleJvp(")]
    [InlineData("public static void Scale(", "internal static void Scale(", "'Scale' must be public, static and not generic.")]
    [InlineData("double epsilon = 1e-10", "double? epsilon = null", "'epsilon' must be a double.")]
    public void AnIncompleteOperatorIsAnError(string part, string replacement, string message)
    {
        var driver = new SurfaceDriver(Toy.Marker, Toy.Numbers, Toy.Rows.Replace(part, replacement));
        var problem = Assert.Single(driver.Problems, p => p.Id == "SDB0001");
        Assert.Equal((DiagnosticSeverity.Error, "Source2.cs"), (problem.Severity, problem.Location.GetLineSpan().Path));
        Assert.StartsWith(message, problem.GetMessage());
    }

    private static T Method<T>(string name)
        where T : Delegate
    {
        var types = typeof(T).GetMethod("Invoke")!.GetParameters().Select(p => p.ParameterType).ToArray();
        return Written.GetMethod(name, types)!.CreateDelegate<T>();
    }
}
