namespace SoftDiff.Tests.Programs.Learning.Boosting;

public abstract class Node
{
    public abstract int FindLeaf(IReadOnlyDictionary<string, double> features);
}

public sealed class Split : Node
{
    public required string Feature { get; init; }
    public required double Threshold { get; init; }
    public required Node Left { get; init; }
    public required Node Right { get; init; }

    public override int FindLeaf(IReadOnlyDictionary<string, double> features)
        => features[Feature] <= Threshold ? Left.FindLeaf(features) : Right.FindLeaf(features);
}

public sealed class Leaf : Node
{
    public required int Index { get; init; }

    public override int FindLeaf(IReadOnlyDictionary<string, double> features) => Index;
}

public record Sample(Dictionary<string, double> Features, double Label, double Weight = 1.0);

public partial class BoostedModel
{
    private readonly List<Node> _trees;
    private readonly int _leavesPerTree;

    public BoostedModel(IEnumerable<Node> trees, int leavesPerTree)
    {
        _trees = trees.ToList();
        _leavesPerTree = leavesPerTree;
    }

    private double Score(double[] leafValues, Sample sample)
    {
        double score = 0;
        for (int t = 0; t < _trees.Count; t++)
            score += leafValues[t * _leavesPerTree + _trees[t].FindLeaf(sample.Features)];
        return score;
    }

    [Differentiable(Wrt = ["leafValues"])]
    public double LogLoss(double[] leafValues, IEnumerable<Sample> samples, double lambda)
    {
        double loss = 0, weight = 0;
        foreach (var sample in samples)
        {
            double p = 1 / (1 + Math.Exp(-Score(leafValues, sample)));
            loss -= sample.Weight * (sample.Label > 0.5 ? Math.Log(p) : Math.Log(1 - p));
            weight += sample.Weight;
        }

        return loss / weight + lambda * leafValues.Sum(v => v * v);
    }
}
