using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

public class VerifierTests
{
    private const string Valid = """
        function F -> double
          param value %0.x: double
          param value %1.n: int
          param value %2.xs: rospan<double>
          param value %3.ys: span<double>
          param ref %4.r: double
        body
          %5: bool = Less %0, 1.0
          %6: double = if %5
            %7: double = Exp %0
            yield %7
          else
            throw "new global::System.Exception()"
            yield
          end
          for %8.i: int = 0 until %1 step 1 trips %9: int
            carry %10: double = %6 -> %11: double
            %12: double = load %2[%8]
            store %3[%8] = %12
            %13: double = Add %10, %12
            %14: bool = Greater %13, 9.0
            yield %13
            exit %14
          end
          while
            carry %15: double = %11 -> %16: double
            %17: bool = Less %15, 100.0
            yield %17
          do
            %18: double = Multiply %15, 2.0
            yield %18
          end
          yield %16, %4
        end
        """;

    private const string Modules = """
        function F -> double
          param value %0.x: double
        body
          %1: double, %2: int = call G %0
          yield %1
        end
        function G -> double
          param value %0.x: double
          param out %1.n: int
        body
          yield %0, 3
        end
        """;

    [Fact]
    public void AValidFunctionHasNoFaults()
    {
        Assert.Empty(Verifier.Check(IrParser.Function(Valid)));
        Verifier.Require(IrParser.Function(Valid));
    }

    [Theory]
    [InlineData("Exp %0", "Exp %1", "Exp does not take (int) to double")]
    [InlineData("Exp %0", "Exp %0, %0", "Exp does not take (double, double) to double")]
    [InlineData("Less %0, 1.0", "Less %0, 1", "Less does not take (double, int) to bool")]
    [InlineData("Exp %0", "Add %0, 1.0: float", "Add does not take (double, float) to double")]
    [InlineData("Exp %0", "RootN %0, %0", "RootN does not take (double, double) to double")]
    [InlineData("Exp %0", "Select %0, %0, %0", "Select does not take (double, double, double) to double")]
    [InlineData("Exp %0", "Exp[\"M\"] %0", "only Pure names a method")]
    [InlineData("Exp %0", "Pure %0", "only Pure names a method")]
    [InlineData("%18: double = Multiply %15, 2.0", "%18: double = Multiply %15, 2.0\n%13: double = Multiply %15, 2.0", "Multiply defines %13: double a second time")]
    [InlineData("carry %15: double = %11", "carry %15: double = %13", "which is out of scope there")]
    [InlineData("Multiply %15, 2.0", "Convert %17", "Convert reads %17: bool, which is out of scope there")]
    [InlineData("Exp %0", "Exp %99: double", "Exp reads %99: double, which is not defined there")]
    [InlineData("Exp %0", "Exp %0.x: float", "Exp reads %0 x: float, which was defined as double")]
    [InlineData("yield %7", "yield", "if takes 1 values from its block, which yields 0")]
    [InlineData("yield %7", "yield %5", "if: yield 0 is %5: bool, but double is expected")]
    [InlineData("throw \"new global::System.Exception()\"\n", "", "else takes 1 values from its block, which yields 0")]
    [InlineData("if %5", "if %0", "If: %0 x: double is not bool")]
    [InlineData("yield %13", "yield", "for takes 1 values from its block, which yields 0")]
    [InlineData("exit %14", "exit %13", "exit of for: %13: double is not bool")]
    [InlineData("exit %14", "exit %17: bool", "exit of for reads %17: bool, which is not defined there")]
    [InlineData("step 1", "step 0", "the step is 0")]
    [InlineData("until %1", "until 3: long", "index and bounds are of different types")]
    [InlineData("-> %11: double", "-> %11: float", "ends as %11: float")]
    [InlineData("carry %10: double = %6", "carry %10: double = %1", "starts as %1 n: int")]
    [InlineData("trips %9: int", "trips %9: double", "trips of for: %9: double is not an integer")]
    [InlineData("yield %17", "yield %15", "the condition of while: yield 0")]
    [InlineData("store %3[%8]", "store %2[%8]", "Store: %2 xs: rospan<double> is read-only")]
    [InlineData("load %2[%8]", "load %0[%8]", "Load: %0 x: double is not an array")]
    [InlineData("load %2[%8]", "load %2[%0]", "Load: %0 x: double is not an integer")]
    [InlineData("store %3[%8] = %12", "store %3[%8] = %1", "Store: %1 n: int is not an element of %3 ys: span<double>")]
    [InlineData("yield %16, %4", "yield %16", "the function takes 2 values from its block, which yields 1")]
    [InlineData("param ref %4.r", "param out %4.r", "yield of the function reads %4 r: double, which is out of scope there")]
    [InlineData("%12: double = load", "throw \"e\"\n%12: double = load", "Load comes after an operation that always throws")]
    [InlineData("store %3[%8] = %12", "%20: span<double> = view %2 from 0", "View: %20: span<double> of %2 xs: rospan<double>")]
    [InlineData("store %3[%8] = %12", "%20: rospan<double> = allocate 3", "Allocate: %20: rospan<double> is read-only")]
    [InlineData("store %3[%8] = %12", "copy %3 to %2", "Copy: %2 xs: rospan<double> is read-only")]
    [InlineData("store %3[%8] = %12", "push %3, %0", "Push: %3 ys: span<double> is not tape")]
    [InlineData("store %3[%8] = %12", "invoke \"M\" _", "invoke of M: 1 out arguments, 0 out values")]
    [InlineData("store %3[%8] = %12", "rule written \"M\"(scalar \"a\": double) with", "0 arguments for 1 parameters")]
    [InlineData("store %3[%8] = %12", "rule written \"M\"(scalar \"a\": double) -> double with %0", "it gives (double), taken as ()")]
    [InlineData("store %3[%8] = %12", "rule written \"M\"(destination \"a\": rospan<double>) with %2", "cannot be Destination")]
    [InlineData("store %3[%8] = %12", "%20: int = rowLength %0 \"x\" of %1", "RowLength: %0 x: double is not an array")]
    [InlineData("store %3[%8] = %12", "requireRows %2 \"xs\" of %1 count %0 like \"\"", "RequireRows: %0 x: double is not int")]
    [InlineData("store %3[%8] = %12", "parallel G until %0 with %2", "ParallelCall: %0 x: double is not int")]
    public void FaultsAreFound(string old, string @new, string fault)
    {
        Assert.Contains(old, Valid, StringComparison.Ordinal);
        var function = IrParser.Function(Valid.Replace(old, @new));
        Assert.Contains(Verifier.Check(function), f => f.Contains(fault, StringComparison.Ordinal));
        Assert.Contains(fault, Assert.Throws<InvalidOperationException>(() => Verifier.Require(function)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flatten %0", "flatten %1", "Flatten: %1 xs: rospan<double> is not a container")]
    [InlineData("%4: int", "%7: rospan<double> = flatten %0\n%4: int", "Flatten: %0 t: rotensor<double> is flattened a second time")]
    [InlineData("arrange %1 as %3", "arrange %1 as %2", "Arrange: %2 e: rospan<double> is not an integer")]
    [InlineData("arrange %1 as %3", "arrange %0 as %3", "Arrange: %0 t: rotensor<double> is a tensor already")]
    [InlineData("load %2[%4]", "load %0[%4]", "Load: %0 t: rotensor<double> is a container, whose elements have no one index")]
    public void FaultsOfTensorsAreFound(string old, string @new, string fault)
    {
        const string Valid = """
            function F -> double
              param value %0.t: rotensor<double>
              param value %1.xs: rospan<double>
            body
              %2.e: rospan<double> = flatten %0
              %3: rospan<nint> = lengths %0
              %4: int = CheckIndex 1, 2
              %5: rotensor<double> = arrange %1 as %3
              requireRank %5 "t" 2
              %6: double = load %2[%4]
              yield %6
            end
            """;
        Assert.Empty(Verifier.Check(IrParser.Function(Valid)));
        Assert.Contains(Verifier.Check(IrParser.Function(Valid.Replace(old, @new))), f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void AFittingCallHasNoFaults() => Assert.Empty(Verifier.Check(IrParser.Module(Modules)));

    [Theory]
    [InlineData("call G", "call H", "call of H, which the module does not have")]
    [InlineData("call G %0", "call G", "call of G: 0 arguments for 1 parameters")]
    [InlineData("call G %0", "call G 1", "call of G: constant: int for %0 x: double")]
    [InlineData("%1: double, %2: int", "%1: double", "it gives (double, int), taken as (double)")]
    [InlineData("yield %0, 3", "yield %0, 3.0", "G: the function: yield 1 is constant: double, but int is expected")]
    public void CallsMustFitTheirCallees(string old, string @new, string fault) =>
        Assert.Contains(Verifier.Check(IrParser.Module(Modules.Replace(old, @new))), f => f.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("G", "call of G: it has a result, and runs several times")]
    [InlineData("H", "call of H, which the module does not have")]
    public void ParallelCallsMustFitTheirCallees(string callee, string fault) => Assert.Contains(
        Verifier.Check(IrParser.Module(Modules.Replace("%1: double, %2: int = call G %0", $"parallel {callee} until 3 with %0").Replace("yield %1", "yield %0"))),
        f => f.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void CalleesHaveDifferentNamesInOrder()
    {
        var g = IrParser.Module(Modules).Callees[0];
        var module = IrParser.Module(Modules);
        Assert.Contains("two callees", string.Concat(Verifier.Check(module with { Callees = module.Callees.Add(g) })), StringComparison.Ordinal);
        Assert.Contains("ordinal order", string.Concat(Verifier.Check(module with { Callees = module.Callees.Add(g with { Name = "A" }) })), StringComparison.Ordinal);
    }

    [Fact]
    public void ABlockWhoseBranchesAllThrowYieldsNothing()
    {
        var function = IrParser.Function("""
            function F -> double
              param value %0.b: bool
            body
              if %0
                throw "a"
                yield
              else
                throw "b"
                yield
              end
              yield
            end
            """);
        Assert.Empty(Verifier.Check(function));
    }
}
