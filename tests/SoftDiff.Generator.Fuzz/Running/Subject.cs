using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Fuzz.Checking;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>A program of a batch, with what is known of it so far.</summary>
internal sealed class Subject(FuzzProgram program, int number, SyntaxTree tree)
{
    public FuzzProgram Program { get; } = program;

    public int Number { get; } = number;

    /// <summary>The class of its adapters.</summary>
    public string Name => FuzzProgram.Space(Number);

    public SyntaxTree Tree { get; } = tree;

    /// <summary>Its method and the points; null until it is bound.</summary>
    public Probe? Probe { get; private set; }

    public MethodShape? Shape { get; private set; }

    /// <summary><c>&lt;T&gt;</c>, or nothing.</summary>
    public string TypeArguments { get; private set; } = "";

    /// <summary>What the reference gives at each point.</summary>
    public List<ReferencePoint> Reference { get; } = [];

    /// <summary>The first verdict that ends the check; null while all is well.</summary>
    public Verdict? Verdict { get; private set; }

    public bool IsOpen => Verdict is null;

    public void End(Verdict verdict) => Verdict ??= verdict;

    public void Bind(IMethodSymbol method)
    {
        Probe = Probe.Parse(new SourceFile(Name + ".cs", Tree.ToString())).Single();
        Shape = Receiver.With(MethodShape.Of(method, Probe.WrittenArrays), method);
        TypeArguments = method.Arity == 0 ? "" : "<T>";
    }
}

/// <summary>The values and the Jacobian of a program at one point, by dual numbers.</summary>
/// <param name="Columns">One for each input.</param>
internal sealed record ReferencePoint(double[] X, double[] Y, double[][] Columns);
