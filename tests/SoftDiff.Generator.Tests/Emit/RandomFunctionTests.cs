using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.Emit;

/// <summary>The printed text computes what the IR says, to the last bit.</summary>
public class RandomFunctionTests
{
    private delegate double Method(double x, double y, int n, ReadOnlySpan<double> a, Span<double> b, ref double r, out double d);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Text_and_IR_agree(int batch)
    {
        const int Count = 150;
        var functions = new Dictionary<string, Function>();
        for (var i = 0; i < Count; i++)
        {
            // Every fifth function is called by the four after it.
            var callee = i % 5 == 0 ? null : "F" + (i - (i % 5));
            functions["F" + i] = RandomFunctions.Create((batch * 1000) + i, "F" + i, callee);
        }

        var emitted = Emitted.Of(functions.Values.ToArray());
        foreach (var (name, function) in functions)
        {
            var method = emitted.As<Method>(name);
            foreach (var (x, y, n, r) in new[] { (0.3, -1.2, 3, 2.0), (-0.7, 5.0, 1, -3.0), (1.5, 1.5, 2, 0.0) })
            {
                var a = Enumerable.Range(0, 8).Select(i => Math.Cos(i + x)).ToArray();
                var (b1, b2) = (a.Select(v => v * 3).ToArray(), a.Select(v => v * 3).ToArray());
                var expected = new Interpreter(functions).Run(function, new object[] { x, y, n, a, b1, r });
                var byRef = r;
                var value = method(x, y, n, a, b2, ref byRef, out var d);
                Assert.True(
                    expected.SequenceEqual(new object[] { value, byRef, d }) && b1.SequenceEqual(b2),
                    $"{name} of batch {batch}: {string.Join(", ", expected)} but {value}, {byRef}, {d}\n{emitted.Body(name)}");
            }
        }
    }
}
