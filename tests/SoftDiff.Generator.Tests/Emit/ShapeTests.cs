using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms.Lower;
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

    [Theory]
    [InlineData(false, "double a = x * x;\nreturn global::System.Math.Exp(x) * a;")]
    [InlineData(true, "double t1 = global::System.Math.Exp(x);\ndouble a = x * x;\ndA = a;\nreturn t1 * a;")]
    public void A_function_is_not_called_behind_what_is_read_later(bool isRead, string expected)
    {
        var f = new FunctionBuilder("F");
        var x = f.Parameter("x");
        if (isRead) f.Parameter("dA", mode: ParameterMode.Out);
        var body = f.Block();
        var called = body.Double(Opcode.Exp, x);
        var a = body.Named(f.User("a"), Opcode.Multiply, x, x);
        var product = body.Double(Opcode.Multiply, called, a);
        var emitted = Emitted.Of(f.Returns(body.Build(isRead ? [product, a] : [product])));
        Assert.Equal(expected, emitted.Body("F"));
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

    [Fact]
    public void A_break_stands_in_the_branch_that_leaves()
    {
        var f = new FunctionBuilder("Until");
        var (x, limit) = (f.Parameter("x", ReadOnly), f.Parameter("limit"));
        f.Parameter("trips", ScalarType.Int32, ParameterMode.Out);
        var (i, s, result) = (f.Value("i", ScalarType.Int32), f.User("s"), f.User("s"));
        var (next, exit, trips) = (f.Value("s"), f.Value("", ScalarType.Bool), f.Value("trips", ScalarType.Int32));
        var inner = f.Block();
        var more = inner.Named(f.User("s"), Opcode.Add, s, inner.Load(x, i));
        var loop = f.Block();
        loop.Add(new If(
            loop.Bool(Opcode.Greater, s, limit), f.Block().Build(s, BoolConstant.True), inner.Build(more, BoolConstant.False), ImmutableArray.Create(next, exit)));
        var body = f.Block();
        body.Add(new For(i, I(0), body.Length(x), 1, false, Carry((s, N(0), result)), loop.Build(next), exit, trips));
        var emitted = Emitted.Of(f.Returns(body.Build(result, trips)));

        Assert.Equal(
            """
            double s = 0d;
            int trips_2 = 0;
            for (int i = 0; i < x.Length; i++)
            {
                if (s > limit)
                {
                    trips_2++;
                    break;
                }
                s += x[i];
                trips_2++;
            }
            trips = trips_2;
            return s;
            """,
            emitted.Body("Until"));
    }

    [Fact]
    public void A_conditional_update_has_no_else()
    {
        var f = new FunctionBuilder("Positive");
        var x = f.Parameter("x", ReadOnly);
        var (i, s, result, next) = (f.Value("i", ScalarType.Int32), f.User("s"), f.User("s"), f.Value("s"));
        var loop = f.Block();
        var value = loop.Load(x, i);
        var then = f.Block();
        var sum = then.Double(Opcode.Add, s, value);
        loop.Add(new If(loop.Bool(Opcode.Greater, value, N(0)), then.Build(sum), f.Block().Build(s), ImmutableArray.Create(next)));
        var body = f.Block();
        body.Add(new For(i, I(0), body.Length(x), 1, false, Carry((s, N(0), result)), loop.Build(next)));
        var emitted = Emitted.Of(f.Returns(body.Build(result)));

        Assert.Equal(
            """
            double s = 0d;
            for (int i = 0; i < x.Length; i++)
            {
                double t1 = x[i];
                if (t1 > 0d) s += t1;
            }
            return s;
            """,
            emitted.Body("Positive"));
    }

    [Fact]
    public void A_swap_goes_through_one_temporary()
    {
        var f = new FunctionBuilder("Fibonacci");
        var n = f.Parameter("n", ScalarType.Int32);
        var (i, a, b, a2, b2) = (f.Value("i", ScalarType.Int32), f.User("a"), f.User("b"), f.User("a"), f.User("b"));
        var loop = f.Block();
        var sum = loop.Double(Opcode.Add, a, b);
        var body = f.Block();
        body.Add(new For(i, I(0), n, 1, false, Carry((a, N(0), a2), (b, N(1), b2)), loop.Build(b, sum)));
        var emitted = Emitted.Of(f.Returns(body.Build(a2)));

        Assert.Equal(
            """
            double a = 0d;
            double b = 1d;
            for (int i = 0; i < n; i++)
            {
                double t1 = a + b;
                a = b;
                b = t1;
            }
            return a;
            """,
            emitted.Body("Fibonacci"));
        Assert.Equal(55.0, emitted.Call("Fibonacci", 10));
    }

    [Fact]
    public void Scratch_leaves_the_loop_and_the_tape_is_disposed()
    {
        var f = new FunctionBuilder("Taped");
        var (x, n) = (f.Parameter("x", FunctionBuilder.Array), f.Parameter("n", ScalarType.Int32));
        var body = f.Block();
        var tape = f.Value("tape", TapeType.Instance);
        body.Add(new OpenTape(tape));
        var loop = f.Block();
        var buffer = f.Value("buffer", Span);
        loop.Add(new Allocate(buffer, loop.Length(x), Cleared: true));
        loop.Add(new Copy(x, buffer));
        loop.Add(new Push(tape, loop.Load(buffer, I(0))));
        body.Add(new For(f.Value("i", ScalarType.Int32), I(0), n, 1, false, Carry(), loop.Build()));
        var back = f.Block();
        var (s, result, pop) = (f.User("s"), f.User("s"), f.Value("popped"));
        back.Add(new Pop(pop, tape));
        body.Add(new For(f.Value("i", ScalarType.Int32), body.Int(Opcode.Subtract, n, I(1)), I(0), -1, true, Carry((s, N(0), result)), back.Build(back.Double(Opcode.Add, s, pop))));
        var emitted = Emitted.Of(HoistScratch.Run(f.Returns(body.Build(result))));

        Assert.Equal(
            """
            global::SoftDiff.Tape tape = default;
            try
            {
                using global::SoftDiff.Rented<double> bufferRent = global::SoftDiff.Scratch.Rent<double>(x.Length);
                global::System.Span<double> buffer = bufferRent.Span;
                for (int i = 0; i < n; i++)
                {
                    global::SoftDiff.Scratch.Clear(buffer);
                    global::SoftDiff.Scratch.Copy<double>(global::System.MemoryExtensions.AsSpan(x), buffer);
                    tape.Push(buffer[0]);
                }
                double s = 0d;
                for (int i = n - 1; i >= 0; i--) s += tape.Pop<double>();
                return s;
            }
            finally
            {
                tape.Dispose();
            }
            """,
            emitted.Body("Taped"));
        Assert.Equal(6.0, emitted.Call("Taped", new[] { 2.0, 5.0 }, 3));
    }

    [Fact]
    public void Calls_pass_what_the_callee_asks_for()
    {
        var helper = new FunctionBuilder("Help");
        var p = helper.Parameter("p", mode: ParameterMode.In);
        var q = helper.Parameter("q", mode: ParameterMode.Ref);
        helper.Parameter("z", mode: ParameterMode.Out);
        var tape = helper.Parameter("tape", TapeType.Instance);
        var inside = helper.Block();
        inside.Add(new Push(tape, p));
        var popped = helper.Value("");
        inside.Add(new Pop(popped, tape));
        var sum = inside.Double(Opcode.Add, p, q);
        var help = helper.Returns(inside.Build(popped, sum, q));

        var f = new FunctionBuilder("F");
        var (x, y) = (f.Parameter("x"), f.Parameter("y"));
        var body = f.Block();
        var own = f.Value("tape", TapeType.Instance);
        body.Add(new OpenTape(own));
        var (r, q2, z) = (f.Value(""), f.Value("q"), f.Value("z"));
        body.Add(new Call(ImmutableArray.Create(r, q2, z), "Help", ImmutableArray.Create<Operand>(x, y, own)));
        var (h, w) = (f.Value("h", ScalarType.Int32), f.Value("w", ScalarType.Int32));
        body.Add(new Invoke(ImmutableArray.Create(h), "global::System.Math.DivRem", ImmutableArray.Create<Operand?>(body.Int(Opcode.Convert, q2), I(2), null), ImmutableArray.Create(w)));
        var result = body.Double(Opcode.Add, body.Double(Opcode.Subtract, r, q2), z);
        var emitted = Emitted.Of(f.Returns(body.Build(result)), help);

        Assert.Equal(
            """
            global::SoftDiff.Tape tape = default;
            try
            {
                double q = y;
                double t1 = Help(x, ref q, out double z, ref tape);
                global::System.Math.DivRem((int)q, 2, out int _);
                return t1 - q + z;
            }
            finally
            {
                tape.Dispose();
            }
            """,
            emitted.Body("F"));
        Assert.Equal(3.0 - 7.0 + 4.0, emitted.Call("F", 3.0, 4.0));
        Assert.Contains("Help(in double p, ref double q, out double z, ref global::SoftDiff.Tape tape)", emitted.Text);
    }

    [Fact]
    public void A_variable_set_again_stays_one_variable()
    {
        var f = new FunctionBuilder("Scaled");
        var x = f.Parameter("x");
        var body = f.Block();
        var doubled = body.Named(f.User("x"), Opcode.Multiply, x, N(2));
        var t = body.Named(f.User("t"), Opcode.Exp, doubled);
        var t2 = body.Named(f.User("t"), Opcode.Add, t, N(1));
        var t3 = body.Named(f.User("t"), Opcode.Multiply, t2, t);
        var emitted = Emitted.Of(f.Returns(body.Build(body.Double(Opcode.Subtract, t3, doubled))));

        Assert.Equal(
            """
            x *= 2d;
            double t = global::System.Math.Exp(x);
            double t_2 = t + 1d;
            t_2 *= t;
            return t_2 - x;
            """,
            emitted.Body("Scaled"));
    }
}
