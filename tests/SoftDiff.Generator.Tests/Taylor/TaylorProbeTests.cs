using System.Globalization;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms.Taylor;
using Xunit.Abstractions;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>
/// The probes that return a number, as functions of each of their parameters that is a number: orders 1 to 3 against nested
/// forward mode, run by the interpreter, and the derivatives compiled.
/// </summary>
public sealed class TaylorProbeTests(ITestOutputHelper log)
{
    /// <summary>At least so many probes have arguments that the interpreter takes and call nothing outside their module.</summary>
    private const int FewestCompared = 250;

    private static readonly (int Order, SeriesStyle Style)[] Derivatives =
        [(1, SeriesStyle.Values), (2, SeriesStyle.Values), (3, SeriesStyle.Values), (3, SeriesStyle.Formulas), (3, SeriesStyle.Loops)];

    [Fact]
    public void Agree_with_nested_forward_mode()
    {
        List<string> complaints = [];
        var compared = 0;
        foreach (var probe in Probe.EmbeddedSources.SelectMany(source => Probe.Parse(source)).Where(p => p.ReturnsNumber && !p.GivesArrays))
        {
            if (TaylorProbes.Shared.ModuleOf(probe) is not { } module || !IsSelfContained(module)) continue;
            var isCompared = false;
            foreach (var (variable, function) in TaylorProbes.Variables(module))
            {
                var points = probe.Points.Where(p => p.Throws is null)
                    .Select(p => (p.Line, Args: Arguments(function.Root, p))).Where(p => p.Args is not null).ToList();
                if (points.Count == 0) continue;
                isCompared = true;
                var nested = new NestedDerivatives(function, 3);
                var series = Derivatives.Select(d => (d.Order, d.Style, Derived: TaylorHarness.Derive(function, d.Order, d.Style))).ToList();
                foreach (var (line, args) in points)
                {
                    var expected = nested.At(args!);
                    foreach (var (order, style, derived) in series)
                    {
                        var actual = TaylorHarness.Run(derived, args!, 0);
                        if (IsClose(expected[order - 1], actual, probe)) continue;
                        complaints.Add($"{probe.Id}, {variable}, at {line}: order {order}, {style}: {actual:R}, nested {expected[order - 1]:R}");
                    }
                }
            }

            if (isCompared) compared++;
        }

        log.WriteLine($"{compared} probes compared");
        Assert.True(complaints.Count == 0, string.Join("\n", complaints.Take(40)));
        Assert.True(compared >= FewestCompared, $"only {compared} probes compared");
    }

    [Fact]
    public void Compile()
    {
        var run = TaylorProbes.Shared.Run;
        Assert.True(run.GeneratorDiagnostics.IsEmpty, GeneratorRun.Describe(run.GeneratorDiagnostics));
        var errors = run.Output.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, GeneratorRun.Describe(errors.Take(20)));
        log.WriteLine($"{TaylorProbes.Shared.Compiled} derivatives compiled; refused:\n{string.Join("\n", TaylorProbes.Shared.Refused.Select(r => r.Key + ": " + r.Value))}");
        Assert.True(TaylorProbes.Shared.Compiled >= FewestCompared);
        Assert.All(TaylorProbes.Shared.Refused.Values, message => Assert.StartsWith("no derivative is known of ", message, StringComparison.Ordinal));
    }

    private static bool IsClose(double expected, double actual, Probe probe) =>
        expected.Equals(actual) || Math.Abs(expected - actual) <= (probe.Single ? 1e-4 : 1e-10) * Math.Max(1, Math.Abs(expected));

    private static bool IsSelfContained(Module module) =>
        module.Callees.Add(module.Root).All(f =>
            !f.Body.AllOps().Any(op => op is RuleCall or Invoke or Evaluate or Compute { Code: Opcode.Pure }) && !f.Body.AllReads().Any(o => o is SymbolConstant));

    /// <summary>The arguments of a point, if all are numbers and lists of numbers.</summary>
    private static object[]? Arguments(Function root, ProbePoint point)
    {
        List<object> args = [];
        foreach (var parameter in root.Inputs)
        {
            if (!point.Arguments.TryGetValue(parameter.Name.TrimStart('@'), out var text) || Argument(parameter.Value.Type, text) is not { } argument) return null;
            args.Add(argument);
        }

        return [.. args];
    }

    private static object? Argument(IrType type, string text)
    {
        if (type is ArrayType { IsTensor: true } || (type is ArrayType && !(text.StartsWith('[') && text.EndsWith(']') && text.IndexOf('[', 1) < 0))) return null;
        if (type is ArrayType array)
        {
            var items = text[1..^1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(item => Argument(array.Element, item.Trim())).ToArray();
            return items.Any(i => i is null) ? null
                : array.Element.Kind == ScalarKind.Float ? items.Select(i => (double)i!).ToArray()
                : array.Element.Kind == ScalarKind.Int ? items.Select(i => (int)(long)i!).ToArray() : null;
        }

        var number = text.TrimEnd('d', 'f', 'F', 'D', 'L');
        return ((ScalarType)type).Kind switch
        {
            ScalarKind.Float when double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            ScalarKind.Int when long.TryParse(number, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) => whole,
            ScalarKind.Bool when bool.TryParse(text, out var flag) => flag,
            _ => null,
        };
    }
}
