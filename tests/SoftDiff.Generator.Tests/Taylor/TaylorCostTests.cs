using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using Xunit.Abstractions;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>What a derivative of order 8 costs, in operations that run.</summary>
public sealed class TaylorCostTests(ITestOutputHelper log)
{
    private const double MostForOrder8 = 60;

    private static readonly TaylorMethods Methods = new("""
        [Differentiable] public static double TenOperations(double x)
        {
            double a = Math.Exp(-0.5 * x * x);
            double b = Math.Sin(x) + 0.3 * a;
            return b * a / (1 + x * x);
        }
        [Differentiable(Wrt = ["x"])] public static double Products(double x, double y) { double s = Math.Sin(x); for (int i = 0; i < 20; i++) s = s * (s + y); return s; }
        """);

    [Fact]
    public void Order_8_of_ten_operations()
    {
        var (module, _) = Methods.Lower("TenOperations", 8);
        var (primal, derived) = (Arithmetic(module, 0.7), Arithmetic(TaylorHarness.Derive(module, 8), 0.7));
        log.WriteLine($"order 8: {derived} operations on numbers, {(double)derived / primal:F1} times the {primal} of the function");
        Assert.Equal(10, primal);
        Assert.True(derived <= MostForOrder8 * primal, $"{derived} operations on numbers");
    }

    /// <summary>Twice the order costs four times as much, and not 2ⁿ times.</summary>
    [Fact]
    public void The_cost_grows_with_the_square_of_the_order()
    {
        var (module, _) = Methods.Lower("Products", 24);
        var costs = new[] { 6, 12, 24 }.Select(order => Arithmetic(TaylorHarness.Derive(module, order), 0.3, 0.2)).ToArray();
        log.WriteLine($"orders 6, 12, 24: {string.Join(", ", costs)} operations on numbers");
        Assert.True(costs[1] <= 4 * costs[0] && costs[2] <= 4 * costs[1], string.Join(", ", costs));
    }

    /// <summary>How many scalar functions run that give a floating-point number.</summary>
    private static long Arithmetic(Module module, params object[] args)
    {
        long count = 0;
        var interpreter = new Interpreter([.. module.Callees])
        {
            OnOperation = op => count += op is Compute { Code: not Opcode.Convert, Result.Type.IsFloat: true } ? 1 : 0,
        };
        interpreter.Call(module.Root, args);
        return count;
    }
}
