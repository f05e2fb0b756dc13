namespace TdLearning;

/// <summary>What a number of runs learn, each from episodes of its own.</summary>
/// <param name="Rate">The step size on the gradient of the squared error, thus half of the usual one.</param>
internal sealed record Experiment(double Rate, int Episodes, int Runs)
{
    /// <summary>The mean error of the runs, before the first episode and after each, and the values that the first run learns.</summary>
    public (double[] Errors, double[] Values) Run(int seed)
    {
        var errors = new double[Episodes + 1];
        double[] values = [];
        for (int run = 0; run < Runs; run++)
        {
            var random = new Random(seed + run);
            var theta = new double[RandomWalk.States];
            errors[0] += RandomWalk.Error(theta) / Runs;
            for (int episode = 1; episode <= Episodes; episode++)
            {
                foreach (var transition in RandomWalk.Episode(random)) TemporalDifference.Update(theta, transition, Rate);
                errors[episode] += RandomWalk.Error(theta) / Runs;
            }

            if (run == 0) values = theta;
        }

        return (errors, values);
    }
}
