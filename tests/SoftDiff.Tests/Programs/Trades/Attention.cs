namespace SoftDiff.Tests.Programs.Attention;

public record TransformerConfig(int Dim, int Heads, int Hidden, float Eps = 1e-5f)
{
    public int HeadDim => Dim / Heads;
}

/// <summary>A block of a transformer on arrays of arrays, with LINQ for its norms.</summary>
public partial class TransformerBlock
{
    private readonly TransformerConfig config;
    public TransformerBlock(TransformerConfig config) => this.config = config;

    static double Gelu(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));

    static double[] Softmax(double[] logits)
    {
        double max = logits.Max();
        double[] exps = logits.Select(l => Math.Exp(l - max)).ToArray();
        double sum = exps.Sum();
        return exps.Select(e => e / sum).ToArray();
    }

    double[] LayerNorm(double[] x)
    {
        double mean = x.Average();
        double variance = x.Select(v => (v - mean) * (v - mean)).Average();
        return x.Select(v => (v - mean) / Math.Sqrt(variance + config.Eps)).ToArray();
    }

    static double[][] MatMul(double[][] a, double[][] b)
    {
        var c = new double[a.Length][];
        for (int i = 0; i < a.Length; i++)
        {
            c[i] = new double[b[0].Length];
            for (int j = 0; j < b[0].Length; j++)
            {
                double s = 0;
                for (int k = 0; k < b.Length; k++) s += a[i][k] * b[k][j];
                c[i][j] = s;
            }
        }
        return c;
    }

    [Differentiable]
    public double Loss(double[][] x, double[][] wq, double[][] wk, double[][] wv, double[][] wo, [NonDifferentiable] double[][] target)
    {
        int n = x.Length;
        var normed = new double[n][];
        for (int i = 0; i < n; i++) normed[i] = LayerNorm(x[i]);
        var q = MatMul(normed, wq);
        var k = MatMul(normed, wk);
        var v = MatMul(normed, wv);
        var mixed = new double[n][];
        for (int i = 0; i < n; i++) mixed[i] = new double[config.Dim];
        for (int h = 0; h < config.Heads; h++)
        {
            int start = h * config.HeadDim;
            for (int i = 0; i < n; i++)
            {
                var scores = new double[i + 1];
                for (int j = 0; j <= i; j++)
                {
                    for (int d = 0; d < config.HeadDim; d++)
                        scores[j] += q[i][start + d] * k[j][start + d];
                    scores[j] /= Math.Sqrt(config.HeadDim);
                }
                var p = Softmax(scores);
                for (int j = 0; j <= i; j++)
                    for (int d = 0; d < config.HeadDim; d++)
                        mixed[i][start + d] += p[j] * v[j][start + d];
            }
        }
        var output = MatMul(mixed, wo);
        double loss = 0;
        for (int i = 0; i < n; i++)
            for (int d = 0; d < config.Dim; d++)
                loss += Math.Pow(Gelu(output[i][d]) + x[i][d] - target[i][d], 2);
        return loss / (n * config.Dim);
    }
}
