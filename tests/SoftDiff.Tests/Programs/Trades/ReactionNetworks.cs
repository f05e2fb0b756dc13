namespace SoftDiff.Tests.Programs.Chemistry;

public class Reaction
{
    public required string Name { get; init; }
    public Dictionary<int, int> Reactants { get; init; } = new();
    public Dictionary<int, int> Products { get; init; } = new();
}

public class ReactionNetwork
{
    public List<Reaction> Reactions { get; } = new();
    public int SpeciesCount { get; set; }
}

/// <summary>A network of reactions from lists and dictionaries, integrated by the midpoint rule.</summary>
public static partial class Kinetics
{
    private static double[] Rates(ReactionNetwork network, double[] k, double[] c)
    {
        var dcdt = new double[network.SpeciesCount];
        for (int r = 0; r < network.Reactions.Count; r++)
        {
            var reaction = network.Reactions[r];
            double rate = k[r];
            foreach (var (species, order) in reaction.Reactants)
                rate *= Math.Pow(c[species], order);
            foreach (var (species, order) in reaction.Reactants)
                dcdt[species] -= order * rate;
            foreach (var kv in reaction.Products)
                dcdt[kv.Key] += kv.Value * rate;
        }
        return dcdt;
    }

    [Differentiable(Wrt = ["k", "c0"])]
    public static double FinalConcentration(
        ReactionNetwork network, double[] k, double[] c0, int species, double tEnd = 1.0, double dt = 0.05)
    {
        if (network is null) throw new ArgumentNullException(nameof(network));
        if (species < 0 || species >= network.SpeciesCount) throw new ArgumentOutOfRangeException(nameof(species));
        double[] c = c0.ToArray();
        double t = 0;
        while (t < tEnd - 1e-12)
        {
            double h = Math.Min(dt, tEnd - t);
            var k1 = Rates(network, k, c);
            var mid = new double[c.Length];
            for (int i = 0; i < c.Length; i++) mid[i] = c[i] + h / 2 * k1[i];
            var k2 = Rates(network, k, mid);
            for (int i = 0; i < c.Length; i++)
                c[i] += h * k2[i];
            t += h;
        }
        return c[species];
    }
}
