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
    [InlineData("calling thread", "static double F(double x) { double y = 0; var t = new System.Threading.Thread([|() => y = x * x|]); t.Start(); t.Join(); return y; }")]
    [InlineData("calling thread", "static double F(double x) => System.Threading.Tasks.Task.Run([|() => x * x|]).Result;")]
    [InlineData("leave out AsParallel()", "static double F(double[] x) => x.AsParallel().Sum([|v => v * v|]);")]
    [InlineData("leave out AsParallel()", "static double F(double[] x) => [|x.AsParallel()|].Sum();")]
    [InlineData("Array.Sort on the array", "static double F(double[] x) => [|x.OrderBy(v => v)|].First();")]
    [InlineData("[.. a, .. b]", "static double F(double[] x, double[] y) => [|x.Concat(y)|].Sum();")]
    [InlineData("Array.Reverse on the array", "static double F(double[] x) => [|x.Select(v => v * v).Reverse()|].First();")]
    [InlineData("outside", "static double F(double x) { [|Console.CancelKeyPress += (_, _) => { }|]; return x * x; }")]
    [InlineData("compute with the numbers", "static double F(double x) => [|$\"{x:F2}\".Length|] * x;")]
    [InlineData("compute with the numbers", "static double F(double x) => [|x.ToString().StartsWith(\"1\", StringComparison.Ordinal)|] ? x : 1;")]
    [InlineData("compute with the numbers", "static double F(double x) => [|string.Join(\",\", new[] { x })|].Length * x;")]
    [InlineData("StringBuilder", "static double F(int n, double x) { string s = \"a\" + n; if (n > 3) s = \"b\" + n; return [|s|].Length * x; }")]
    [InlineData("with a StringBuilder", "static double F(int n, double x) { string s = \"\"; for (int i = 0; i < n; i++) [|s += \"a\"|]; return s.Length * x; }")]
    [InlineData("use a Span", "static unsafe double F(double x) { double* [|p = &x|]; return *p; }")]
    [InlineData("use a Span", "static unsafe double F(double[] x) { double s = 0; [|fixed (double* p = x) { s = p[0]; }|] return s; }")]
    [InlineData("compute asynchronously outside", "static async System.Threading.Tasks.Task<double> [|F|](double x) { await System.Threading.Tasks.Task.Yield(); return x; }")]
    [InlineData("compute with the numbers", "static double F(double x) { string s = \"a\" + x; return [|s.Length|] * x; }")]
    [InlineData("as in a[^1]", "static double F(double[] a) { Index i = [|^1|]; return a[i]; }")]
    [InlineData("as in a[1..]", "static double F(double[] a) { Range r = [|1..|]; return a[r][0]; }")]
    [InlineData("one constructor, which only assigns them", "static double F(double x) { var d = new Dictionary<int, S>(); d.Add(1, [|new S(2)|]); return d[1].A * x; } private readonly struct S { public S(double a) { if (a < 0) throw new ArgumentException(\"a\"); A = a; } public double A { get; } }")]
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
        using GeneratorRun run = GeneratorHarness.RunUnchecked(CompilationSettings.Default with { AllowUnsafe = true }, source);

        Diagnostic one = Assert.Single(GeneratorHarness.Analyze(run.Output));
        Assert.StartsWith("SD1", one.Id, StringComparison.Ordinal);
        Assert.Equal(source[start..end], source.Substring(one.Location.SourceSpan.Start, one.Location.SourceSpan.Length));
        Assert.Equal(start, one.Location.SourceSpan.Start);
        Assert.Contains(advice, one.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output.GetDiagnostics(), found => found.Severity == DiagnosticSeverity.Error);
    }
}
