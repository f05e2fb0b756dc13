using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Lower;
using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>Passes, text in and text out.</summary>
public sealed class PassTests
{
    [Fact]
    public void Simplify_shares_hoists_folds_and_drops() => Check(
        f => Simplifier.Run(f, CancellationToken.None),
        """
        function F -> double
          param value %0.x: double wrt
          param value %1.n: int
        body
        """,
        """
          %2: double = Multiply %0, 1.0
          %3: double = Multiply %0, %0
          %4: double = Multiply %2, %2
          %5: double = Add 1.0, 2.0
          for %6.i: int = 0 until %1 step 1
            carry %7.s: double = %3 -> %8.s: double
            carry %9.k: double = 5.0 -> %10.k: double
            %11: double = Multiply %0, %5
            %12: double = Add %7, %11
            yield %12, %9
          end
          %13: double = Multiply %8, %10
          yield %13
        end
        """,
        """
          %3: double = Multiply %0, %0
          %11: double = Multiply %0, 3.0
          for %6.i: int = 0 until %1 step 1
            carry %7.s: double = %3 -> %8.s: double
            %12: double = Add %7, %11
            yield %12
          end
          %13: double = Multiply %8, 5.0
          yield %13
        end
        """);

    [Fact]
    public void Simplify_takes_the_larger_and_the_smaller_of_two_constants() => Check(
        f => Simplifier.Run(f, CancellationToken.None),
        """
        function F -> int
        body
        """,
        """
          %0: int = Max 4, -3
          %1: int = Min %0, -2
          %2: int = Subtract %0, %1
          yield %2
        end
        """,
        """
          yield 6
        end
        """);

    [Fact]
    public void Simplify_knows_the_elements_and_lengths_of_a_tensor_laid_over_an_array() => Check(
        f => Simplifier.Run(f, CancellationToken.None),
        """
        function F -> double
          param value %0.xs: span<double>
          param value %1.rows: int
          param value %2.columns: int
        body
        """,
        """
          %3: tensor<double> = arrange %0 as %1, %2
          requireRank %3 "t" 2
          %4: span<double> = flatten %3
          %5: rospan<nint> = lengths %3
          %6: nint = load %5[1]
          %7: int = Convert %6
          for %8.i: int = 0 until %7 step 1
            carry %9.s: double = 0.0 -> %10.s: double
            %11: int = CheckIndex %8, %7
            %12: double = load %4[%11]
            %13: int = Add %8, 1
            %14: int = CheckIndex %13, %7
            %15: double = load %4[%14]
            %16: double = Multiply %12, %15
            %17: double = Add %9, %16
            yield %17
          end
          yield %10
        end
        """,
        """
          for %8.i: int = 0 until %2 step 1
            carry %9.s: double = 0.0 -> %10.s: double
            %12: double = load %0[%8]
            %13: int = Add %8, 1
            %14: int = CheckIndex %13, %2
            %15: double = load %0[%14]
            %16: double = Multiply %12, %15
            %17: double = Add %9, %16
            yield %17
          end
          yield %10
        end
        """);

    [Fact]
    public void An_element_set_to_zero_and_then_added_to_is_stored_once_unless_its_array_is_touched_between() => Check(
        StoreZeroedElements.Run,
        """
        function F
          param value %0.x: double
          param value %1.i: int
          param value %2.j: int
          param value %3.dY: span<double>
        body
        """,
        """
          %4: double = load %3[%1]
          store %3[%1] = 0.0
          %5: double = Multiply %4, %0
          accumulate %3[%1] = %5
          accumulate %3[%1] = %0
          %6: double = load %3[%2]
          store %3[%2] = 0.0
          accumulate %3[%1] = %6
          accumulate %3[%2] = %6
          yield
        end
        """,
        """
          %4: double = load %3[%1]
          %5: double = Multiply %4, %0
          store %3[%1] = %5
          accumulate %3[%1] = %0
          %6: double = load %3[%2]
          store %3[%2] = 0.0
          accumulate %3[%1] = %6
          accumulate %3[%2] = %6
          yield
        end
        """);

    [Fact]
    public void A_tensor_that_is_only_passed_on_is_passed_as_it_is() => Check(
        PassWholeTensors.Run,
        """
        function F
          param value %0.x: rotensor<double>
          param value %1.y: tensor<double>
          param value %2.z: tensor<double>
        body
        """,
        """
          %3: rospan<double> = flatten %0
          %4: rospan<nint> = lengths %0
          %5: rotensor<double> = arrange %3 as %4
          %6: span<double> = flatten %1
          %7: rospan<nint> = lengths %1
          %8: tensor<double> = arrange %6 as %7
          %9: span<double> = flatten %2
          %10: rospan<nint> = lengths %2
          %11: tensor<double> = arrange %9 as %10
          %12: int = length %3
          invoke "M" %5, %8, %11, %12
          store %9[0] = 1.0
          yield
        end
        """,
        """
          %4: rospan<nint> = lengths %0
          %7: rospan<nint> = lengths %1
          %9: span<double> = flatten %2
          %10: rospan<nint> = lengths %2
          %11: tensor<double> = arrange %9 as %10
          %12: int = length %0
          invoke "M" %0, %1, %11, %12
          store %9[0] = 1.0
          yield
        end
        """);

    [Fact]
    public void Inlining_copies_a_helper_into_its_call() => Check(
        f => Inliner.Run(new Module(f, [IrParser.Function(
            """
            function Square -> double
              param value %0.y: double wrt
            body
              %1: double = Multiply %0, %0
              yield %1
            end
            """)])).Root,
        """
        function F -> double
          param value %0.x: double wrt
        body
        """,
        """
          %1: double = call "Square" %0
          %2: double = Add %1, %0
          yield %2
        end
        """,
        """
          %3: double = Multiply %0, %0
          %2: double = Add %3, %0
          yield %2
        end
        """);

    [Fact]
    public void Arithmetic_that_is_used_later_moves_behind_a_call() => Check(
        AdvanceCalls.Run,
        """
        function F -> double
          param value %0.x: double wrt
        body
        """,
        """
          %1: double = Multiply %0, 2.0
          %2: double = Add %1, 1.0
          %3: double = Multiply %0, %0
          %4: double = Exp %3
          %5: double = Multiply %1, %2
          %6: double = Multiply %5, %4
          yield %6
        end
        """,
        """
          %3: double = Multiply %0, %0
          %4: double = Exp %3
          %1: double = Multiply %0, 2.0
          %2: double = Add %1, 1.0
          %5: double = Multiply %1, %2
          %6: double = Multiply %5, %4
          yield %6
        end
        """);

    [Fact]
    public void A_division_starts_before_a_call_and_what_waits_for_it_moves_behind() => Check(
        AdvanceCalls.Run,
        """
        function F -> double
          param value %0.x: double wrt
        body
        """,
        """
          %1: double = Add %0, 1.0
          %2: double = Divide 1.0, %1
          %3: double = Multiply %2, %2
          %4: double = Divide %3, %0
          %5: double = Multiply %4, %3
          %6: double = Exp %0
          %7: double = Multiply %4, %5
          %8: double = Multiply %7, %6
          %9: double = Multiply %8, %3
          yield %9
        end
        """,
        """
          %1: double = Add %0, 1.0
          %2: double = Divide 1.0, %1
          %6: double = Exp %0
          %3: double = Multiply %2, %2
          %4: double = Divide %3, %0
          %5: double = Multiply %4, %3
          %7: double = Multiply %4, %5
          %8: double = Multiply %7, %6
          %9: double = Multiply %8, %3
          yield %9
        end
        """);

    [Fact]
    public void Arithmetic_that_ends_the_life_of_more_than_it_makes_stays_before_a_call()
    {
        const string Function = """
            function F -> double
              param value %0.x: double wrt
              param value %1.y: double wrt
            body
              %2: double = Multiply %0, %1
              %3: double = Exp %1
              %4: double = Multiply %2, %3
              yield %4
            end
            """;
        Check(AdvanceCalls.Run, Function, Function);
    }

    [Fact]
    public void A_call_moves_before_a_helper_whose_results_are_used_later() => Check(
        AdvanceCalls.Run,
        """
        function F -> double
          param value %0.x: double wrt
          param value %1.y: double wrt
        body
        """,
        """
          %2: double = Multiply %0, %1
          %3: double, %4: double = call HelperGradient %2
          %5: double = Negate %1
          %6: double = Exp %5
          %7: double = Multiply %3, %6
          %8: double = Multiply %4, %7
          %9: double = Multiply %8, %2
          yield %9
        end
        """,
        """
          %2: double = Multiply %0, %1
          %5: double = Negate %1
          %6: double = Exp %5
          %3: double, %4: double = call HelperGradient %2
          %7: double = Multiply %3, %6
          %8: double = Multiply %4, %7
          %9: double = Multiply %8, %2
          yield %9
        end
        """);

    [Fact]
    public void Products_of_derivatives_are_made_of_products_that_are_there() => Check(
        f => ShareProducts.Run(f with { PrimalResults = 1 }),
        """
        function F -> double
          param value %0.x: double wrt
          param value %1.y: double
          param out %2.dX: double
          param out %3.dY: double
        body
        """,
        """
          %4: double = Exp %0
          %5: double = Multiply %1, 3.0
          %6: double = Multiply %5, %4
          %7: double = Multiply %6, %6
          %8: double = Multiply %1, %4
          %9: double = Multiply %8, 3.0
          %10: double = Multiply %4, -6.0
          %11: double = Multiply %10, %1
          %12: double = Multiply %11, %0
          yield %7, %9, %12
        end
        """,
        """
          %4: double = Exp %0
          %5: double = Multiply %1, 3.0
          %6: double = Multiply %5, %4
          %7: double = Multiply %6, %6
          %13: double = Multiply %6, %0
          %12: double = Multiply %13, -2.0
          yield %7, %6, %12
        end
        """);

    [Fact]
    public void Products_that_the_primal_needs_stay_as_they_are()
    {
        const string Function = """
            function F -> double
              param value %0.x: double wrt
              param value %1.y: double
              param out %2.dX: double
            body
              %3: double = Multiply %0, %1
              %4: double = Multiply %0, 0.3
              %5: double = Multiply %4, %1
              %7: double = Multiply %4, %5
              yield %7, %3
            end
            """;
        Check(f => ShareProducts.Run(f with { PrimalResults = 1 }), Function, Function);
    }

    [Fact]
    public void Rows_of_a_cleared_matrix_are_stored() => Check(
        f => SliceRows.Run(StoreFirstRows.Run(f)),
        """
        function F
          param value %0.dW: span<double>
          param value %1.x: rospan<double>
          param value %2.n: int
          param value %3.m: int
        body
        """,
        """
          fill %0 = 0.0
          for %4.i: int = 0 until %2 step 1
            %5: int = Multiply %4, %3
            for %6.j: int = 0 until %3 step 1
              %7: int = Add %5, %6
              %8: double = load %1[%4]
              accumulate %0[%7] = %8
              yield
            end
            yield
          end
          yield
        end
        """,
        """
          %10: int = Max %2, 0
          %11: int = Max %3, 0
          %9: int = Multiply %10, %11
          %12: int = length %0
          %13: int = Clamp %9, 0, %12
          %14: span<double> = view %0 from %13
          fill %14 = 0.0
          for %4.i: int = 0 until %2 step 1
            %5: int = Multiply %4, %3
            %15.dWRow: span<double> = row %0 from %5 count %3
            for %6.j: int = 0 until %3 step 1
              %8: double = load %1[%4]
              store %15[%6] = %8
              yield
            end
            yield
          end
          yield
        end
        """);

    [Fact]
    public void Rows_that_may_meet_are_added()
    {
        const string Function = """
            function F
              param value %0.dW: span<double>
              param value %1.x: rospan<double>
              param value %2.n: int
              param value %3.m: int
            body
              fill %0 = 0.0
              for %4.i: int = 0 until %2 step 1
                %5: int = Multiply %4, 2
                for %6.j: int = 0 until %3 step 1
                  %7: int = Add %5, %6
                  %8: double = load %1[%4]
                  accumulate %0[%7] = %8
                  yield
                end
                yield
              end
              yield
            end
            """;
        Assert.Contains("accumulate", IrText.Print(StoreFirstRows.Run(IrParser.Function(Function))), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_say_which_arrays_the_callee_leaves()
    {
        const string Module = """
            function F -> double
              param value %0.x: double[] wrt
              param value %1.y: double[] wrt
            body
              %2: span<double> = view %0 from 0
              call G %2, %1
              %3: double = load %1[0]
              yield %3
            end

            function G
              param value %0.a: span<double>
              param value %1.b: span<double>
            body
              call H %0, %1
              yield
            end

            function H
              param value %0.a: span<double>
              param value %1.b: span<double>
            body
              %2: double = load %0[0]
              store %1[0] = %2
              call G %0, %1
              yield
            end
            """;
        var marked = ReadOnlyCalls.Mark(IrParser.Module(Module));
        Assert.Empty(Verifier.Check(marked));
        var expected = Module.Replace("call G %2, %1", "call G %2, %1 leaving 0").Replace("%0, %1\n", "%0, %1 leaving 0\n");
        Assert.Equal(expected.Trim(), IrText.Print(marked).Trim());
        Assert.Equal(["y"], Signatures.Written(marked.Root).Cast<Value>().Select(v => v.Name));
    }

    /// <summary>For a function whose signature the pass leaves alone: its head, down to <c>body</c>, and the rest before and after.</summary>
    internal static void Check(Func<Function, Function> pass, string head, string input, string output) =>
        Check(pass, head + "\n" + input, head + "\n" + output);

    internal static void Check(Func<Function, Function> pass, string input, string output)
    {
        var result = pass(IrParser.Function(input));
        Assert.Empty(Verifier.Check(result));
        // Lines of inlined operations are the call's; they are not what these tests are about.
        var text = System.Text.RegularExpressions.Regex.Replace(IrText.Print(result), " @-?[0-9]+", "");
        Assert.Equal(output.Trim(), text.Trim());
    }
}
