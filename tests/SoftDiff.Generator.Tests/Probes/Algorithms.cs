using System;
using System.Numerics.Tensors;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Algorithms
{
    //? Newton's iteration for a root, with `break`
    //? a = 2.5, n = 3
    [Differentiable]
    public static double NewtonRoot(double a, int n)
    {
        double x = a > 1 ? a / n : 1;
        for (int it = 0; it < 60; it++)
        {
            double f = Math.Pow(x, n) - a;
            double d = n * Math.Pow(x, n - 1);
            double step = f / d;
            x -= step;
            if (Math.Abs(step) < 1e-14 * Math.Abs(x)) break;
        }

        return x * x;
    }

    //? Kepler's equation, `do` … `while`
    //? M = 0.9, e = 0.4
    [Differentiable]
    public static double Kepler(double M, double e)
    {
        double E = M, delta;
        int guard = 0;
        do
        {
            delta = (E - e * Math.Sin(E) - M) / (1 - e * Math.Cos(E));
            E -= delta;
        }
        while (Math.Abs(delta) > 1e-13 && ++guard < 50);
        return E;
    }

    //? a Runge–Kutta method with its state in spans
    //? y0 = [1, 0.5], mu = 0.8, h = 0.1, steps = 6
    //? y0 = [1, 0.5], mu = 0.8, h = 0.1, steps = 0
    [Differentiable]
    public static double Rk4(ReadOnlySpan<double> y0, double mu, double h, int steps)
    {
        int n = y0.Length;
        Span<double> y = stackalloc double[n], k1 = stackalloc double[n], k2 = stackalloc double[n], k3 = stackalloc double[n], k4 = stackalloc double[n], tmp = stackalloc double[n];
        y0.CopyTo(y);
        for (int s = 0; s < steps; s++)
        {
            VanDerPol(y, mu, k1);
            for (int i = 0; i < n; i++) tmp[i] = y[i] + 0.5 * h * k1[i];
            VanDerPol(tmp, mu, k2);
            for (int i = 0; i < n; i++) tmp[i] = y[i] + 0.5 * h * k2[i];
            VanDerPol(tmp, mu, k3);
            for (int i = 0; i < n; i++) tmp[i] = y[i] + h * k3[i];
            VanDerPol(tmp, mu, k4);
            for (int i = 0; i < n; i++) y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }

        return y[0] * y[0] + y[1];
    }

    //? a linear system by elimination with pivoting
    //? A = [2, 1, 0.5, 4, -1, 0.3, 1, 0.7, 3], b = [1, 2, 3]
    [Differentiable]
    public static double LuSolve(ReadOnlySpan<double> A, ReadOnlySpan<double> b)
    {
        int n = b.Length;
        double[] m = A.ToArray();
        double[] x = b.ToArray();
        double det = 1;
        for (int k = 0; k < n; k++)
        {
            int piv = k;
            double max = Math.Abs(m[k * n + k]);
            for (int i = k + 1; i < n; i++)
                if (Math.Abs(m[i * n + k]) > max)
                {
                    max = Math.Abs(m[i * n + k]);
                    piv = i;
                }

            if (max == 0) throw new ArithmeticException($"singular at {k}");
            if (piv != k)
            {
                for (int j = 0; j < n; j++) (m[k * n + j], m[piv * n + j]) = (m[piv * n + j], m[k * n + j]);
                (x[k], x[piv]) = (x[piv], x[k]);
                det = -det;
            }

            det *= m[k * n + k];
            for (int i = k + 1; i < n; i++)
            {
                double f = m[i * n + k] /= m[k * n + k];
                for (int j = k + 1; j < n; j++) m[i * n + j] -= f * m[k * n + j];
                x[i] -= f * x[k];
            }
        }

        for (int i = n - 1; i >= 0; i--)
        {
            double s = x[i];
            for (int j = i + 1; j < n; j++) s -= m[i * n + j] * x[j];
            x[i] = s / m[i * n + i];
        }

        double r = Math.Log(Math.Abs(det));
        foreach (var v in x) r += v * v;
        return r;
    }

    //? a Gaussian's likelihood by Cholesky's factorisation
    //? a = [4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2], y = [1, 2, 3]
    [Differentiable]
    public static double GaussianLogLikelihood(ReadOnlySpan<double> a, ReadOnlySpan<double> y)
    {
        int n = y.Length;
        Span<double> L = stackalloc double[n * n];
        a.CopyTo(L);
        for (int j = 0; j < n; j++)
        {
            double d = L[j * n + j];
            for (int k = 0; k < j; k++) d -= L[j * n + k] * L[j * n + k];
            d = Math.Sqrt(d);
            L[j * n + j] = d;
            for (int i = j + 1; i < n; i++)
            {
                double s = L[i * n + j];
                for (int k = 0; k < j; k++) s -= L[i * n + k] * L[j * n + k];
                L[i * n + j] = s / d;
            }
        }

        Span<double> z = stackalloc double[n];
        double q = 0, logDet = 0;
        for (int i = 0; i < n; i++)
        {
            double s = y[i];
            for (int k = 0; k < i; k++) s -= L[i * n + k] * z[k];
            z[i] = s / L[i * n + i];
            q += z[i] * z[i];
            logDet += 2 * Math.Log(L[i * n + i]);
        }

        return -0.5 * (q + logDet + n * Math.Log(2 * Math.PI));
    }

    //? orthogonalisation by Gram and Schmidt
    //? a = [1, 0.5, 0.3, 2, -1, 0.7], m = 3, n = 2
    [Differentiable]
    public static double Qr(ReadOnlySpan<double> a, int m, int n)
    {
        double[] q = a.ToArray();
        double[] r = new double[n * n];
        for (int j = 0; j < n; j++)
        {
            double norm = 0;
            for (int i = 0; i < m; i++) norm += q[i * n + j] * q[i * n + j];
            norm = Math.Sqrt(norm);
            r[j * n + j] = norm;
            for (int i = 0; i < m; i++) q[i * n + j] /= norm;
            for (int k = j + 1; k < n; k++)
            {
                double dot = 0;
                for (int i = 0; i < m; i++) dot += q[i * n + j] * q[i * n + k];
                r[j * n + k] = dot;
                for (int i = 0; i < m; i++) q[i * n + k] -= dot * q[i * n + j];
            }
        }

        return r[0] * r[1] + Math.Log(r[3]) + q[0] * q[1] * q[5];
    }

    //? Householder's reflections in place
    //? a = [1, 0.5, 0.3, 2, -1, 0.7, 0.2, 0.4, 1.5]
    [Differentiable]
    public static void Householder(Span<double> a)
    {
        int n = (int)Math.Sqrt(a.Length);
        Span<double> v = stackalloc double[n];
        for (int k = 0; k < n - 1; k++)
        {
            double norm = 0;
            for (int i = k; i < n; i++)
            {
                v[i] = a[i * n + k];
                norm += v[i] * v[i];
            }

            double alpha = v[k] > 0 ? -Math.Sqrt(norm) : Math.Sqrt(norm);
            v[k] -= alpha;
            double vv = 0;
            for (int i = k; i < n; i++) vv += v[i] * v[i];
            for (int j = k; j < n; j++)
            {
                double dot = 0;
                for (int i = k; i < n; i++) dot += v[i] * a[i * n + j];
                double f = 2 * dot / vv;
                for (int i = k; i < n; i++) a[i * n + j] -= f * v[i];
            }
        }
    }

    //? a tridiagonal system in place
    //? a = [0.1, 0.2, 0.3, 0.1], b = [2, 2.2, 2.5, 3], c = [0.4, 0.1, 0.2, 0.5], d = [1, 2, 3, 4]
    [Differentiable]
    public static void Thomas(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> c, Span<double> d)
    {
        int n = d.Length;
        Span<double> cp = n <= 64 ? stackalloc double[n] : new double[n];
        cp[0] = c[0] / b[0];
        d[0] /= b[0];
        for (int i = 1; i < n; i++)
        {
            double m = 1.0 / (b[i] - a[i] * cp[i - 1]);
            cp[i] = c[i] * m;
            d[i] = (d[i] - a[i] * d[i - 1]) * m;
        }

        for (int i = n - 2; i >= 0; i--) d[i] -= cp[i] * d[i + 1];
    }

    //? the fast Fourier transform in place
    //? re = [1, 0.5, -0.3, 0.8, 0.2, 0.1, 0.9, -1], im = [0, 0.1, 0.2, 0, 0, 0.3, 0, 0]
    [Differentiable]
    public static void Fft(Span<double> re, Span<double> im)
    {
        int n = re.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i < j)
            {
                (re[i], re[j]) = (re[j], re[i]);
                (im[i], im[j]) = (im[j], im[i]);
            }
        }

        for (int len = 2; len <= n; len <<= 1)
        {
            double ang = -2 * Math.PI / len;
            for (int i = 0; i < n; i += len)
                for (int k = 0; k < len / 2; k++)
                {
                    var (sin, cos) = Math.SinCos(ang * k);
                    double ur = re[i + k], ui = im[i + k];
                    double vr = re[i + k + len / 2] * cos - im[i + k + len / 2] * sin;
                    double vi = re[i + k + len / 2] * sin + im[i + k + len / 2] * cos;
                    re[i + k] = ur + vr;
                    im[i + k] = ui + vi;
                    re[i + k + len / 2] = ur - vr;
                    im[i + k + len / 2] = ui - vi;
                }
        }
    }

    //? an edit distance with soft minima
    //? cost = [0.3, 0.8, 0.5, 0.9, 0.2, 0.4], gap = 0.6, n = 2, m = 3
    [Differentiable]
    public static double SoftEditDistance(ReadOnlySpan<double> cost, double gap, int n, int m)
    {
        int w = m + 1;
        double[] d = new double[(n + 1) * w];
        for (int i = 0; i <= n; i++)
            for (int j = 0; j <= m; j++)
            {
                if (i == 0 && j == 0) continue;
                if (i == 0)
                {
                    d[j] = d[j - 1] + gap;
                    continue;
                }

                if (j == 0)
                {
                    d[i * w] = d[(i - 1) * w] + gap;
                    continue;
                }

                d[i * w + j] = SoftMin(d[(i - 1) * w + j - 1] + cost[(i - 1) * m + j - 1], d[(i - 1) * w + j] + gap, d[i * w + j - 1] + gap, 0.3);
            }

        return d[^1];
    }

    //? Viterbi's algorithm with back pointers
    //? trans = [0.3, 0.8, 0.5, 0.9], emit = [0.2, 0.4, 0.9, 0.1, 0.3, 0.6]
    [Differentiable]
    public static double Viterbi(ReadOnlySpan<double> trans, ReadOnlySpan<double> emit)
    {
        const int S = 2;
        int T = emit.Length / S;
        double[] v = new double[T * S];
        int[] back = new int[T * S];
        for (int s = 0; s < S; s++) v[s] = emit[s];
        for (int t = 1; t < T; t++)
            for (int s = 0; s < S; s++)
            {
                double best = double.NegativeInfinity;
                int arg = -1;
                for (int q = 0; q < S; q++)
                {
                    double c = v[(t - 1) * S + q] + trans[q * S + s];
                    if (c > best)
                    {
                        best = c;
                        arg = q;
                    }
                }

                v[t * S + s] = best + emit[t * S + s];
                back[t * S + s] = arg;
            }

        int state = v[(T - 1) * S] > v[(T - 1) * S + 1] ? 0 : 1;
        double score = v[(T - 1) * S + state], extra = 0;
        for (int t = T - 1; t > 0; t--)
        {
            state = back[t * S + state];
            extra += emit[(t - 1) * S + state] * emit[(t - 1) * S + state];
        }

        return score + extra;
    }

    //? the forward algorithm of a hidden Markov model
    //? init = [0.1, -0.3], trans = [0.3, 0.8, 0.5, 0.9], emit = [0.2, 0.4, 0.9, 0.1, 0.3, 0.6]
    [Differentiable]
    public static double HmmForward(ReadOnlySpan<double> init, ReadOnlySpan<double> trans, ReadOnlySpan<double> emit)
    {
        int S = init.Length, T = emit.Length / S;
        Span<double> alpha = stackalloc double[S];
        Span<double> next = stackalloc double[S];
        for (int s = 0; s < S; s++) alpha[s] = init[s] + emit[s];
        for (int t = 1; t < T; t++)
        {
            for (int s = 0; s < S; s++)
            {
                double max = double.NegativeInfinity;
                for (int q = 0; q < S; q++) max = Math.Max(max, alpha[q] + trans[q * S + s]);
                double sum = 0;
                for (int q = 0; q < S; q++) sum += Math.Exp(alpha[q] + trans[q * S + s] - max);
                next[s] = max + Math.Log(sum) + emit[t * S + s];
            }

            next.CopyTo(alpha);
        }

        return LogSumExp(alpha);
    }

    //? the exponential of a matrix by scaling and squaring
    //? A = [0.3, 2.8, -1.5, 0.9]
    [Differentiable]
    public static double MatrixExponential(ReadOnlySpan<double> A)
    {
        const int n = 2;
        double norm = 0;
        for (int i = 0; i < n; i++)
        {
            double row = 0;
            for (int j = 0; j < n; j++) row += Math.Abs(A[i * n + j]);
            norm = Math.Max(norm, row);
        }

        int squarings = Math.Max(0, (int)Math.Ceiling(Math.Log2(norm)) + 3);
        double scale = Math.Pow(2, -squarings);
        double[] X = new double[n * n], E = new double[n * n], P = new double[n * n], Q = new double[n * n];
        for (int i = 0; i < n * n; i++) X[i] = A[i] * scale;
        for (int i = 0; i < n; i++)
        {
            E[i * n + i] = 1;
            P[i * n + i] = 1;
        }

        double fact = 1;
        for (int k = 1; k <= 10; k++)
        {
            MatMul(P, X, Q, n);
            Array.Copy(Q, P, n * n);
            fact *= k;
            for (int i = 0; i < n * n; i++) E[i] += P[i] / fact;
        }

        for (int s = 0; s < squarings; s++)
        {
            MatMul(E, E, Q, n);
            Q.CopyTo(E, 0);
        }

        return E[0] * E[3] + E[1] - E[2];
    }

    //? interpolation in a table, by binary search
    //? xs = [0, 1, 2.5, 4], ys = [1, 0.5, 2, 3], t = 1.7
    //? xs = [0, 1, 2.5, 4], ys = [1, 0.5, 2, 3], t = -1
    //? xs = [0, 1, 2.5, 4], ys = [1, 0.5, 2, 3], t = 6
    [Differentiable]
    public static double Interpolate(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double t)
    {
        if (xs.Length != ys.Length)
            throw new ArgumentException($"{xs.Length} abscissae for {ys.Length} ordinates", nameof(ys));
        if (t <= xs[0]) return ys[0] + 0.1 * (t - xs[0]);
        if (t >= xs[^1]) return ys[^1];
        int lo = 0, hi = xs.Length - 1;
        while (hi - lo > 1)
        {
            int mid = (lo + hi) >>> 1;
            if (xs[mid] > t) hi = mid;
            else lo = mid;
        }

        double w = (t - xs[lo]) / (xs[hi] - xs[lo]);
        return (1 - w) * ys[lo] + w * ys[hi] * ys[hi];
    }

    //? a cubic spline
    //? y = [1, 0.5, 2, 3, 1], t = 2.3
    [Differentiable]
    public static double Spline(ReadOnlySpan<double> y, double t)
    {
        int n = y.Length - 1;
        Span<double> m = stackalloc double[n + 1], u = stackalloc double[n + 1], z = stackalloc double[n + 1];
        for (int i = 1; i < n; i++)
        {
            double l = 4 - u[i - 1];
            u[i] = 1 / l;
            z[i] = (6 * (y[i + 1] - 2 * y[i] + y[i - 1]) - z[i - 1]) / l;
        }

        for (int i = n - 1; i > 0; i--) m[i] = z[i] - u[i] * m[i + 1];
        int k = Math.Clamp((int)Math.Floor(t), 0, n - 1);
        double a = k + 1 - t, b = t - k;
        return a * y[k] + b * y[k + 1] + ((a * a * a - a) * m[k] + (b * b * b - b) * m[k + 1]) / 6;
    }

    //? conjugate gradients
    //? A = [4, 1, 0.3, 1, 3, 0.2, 0.3, 0.2, 2], b = [1, 2, 3]
    [Differentiable]
    public static double ConjugateGradients(ReadOnlySpan<double> A, ReadOnlySpan<double> b)
    {
        int n = b.Length;
        double[] x = new double[n], r = b.ToArray(), p = b.ToArray(), q = new double[n];
        double rr = 0;
        foreach (var v in r) rr += v * v;
        for (int it = 0; it < n - 1; it++)
        {
            double pq = 0;
            for (int i = 0; i < n; i++)
            {
                q[i] = 0;
                for (int j = 0; j < n; j++) q[i] += A[i * n + j] * p[j];
                pq += p[i] * q[i];
            }

            double alpha = rr / pq, next = 0;
            for (int i = 0; i < n; i++)
            {
                x[i] += alpha * p[i];
                r[i] -= alpha * q[i];
                next += r[i] * r[i];
            }

            if (next < 1e-20) break;
            double beta = next / rr;
            for (int i = 0; i < n; i++) p[i] = r[i] + beta * p[i];
            rr = next;
        }

        return x[0] * x[1] + x[2];
    }

    //? adaptive quadrature by recursion
    //? a = 0.1, b = 1.3, k = 1.7
    [Differentiable]
    public static double AdaptiveSimpson(double a, double b, double k)
    {
        double c = (a + b) / 2, fa = F(a, k), fb = F(b, k), fc = F(c, k);
        return Simpson(a, b, fa, fb, fc, (b - a) / 6 * (fa + 4 * fc + fb), 1e-5, 10, k);
    }

    //? a continued fraction
    //? x = 1.3, a = 0.7
    [Differentiable]
    public static double Lentz(double x, double a)
    {
        double b = x + 1 - a, c = 1 / 1e-30, d = 1 / b, h = d;
        for (int i = 1; i <= 200; i++)
        {
            double an = -i * (i - a);
            b += 2;
            d = an * d + b;
            if (Math.Abs(d) < 1e-30) d = 1e-30;
            c = b + an / c;
            if (Math.Abs(c) < 1e-30) c = 1e-30;
            d = 1 / d;
            double del = d * c;
            h *= del;
            if (Math.Abs(del - 1) < 1e-14) break;
        }

        return h * Math.Exp(-x + a * Math.Log(x));
    }

    //? the arithmetic–geometric mean
    //? a = 1.3, b = 0.7
    [Differentiable]
    public static double Agm(double a, double b)
    {
        while (Math.Abs(a - b) > 1e-13) (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
        return Math.PI / (2 * a);
    }

    private static void VanDerPol(ReadOnlySpan<double> y, double mu, Span<double> dy)
    {
        dy[0] = y[1];
        dy[1] = mu * (1 - y[0] * y[0]) * y[1] - y[0];
    }

    private static double SoftMin(double a, double b, double c, double t)
    {
        double m = Math.Min(a, Math.Min(b, c));
        return m - t * Math.Log(Math.Exp((m - a) / t) + Math.Exp((m - b) / t) + Math.Exp((m - c) / t));
    }

    private static double LogSumExp(ReadOnlySpan<double> x)
    {
        double max = double.NegativeInfinity;
        foreach (double v in x)
            if (v > max) max = v;
        if (double.IsNegativeInfinity(max)) return max;
        double sum = 0;
        foreach (double v in x) sum += Math.Exp(v - max);
        return max + Math.Log(sum);
    }

    private static void MatMul(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, int n)
    {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                double s = 0;
                for (int k = 0; k < n; k++) s += a[i * n + k] * b[k * n + j];
                c[i * n + j] = s;
            }
    }

    private static double F(double x, double k) => Math.Exp(-k * x * x) * Math.Cos(x);

    private static double Simpson(double a, double b, double fa, double fb, double fc, double whole, double eps, int depth, double k)
    {
        double c = (a + b) / 2, d = (a + c) / 2, e = (c + b) / 2;
        double fd = F(d, k), fe = F(e, k);
        double left = (c - a) / 6 * (fa + 4 * fd + fc), right = (b - c) / 6 * (fc + 4 * fe + fb);
        double delta = left + right - whole;
        if (depth <= 0 || Math.Abs(delta) <= 15 * eps) return left + right + delta / 15;
        return Simpson(a, c, fa, fc, fd, left, eps / 2, depth - 1, k) + Simpson(c, b, fc, fb, fe, right, eps / 2, depth - 1, k);
    }

    //? a regression by the normal equations, with functions of `TensorPrimitives`
    //? s = [90, 110, 105, 95, 120], pay = [8, 1, 2, 6, 0.5]
    [Differentiable]
    public static double Lsm(ReadOnlySpan<double> s, ReadOnlySpan<double> pay)
    {
        const int P = 3;
        Span<double> a = stackalloc double[P * P];
        Span<double> b = stackalloc double[P];
        Span<double> phi = stackalloc double[P];
        for (int i = 0; i < s.Length; i++)
        {
            Basis(s[i] / 100, phi);
            for (int p = 0; p < P; p++)
            {
                for (int q = 0; q < P; q++) a[p * P + q] += phi[p] * phi[q];
                b[p] += phi[p] * pay[i];
            }
        }
        for (int i = 0; i < P; i++) a[i * (P + 1)] += 0.1;
        Cholesky(a, P);
        Substitute(a, b, P);
        double total = 0;
        for (int i = 0; i < s.Length; i++)
        {
            Basis(s[i] / 100, phi);
            double cont = TensorPrimitives.Dot<double>(phi, b);
            double ex = Math.Max(100 - s[i], 0);
            total += ex > cont ? ex : pay[i];
            total += 0.01 * cont * cont;
        }
        return total;
    }

    private static void Basis(double x, Span<double> phi)
    {
        phi[0] = 1;
        for (int i = 1; i < phi.Length; i++) phi[i] = phi[i - 1] * x;
    }

    private static void Cholesky(Span<double> a, int n)
    {
        for (int j = 0; j < n; j++)
        {
            for (int k = 0; k < j; k++) for (int i = j; i < n; i++) a[i * n + j] -= a[i * n + k] * a[j * n + k];
            double d = Math.Sqrt(a[j * n + j]);
            for (int i = j; i < n; i++) a[i * n + j] /= d;
        }
    }

    private static void Substitute(ReadOnlySpan<double> l, Span<double> b, int n)
    {
        for (int i = 0; i < n; i++) { for (int k = 0; k < i; k++) b[i] -= l[i * n + k] * b[k]; b[i] /= l[i * n + i]; }
        for (int i = n - 1; i >= 0; i--) { for (int k = i + 1; k < n; k++) b[i] -= l[k * n + i] * b[k]; b[i] /= l[i * n + i]; }
    }

    //? elimination with rows that change places, through `ref`
    //? a = [0.1, 2, 1, 3, 0.5, -1, 1, 1, 4], b = [1, 2, 3]
    [Differentiable]
    public static double Lu(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int n = b.Length;
        Span<double> m = stackalloc double[n * n];
        a.CopyTo(m);
        Span<int> piv = stackalloc int[n];
        double det = 1;
        for (int i = 0; i < n; i++) piv[i] = i;
        for (int c = 0; c < n; c++)
        {
            int p = c;
            for (int r = c + 1; r < n; r++) if (Math.Abs(m[r * n + c]) > Math.Abs(m[p * n + c])) p = r;
            if (m[p * n + c] == 0) return 0;
            if (p != c)
            {
                Span<double> r1 = m.Slice(c * n, n), r2 = m.Slice(p * n, n);
                for (int k = 0; k < n; k++) (r1[k], r2[k]) = (r2[k], r1[k]);
                (piv[c], piv[p]) = (piv[p], piv[c]);
                det = -det;
            }
            det *= m[c * n + c];
            for (int r = c + 1; r < n; r++)
            {
                ref double l = ref m[r * n + c];
                l /= m[c * n + c];
                for (int k = c + 1; k < n; k++) m[r * n + k] -= l * m[c * n + k];
            }
        }
        Span<double> x = stackalloc double[n];
        for (int i = 0; i < n; i++) { x[i] = b[piv[i]]; for (int k = 0; k < i; k++) x[i] -= m[i * n + k] * x[k]; }
        for (int i = n; i-- > 0;) { for (int k = i + 1; k < n; k++) x[i] -= m[i * n + k] * x[k]; x[i] /= m[i * n + i]; }
        return x[0] + x[1] * x[2] + 0.1 * det;
    }

    //? a chain of rotations, each product a new array
    //? q = [0.5, -0.5, 0.2], l = [1, 0.7, 0.4]
    [Differentiable]
    public static double Chain(ReadOnlySpan<double> q, ReadOnlySpan<double> l)
    {
        double[] t = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        for (int i = 0; i < q.Length; i++) t = Mul(t, Link(q[i], l[i]));
        return t[2] * t[2] + 2 * t[5] + t[0];
    }

    private static double[] Link(double q, double l)
    {
        var (s, c) = Math.SinCos(q);
        return [c, -s, l * c, s, c, l * s, 0, 0, 1];
    }

    private static double[] Mul(double[] a, double[] b)
    {
        var r = new double[9];
        for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) for (int k = 0; k < 3; k++) r[3 * i + j] += a[3 * i + k] * b[3 * k + j];
        return r;
    }

    //? a Kalman filter
    //? z = [0.5, 0.8, 1.3], q = 0.01, r = 0.1
    [Differentiable]
    public static double Kalman(ReadOnlySpan<double> z, double q, double r)
    {
        Span<double> p = [1, 0, 0, 1], t = stackalloc double[4];
        Span<double> f = [1, 1, 0, 1];
        double x = 0, v = 0, ll = 0;
        foreach (double m in z)
        {
            x += v;
            Gemm(f, p, t, false);
            Gemm(t, f, p, true);
            p[0] += q; p[3] += q;
            double s = p[0] + r, k0 = p[0] / s, k1 = p[2] / s, e = m - x;
            ll += 0.5 * (Math.Log(s) + e * e / s);
            x += k0 * e; v += k1 * e;
            (double p0, double p1) = (p[0], p[1]);
            p[0] -= k0 * p0; p[1] -= k0 * p1; p[2] -= k1 * p0; p[3] -= k1 * p1;
        }
        return ll + x * v;
    }

    private static void Gemm(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, bool transpose)
    {
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < 2; j++)
            {
                double s = 0;
                for (int k = 0; k < 2; k++) s += a[2 * i + k] * (transpose ? b[2 * j + k] : b[2 * k + j]);
                c[2 * i + j] = s;
            }
    }

    //? a ray marched through a distance field, mirrored
    //? ox = 0.1, oy = 0.2, dx = 0.05, depth = 0
    //? ox = 0.15, oy = 0.22, dx = 0.02, depth = 2
    [Differentiable]
    public static double March(double ox, double oy, double dx, int depth)
    {
        double n = Math.Sqrt(dx * dx + 1);
        return Shade((ox, oy, -3), (dx / n, 0.05, 1 / n), depth);
    }

    private static double Shade((double X, double Y, double Z) o, (double X, double Y, double Z) d, int depth)
    {
        double t = 0;
        for (int i = 0; i < 40; i++)
        {
            double s = Sdf(o.X + t * d.X, o.Y + t * d.Y, o.Z + t * d.Z);
            if (s < 1e-10) return depth > 0 ? 0.5 * t + 0.3 * Shade((o.X + 0.9 * t * d.X, o.Y + 0.9 * t * d.Y, o.Z + 0.9 * t * d.Z), (d.X, d.Y, -d.Z), depth - 1) : t;
            if (t > 6) break;
            t += s;
        }
        return 0.1 * t + d.X;
    }

    private static double Sdf(double x, double y, double z)
    {
        double a = Math.Sqrt(x * x + y * y + z * z) - 1, b = Math.Abs(y + 0.8);
        double h = Math.Clamp(0.5 + 0.5 * (b - a) / 0.3, 0, 1);
        return b + (a - b) * h - 0.3 * h * (1 - h);
    }

    //? a curve's length by halving it
    //? p = [0, 0.1, 0.5, 1.2, 0.9, 0.3, 1.5, 0.2], depth = 2
    [Differentiable]
    public static double BezierLength(ReadOnlySpan<double> p, int depth)
    {
        if (depth == 0) return double.Hypot(p[6] - p[0], p[7] - p[1]);
        Span<double> left = stackalloc double[8], w = stackalloc double[8];
        p.CopyTo(w);
        for (int level = 0; level < 4; level++)
        {
            (left[2 * level], left[2 * level + 1]) = (w[0], w[1]);
            for (int i = 0; i < 3 - level; i++)
                for (int c = 0; c < 2; c++) w[2 * i + c] = 0.5 * (w[2 * i + c] + w[2 * i + 2 + c]);
        }
        return BezierLength(left, depth - 1) + BezierLength(w, depth - 1);
    }

    //? Newton's method for two unknowns, on new arrays
    //? p = [1.2, 0.8]
    [Differentiable]
    public static double Newton2(double[] p)
    {
        double[] z = [1, 1];
        for (int it = 0; it < 20; it++)
        {
            double[] f = [z[0] * z[0] + z[1] * z[1] - p[0] * 2, z[0] * z[1] - p[1]];
            double[] j = [2 * z[0], 2 * z[1], z[1], z[0]];
            double det = j[0] * j[3] - j[1] * j[2];
            if (Math.Abs(det) < 1e-9) { z = [z[0] + 0.3, z[1] - 0.1]; continue; }
            double[] step = Solve2(j, f);
            z = [z[0] - step[0], z[1] - step[1]];
            if (TensorPrimitives.Norm<double>(step) < 1e-13) break;
        }
        return z[0] * 3 + z[1];
    }

    private static double[] Solve2(double[] j, double[] f)
    {
        double det = j[0] * j[3] - j[1] * j[2];
        return [(j[3] * f[0] - j[1] * f[1]) / det, (j[0] * f[1] - j[2] * f[0]) / det];
    }
}
