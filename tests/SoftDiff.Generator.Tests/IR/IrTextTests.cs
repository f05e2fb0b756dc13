using System.Collections.Immutable;
using System.Globalization;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

public class IrTextTests
{
    private const string Small = """
        function F -> double
          param value %0.x!: double wrt
        body
          %1: double = Abs %0 @2
          yield %1
        end

        """;

    [Fact]
    public void TheSampleHoldsEveryOperation()
    {
        var used = Samples.Everything().Body.AllOps().Select(op => op.GetType()).ToHashSet();
        var all = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract);
        Assert.Superset(all.ToHashSet(), used);
        Assert.Empty(Verifier.Check(Samples.Everything()));
    }

    [Fact]
    public void RoundTripKeepsEverything()
    {
        var function = Samples.Everything();
        var text = IrText.Print(function);
        var parsed = IrParser.Function(text);
        Assert.Equal(Structure.Of(function), Structure.Of(parsed));
        Assert.Equal(text, IrText.Print(parsed));
    }

    [Fact]
    public void ModulesRoundTrip()
    {
        var module = new Module(Samples.Everything(), ImmutableArray.Create(IrParser.Function(Small), IrParser.Function(Small.Replace("function F", "function G"))));
        Assert.Equal(Structure.Of(module), Structure.Of(IrParser.Module(IrText.Print(module))));
    }

    [Theory]
    [InlineData("fi-FI")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void TextDoesNotDependOnTheCulture(string culture)
    {
        var expected = IrText.Print(Samples.Everything());
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal(expected, IrText.Print(Samples.Everything()));
            Assert.Equal(expected, IrText.Print(IrParser.Function(expected)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void AReadThatDiffersFromItsDefinitionIsPrintedInFull()
    {
        var x = new Value(0, ScalarType.Double, "x");
        var function = new Function("F", ImmutableArray.Create(new Parameter(x, ParameterMode.Value, true)), ScalarType.Double,
            new Block(ImmutableArray<Op>.Empty, ImmutableArray.Create<Operand>(x with { Name = "y", IsUserNamed = true })));
        var text = IrText.Print(function);
        Assert.Contains("yield %0.y!: double", text, StringComparison.Ordinal);
        Assert.Equal(Structure.Of(function), Structure.Of(IrParser.Function(text)));
    }

    [Fact]
    public void NumbersComeBackBitForBit()
    {
        var random = new Random(1);
        var bits = Enumerable.Range(0, 2000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))
            .Concat(new[] { 0, long.MinValue, 1, 0x7FF8000000000001, unchecked((long)0xFFF8000000000000), 0x7FF0000000000001, 0x7FEFFFFFFFFFFFFF })
            .Concat(new[] { 1e16, 123456789012345680, 1e21, 100, 0.1, 1e-5 }.Select(BitConverter.DoubleToInt64Bits));
        foreach (var pattern in bits)
        {
            var text = Small.Replace("Abs %0", "Abs " + IrText.Number(BitConverter.Int64BitsToDouble(pattern)));
            var constant = Assert.IsType<NumberConstant>(((Compute)IrParser.Function(text).Body.Ops[0]).Args[0]);
            Assert.Equal(pattern, BitConverter.DoubleToInt64Bits(constant.Number));
        }
    }

    [Fact]
    public void CommentsBlankLinesAndIndentationDoNotCount()
    {
        var sloppy = "// a test\r\n\r\n" + Small.Replace("  ", "").Replace("@2", "@2   // the line").Replace("\n", "\r\n\n");
        Assert.Equal(Small.ReplaceLineEndings("\n"), IrText.Print(IrParser.Function(sloppy)));
    }

    [Theory]
    [InlineData("Abs %0", "Abs %7", "line 4, column 20: %7 is not defined before this point")]
    [InlineData("Abs %0", "Abz %0", "line 4, column 16: unknown operation 'Abz'")]
    [InlineData("%1: double =", "%1 =", "line 4, column 3: %1 is defined here and needs its type: write %1: double")]
    [InlineData("%1: double =", "%1: real =", "line 4, column 7: unknown type 'real'; a type parameter T is written float(\"T\")")]
    [InlineData("param value", "param by", "line 2, column 9: 'by' is not a parameter mode (value, in, ref, out)")]
    [InlineData("body", "do", "line 3, column 1: expected 'body', found 'do'")]
    [InlineData("@2", "#", "line 4, column 23: unexpected character '#'")]
    [InlineData("@2", "%1", "line 4, column 23: expected the end of the line, found %1")]
    [InlineData("  yield %1\n", "", "line 5, column 1: unknown operation 'end'")]
    [InlineData("%0 @2", "\"x", "line 4, column 20: the quoted text does not end on its line")]
    [InlineData("%0 @2", "1: double", "line 4, column 20: write 1.0 for a constant of type double")]
    [InlineData("%1: double = Abs %0 @2", "Abs %0", "line 4, column 3: 'Abs' has one result, not 0")]
    [InlineData("end\n", "end\nend\n", "line 7, column 1: expected the end of the text after the function, found 'end'")]
    public void ErrorsSayWhereAndWhat(string old, string @new, string message)
    {
        var text = Small.ReplaceLineEndings("\n");
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Throws<FormatException>(() => IrParser.Function(text.Replace(old, @new))).Message);
    }

    [Fact]
    public void CutTextsAreErrorsNotCrashes()
    {
        var text = IrText.Print(Samples.Everything());
        for (var length = 0; length < text.TrimEnd().Length; length += 3)
        {
            Assert.Throws<FormatException>(() => IrParser.Function(text.Substring(0, length)));
        }
    }
}
