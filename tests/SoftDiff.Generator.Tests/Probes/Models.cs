using System;
using System.Numerics.Tensors;
using SoftDiff;
using static System.Math;

namespace SoftDiff.Probes;

public static partial class Models
{
    //? the formula of Black and Scholes, by kind of option
    //? s = 100, k = 95, t = 0.7, r = 0.03, sigma = 0.25, kind = SoftDiff.Probes.OptionKind.Call
    //? s = 100, k = 95, t = 0.7, r = 0.03, sigma = 0.25, kind = SoftDiff.Probes.OptionKind.Put
    [Differentiable]
    public static double BlackScholes(double s, double k, double t, double r, double sigma, OptionKind kind)
    {
        double sq = sigma * Sqrt(t);
        double d1 = (Log(s / k) + (r + 0.5 * sigma * sigma) * t) / sq, d2 = d1 - sq;
        return kind switch
        {
            OptionKind.Call => s * Cdf(d1) - k * Exp(-r * t) * Cdf(d2),
            OptionKind.Put => k * Exp(-r * t) * Cdf(-d2) - s * Cdf(-d1),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
        };
    }

    //? paths of a barrier option with given noise
    //? s0 = 100, sigma = 0.3, mu = 0.05, z = [0.1, -0.4, 0.8, 0.2, -0.1, 0.6], paths = 2, barrier = 200
    //? s0 = 100, sigma = 0.3, mu = 0.05, z = [0.1, -0.4, 0.8, 0.2, -0.1, 0.6], paths = 2, barrier = 112
    [Differentiable(Wrt = ["s0", "sigma", "mu"])]
    public static double MonteCarlo(double s0, double sigma, double mu, ReadOnlySpan<double> z, int paths, double barrier)
    {
        int steps = z.Length / paths;
        double dt = 1.0 / steps, total = 0;
        for (int p = 0; p < paths; p++)
        {
            double s = s0, avg = 0;
            bool knocked = false;
            for (int i = 0; i < steps; i++)
            {
                s *= Exp((mu - 0.5 * sigma * sigma) * dt + sigma * Sqrt(dt) * z[p * steps + i]);
                if (s > barrier)
                {
                    knocked = true;
                    break;
                }

                avg += s;
            }

            if (knocked)
            {
                total += 5 * s / s0;
                continue;
            }

            total += Max(avg / steps - 95, 0);
        }

        return Exp(-mu) * total / paths;
    }

    //? a binomial tree in place
    //? s = 100, k = 105, sigma = 0.3, r = 0.04, n = 8
    [Differentiable]
    public static double Binomial(double s, double k, double sigma, double r, int n)
    {
        double dt = 1.0 / n, u = Exp(sigma * Sqrt(dt)), d = 1 / u, q = (Exp(r * dt) - d) / (u - d), df = Exp(-r * dt);
        Span<double> v = stackalloc double[n + 1];
        for (int j = 0; j <= n; j++) v[j] = Max(k - s * Pow(u, j) * Pow(d, n - j), 0.0);
        for (int i = n - 1; i >= 0; --i)
            for (int j = 0; j <= i; ++j)
            {
                double hold = df * (q * v[j + 1] + (1 - q) * v[j]);
                double exercise = k - s * Pow(u, 2 * j - i);
                v[j] = hold > exercise ? hold : exercise;
            }

        return v[0];
    }

    //? a gated recurrent unit over a sequence
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6], x = [0.5, -1, 0.3, 0.8]
    [Differentiable]
    public static double Gru(ReadOnlySpan<double> w, ReadOnlySpan<double> x)
    {
        double h = 0;
        foreach (double v in x)
        {
            double z = 1 / (1 + Exp(-(w[0] * v + w[1] * h)));
            double r = 1 / (1 + Exp(-(w[2] * v + w[3] * h)));
            double c = Tanh(w[4] * v + w[5] * (r * h));
            h = (1 - z) * h + z * c;
        }

        return h;
    }

    //? long short-term memory, gates by `switch`
    //? w = [0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, 0.2], x = [0.5, -1, 0.3]
    [Differentiable]
    public static double Lstm(ReadOnlySpan<double> w, ReadOnlySpan<double> x)
    {
        double h = 0, c = 0;
        Span<double> g = stackalloc double[4];
        for (int t = 0; t < x.Length; t++)
        {
            for (int k = 0; k < 4; k++)
            {
                double a = w[2 * k] * x[t] + w[2 * k + 1] * h;
                switch (k)
                {
                    case 0:
                    case 1:
                    case 3:
                        g[k] = Soft.Sigmoid(a);
                        break;
                    default:
                        g[k] = Tanh(a);
                        break;
                }
            }

            c = g[1] * c + g[0] * g[2];
            h = g[3] * Tanh(c);
        }

        return h * c;
    }

    //? a convolution with tests of the bounds
    //? img = [1, 2, 3, 4, 5, 6], k = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], h = 2, w = 3
    [Differentiable]
    public static double Conv2D(ReadOnlySpan<double> img, ReadOnlySpan<double> k, int h, int w)
    {
        double loss = 0;
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++)
            {
                double s = 0;
                for (int dy = -1; dy <= 1; dy++)
                {
                    int yy = y + dy;
                    if (yy < 0 || yy >= h) continue;
                    for (int dx = -1; dx <= 1; dx++)
                    {
                        int xx = x + dx;
                        if ((uint)xx >= (uint)w) continue;
                        s += img[yy * w + xx] * k[(dy + 1) * 3 + dx + 1];
                    }
                }

                loss += s > 0 ? s * s : 0.1 * s;
            }

        return loss;
    }

    //? a Kalman filter's likelihood
    //? zs = [1, 1.2, 0.9], q = 0.1, r = 0.5
    [Differentiable]
    public static double Kalman(ReadOnlySpan<double> zs, double q, double r)
    {
        Span<double> x = stackalloc double[]
        {
            0,
            0
        };
        Span<double> P = stackalloc double[]
        {
            1,
            0,
            0,
            1
        };
        Span<double> T = stackalloc double[4];
        const double dt = 0.5;
        double nll = 0;
        foreach (double z in zs)
        {
            x[0] += dt * x[1];
            T[0] = P[0] + dt * P[2];
            T[1] = P[1] + dt * P[3];
            T[2] = P[2];
            T[3] = P[3];
            P[0] = T[0] + dt * T[1] + q;
            P[1] = T[1];
            P[2] = T[2] + dt * T[3];
            P[3] = T[3] + q;
            double s = P[0] + r, y = z - x[0];
            double k0 = P[0] / s, k1 = P[2] / s;
            x[0] += k0 * y;
            x[1] += k1 * y;
            double p0 = P[0], p1 = P[1];
            P[0] -= k0 * p0;
            P[1] -= k0 * p1;
            P[2] -= k1 * p0;
            P[3] -= k1 * p1;
            nll += 0.5 * (Log(s) + y * y / s);
        }

        return nll;
    }

    //? bodies that attract one another
    //? pos = [0, 0, 1, 0, 0, 1.2], vel = [0, 0.1, 0, 0.9, -0.8, 0], m = [1, 0.1, 0.2], steps = 3
    [Differentiable]
    public static double NBody(ReadOnlySpan<double> pos, ReadOnlySpan<double> vel, ReadOnlySpan<double> m, int steps)
    {
        int n = m.Length;
        Span<double> p = stackalloc double[2 * n], v = stackalloc double[2 * n], f = stackalloc double[2 * n];
        pos.CopyTo(p);
        vel.CopyTo(v);
        double dt = 0.05;
        Forces(p, m, f);
        for (int s = 0; s < steps; s++)
        {
            for (int i = 0; i < 2 * n; i++)
            {
                v[i] += 0.5 * dt * f[i];
                p[i] += dt * v[i];
            }

            Forces(p, m, f);
            for (int i = 0; i < 2 * n; i++) v[i] += 0.5 * dt * f[i];
        }

        double e = 0;
        for (int i = 0; i < n; i++) e += 0.5 * m[i] * (v[2 * i] * v[2 * i] + v[2 * i + 1] * v[2 * i + 1]);
        return e;
    }

    //? rotation by quaternions
    //? wx = 0.3, wy = -0.2, wz = 0.5, steps = 4
    [Differentiable]
    public static double Quaternion(double wx, double wy, double wz, int steps)
    {
        double qw = 1, qx = 0, qy = 0, qz = 0;
        const double h = 0.1;
        for (int i = 0; i < steps; i++)
        {
            (qw, qx, qy, qz) = (qw - 0.5 * h * (qx * wx + qy * wy + qz * wz), qx + 0.5 * h * (qw * wx + qy * wz - qz * wy), qy + 0.5 * h * (qw * wy - qx * wz + qz * wx), qz + 0.5 * h * (qw * wz + qx * wy - qy * wx));
            double n = Sqrt(qw * qw + qx * qx + qy * qy + qz * qz);
            qw /= n;
            qx /= n;
            qy /= n;
            qz /= n;
        }

        return Atan2(2 * (qw * qz + qx * qy), 1 - 2 * (qy * qy + qz * qz)) + Asin(2 * (qw * qy - qz * qx));
    }

    //? causal attention
    //? q = [0.1, 0.2, 0.3, 0.4], k = [0.5, 0.6, -0.7, 0.8], v = [0.9, 1.0, 1.1, 1.2], d = 2, o = [0, 0, 0, 0]
    [Differentiable]
    public static void Attention(ReadOnlySpan<double> q, ReadOnlySpan<double> k, ReadOnlySpan<double> v, int d, Span<double> o)
    {
        int n = q.Length / d;
        Span<double> s = stackalloc double[n];
        o.Clear();
        for (int i = 0; i < n; i++)
        {
            double max = double.MinValue, z = 0;
            for (int j = 0; j <= i; j++)
            {
                double a = 0;
                for (int c = 0; c < d; c++) a += q[i * d + c] * k[j * d + c];
                s[j] = a / Sqrt(d);
                if (s[j] > max) max = s[j];
            }

            for (int j = 0; j <= i; j++) z += s[j] = Exp(s[j] - max);
            for (int j = 0; j <= i; j++)
                for (int c = 0; c < d; c++) o[i * d + c] += s[j] / z * v[j * d + c];
        }
    }

    //? layer normalisation in place
    //? x = [0.1, 0.5, -0.3, 0.4], g = [1, 1.1, 0.9, 1.2], b = [0, 0.1, 0.2, 0.3]
    [Differentiable]
    public static void LayerNorm(Span<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> b)
    {
        double mean = 0, var = 0;
        foreach (double v in x) mean += v;
        mean /= x.Length;
        foreach (double v in x) var += (v - mean) * (v - mean);
        double inv = 1 / Sqrt(var / x.Length + 1e-5);
        for (int i = 0; i < x.Length; i++) x[i] = g[i] * ((x[i] - mean) * inv) + b[i];
    }

    //? Sinkhorn's iterations
    //? c = [0.1, 0.9, 0.5, 0.2], a = [0.4, 0.6], b = [0.5, 0.5], eps = 0.3
    [Differentiable]
    public static double Sinkhorn(ReadOnlySpan<double> c, ReadOnlySpan<double> a, ReadOnlySpan<double> b, double eps)
    {
        int n = a.Length, m = b.Length;
        double[] u = new double[n], v = new double[m], K = new double[n * m];
        for (int i = 0; i < K.Length; i++) K[i] = Exp(-c[i] / eps);
        Array.Fill(v, 1.0);
        for (int it = 0; it < 12; it++)
        {
            for (int i = 0; i < n; i++)
            {
                double s = 0;
                for (int j = 0; j < m; j++) s += K[i * m + j] * v[j];
                u[i] = a[i] / s;
            }

            for (int j = 0; j < m; j++)
            {
                double s = 0;
                for (int i = 0; i < n; i++) s += K[i * m + j] * u[i];
                v[j] = b[j] / s;
            }
        }

        double cost = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++) cost += u[i] * K[i * m + j] * v[j] * c[i * m + j];
        return cost;
    }

    //? area and perimeter of a polygon
    //? p = [0, 0, 2, 0.1, 2.2, 1.5, 0.3, 1.1]
    [Differentiable]
    public static double Polygon(ReadOnlySpan<double> p)
    {
        int n = p.Length / 2;
        double area = 0, per = 0;
        for (int i = 0, j = n - 1; i < n; j = i++)
        {
            area += p[2 * j] * p[2 * i + 1] - p[2 * i] * p[2 * j + 1];
            per += double.Hypot(p[2 * i] - p[2 * j], p[2 * i + 1] - p[2 * j + 1]);
        }

        return 0.5 * Abs(area) / per;
    }

    private static double Cdf(double x)
    {
        double l = Abs(x), k = 1 / (1 + 0.2316419 * l);
        double w = 1 - 1 / Sqrt(2 * PI) * Exp(-l * l / 2) * k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
        return x < 0 ? 1 - w : w;
    }

    private static void Forces(ReadOnlySpan<double> p, ReadOnlySpan<double> m, Span<double> f)
    {
        f.Clear();
        for (int i = 0; i < m.Length; i++)
            for (int j = i + 1; j < m.Length; j++)
            {
                double dx = p[2 * j] - p[2 * i], dy = p[2 * j + 1] - p[2 * i + 1];
                double r2 = dx * dx + dy * dy + 0.01, inv = 1 / (r2 * Sqrt(r2));
                f[2 * i] += m[j] * dx * inv;
                f[2 * i + 1] += m[j] * dy * inv;
                f[2 * j] -= m[i] * dx * inv;
                f[2 * j + 1] -= m[i] * dy * inv;
            }
    }

    //? masked attention on tensors
    //? q = [[0.5, -0.2], [1, 0.3], [0.1, 0.7]], k = [[0.2, 0.1], [-0.4, 0.6], [0.9, -0.3]], v = [[1, 2], [0.5, -1], [0.3, 0.8]]
    [Differentiable]
    public static double MaskedAttention(ReadOnlyTensorSpan<double> q, ReadOnlyTensorSpan<double> k, ReadOnlyTensorSpan<double> v)
    {
        int n = (int)q.Lengths[0], d = (int)q.Lengths[1];
        Span<double> scores = stackalloc double[n];
        Span<double> p = stackalloc double[n];
        double loss = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (j > i) { scores[j] = -1e3; continue; }
                double s = 0;
                for (int c = 0; c < d; c++) s += q[i, c] * k[j, c];
                scores[j] = s / Sqrt(d);
            }
            Soft.Softmax(scores, p);
            for (int c = 0; c < d; c++)
            {
                double o = 0;
                for (int j = 0; j <= i; j++) o += p[j] * v[j, c];
                loss += o * o * (c + 1);
            }
        }
        return loss;
    }

    //? a convolution and a maximum on tensors
    //? x = [[1, 2, 0.5, -1], [0.3, -0.7, 1.1, 0.2], [0.9, 0.1, -0.4, 1.3], [0.6, -1.2, 0.8, 0.05]], w = [[0.1, 0.2, -0.1], [0.3, 0.5, 0.2], [-0.2, 0.4, 0.15]], b = 0.05
    [Differentiable]
    public static double Conv(ReadOnlyTensorSpan<double> x, ReadOnlyTensorSpan<double> w, double b)
    {
        int h = (int)x.Lengths[0], c = (int)x.Lengths[1];
        var y = new TensorSpan<double>(new double[h * c], [h, c]);
        for (int i = 0; i < h; i++)
            for (int j = 0; j < c; j++)
            {
                double s = b;
                for (int di = -1; di <= 1; di++)
                    for (int dj = -1; dj <= 1; dj++)
                    {
                        int r = i + di, q = j + dj;
                        if (r < 0 || r >= h || q < 0 || q >= c) continue;
                        s += x[r, q] * w[di + 1, dj + 1];
                    }
                y[i, j] = s > 0 ? s : 0.01 * s;
            }
        double total = 0;
        for (int i = 0; i < h; i += 2)
            for (int j = 0; j < c; j += 2)
            {
                double m = double.MinValue;
                for (int a = 0; a < 4; a++) m = Max(m, y[i + a / 2, j + a % 2]);
                total += m * m;
            }
        return total;
    }

    //? embeddings and cross entropy
    //? e = [[0.5, -1.5], [2, 0.3], [0.7, 0.9]], ids = [2, 0, 2]
    [Differentiable]
    public static double Embedding(ReadOnlyTensorSpan<double> e, ReadOnlySpan<int> ids)
    {
        Span<double> logits = stackalloc double[3];
        double loss = 0;
        for (int t = 0; t + 1 < ids.Length; t++)
        {
            for (int r = 0; r < 3; r++) logits[r] = e[ids[t], 0] * e[r, 1] - e[r, 0] * e[ids[t], 1];
            loss += Soft.SoftmaxCrossEntropy(logits, ids[t + 1]);
        }
        return loss;
    }

    //? soft clusters, their centres replaced
    //? x = [0.5, -1.5, 2, 0.3, 1.1], c = [0, 1]
    [Differentiable]
    public static double SoftKMeans(double[] x, double[] c)
    {
        double[] centers = c;
        for (int it = 0; it < 3; it++)
        {
            double[] num = new double[c.Length], den = new double[c.Length];
            foreach (double p in x)
            {
                double z = 0;
                for (int k = 0; k < centers.Length; k++) z += Exp(-(p - centers[k]) * (p - centers[k]));
                for (int k = 0; k < centers.Length; k++)
                {
                    double r = Exp(-(p - centers[k]) * (p - centers[k])) / z;
                    num[k] += r * p;
                    den[k] += r;
                }
            }
            for (int k = 0; k < num.Length; k++) num[k] /= den[k];
            centers = num;
        }
        return centers[0] * centers[1];
    }
}

public enum OptionKind
{
    Call,
    Put,
}
