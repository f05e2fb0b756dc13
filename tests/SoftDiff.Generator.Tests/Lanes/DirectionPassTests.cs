using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Lanes;

namespace SoftDiff.Generator.Tests.Lanes;

/// <summary>The passes over loops over directions: text in and text out, and the same numbers.</summary>
public sealed class DirectionPassTests
{
    /// <summary>y = sin(w x) for each x, and its derivative in every direction; the product is computed by an inner loop.</summary>
    private const string Columns = """
        function Columns
          param value %0.x: rospan<double>
          param value %1.w: rospan<double>
          param value %2.matrix: span<double>
        body
          %3: int = length %0
          for %4.column: int = 0 until %3 step 1 directions
            %5.direction: span<double> = allocate %3 cleared
            store %5[%4] = 1.0
            for %6.i: int = 0 until %3 step 1
              %7: double = load %0[%6]
              %8: double = load %5[%6]
              %9: double = load %1[%6]
              %10: double = Multiply %9, %7
              %11: double = Cos %10
              %12: double = Multiply %8, %11
              %13: double = Multiply %12, %9
              %14: int = Multiply %6, %3
              %15: int = Add %14, %4
              store %2[%15] = %13
              yield
            end
            yield
          end
          yield
        end
        """;

    [Fact]
    public void The_primal_is_hoisted_and_its_values_are_kept()
    {
        var module = Hoisted(Columns);
        Assert.Equal("""
            function Columns
              param value %0.x: rospan<double>
              param value %1.w: rospan<double>
              param value %2.matrix: span<double>
            body
              %3: int = length %0
              %21: bool = Greater %3, 0
              if %21
                %18.kept: span<double> = allocate %3
                for %6.i: int = 0 until %3 step 1
                  %7: double = load %0[%6]
                  %9: double = load %1[%6]
                  %10: double = Multiply %9, %7
                  %11: double = Cos %10
                  %16: double = Multiply %11, %9
                  store %18[%6] = %16
                  yield
                end
                for %4.column: int = 0 until %3 step 1 directions
                  %5.direction: span<double> = allocate %3 cleared
                  store %5[%4] = 1.0
                  for %17.i: int = 0 until %3 step 1
                    %8: double = load %5[%17]
                    %19: double = load %18[%17]
                    %13: double = Multiply %8, %19
                    %20: int = Multiply %17, %3
                    %15: int = Add %20, %4
                    store %2[%15] = %13
                    yield
                  end
                  yield
                end
                yield
              else
                yield
              end
              yield
            end

            """.ReplaceLineEndings("\n"), IrText.Print(module.Root));
        AssertSame(module);
    }

    [Fact]
    public void Directions_run_in_lanes()
    {
        var module = RunInLanes.Run(Hoisted(Columns));
        var call = Assert.Single(module.Root.Body.AllOps().OfType<LaneCall>());
        var lanes = Assert.Single(module.Callees);
        Assert.Equal(lanes.Name, call.Callee);
        Assert.Empty(Verifier.Check(module));
        AssertSame(module);
    }

    [Fact]
    public void A_basis_vector_is_made_once_and_zero_again_after_each_block()
    {
        var lanes = Assert.Single(RunInLanes.Run(Hoisted(Columns)).Callees);
        Assert.IsType<Allocate>(Assert.Single(lanes.Body.Ops, op => op is Allocate));
        var blocks = Assert.Single(lanes.Body.Ops.OfType<For>());
        Assert.DoesNotContain(blocks.Body.AllOps(), op => op is Allocate);
        Assert.Equal([1, 0], blocks.Body.Ops.OfType<LaneDiagonal>().Select(set => Assert.IsType<NumberConstant>(set.Value).Number));
        Assert.Same(blocks.Body.Ops[^1], blocks.Body.Ops.OfType<LaneDiagonal>().Last());
    }

    /// <summary>Terms of the same direction, two of them products, one added twice; and one that an inner sum has.</summary>
    [Theory]
    [InlineData("%20: double = Multiply %8, %9", "%21: double = Subtract %12, %20", "%13: double = Add %21, %8")]
    [InlineData("%20: double = Negate %8", "%21: double = Subtract %20, %12", "%13: double = Subtract %21, %8")]
    [InlineData("%20: double = Add %8, %8", "%21: double = Multiply %12, %9", "%13: double = Add %20, %21")]
    public void Terms_of_one_direction_are_one_product(string first, string second, string sum)
    {
        string text = Columns.Replace("%13: double = Multiply %12, %9", first + "\n      " + second + "\n      " + sum, StringComparison.Ordinal);
        Assert.NotEqual(Columns, text);
        var module = Hoisted(text);
        var directions = Assert.Single(module.Root.Body.AllOps().OfType<For>(), loop => loop.IsOverDirections);
        Assert.Equal(Opcode.Multiply, Assert.Single(directions.Body.AllOps().OfType<Compute>(), op => op.Result.Type.IsFloat).Code);
        AssertSame(module, text);
    }

    /// <summary>The primal throws, and it does not run without directions.</summary>
    [Fact]
    public void Without_directions_nothing_runs()
    {
        string throwing = Columns.Replace("%7: double = load %0[%6]", "%7: double = load %0[7]", StringComparison.Ordinal);
        Assert.NotEqual(Columns, throwing);
        var module = RunInLanes.Run(Hoisted(throwing));
        Interpreter.Run(module, Array.Empty<double>(), Array.Empty<double>(), Array.Empty<double>());
    }

    /// <summary>Values under a branch, in nested loops with a tail, and elements that are overwritten later.</summary>
    [Fact]
    public void Kept_values_are_those_of_their_iteration()
    {
        const string Nested = """
            function Columns
              param value %0.x: rospan<double>
              param value %1.w: rospan<double>
              param value %2.matrix: span<double>
            body
              %3: int = length %0
              for %4.column: int = 0 until %3 step 1 directions
                %5.direction: span<double> = allocate %3 cleared
                store %5[%4] = 1.0
                %6.h: span<double> = allocate %3 cleared
                %7.hDot: span<double> = allocate %3 cleared
                for %8.i: int = 0 until %3 step 1
                  for %9.j: int = %3 through 1 step -1
                    %10: int = Subtract %9, 1
                    %11: double = load %0[%10]
                    %12: double = load %6[%8]
                    %13: double = Multiply %12, %11
                    %14: double = Sin %13
                    %15: double = load %5[%10]
                    %16: double = Multiply %15, %14
                    %17: bool = Greater %14, 0.2
                    %18: double = if %17
                      %19: double = Exp %14
                      %20: double = Multiply %16, %19
                      yield %20
                    else
                      yield %16
                    end
                    %21: double = Add %12, %11
                    store %6[%8] = %21
                    accumulate %7[%8] = %18
                    yield
                  end
                  yield
                end
                for %22.i: int = 0 until %3 step 1
                  %23: double = load %7[%22]
                  %24: double = load %6[%22]
                  %25: double = Multiply %23, %24
                  %26: int = Multiply %22, %3
                  %27: int = Add %26, %4
                  store %2[%27] = %25
                  yield
                end
                yield
              end
              yield
            end
            """;
        var hoisted = Hoisted(Nested);
        Assert.DoesNotContain(Assert.Single(hoisted.Root.Body.AllOps().OfType<For>(), loop => loop.IsOverDirections).Body.AllOps(),
            op => op is Compute { Code: Opcode.Sin or Opcode.Exp });
        AssertSame(hoisted, Nested);
        AssertSame(RunInLanes.Run(hoisted), Nested);
    }

    private static Module Hoisted(string text)
    {
        var function = IrParser.Function(text);
        Verifier.Require(function);
        var module = HoistPrimal.Run(new Module(function, []), TransformOptions.Default, CancellationToken.None);
        Verifier.Require(module);
        return module;
    }

    private static void AssertSame(Module module, string text = Columns)
    {
        double[] x = [0.3, 1.2, -0.4], w = [2, -1, 0.5], expected = new double[9], actual = new double[9];
        Interpreter.Run(IrParser.Function(text), x, w, expected);
        Interpreter.Run(module, x, w, actual);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-14);
    }
}
