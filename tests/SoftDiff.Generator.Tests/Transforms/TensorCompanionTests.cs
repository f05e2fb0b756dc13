using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Companions of functions with tensors: they pass the verifier, and give the same numbers with an analysis on and off.</summary>
public sealed class TensorCompanionTests
{
    /// <summary>y[i, j] = y[i, j] · x[i, j], and the sum of sin y[i, j].</summary>
    private const string Elements = """
        function Elements -> double
          param value %0.x: rotensor<double> wrt
          param value %1.y: tensor<double> wrt
        body
          %2.xElements: rospan<double> = flatten %0
          %3: rospan<nint> = lengths %0
          %4.yElements: span<double> = flatten %1
          requireRank %0 "x" 2
          %5: nint = load %3[0]
          %6.rows: int = Convert %5
          %7: nint = load %3[1]
          %8.columns: int = Convert %7
          for %9.i: int = 0 until %6 step 1
            carry %10.s: double = 0.0 -> %11.s: double
            %12: int = Multiply %9, %8
            for %13.j: int = 0 until %8 step 1
              carry %14.s: double = %10 -> %15.s: double
              %16: int = CheckIndex %13, %8
              %17: int = Add %12, %16
              %18: double = load %2[%17]
              %19: double = load %4[%17]
              %20: double = Multiply %18, %19
              store %4[%17] = %20
              %21: double = Sin %20
              %22: double = Add %14, %21
              yield %22
            end
            yield %15
          end
          yield %11
        end
        """;

    /// <summary>An operator from x to a local of the same shape, and from there to y, in a loop.</summary>
    private const string Operators = """
        function Operators
          param value %0.x: rotensor<double> wrt
          param value %1.y: tensor<double> wrt
          param value %2.steps: int
        body
          %3.xElements: rospan<double> = flatten %0
          %4: rospan<nint> = lengths %0
          %5: rotensor<double> = arrange %3 as %4
          %6.yElements: span<double> = flatten %1
          %7: rospan<nint> = lengths %1
          %8: tensor<double> = arrange %6 as %7
          %9: int = length %3
          %10: span<double> = allocate %9 cleared
          %11.t: tensor<double> = arrange %10 as %4
          rule RULE with %5, %11
          for %12.i: int = 0 until %2 step 1
            rule RULE with %11, %11
            %13: double = load %10[0]
            accumulate %6[0] = %13
            yield
          end
          rule RULE with %11, %8
          yield
        end
        """;

    private const string Rule =
        "written \"M\"(input \"x\": rotensor<double>, destination \"y\": tensor<double>) backward \"MBackward\" takesPrimal tangent \"MTangent\"";

    public static TheoryData<string> Options() => Switches.Names;

    [Theory]
    [MemberData(nameof(Options))]
    public void Elements_have_the_same_derivatives_with_a_switch_off(string off)
    {
        double[] x = [0.5, -1.5, 2, 0.25], y = [1, 0.3, -0.7, 0.9];
        foreach (var companion in Generate(Elements, Switches.Off(off)))
        {
            double[] value = [.. y], dX = [9, 9, 9, 9], dY = [1, 2, 3, 4], tX = [0.1, 0.2, 0.3, 0.4], tY = [1, 2, 3, 4];
            Interpreter.Tensor Shaped(double[] elements) => new(elements, 2, 2);
            object[] arguments = companion.Kind switch
            {
                CompanionKind.Gradient => [Shaped(x), Shaped(value), Shaped(dX), Shaped(dY)],
                CompanionKind.Vjp => [Shaped(x), Shaped(value), 1.0, Shaped(dX), Shaped(dY)],
                _ => [Shaped(x), Shaped(value), Shaped(tX), Shaped(tY)],
            };
            var results = new Interpreter([.. companion.Helpers]).Call(companion.Function, arguments);
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(x[i] * y[i], value[i]);
                var slope = Math.Cos(x[i] * y[i]);
                if (companion.Kind == CompanionKind.Jvp)
                {
                    Assert.Equal((0.1 * (i + 1) * y[i]) + (x[i] * (i + 1)), tY[i], 1e-14);
                }
                else
                {
                    Assert.Equal((slope + i + 1) * y[i], dX[i], 1e-14);
                    Assert.Equal((slope + i + 1) * x[i], dY[i], 1e-14);
                }
            }

            Assert.Equal(x.Zip(y, (a, b) => Math.Sin(a * b)).Sum(), (double)results[0], 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Rules_are_called_with_tensors(string off)
    {
        var companions = Generate(Operators.Replace("RULE", Rule), Switches.Off(off)).ToList();
        Assert.Equal([CompanionKind.Vjp, CompanionKind.Jvp], companions.Select(c => c.Kind));
        var called = companions.Select(c => c.Function.Body.AllOps().OfType<Invoke>().Where(i => i.Args.Any(a => a?.Type is ArrayType { IsTensor: true })).ToList()).ToList();
        Assert.Equal(3, called[0].Count(i => i.Method == "MBackward"));
        Assert.Equal(3, called[1].Count(i => i.Method == "MTangent"));
    }

    private static IEnumerable<Companion> Generate(string program, TransformOptions options)
    {
        foreach (var companion in Companions.Generate(IrParser.Module(program), options, CancellationToken.None))
        {
            Assert.Empty(Verifier.Check(new Module(companion.Function, companion.Helpers)));
            yield return companion;
        }
    }
}
