using System.Text.RegularExpressions;

namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>
/// What is written from one declaration: derivatives from the call that is its body, and the forms that its attributes ask for.
/// </summary>
public class WrittenFormsTests
{
    private static readonly SurfaceDriver All = new(Toy.Marker, Drivers.Attributes, Drivers.Source, Drivers.Operators);

    [Fact]
    public void DerivativesCallTheDriverInTheOtherModes()
    {
        var text = Text("Toy.Product.g.cs");
        Assert.Contains("ProductVjp(double x, double y, double cResult, out double dX, out double dY, out double dSoftness, ", text);
        Assert.Contains("Elementwise.Vjp(new Times<double>(softness), x, y, cResult, out dX, out dY, out dSoftness);", text);
        Assert.Contains("ProductJvp(double x, double y, double tX, double tY, double tSoftness, out double tResult, ", text);
        Assert.Contains("Elementwise.Jvp(new Times<double>(softness), x, y, tX, tY, tSoftness, out tResult);", text);
        Assert.Contains("Elementwise.Vjp(new Times<float>(softness), x, y, cResult, out dX, out dY, out dSoftness);", text);
    }

    [Fact]
    public void AnOperatorWithoutSoftnessPassesNone()
    {
        var text = Text("Toy.Plain.g.cs");
        Assert.Contains("Elementwise.Vjp(new Times<double>(1), x, y, cResult, out dX, out dY, out _);", text);
        Assert.Contains("Elementwise.Jvp(new Times<double>(1), x, y, tX, tY, 0, out tResult);", text);
        Assert.DoesNotContain("Softness", text);
    }

    [Fact]
    public void ADriverThatKnowsNoSoftnessIsNotGivenOne()
    {
        var text = Text("Toy.Total.g.cs");
        Assert.Contains("Sums.Vjp(x, cResult, dX);", text);
        Assert.Contains("Sums.Jvp(x, tX, out tResult);", text);
    }

    [Fact]
    public void ArraysAreMappedByTheSameOperator()
    {
        var text = Text("Toy.Product.g.cs");
        const string Rules = "[CustomVjp(nameof(ProductBackward))] [CustomJvp(nameof(ProductTangent))]";
        Assert.Contains($"[SoftOperator] {Rules} public static void Product(", text);
        Assert.Contains("Elementwise.Map(new Times<double>(softness), x, y, destination);", text);
        Assert.Contains("ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination, double softness = 0.1)", text);
        Assert.Contains(
            "in ReadOnlyTensorSpan<double> x, in ReadOnlyTensorSpan<double> y, in TensorSpan<double> destination, double softness = 0.1)", text);
        Assert.Contains("dSoftness = Elementwise.MapVjp(new Times<double>(softness), x, y, destination, cDestination, dX, dY);", text);
        Assert.Contains("Elementwise.MapJvp(new Times<double>(softness), x, y, destination, tX, tY, tDestination, tSoftness);", text);
    }

    [Fact]
    public void OnlyTheNamedInputsBecomeArrays()
    {
        var text = Text("Toy.Product.g.cs");
        Assert.Contains("ReadOnlySpan<double> x, double y, Span<double> destination, double softness = 0.1)", text);
        Assert.Contains("dSoftness = Elementwise.MapVjp(new Times<double>(softness), x, y, destination, cDestination, dX, out dY);", text);
        Assert.DoesNotContain("in ReadOnlyTensorSpan<double> x, double y", text);
    }

    [Fact]
    public void RowsAreRunAlongAnAxis()
    {
        var text = Text("Toy.Sum.g.cs");
        Assert.Contains(
            "in TensorSpan<double> destination, int? axis = -1, bool keepDims = false, double softness = 0.1, bool parallel = false)", text);
        const string Rest = "new(axis, keepDims, parallel), new SumRow<double>(softness), OutputNames.Destination);";
        Assert.Contains("AlongAxis.Value(x, destination, " + Rest, text);
        Assert.Contains("dSoftness = AlongAxis.Vjp(x, destination, cDestination, dX, " + Rest, text);
        Assert.Contains("AlongAxis.Jvp(x, destination, tX, tDestination, tSoftness, " + Rest, text);
    }

    [Fact]
    public void WhatWrapsAParameterWrapsItsDerivative()
    {
        var text = Text("Toy.Wrapped.g.cs");
        const string Both = "(new(x), Pair.Of(destination, x.Length), ";
        Assert.Contains(
            $"dSoftness = new WrappedForm<double>(softness).Vjp{Both}Pair.Of(cDestination, x.Length), new(dX));", text);
        Assert.Contains($"new WrappedForm<double>(softness).Jvp{Both}new(tX), Pair.Of(tDestination, x.Length), tSoftness);", text);
    }

    [Fact]
    public void EveryParameterIsDocumented()
    {
        var problems = All.Problems.Where(p => p.Id is "CS1573" or "CS1591" or "CS1574" or "CS1572" or "SDB0001").ToList();
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        var text = Text("Toy.Product.g.cs");
        Assert.Contains("/// <param name=\"dY\">Receives the cotangent of <paramref name=\"y\"/>.</param>", text);
        Assert.Contains("/// <param name=\"softness\">The factor, as in <c>s &gt; 0</c>.</param>", text);
        Assert.Contains("/// <summary>s x y.</summary>", text);
    }

    [Theory]
    [InlineData("softness * x * y")]
    [InlineData("Unsoft.Value(x, y)")]
    [InlineData("Elementwise.Value(new Times<double>(softness), x, 2 * y)")]
    public void ABodyThatIsNotACallOfADriverNeedsDerivativesByHand(string body)
    {
        var operators = Drivers.Operators.Replace("Elementwise.Value(new Times<double>(softness), x, y)", body);
        Assert.NotEqual(Drivers.Operators, operators);
        var driver = new SurfaceDriver(Toy.Marker, Drivers.Attributes, Drivers.Source, operators);
        var problem = Assert.Single(driver.Problems, p => p.Id == "SDB0001");
        Assert.StartsWith("'Product' needs 'public static double ProductVjp(", problem.GetMessage());
    }

    [Fact]
    public void FormsNeedTheCallOfADriver()
    {
        var driver = new SurfaceDriver(Toy.Marker, Drivers.Attributes, Toy.Numbers.Replace("[SoftOperator]", "[SoftOperator, ArrayForms]"));
        Assert.Equal(
            "'Scale' can have further forms only if its body is one call of a driver.",
            Assert.Single(driver.Problems, p => p.Id == "SDB0001").GetMessage());
    }

    // Where lines break is of no interest.
    private static string Text(string file) => Regex.Replace(Regex.Replace(All.Text(file), @"\(\n\s+", "("), @"\n\s+", " ");
}
