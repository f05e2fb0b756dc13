using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using static SoftDiff.Generator.Tests.Emit.FunctionBuilder;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>What the text looks like, one shape each, and that it runs.</summary>
public class ShapeTests
{
    [Fact]
    public void A_branch_at_the_end_returns_from_each_side()
    {
        var f = new FunctionBuilder("HuberGrad");
        var (x, delta) = (f.Parameter("x"), f.Parameter("delta"));
        f.Parameter("dX", mode: ParameterMode.Out);
        f.Parameter("dDelta", mode: ParameterMode.Out);
        var body = f.Block();
        var a = body.Named(f.User("a"), Opcode.Abs, x);
        var inside = body.Bool(Opcode.LessEqual, a, delta);
        var then = f.Block();
        var square = then.Double(Opcode.Multiply, then.Double(Opcode.Multiply, N(0.5), x), x);
        var @else = f.Block();
        var half = @else.Double(Opcode.Multiply, N(0.5), delta);
        var rest = @else.Double(Opcode.Subtract, a, @else.Double(Opcode.Multiply, N(0.5), delta));
        var linear = @else.Double(Opcode.Multiply, delta, rest);
        var dX = @else.Double(Opcode.Multiply, delta, @else.Double(Opcode.Sign, x));
        var dDelta = @else.Double(Opcode.Subtract, rest, half);
        var results = new[] { f.Value(""), f.Value("dX"), f.Value("dDelta") };
        body.Add(new If(inside, then.Build(square, x, N(0)), @else.Build(linear, dX, dDelta), results.ToImmutableArray()));
        var emitted = Emitted.Of(f.Returns(body.Build(results)));

        Assert.Equal(
            """
            double a = global::System.Math.Abs(x);
            if (a <= delta)
            {
                dX = x;
                dDelta = 0d;
                return 0.5d * x * x;
            }
            double t1 = a - 0.5d * delta;
            dX = delta * global::SoftDiff.Partials.Sign(x);
            dDelta = t1 - 0.5d * delta;
            return delta * t1;
            """,
            emitted.Body("HuberGrad"));
        var args = new object?[] { -3.0, 1.0, null, null };
        Assert.Equal(2.5, emitted.Call("HuberGrad", args));
        Assert.Equal(new object[] { -1.0, 2.0 }, args.Skip(2));
    }

    [Fact]
    public void A_nested_sum_keeps_one_variable()
    {
        var f = new FunctionBuilder("Total");
        var (x, n) = (f.Parameter("x", ReadOnly), f.Parameter("n", ScalarType.Int32));
        var (i, j) = (f.Value("i", ScalarType.Int32), f.Value("j", ScalarType.Int32));
        var (outer, inner) = (f.User("total"), f.User("total"));
        var (outerResult, innerResult) = (f.User("total"), f.User("total"));
        var innerBody = f.Block();
        var index = innerBody.Int(Opcode.Add, innerBody.Int(Opcode.Multiply, i, n), j);
        var next = innerBody.Named(f.User("total"), Opcode.Add, inner, innerBody.Load(x, index));
        var outerBody = f.Block();
        outerBody.Add(new For(j, I(0), n, 1, false, Carry((inner, outer, innerResult)), innerBody.Build(next)));
        var body = f.Block();
        body.Add(new For(i, I(0), n, 1, false, Carry((outer, N(0), outerResult)), outerBody.Build(innerResult)));
        var emitted = Emitted.Of(f.Returns(body.Build(outerResult)));

        Assert.Equal(
            """
            double total = 0d;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) total += x[i * n + j];
            }
            return total;
            """,
            emitted.Body("Total"));
    }
}
