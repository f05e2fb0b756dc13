using SoftDiff.Generator.Tests.Batching;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using Module = SoftDiff.Generator.IR.Module;

namespace SoftDiff.Generator.Tests.Docs;

/// <summary>The examples of batches in docs/design.md.</summary>
public sealed class BatchDocumentTests
{
    private const string Discount = """
        [Differentiable]
        public static double Discount(double rate, double time) => Math.Exp(-rate * time);
        """;

    private const string Loss = """
        [Differentiable(Wrt = ["w"])]
        public static double Loss(ReadOnlySpan<double> w, ReadOnlySpan<double> x, double label)
        {
            double margin = 0;
            for (int j = 0; j < x.Length; j++) margin += w[j] * x[j];
            return Soft.Softplus(-label * margin);
        }
        """;

    [Fact]
    public void TheDocumentShowsBatches()
    {
        BatchedSource source = new($"using System;\nusing SoftDiff;\npublic static partial class C\n{{\n{Discount}\n{Loss}\n}}\n", Make);
        string text = Block(Discount) + "\nIts batch:\n\n" + Block(Method("DiscountBatch"))
            + "\nThe same on several cores ends in\n\n" + Block(Tail(Method("DiscountBatchParallel")))
            + "\nThe loss of one example of a logistic regression:\n\n" + Block(Loss)
            + "\nThe batch of its gradient, with `w` shared, gives the gradient of every example:\n\n" + Block(Method("LossGradBatch"));
        GeneratedSection.Verify("docs/design.md", ("batches", "\n" + text));

        string Method(string name) => DesignDocumentTests.MethodText(source.Text, name);
    }

    private static string Tail(string method) => string.Join('\n', method.Split('\n')[^4..^1].Select(line => line.Length > 4 ? line[4..] : line));

    private static string Block(string code) => "```csharp\n" + code + "\n```\n";

    private static IEnumerable<Companion> Make(Module module)
    {
        if (module.Root.Name == "Loss")
        {
            yield return BatchedModules.Finish(BatchedModules.Batch(BatchedModules.Derive(module, CompanionKind.Gradient), "w"));
            yield break;
        }

        yield return BatchedModules.Finish(BatchedModules.Batch(module));
        yield return BatchedModules.Finish(BatchedModules.BatchInParallel(module));
    }
}
