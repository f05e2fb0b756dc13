using System.Reflection;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Rules;

/// <summary>
/// The dual numbers of the runtime, which give the operators their second derivatives, have the conventions of the rows: at the points of every row whose
/// function they have, the tangent of the dual numbers is the partial of the row. Their functions are found by name.
/// </summary>
public class DualConventionTests
{
    private static readonly Type Dual = typeof(Soft).Assembly.GetType("SoftDiff.SecondOrder.Dual", throwOnError: true)!;
    private static readonly Type Functions = typeof(Soft).Assembly.GetType("SoftDiff.SecondOrder.Math", throwOnError: true)!;

    public static TheoryData<string> Rows => Named(function => function.Derivative is not null);

    public static TheoryData<string> Steps => Named(function => function.Derivative is null);

    [Theory]
    [MemberData(nameof(Rows))]
    public void TangentsAreThePartialsOfTheRow(string name)
    {
        var rule = ScalarFunctions.Of(Enum.Parse<Opcode>(name));
        var function = Find(rule.Code)!;
        Assert.NotEmpty(rule.Derivative!.Points);
        foreach (var point in rule.Derivative.Points)
        {
            var inputs = point.Inputs.ToArray();
            for (var i = 0; i < inputs.Length; i++)
            {
                var (value, tangent) = Evaluate(function, inputs, i);
                var at = $"{name}, input {i} at ({string.Join(", ", inputs)})";
                AssertSame(RuleHarness.Evaluate(RuleHarness.Primal(rule.Code, ScalarType.Double), inputs), value, at + ", value");

                // A tangent of 0 flows in through the other inputs, and is NaN where a factor is infinite: then so is the sum.
                if (double.IsNaN(tangent) && double.IsNaN(ForwardByRule(rule, inputs, i))) continue;
                AssertSame(point.Partials[i], tangent, at);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void StepsHaveNoTangent(string name)
    {
        var function = Find(Enum.Parse<Opcode>(name))!;
        foreach (var x in new[] { 0, -0.0, 0.5, 1, -2.5, 1e300, double.PositiveInfinity }) Assert.Equal(0, Evaluate(function, new[] { x }, 0).Tangent);
    }

    /// <summary>A function that is renamed here or there would fall out of the comparison in silence.</summary>
    [Fact]
    public void EveryFunctionOfTheDualNumbersIsCompared()
    {
        var compared = ScalarFunctions.All.Select(function => Find(function.Code)).OfType<MethodInfo>().Select(NameOf);
        var all = Methods().Where(m => m.ReturnType == Dual && m.GetParameters().Length > 0 && m.GetParameters().All(p => p.ParameterType == Dual)).Select(NameOf);
        Assert.Equal(all.Distinct().OrderBy(n => n, StringComparer.Ordinal), compared.Distinct().OrderBy(n => n, StringComparer.Ordinal));

        static string NameOf(MethodInfo method) => method.Name;
    }

    private static TheoryData<string> Named(Func<ScalarFunction, bool> condition) =>
        new(ScalarFunctions.All.Where(function => condition(function) && Find(function.Code) is not null).Select(function => function.Code.ToString()));

    private static MethodInfo? Find(Opcode code)
    {
        var name = code switch
        {
            Opcode.Add => "op_Addition",
            Opcode.Subtract => "op_Subtraction",
            Opcode.Multiply => "op_Multiply",
            Opcode.Divide => "op_Division",
            Opcode.Negate => "op_UnaryNegation",
            _ => code.ToString(),
        };
        return Methods().FirstOrDefault(m => m.Name == name && m.ReturnType == Dual && m.GetParameters().All(p => p.ParameterType == Dual));
    }

    private static IEnumerable<MethodInfo> Methods() =>
        new[] { Functions, Dual }.SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public));

    private static (double Value, double Tangent) Evaluate(MethodInfo function, double[] inputs, int direction)
    {
        var arguments = inputs.Select((x, i) => Activator.CreateInstance(Dual, x, i == direction ? 1.0 : 0.0)).ToArray();
        var result = function.Invoke(null, arguments);
        return ((double)Dual.GetField("Value")!.GetValue(result)!, (double)Dual.GetField("Tangent")!.GetValue(result)!);
    }

    private static double ForwardByRule(ScalarFunction rule, double[] inputs, int direction) =>
        inputs.Select((_, i) => RuleHarness.Evaluate(RuleHarness.Partial(rule, i, ScalarType.Double), inputs, i == direction ? 1 : 0)).Sum();

    private static void AssertSame(double expected, double actual, string at)
    {
        var isSame = double.IsFinite(expected) ? Math.Abs(expected - actual) <= 1e-14 * Math.Abs(expected) : expected.Equals(actual);
        Assert.True(isSame, $"{at}: expected {expected:R}, got {actual:R}");
    }
}
