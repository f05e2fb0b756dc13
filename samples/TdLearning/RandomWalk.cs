namespace TdLearning;

/// <summary>
/// Nineteen states in a row. An episode starts in the middle and steps left or right with equal chance until it leaves the row. The reward
/// is -1 for leaving it on the left and 1 on the right. (Sutton and Barto, Reinforcement Learning, example 7.1.)
/// </summary>
internal static class RandomWalk
{
    public const int States = 19;

    /// <summary>The expected reward from a state. Symmetry makes it 0 in the middle, and it grows by a tenth to the right.</summary>
    public static double TrueValue(int state) => (state + 1) / 10.0 - 1;

    /// <summary>The transitions of one episode. The features of a state are a 1 at its place; outside of the row they are all 0.</summary>
    public static IEnumerable<Transition> Episode(Random random)
    {
        int state = States / 2;
        while (state is >= 0 and < States)
        {
            int next = state + (random.Next(2) == 0 ? -1 : 1);
            double reward = next < 0 ? -1 : next == States ? 1 : 0;
            yield return new Transition(Features(state), reward, Features(next));
            state = next;
        }
    }

    /// <summary>Root of the mean squared difference between learnt and true values.</summary>
    public static double Error(ReadOnlySpan<double> theta)
    {
        double sum = 0;
        for (int state = 0; state < States; state++) sum += Math.Pow(theta[state] - TrueValue(state), 2);
        return Math.Sqrt(sum / States);
    }

    private static double[] Features(int state)
    {
        var features = new double[States];
        if (state is >= 0 and < States) features[state] = 1;
        return features;
    }
}
