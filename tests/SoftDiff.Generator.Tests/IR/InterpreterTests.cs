using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

public class InterpreterTests
{
    [Fact]
    public void LoopsCarryExitAndCount()
    {
        var function = IrParser.Function("""
            function SumUntil -> double
              param value %0.xs: rospan<double>
              param out %1.trips: int
            body
              %2: int = length %0
              for %3.i!: int = 0 until %2 step 1 trips %9: int
                carry %4.s!: double = 0.0 -> %5.s!: double
                %6: double = load %0[%3]
                %7: double = Add %4, %6
                %8: bool = Greater %7, 4.0
                yield %7
                exit %8
              end
              yield %5, %9
            end
            """);
        Verifier.Require(function);
        Assert.Equal(new object[] { 6.0, 3L }, Interpreter.Run(function, new double[] { 1, 2, 3, 4, 5 }));
        Assert.Equal(new object[] { 0.0, 0L }, Interpreter.Run(function, Array.Empty<double>()));
    }

    [Fact]
    public void WhileEvaluatesItsConditionBeforeEachRun()
    {
        var function = IrParser.Function("""
            function Halve -> double
              param value %0.x: double
            body
              while trips %6: int
                carry %1.y: double = %0 -> %2.y: double
                %3: bool = Greater %1, 1.0
                yield %3
              do
                %4: double = Multiply %1, 0.5
                yield %4
                exit false
              end
              %7: double = Convert %6
              %8: double = Add %2, %7
              yield %8
            end
            """);
        Verifier.Require(function);
        Assert.Equal(3 + 0.75, Interpreter.Number(function, 6.0));
    }

    [Fact]
    public void ViewsShareStorageAndTapesAreStacks()
    {
        var function = IrParser.Function("""
            function Swap
              param value %0.xs: span<double>
            body
              %1: tape = openTape
              %2: span<double> = view %0 from 1 count 2
              pushArray %1, %2
              %3: double = load %0[0]
              push %1, %3
              fill %2 = 7.0
              accumulate %2[0] = 1.0
              %4: double = load %0[1]
              store %0[0] = %4
              %5: double = pop %1
              popArray %1, %2
              store %0[3] = %5
              yield
            end
            """);
        Verifier.Require(function);
        var xs = new double[] { 1, 2, 3, 4 };
        Interpreter.Run(function, xs);
        Assert.Equal(new double[] { 8, 2, 3, 1 }, xs);
    }

    [Fact]
    public void CallsAndThrowsWork()
    {
        var module = IrParser.Module("""
            function Root -> double
              param value %0.x: double
            body
              %1: bool = Less %0, 0.0
              %2: double = if %1
                throw "negative: {0}" %0
                yield
              else
                %3: double, %4: double = call Both %0
                %5: double = Subtract %3, %4
                yield %5
              end
              yield %2
            end

            function Both -> double
              param value %0.x: double
              param out %1.y: double
            body
              %2: double = Multiply %0, %0
              yield %2, %0
            end
            """);
        Verifier.Require(module);
        Assert.Equal(new object[] { 6.0 }, Interpreter.Run(module, 3.0));
        Assert.Equal("negative: -1", Assert.Throws<InterpretedException>(() => Interpreter.Run(module, -1.0)).Message);
    }

    [Fact]
    public void IntegersWrapUnlessChecked()
    {
        var wrapping = IrParser.Function("""
            function F -> int
              param value %0.n: int
            body
              %1: int = Multiply %0, 2
              yield %1
            end
            """);
        Assert.Equal(-2L, Interpreter.Run(wrapping, int.MaxValue)[0]);
        var trapping = IrParser.Function(IrText.Print(wrapping).Replace("Multiply", "Multiply.checked"));
        Assert.Throws<OverflowException>(() => Interpreter.Run(trapping, int.MaxValue));
    }
}
