namespace SoftDiff.Tests.Programs.Science.Kinetics;

public sealed record Species(string Name, double Initial);

public sealed record Term(string Species, int Coefficient);

public sealed class Reaction
{
    public List<Term> Left { get; } = [];
    public List<Term> Right { get; } = [];
    public double ActivationEnergy { get; init; }

    public static Reaction Parse(string text, double activationEnergy)
    {
        var reaction = new Reaction { ActivationEnergy = activationEnergy };
        var sides = text.Split("->");
        foreach (var part in sides[0].Split('+')) reaction.Left.Add(ParseTerm(part.Trim()));
        foreach (var part in sides[1].Split('+')) reaction.Right.Add(ParseTerm(part.Trim()));
        return reaction;
    }

    private static Term ParseTerm(string s) => char.IsDigit(s[0]) ? new Term(s[1..], s[0] - '0') : new Term(s, 1);
}

public partial class Mechanism
{
    private const double GasConstant = 8.314;
    private readonly List<Reaction> _reactions;
    private readonly Dictionary<string, int> _index;

    public Mechanism(List<Species> species, List<Reaction> reactions)
    {
        _reactions = reactions;
        _index = species.Select((s, i) => (s.Name, i)).ToDictionary(p => p.Name, p => p.i);
        Start = species.Select(s => s.Initial).ToArray();
    }

    public double[] Start { get; }

    private double[] Rates(double[] c, double[] factors, double temperature)
    {
        var dc = new double[c.Length];
        for (int r = 0; r < _reactions.Count; r++)
        {
            var reaction = _reactions[r];
            double k = factors[r] * Math.Exp(-reaction.ActivationEnergy / (GasConstant * temperature));
            double rate = reaction.Left.Aggregate(k, (v, term) => v * Math.Pow(c[_index[term.Species]], term.Coefficient));
            foreach (var (name, n) in reaction.Left) dc[_index[name]] -= n * rate;
            foreach (var (name, n) in reaction.Right) dc[_index[name]] += n * rate;
        }

        return dc;
    }

    [Differentiable]
    public double Misfit(
        double[] factors, double temperature, [NonDifferentiable] double[] times, [NonDifferentiable] double[] measured, string observed)
    {
        double[] c = [.. Start];
        double t = 0, misfit = 0;
        const double h = 0.01;
        for (int i = 0; i < times.Length; i++)
        {
            while (t < times[i] - 1e-9)
            {
                double[] k1 = Rates(c, factors, temperature);
                double[] half = c.Zip(k1, (a, b) => a + h / 2 * b).ToArray();
                double[] k2 = Rates(half, factors, temperature);
                for (int s = 0; s < c.Length; s++) c[s] += h * k2[s];
                t += h;
            }

            misfit += Math.Pow(c[_index[observed]] - measured[i], 2);
        }

        return misfit;
    }
}
