using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.Rules;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>The series of every scalar function, whose inputs are polynomials in the variable, against nested forward mode.</summary>
public class SeriesOfRowsTests
{
    private const int Order = 4;

    public static TheoryData<string> Rows
    {
        get
        {
            var rows = new TheoryData<string>();
            foreach (var row in ScalarFunctions.All.Where(f => f.Derivative is { Samples.IsEmpty: false })) rows.Add(row.Code.ToString());
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void AgreeWithNestedForwardMode(string name)
    {
        var row = ScalarFunctions.Of(Enum.Parse<Opcode>(name));
        var random = new Random(20261130);
        foreach (var box in row.Derivative!.Samples)
        {
            foreach (var varying in Subsets(row.Code, box))
            {
                var module = TaylorHarness.Module(OfPolynomials(row.Code, varying, box.Literal ? box.Inputs[^1].Low : null));
                var nested = new NestedDerivatives(module, Order);
                var series = TaylorHarness.Styles.SelectMany(style => Enumerable.Range(1, Order).Select(order =>
                    (style, order, derived: TaylorHarness.Derive(module, order, style)))).ToList();
                for (var sample = 0; sample < 5; sample++)
                {
                    var args = Arguments(box, varying, random);
                    var expected = nested.At(args);
                    foreach (var (style, order, derived) in series)
                    {
                        var where = $"{name}, order {order}, {style}, at ({string.Join(", ", args)})";
                        TaylorHarness.AssertClose(expected[order - 1], TaylorHarness.Run(derived, args, 0), 1e-12, where);
                    }
                }
            }
        }
    }

    /// <summary>The first derivative at kinks and at special inputs is what the row says.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void KeepTheConventionsOfTheRow(string name)
    {
        var row = ScalarFunctions.Of(Enum.Parse<Opcode>(name));
        var primal = RuleHarness.Primal(row.Code, ScalarType.Double);
        foreach (var point in row.Derivative!.Points)
        {
            foreach (var (i, expected) in RuleHarness.FloatInputs(row.Code).Zip(point.Partials))
            {
                var parameters = primal.Parameters.Select((p, k) => p with { Wrt = k == i });
                var module = TaylorHarness.Module(primal with { Parameters = [.. parameters] });
                object[] args = [.. point.Inputs.Select((x, k) => primal.Parameters[k].Value.Type.IsFloat ? x : (object)(long)x)];
                foreach (var style in TaylorHarness.Styles)
                {
                    var where = $"{name}, input {i}, {style}, at ({string.Join(", ", args)})";
                    TaylorHarness.AssertClose(expected, TaylorHarness.Taylor(module, 1, style, args), 1e-14, where);
                }
            }
        }
    }

    /// <summary>All choices of inputs that vary.</summary>
    private static IEnumerable<int[]> Subsets(Opcode code, Box box)
    {
        var inputs = RuleHarness.FloatInputs(code).Where(i => !(box.Literal && i == box.Inputs.Length - 1)).ToArray();
        return Enumerable.Range(1, (1 << inputs.Length) - 1).Select(set => inputs.Where((_, bit) => (set >> bit & 1) != 0).ToArray());
    }

    /// <summary>f(…, c0 + c1·t + c2·t², …): parameters t, the numbers c0 of all inputs, then c1 and c2 of those that vary.</summary>
    private static Function OfPolynomials(Opcode code, int[] varying, double? literal)
    {
        var block = new BlockBuilder(new ValueSource());
        var t = block.Values.Fresh(ScalarType.Double, "t");
        var parameters = new List<Parameter> { new(t, ParameterMode.Value, Wrt: true) };
        Value Given(ScalarType type, string parameter)
        {
            var value = block.Values.Fresh(type, parameter);
            parameters.Add(new Parameter(value, ParameterMode.Value, Wrt: false));
            return value;
        }

        var inputs = RuleHarness.Inputs(code, ScalarType.Double).Select((type, i) => (Operand)Given(type, "x" + i)).ToArray();
        foreach (var i in varying)
        {
            var (slope, bend) = (Given(ScalarType.Double, "slope" + i), Given(ScalarType.Double, "bend" + i));
            var steps = block.Compute(t.Type, Opcode.Multiply, block.Compute(t.Type, Opcode.Add, slope, block.Compute(t.Type, Opcode.Multiply, bend, t)), t);
            inputs[i] = block.Compute(t.Type, Opcode.Add, inputs[i], steps);
        }

        if (literal is { } number)
        {
            inputs[^1] = inputs[^1].Type.IsFloat
                ? new NumberConstant(ScalarType.Double, number)
                : new IntegerConstant(ScalarType.Int32, (long)number);
        }

        return new Function("Row", [.. parameters], t.Type, block.Build(block.Compute(t.Type, code, inputs)));
    }

    private static object[] Arguments(Box box, int[] varying, Random random)
    {
        var args = new List<object> { 0.0 };
        args.AddRange(box.Inputs.Select(i => i.Whole
            ? (object)(long)random.Next((int)i.Low, (int)i.High + 1)
            : i.Low + (random.NextDouble() * (i.High - i.Low))));
        foreach (var _ in varying) args.AddRange([random.NextDouble() - 0.5, random.NextDouble() - 0.5]);
        return [.. args];
    }
}
