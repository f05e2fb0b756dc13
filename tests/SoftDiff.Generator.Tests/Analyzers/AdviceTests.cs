using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Analyzers;

/// <summary>What has no derivative is one error, at the expression, and it says what to write instead: <c>[|</c> and <c>|]</c> enclose the expression.</summary>
public sealed class AdviceTests
{
    [Theory]
    [InlineData("copy between arrays of one type", "static double F(double[] x) { int[] n = [1, 2]; var a = new double[2]; [|Array.Copy(n, a, 2)|]; return a[0] * x[0]; }")]
    [InlineData("convert the elements in a loop", "static double F(float[] x, double y) { var a = new double[2]; [|x.CopyTo(a, 0)|]; return a[0] * y; }")]
    [InlineData("call Reverse", "static double F(double[] x) { var a = x.ToArray(); [|Array.Sort(a, (p, q) => q.CompareTo(p))|]; return a[0]; }")]
    [InlineData("loop over the elements", "static double F(double[,] x) { var a = (double[,])x.Clone(); [|Array.Reverse(a)|]; return a[0, 0]; }")]
    [InlineData("use Any", "static double F(double[] x) => [|Array.Exists(x, v => v > 0)|] ? x[0] : x[1];")]
    [InlineData("use Select and ToArray", "static double F(double[] x) => [|Array.ConvertAll(x, v => v * v)|][0];")]
    [InlineData("write a loop", "static double F(double x) { double[] a = [x]; [|Array.ForEach(a, v => x += v)|]; return x; }")]
    [InlineData("compute with double", "static double F(double x) { decimal [|m = 1.5m|]; return x * (double)m; }")]
    [InlineData("compute with double", "static double F(double x) => (double)([|(decimal)x|] * 2m);")]
    [InlineData("compute with double", "static double F(double x) { Half [|h = (Half)x|]; return (double)h; }")]
    [InlineData("compute with double", "static Half F(Half [|x|]) => x;")]
    [InlineData("IFloatingPointIeee754<T>", "static T F<T>(T [|x|]) where T : System.Numerics.INumber<T> => x * x;")]
    [InlineData("give it a type", "static double F(double x) { dynamic [|d = x|]; return x * (double)d; }")]
    [InlineData("AsReadOnlyTensorSpan()", "static double F(System.Numerics.Tensors.Tensor<double> [|t|], double x) => t[0, 0] * x;")]
    [InlineData("fill an array", "static IEnumerable<double> [|F|](double x) { yield return x; yield return x * x; }")]
    [InlineData("fill an array", "static double F(double x) { return G(x).Sum(); static IEnumerable<double> G(double y) { [|yield return y;|] yield return y * y; } }")]
    [InlineData("write a for loop", "static double F(double x) { System.Threading.Tasks.Parallel.For(0, 3, [|i => x += i|]); return x; }")]
    [InlineData("take locks outside", "static double F(double x) { [|lock (typeof(C)) { x *= 2; }|] return x; }")]
    [InlineData("finally without catch is fine", "static double F(double x) { [|try { x *= 2; } catch (ArgumentException) { x = 1; }|] return x; }")]
    [InlineData("use a loop", "static double F(double x) { again: x *= 2; if (x < 1) [|goto again;|] return x; }")]
    [InlineData("compute with the numbers", "static double F(double x) { string s = \"a\" + x; return [|s.Length|] * x; }")]
    [InlineData("as in a[^1]", "static double F(double[] a) { Index i = [|^1|]; return a[i]; }")]
    [InlineData("as in a[1..]", "static double F(double[] a) { Range r = [|1..|]; return a[r][0]; }")]
    [InlineData("write x += 1", "static double F(double? x) { [|x++|]; return x ?? 0; }")]
    [InlineData("compute with its Value", "static double F(double? x) => [|x.Equals(3.0)|] ? 1 : x ?? 2;")]
    [InlineData("use arrays of float, double", "static double F(double x) { double?[] a = [|[x, null]|]; return a[0] ?? x; }")]
    [InlineData("take the element by its index", "static double F(double[] x) => (double)[|x.GetValue(0)|];")]
    [InlineData("compare the lengths and call CopyTo", "static double F(ReadOnlySpan<double> x) { Span<double> a = stackalloc double[3]; return [|x.TryCopyTo(a)|] ? a[0] : 0; }")]
    public void An_error_says_what_to_write_instead(string advice, string method)
    {
        string markup = "using System; using System.Collections.Generic; using System.Linq; using SoftDiff; public static partial class C { [Differentiable] public " + method + " }";
        int start = markup.IndexOf("[|", StringComparison.Ordinal);
        int end = markup.IndexOf("|]", StringComparison.Ordinal) - 2;
        string source = markup.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        using GeneratorRun run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, source);

        Diagnostic one = Assert.Single(GeneratorHarness.Analyze(run.Output));
        Assert.StartsWith("SD1", one.Id, StringComparison.Ordinal);
        Assert.Equal(source[start..end], source.Substring(one.Location.SourceSpan.Start, one.Location.SourceSpan.Length));
        Assert.Equal(start, one.Location.SourceSpan.Start);
        Assert.Contains(advice, one.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output.GetDiagnostics(), found => found.Severity == DiagnosticSeverity.Error);
    }
}
