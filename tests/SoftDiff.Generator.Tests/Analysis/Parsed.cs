using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;

namespace SoftDiff.Generator.Tests.Analysis;

/// <summary>A function given as text, and ways to point at what is in it.</summary>
internal sealed class Parsed
{
    private const string Head = """
        function F -> double
          param value %0.x: double[] wrt
          param value %1.y: span<double> wrt
          param value %2.n: int
          param value %3.m: int
          param value %4.s: double wrt
        body
        """;

    private Parsed(Function function)
    {
        Function = function;
        Definitions = new Definitions(function);
        Ops = [.. function.Body.AllOps()];
    }

    public Function Function { get; }

    public Definitions Definitions { get; }

    public IReadOnlyList<Op> Ops { get; }

    /// <summary>The first loop of the function.</summary>
    public For Loop => Ops.OfType<For>().First();

    /// <summary>A function with the parameters x, y (arrays), n, m (integers) and s, that returns a value.</summary>
    /// <param name="body">The operations.</param>
    /// <param name="result">What the function returns.</param>
    public static Parsed Body(string body, string result = "%4") => new(IrParser.Function($"{Head}\n{body}\nyield {result}\nend"));

    /// <summary>The same with a plain loop over i = %10 below %2.</summary>
    /// <param name="body">The body of the loop, with its yield.</param>
    /// <param name="before">What runs before the loop.</param>
    /// <param name="after">What runs after the loop.</param>
    /// <param name="result">What the function returns.</param>
    public static Parsed InLoop(string body, string before = "", string after = "", string result = "%4") =>
        Body($"{before}\nfor %10.i: int = 0 until %2 step 1\n{body}\nend\n{after}", result);

    /// <summary>A value by its number.</summary>
    public Operand this[int id] =>
        Function.Parameters.Select(p => p.Value).Concat(Ops.SelectMany(op => op.Results.Concat(op.BlockParameters()))).First(v => v.Id == id);
}
