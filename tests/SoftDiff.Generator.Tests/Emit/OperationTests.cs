using System.Collections.Immutable;
using System.Globalization;
using SoftDiff.Generator.IR;
using static SoftDiff.Generator.Tests.Emit.FunctionBuilder;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>How single operations, constants and expressions are spelt.</summary>
public class OperationTests
{
    private static string Expression(Func<BlockBuilder, Value, Value, Operand> build, ScalarType? type = null, string typeParameters = "", string constraints = "")
    {
        var f = new FunctionBuilder("F");
        var (x, y) = (f.Parameter("x", type), f.Parameter("y", type));
        var body = f.Block();
        var result = build(body, x, y);
        var text = Emitted.Of(typeParameters, constraints, f.Returns(result.Type, body.Build(result))).Body("F");
        Assert.StartsWith("return ", text);
        return text.Substring("return ".Length).TrimEnd(';').Replace("global::System.", "");
    }

    [Fact]
    public void Parentheses_stand_where_they_are_needed()
    {
        Assert.Equal("x - (y - x)", Expression((b, x, y) => b.Double(Opcode.Subtract, x, b.Double(Opcode.Subtract, y, x))));
        Assert.Equal("x - y - x", Expression((b, x, y) => b.Double(Opcode.Subtract, b.Double(Opcode.Subtract, x, y), x)));
        Assert.Equal("x / (y * x)", Expression((b, x, y) => b.Double(Opcode.Divide, x, b.Double(Opcode.Multiply, y, x))));
        Assert.Equal("(x + y) * x", Expression((b, x, y) => b.Double(Opcode.Multiply, b.Double(Opcode.Add, x, y), x)));
        Assert.Equal("-(-x)", Expression((b, x, y) => b.Double(Opcode.Negate, b.Double(Opcode.Negate, x))));
        Assert.Equal("-(x + y)", Expression((b, x, y) => b.Double(Opcode.Negate, b.Double(Opcode.Add, x, y))));
        Assert.Equal("x - x * y", Expression((b, x, y) => b.Double(Opcode.Add, x, b.Double(Opcode.Negate, b.Double(Opcode.Multiply, x, y)))));
        Assert.Equal("x * -1d", Expression((b, x, y) => b.Double(Opcode.Multiply, x, N(-1))));
    }

    [Fact]
    public void Conditions_are_written_as_the_user_would()
    {
        Operand And(BlockBuilder b, Operand condition, Func<BlockBuilder, Operand> then, Operand @else)
        {
            var inner = new BlockBuilder(b.Values);
            var yield = then(inner);
            var result = b.Values.Fresh(yield.Type);
            b.Add(new If(condition, inner.Build(yield), Block.Empty with { Yields = ImmutableArray.Create(@else) }, ImmutableArray.Create(result)));
            return result;
        }

        Assert.Equal("x < y && y < 1d", Expression((b, x, y) => And(b, b.Bool(Opcode.Less, x, y), t => t.Bool(Opcode.Less, y, N(1)), BoolConstant.False)));
        Assert.Equal("!(x < y) || y < 1d", Expression((b, x, y) => And(b, b.Bool(Opcode.Less, x, y), t => t.Bool(Opcode.Less, y, N(1)), BoolConstant.True)));
        Assert.Equal("x < y ? x + y : 0d", Expression((b, x, y) => And(b, b.Bool(Opcode.Less, x, y), t => t.Double(Opcode.Add, x, y), N(0))));
        Assert.Equal("x != y", Expression((b, x, y) => b.Bool(Opcode.Not, b.Bool(Opcode.Equal, x, y))));
    }

    [Fact]
    public void Numbers_keep_their_bits_and_their_spelling()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("fi-FI");
            string Number(double number, string? spelling = null) =>
                Expression((b, x, y) => b.Double(Opcode.Multiply, x, new NumberConstant(ScalarType.Double, number, spelling))).Substring("x * ".Length);
            Assert.Equal("0.1d", Number(0.1));
            Assert.Equal("1000000d", Number(1e6));
            Assert.Equal("1e6d", Number(1e6, "1e6"));
            Assert.Equal("1000d", Number(1000, "1_000"));
            Assert.Equal("1d", Number(1, "2.5"));
            Assert.Equal("-1.5d", Number(-1.5));
            Assert.Equal("-0d", Number(-0.0));
            Assert.Equal("0.30000000000000004d", Number(0.1 + 0.2));
            Assert.Equal("1e-300d", Number(1e-300));
            Assert.Equal("double.NaN", Number(double.NaN));
            Assert.Equal("double.NegativeInfinity", Number(double.NegativeInfinity));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Each_type_has_its_own_functions()
    {
        Assert.Equal("Math.Exp(x) + double.Hypot(x, y)", Expression((b, x, y) => b.Double(Opcode.Add, b.Double(Opcode.Exp, x), b.Double(Opcode.Hypot, x, y))));
        Assert.Equal("MathF.Exp(x) * 0.1f", Expression(
            (b, x, y) => b.Compute(ScalarType.Single, Opcode.Multiply, b.Compute(ScalarType.Single, Opcode.Exp, x), new NumberConstant(ScalarType.Single, 0.1f)), ScalarType.Single));
        var t = new ScalarType(ScalarKind.Float, "T");
        Assert.Equal("T.Exp(x) * T.CreateChecked(0.5d) + T.One", Expression(
            (b, x, y) => b.Compute(t, Opcode.Add, b.Compute(t, Opcode.Multiply, b.Compute(t, Opcode.Exp, x), new NumberConstant(t, 0.5)), new NumberConstant(t, 1)),
            t, "<T>", "where T : global::System.Numerics.IFloatingPointIeee754<T>"));
    }

    [Fact]
    public void Every_scalar_function_compiles_for_every_type()
    {
        foreach (var type in new[] { ScalarType.Double, ScalarType.Single, new ScalarType(ScalarKind.Float, "T") })
        {
            var f = new FunctionBuilder("F");
            var (x, y, n) = (f.Parameter("x", type), f.Parameter("y", type), f.Parameter("n", ScalarType.Int32));
            var body = f.Block();
            Operand sum = x;
            foreach (var row in ScalarFunctions.All.Where(row => row.Spelling.Home != Home.Form && row.Signature.Works.HasFlag(Domain.Float) && !row.Signature.GivesBool))
            {
                if (type.Name != "double" && row.Spelling.Home is Home.Soft or Home.Partials) continue;
                var args = row.Signature.Types(type).Select((operand, i) => operand == ScalarType.Int32 ? n : i == 0 ? x : y).ToArray<Operand>();
                sum = body.Named(f.User("u", type), Opcode.Add, sum, body.Compute(type, row.Code, args));
            }

            var generic = type.IsTypeParameter;
            Emitted.Of(generic ? "<T>" : "", generic ? "where T : global::System.Numerics.IFloatingPointIeee754<T>" : "", f.Returns(type, body.Build(sum)));
        }
    }
}
