using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Analyses only save time and memory: each companion gives the same numbers with an analysis on and off, and passes the verifier.</summary>
public sealed class AblationTests
{
    private const string Recurrence = """
        function Recurrence -> double
          param value %0.x: double wrt
          param value %1.n: int
        body
          for %2.t: int = 0 until %1 step 1
            carry %3.s: double = %0 -> %4.s: double
            %5: double = Sin %3
            %6: double = Multiply %5, %0
            yield %6
          end
          yield %4
        end
        """;

    private const string Branch = """
        function Branch -> double
          param value %0.x: double wrt
          param value %1.n: int
        body
          %2: double = Exp %0
          %3: bool = Greater %2, 1.5
          %4: double = if %3
            %5: double = Multiply %2, %0
            yield %5
          else
            yield %0
          end
          %6: double = Multiply %4, %4
          yield %6
        end
        """;

    private const string Nested = """
        function Nested -> double
          param value %0.x: double wrt
          param value %1.n: int
        body
          for %2.i: int = 0 until %1 step 1
            carry %3.total: double = 0.0 -> %4.total: double
            %5: double = Convert %2
            for %6.j: int = 0 until %2 step 1
              carry %7.p: double = %0 -> %8.p: double
              %9: double = Multiply %7, %0
              %10: double = Cos %9
              yield %10
            end
            %11: double = Multiply %8, %5
            %12: double = Add %3, %11
            yield %12
          end
          %13: double = Sqrt %4
          %14: double = Add %13, %4
          yield %14
        end
        """;

    private const string Constants = """
        function Constants -> double
          param value %0.x: double wrt
          param value %1.n: int
        body
          %2: double = Negate symbol "C.Level": double
          %3: double = Multiply %2, %0
          %4: double = Negate symbol "C.Level": double
          %5: double = Multiply %4, %0
          %6: double = Multiply 3.0, %0
          %7: double = Subtract %3, %5
          %8: double = Add %7, %6
          yield %8
        end
        """;

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var program in new[] { Recurrence, Branch, Nested })
        {
            foreach (string name in Switches.Names) cases.Add(program, name);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Results_agree_with_a_switch_off(string program, string off)
    {
        var module = IrParser.Module(program);
        var all = Companions.Generate(module, CancellationToken.None);
        var some = Companions.Generate(module, Switches.Off(off), CancellationToken.None);
        foreach (var (with, without) in all.Zip(some))
        {
            foreach (var companion in new[] { with, without })
            {
                Assert.Empty(Verifier.Check(new Module(companion.Function, companion.Helpers)));
            }

            object[] arguments = with.Kind == CompanionKind.Gradient ? [0.7, 4] : [0.7, 4, 1.3];
            var (expected, actual) = (Run(with, arguments), Run(without, arguments));
            Assert.Equal(expected.Length, actual.Length);
            Assert.NotEqual(0.0, expected[^1]);
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-14 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    /// <summary>Where everything counts as active, a polynomial may have parts made of constants alone.</summary>
    [Fact]
    public void A_constant_in_a_polynomial_has_no_derivative()
    {
        foreach (var companion in Companions.Generate(IrParser.Module(Constants), Switches.Off(Switches.All), CancellationToken.None))
        {
            Assert.Empty(Verifier.Check(new Module(companion.Function, companion.Helpers)));
        }
    }

    [Fact]
    public void A_buffer_that_is_constant_needs_no_gradient_where_everything_counts_as_active()
    {
        var module = IrParser.Module("""
            function Weighted -> double
              param value %0.x: double wrt
              param value %1.r: rospan<double>
            body
              %2: int = length %1
              for %3.i: int = 0 until %2 step 1
                carry %4.s: double = %0 -> %5.s: double
                %6: double = load %1[%3]
                %7: double = Multiply %0, %6
                %8: double = Add %4, %7
                yield %8
              end
              yield %5
            end
            """);
        foreach (var companion in Companions.Generate(module, Switches.Off(nameof(TransformOptions.Activity)), CancellationToken.None))
        {
            object[] arguments = companion.Kind == CompanionKind.Gradient ? [0.7, new[] { 2.0, 3.0 }] : [0.7, new[] { 2.0, 3.0 }, 1.0];
            Assert.Equal([4.2, 6.0], Run(companion, arguments), (a, b) => Math.Abs(a - b) < 1e-14);
        }
    }

    private static double[] Run(Companion companion, object[] arguments) =>
        [.. new Interpreter([.. companion.Helpers]).Call(companion.Function, arguments).Select(r => (double)r)];
}
