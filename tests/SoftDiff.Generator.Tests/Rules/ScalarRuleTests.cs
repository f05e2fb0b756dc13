using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Rules;

/// <summary>Every test visits every row of the table.</summary>
public class ScalarRuleTests
{
    private static readonly double[] Special =
    {
        0.0, -0.0, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e300, -1e300, double.Epsilon, 1, -1, 2, 0.5,
    };

    public static TheoryData<string> Rows
    {
        get
        {
            var rows = new TheoryData<string>();
            foreach (var row in ScalarFunctions.All.Where(f => f.Derivative is not null)) rows.Add(row.Code.ToString());
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void PartialsAreTheSlopesOfTheFunction(string name)
    {
        var rule = Find(name);
        var primal = RuleHarness.Primal(rule.Code, ScalarType.Double);
        var random = new Random(20240229);
        foreach (var box in rule.Derivative!.Samples)
        {
            for (var sample = 0; sample < 40; sample++)
            {
                var inputs = box.Inputs.Select(interval => Pick(random, interval)).ToArray();
                foreach (var i in RuleHarness.FloatInputs(rule.Code))
                {
                    if (box.Literal && i == inputs.Length - 1) continue;
                    var partial = RuleHarness.Evaluate(RuleHarness.Partial(rule, i, ScalarType.Double, box.Literal ? inputs[^1] : null), inputs, 1);
                    var slope = Ridders.Differentiate(
                        x => RuleHarness.Evaluate(primal, inputs.Select((old, k) => k == i ? x : old)),
                        inputs[i],
                        Step(box.Inputs[i], inputs[i]));
                    AssertClose(slope, partial, 1e-8, $"{name}, input {i} at ({string.Join(", ", inputs)})");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void KinksAndSpecialInputsAreAsDocumented(string name)
    {
        var rule = Find(name);
        foreach (var point in rule.Derivative!.Points)
        {
            var partials = RuleHarness.FloatInputs(rule.Code).Take(point.Partials.Length).Select(i => RuleHarness.Evaluate(RuleHarness.Partial(rule, i, ScalarType.Double), point.Inputs, 1)).ToArray();
            for (var i = 0; i < partials.Length; i++)
            {
                var (expected, at) = (point.Partials[i], $"{name}, input {i} at ({string.Join(", ", point.Inputs)})");
                if (double.IsFinite(expected)) AssertClose(expected, partials[i], 1e-14, at, relative: true);
                else Assert.True(expected.Equals(partials[i]), $"{at}: expected {expected}, got {partials[i]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void PartialsOfFiniteValuesAreFiniteOrDocumented(string name)
    {
        var rule = Find(name);
        var primal = RuleHarness.Primal(rule.Code, ScalarType.Double);
        var inputs = RuleHarness.Inputs(rule.Code, ScalarType.Double);
        foreach (var at in Grid(inputs))
        {
            if (rule.Code is Opcode.Clamp or Opcode.ClampNative && !(at[1] <= at[2])) continue;
            if (!double.IsFinite(RuleHarness.Evaluate(primal, at))) continue;
            foreach (var i in RuleHarness.FloatInputs(rule.Code))
            {
                var partial = RuleHarness.Evaluate(RuleHarness.Partial(rule, i, ScalarType.Double), at, 1);
                Assert.True(
                    double.IsFinite(partial) || Documented(rule, at) || Pole(rule.Code, at),
                    $"{name}, input {i} at ({string.Join(", ", at)}): {partial}, and the row says nothing about it");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void PushIsLinearInWhatIsPushed(string name)
    {
        var rule = Find(name);
        var random = new Random(7);
        foreach (var box in rule.Derivative!.Samples)
        {
            var inputs = box.Inputs.Select(interval => Pick(random, interval)).ToArray();
            foreach (var i in RuleHarness.FloatInputs(rule.Code))
            {
                if (box.Literal && i == inputs.Length - 1) continue;
                var partial = RuleHarness.Partial(rule, i, ScalarType.Double, box.Literal ? inputs[^1] : null);
                var one = RuleHarness.Evaluate(partial, inputs, 1);
                AssertClose(-2.5 * one, RuleHarness.Evaluate(partial, inputs, -2.5), 1e-14, name);
                AssertClose(0, RuleHarness.Evaluate(partial, inputs, 0), 0, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void PushWritesValidCodeOfTheRulesTypeOnly(string name)
    {
        var rule = Find(name);
        foreach (var type in new[] { ScalarType.Double, ScalarType.Single, RuleHarness.TypeParameter })
        {
            foreach (var literal in new double?[] { null, 0, 1, 2, 3, 0.5, -1, 2.5 })
            {
                if (literal is not null && RuleHarness.Inputs(rule.Code, type).Length == 1) continue;
                foreach (var i in RuleHarness.FloatInputs(rule.Code))
                {
                    if (RuleHarness.Partial(rule, i, type, literal) is not { } partial) continue;
                    Verifier.Require(partial);
                    foreach (var operand in partial.Body.AllReads())
                    {
                        if (operand is NumberConstant constant) Assert.Equal(type == ScalarType.Single ? (float)constant.Number : constant.Number, constant.Number);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void PushReadsWhatTheRowSaysAndNothingElse(string name)
    {
        var rule = Find(name);
        var read = Needs.None;
        foreach (var i in RuleHarness.FloatInputs(rule.Code))
        {
            RuleHarness.Partial(rule, i, ScalarType.Double, null, what => read |= what == "Y" ? Needs.Result : Needs.Inputs);
        }

        Assert.Equal(rule.Derivative!.Needs, read);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void TheTableIsClosedUnderDifferentiation(string name)
    {
        var rule = Find(name);
        foreach (var i in RuleHarness.FloatInputs(rule.Code))
        {
            if (RuleHarness.Partial(rule, i, ScalarType.Double) is not { } partial) continue;
            foreach (var op in partial.Body.Ops)
            {
                var written = ScalarFunctions.Of(Assert.IsType<Compute>(op).Code);
                Assert.True(written.Derivative is not null || written.ZeroReason.Length > 0, $"{name} writes {written.Code}, of whose derivative its row says nothing");
            }
        }
    }

    [Theory]
    [InlineData(true, 1.0, 0.0)]
    [InlineData(false, 0.0, 1.0)]
    public void SelectPushesToTheSideTakenOnly(bool condition, double a, double b)
    {
        var rule = Find(nameof(Opcode.Select));
        var inputs = new[] { condition ? 1.0 : 0, double.NaN, double.PositiveInfinity };
        foreach (var t in new[] { 1, double.PositiveInfinity })
        {
            Assert.Equal(a == 0 ? 0 : t, RuleHarness.Evaluate(RuleHarness.Partial(rule, 1, ScalarType.Double), inputs, t));
            Assert.Equal(b == 0 ? 0 : t, RuleHarness.Evaluate(RuleHarness.Partial(rule, 2, ScalarType.Double), inputs, t));
        }

        Assert.Null(RuleHarness.Partial(rule, 0, ScalarType.Double));
    }

    [Theory]
    [InlineData(nameof(Opcode.Max), 2, 1)]
    [InlineData(nameof(Opcode.Min), 1, 2)]
    [InlineData(nameof(Opcode.MaxMagnitudeNumber), -2, 1)]
    [InlineData(nameof(Opcode.MinNumber), 1, double.NaN)]
    public void TheSideNotTakenGetsZeroWhateverFlowsIn(string name, double a, double b)
    {
        var rule = Find(name);
        Assert.Equal(double.PositiveInfinity, RuleHarness.Evaluate(RuleHarness.Partial(rule, 0, ScalarType.Double), new[] { a, b }, double.PositiveInfinity));
        Assert.Equal(0, RuleHarness.Evaluate(RuleHarness.Partial(rule, 1, ScalarType.Double), new[] { a, b }, double.PositiveInfinity));
    }

    [Fact]
    public void ConstantExponentsNeedNoPower()
    {
        var rule = Find(nameof(Opcode.Pow));
        foreach (var exponent in new double[] { 1, 2, 3, 0.5, -1 })
        {
            var ops = RuleHarness.Partial(rule, 0, ScalarType.Double, exponent)!.Body.Ops.Skip(1).Cast<Compute>();
            Assert.DoesNotContain(ops, op => op.Code is Opcode.Pow or Opcode.Select);
        }

        Assert.Null(RuleHarness.Partial(rule, 0, ScalarType.Double, 0));
    }

    private static ScalarFunction Find(string name) => ScalarFunctions.Of(Enum.Parse<Opcode>(name));

    private static double Pick(Random random, Interval interval)
    {
        var x = interval.Low + (random.NextDouble() * (interval.High - interval.Low));
        return interval.Whole ? Math.Round(x) : x;
    }

    /// <summary>Small enough to stay on this side of the kink or pole that the box keeps away from.</summary>
    private static double Step(Interval interval, double x)
    {
        var nearest = Math.Min(Math.Abs(interval.Low), Math.Abs(interval.High));
        if (interval.Low < 0 && interval.High > 0) nearest = 1 - Math.Min(Math.Abs(x), 0.96);
        return Math.Clamp(0.5 * nearest, 0.02, 0.05 * Math.Max(1, Math.Abs(x)));
    }

    private static bool Documented(ScalarFunction rule, double[] at) => rule.Derivative!.Points.Any(point => point.Inputs.Zip(at).All(pair => pair.First.Equals(pair.Second)));

    /// <summary>Families of points too many to list in a row: all are described in docs/kinks.md.</summary>
    private static bool Pole(Opcode code, double[] at) => code switch
    {
        Opcode.Divide => at[1] == 0 || Math.Abs(at[1]) == double.Epsilon,
        Opcode.Remainder or Opcode.Ieee754Remainder => Math.Abs(at[0] / at[1]) > 1e300,
        Opcode.Pow => at[0] <= 0 || double.IsNaN(at[0]) || !double.IsFinite(at[1]) || !double.IsFinite(at[0]) || at[0] == double.Epsilon,
        Opcode.LogBase => at[0] == 0 || at[1] == 0 || at[0] == double.Epsilon || at[1] == double.Epsilon || !double.IsFinite(at[1]),
        Opcode.RootN => at[0] == 0 || at[0] == double.Epsilon,
        Opcode.Atan2 or Opcode.Atan2Pi => !double.IsFinite(at[0]) || !double.IsFinite(at[1]) || at.Any(x => x == double.Epsilon),
        _ => false,
    };

    private static IEnumerable<double[]> Grid(IEnumerable<ScalarType> inputs)
    {
        IEnumerable<double[]> grid = new[] { Array.Empty<double>() };
        foreach (var type in inputs)
        {
            var choices = type.Kind switch
            {
                ScalarKind.Bool => new[] { 0.0, 1 },
                ScalarKind.Int => new[] { -3.0, -2, -1, 1, 2, 3, 7 },
                _ => Special,
            };
            grid = grid.SelectMany(prefix => choices.Select(choice => prefix.Append(choice).ToArray())).ToArray();
        }

        return grid;
    }

    private static void AssertClose(double expected, double actual, double tolerance, string what, bool relative = false)
    {
        var scale = relative ? Math.Abs(expected) : Math.Max(1, Math.Abs(expected));
        Assert.True(Math.Abs(expected - actual) <= tolerance * scale, $"{what}: expected {expected:R}, got {actual:R}");
    }
}
