namespace SoftDiff.Tests.Programs.Learning.KMeans;

public static partial class SoftClustering
{
    private static double SquaredDistance(double[] a, double[] b) => a.Zip(b).Sum(p => (p.First - p.Second) * (p.First - p.Second));

    private static double[] Responsibilities(double[] point, double[][] centers, double temperature)
    {
        double[] scores = centers.Select(c => -SquaredDistance(point, c) / temperature).ToArray();
        double max = scores.Max();
        double[] weights = scores.Select(s => Math.Exp(s - max)).ToArray();
        double total = weights.Sum();
        for (int i = 0; i < weights.Length; i++) weights[i] /= total;
        return weights;
    }

    [Differentiable(Wrt = ["centers", "temperature"])]
    public static double FreeEnergy(double[][] centers, double temperature, double[][] points)
    {
        double energy = 0;
        foreach (double[] point in points)
        {
            double[] r = Responsibilities(point, centers, temperature);
            for (int k = 0; k < centers.Length; k++)
            {
                energy += r[k] * SquaredDistance(point, centers[k]);
                if (r[k] > 1e-12) energy += temperature * r[k] * Math.Log(r[k]);
            }
        }

        return energy / points.Length;
    }

    [Differentiable(Wrt = ["centers"])]
    public static double AfterOneStep(double[][] centers, double[][] points, double temperature)
    {
        int dimension = points[0].Length;
        var moved = new double[centers.Length][];
        double[][] all = points.Select(p => Responsibilities(p, centers, temperature)).ToArray();
        for (int k = 0; k < centers.Length; k++)
        {
            double mass = all.Sum(r => r[k]);
            moved[k] = new double[dimension];
            for (int d = 0; d < dimension; d++)
            {
                for (int n = 0; n < points.Length; n++) moved[k][d] += all[n][k] * points[n][d] / mass;
            }
        }

        return points.Average(p => moved.Min(c => SquaredDistance(p, c)));
    }
}
