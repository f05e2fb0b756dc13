using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using SoftDiff.Benchmarks.Functions;

namespace SoftDiff.Benchmarks.Transformations;

/// <summary>Products with the Hessian, Hessians by the inputs, and gradients of batches of <see cref="Mlp"/>.</summary>
internal static class NetworkCosts
{
    private const MethodImplOptions Plain = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
    private const int Batch = 256;

    private delegate T ExampleGradient<T>(
        ReadOnlySpan<T> w1, ReadOnlySpan<T> b1, ReadOnlySpan<T> w2, ReadOnlySpan<T> b2, ReadOnlySpan<T> input, int label,
        Span<T> dW1, Span<T> dB1, Span<T> dW2, Span<T> dB2);

    private delegate void BatchGradients<T>(
        int batch, ReadOnlySpan<T> w1, ReadOnlySpan<T> b1, ReadOnlySpan<T> w2, ReadOnlySpan<T> b2, ReadOnlySpan<T> inputs,
            ReadOnlySpan<int> labels,
        Span<T> dW1, Span<T> dB1, Span<T> dW2, Span<T> dB2, Span<T> values);

    private delegate T TotalGradient<T>(
        ReadOnlySpan<T> w1, ReadOnlySpan<T> b1, ReadOnlySpan<T> w2, ReadOnlySpan<T> b2, ReadOnlySpan<T> inputs, ReadOnlySpan<int> labels,
        Span<T> dW1, Span<T> dB1, Span<T> dW2, Span<T> dB2);

    public static IEnumerable<Cost> All()
    {
        yield return Product();
        yield return HessianByInputs();
        yield return PerExample<double>("double", Mlp.LossGrad, Mlp.LossGradients);
        yield return PerExample<float>("float", MlpSingle.LossGrad, MlpSingle.LossGradients);
        yield return Summed<double>("double", Widths.Scaled(1.5), Mlp.LossGrad, Mlp.TotalLossGrad);
        yield return Summed<float>("float", Widths.Scaled(3), MlpSingle.LossGrad, MlpSingle.TotalLossGrad);
        yield return ProductByTorch(1, 20);
        yield return ProductByTorch(Batch, 3);
        yield return PerExampleByTorch(1, 20);
        yield return PerExampleByTorch(Batch, 3);
    }

    private static Cost Product()
    {
        var (n, h, other) = (new Network<double>(1), new NetworkGradients<double>(1), new NetworkGradients<double>(1));
        return new(
            "product with the Hessian / function, MLP 32-64-10", Bound.AtMost(4),
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Of(n, h) + h.W1[0];
                return sink;
            },
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Mlp.Loss(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0]);
                return sink;
            },
            () =>
            {
                Agreement.Dirty(h.All);
                Agreement.Scalar("value", Of(n, h), Mlp.Loss(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0]));

                // A Hessian is symmetric: the product of one direction with that of another is the same the other way round.
                Mlp.LossGrad(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0], other.W1, other.B1, other.W2, other.B2);
                double one = Dot(other.W1, h.W1) + Dot(other.B1, h.B1) + Dot(other.W2, h.W2) + Dot(other.B2, h.B2);
                Mlp.LossProduct(
                    n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0], other.W1, other.B1, other.W2, other.B2, h.W1, h.B1, h.W2, h.B2);
                Agreement.Scalar("uHv", one, Dot(n.VW1, h.W1) + Dot(n.VB1, h.B1) + Dot(n.VW2, h.W2) + Dot(n.VB2, h.B2));
            });
    }

    private static Cost HessianByInputs()
    {
        var n = new Network<double>(1);
        double[] hessian = new double[Mlp.Inputs * Mlp.Inputs], gradient = new double[Mlp.Inputs];
        return new(
            "Hessian / gradient, MLP by its 32 inputs", Widths.Hessian,
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Mlp.Curvature(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0], hessian) + hessian[0];
                return sink;
            },
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Mlp.Saliency(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0], gradient) + gradient[0];
                return sink;
            },
            () =>
            {
                Agreement.Dirty(hessian);
                Agreement.Scalar(
                    "value", Mlp.Curvature(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0], hessian),
                    Mlp.Saliency(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0], gradient));
                Agreement.Symmetric("Hessian", hessian, Mlp.Inputs);
            });
    }

    private static Cost PerExample<T>(string type, ExampleGradient<T> one, BatchGradients<T> all)
        where T : IFloatingPointIeee754<T>
    {
        var (n, mine, theirs) = (new Network<T>(Batch), new NetworkGradients<T>(Batch), new NetworkGradients<T>(Batch));
        return new(
            $"per-example gradients / loop, batch {Batch}, {type}", Bound.AtMost(1),
            [MethodImpl(Plain)] (calls) =>
            {
                for (int i = 0; i < calls; i++) all(Batch, n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels, mine.W1, mine.B1, mine.W2, mine.B2,
                    n.Values);
                return 0;
            },
            [MethodImpl(Plain)] (calls) =>
            {
                for (int i = 0; i < calls; i++) Loop();
                return 0;
            },
            () =>
            {
                Agreement.Dirty(mine.All);
                all(Batch, n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels, mine.W1, mine.B1, mine.W2, mine.B2, n.Values);
                Loop();
                foreach (var (actual, expected) in mine.All.Zip(theirs.All)) Agreement.Bits<T>("gradient", actual, expected);
            });

        void Loop()
        {
            for (int e = 0; e < Batch; e++)
            {
                one(
                    n.W1, n.B1, n.W2, n.B2, n.Input(e), n.Labels[e],
                    NetworkGradients<T>.Row(theirs.W1, Batch, e), NetworkGradients<T>.Row(theirs.B1, Batch, e),
                    NetworkGradients<T>.Row(theirs.W2, Batch, e), NetworkGradients<T>.Row(theirs.B2, Batch, e));
            }
        }
    }

    private static Cost Summed<T>(string type, Bound wanted, ExampleGradient<T> one, TotalGradient<T> total)
        where T : IFloatingPointIeee754<T>
    {
        var (n, mine, theirs, d) = (new Network<T>(Batch), new NetworkGradients<T>(1), new NetworkGradients<T>(1),
            new NetworkGradients<T>(1));
        return new(
            $"loop with sums / summed gradient, batch {Batch}, {type}", wanted,
            [MethodImpl(Plain)] (calls) =>
            {
                T sink = T.Zero;
                for (int i = 0; i < calls; i++) sink += total(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels, mine.W1, mine.B1, mine.W2,
                    mine.B2);
                return double.CreateTruncating(sink);
            },
            [MethodImpl(Plain)] (calls) =>
            {
                T sink = T.Zero;
                for (int i = 0; i < calls; i++) sink += Loop();
                return double.CreateTruncating(sink);
            },
            () =>
            {
                Agreement.Dirty(mine.All);
                T value = total(n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels, mine.W1, mine.B1, mine.W2, mine.B2);
                Agreement.Rounded<T>("value", [value], [Loop()]);
                foreach (var (actual, expected) in mine.All.Zip(theirs.All)) Agreement.Rounded<T>("gradient", actual, expected);
            });

        T Loop()
        {
            foreach (T[] sum in theirs.All) Array.Clear(sum);
            T value = T.Zero;
            for (int e = 0; e < Batch; e++)
            {
                value += one(n.W1, n.B1, n.W2, n.B2, n.Input(e), n.Labels[e], d.W1, d.B1, d.W2, d.B2);
                TensorPrimitives.Add(theirs.W1, d.W1, theirs.W1);
                TensorPrimitives.Add(theirs.B1, d.B1, theirs.B1);
                TensorPrimitives.Add(theirs.W2, d.W2, theirs.W2);
                TensorPrimitives.Add(theirs.B2, d.B2, theirs.B2);
            }

            return value;
        }
    }

    private static Cost ProductByTorch(int batch, double wanted)
    {
        var (n, h) = (new Network<double>(batch), new NetworkGradients<double>(1));
        return new(
            $"PyTorch / product with the Hessian, MLP, batch {batch}", Bound.Faster(wanted),
            [MethodImpl(Plain)] (calls) =>
            {
                double sink = 0;
                for (int i = 0; i < calls; i++) sink += Total(n, h);
                return sink;
            },
            null,
            () =>
            {
                double sum = 0;
                for (int e = 0; e < batch; e++) sum += Mlp.Loss(n.W1, n.B1, n.W2, n.B2, n.Input(e), n.Labels[e]);
                Agreement.Scalar("value", Total(n, h), sum);
            },
            $"product:{batch}");
    }

    private static Cost PerExampleByTorch(int batch, double wanted)
    {
        var (n, d) = (new Network<double>(batch), new NetworkGradients<double>(batch));
        return new(
            $"PyTorch / per-example gradients, MLP, batch {batch}", Bound.Faster(wanted),
            [MethodImpl(Plain)] (calls) =>
            {
                for (int i = 0; i < calls; i++) Mlp.LossGradients(batch, n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels, d.W1, d.B1, d.W2,
                    d.B2, n.Values);
                return 0;
            },
            null,
            () =>
            {
                Mlp.LossGradients(batch, n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels, d.W1, d.B1, d.W2, d.B2, n.Values);
                for (int e = 0; e < batch; e++) Agreement.Scalar("value", n.Values[e],
                    Mlp.Loss(n.W1, n.B1, n.W2, n.B2, n.Input(e), n.Labels[e]));
            },
            $"gradients:{batch}");
    }

    private static double Of(Network<double> n, NetworkGradients<double> h) => Mlp.LossProduct(
        n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels[0], n.VW1, n.VB1, n.VW2, n.VB2, h.W1, h.B1, h.W2, h.B2);

    private static double Total(Network<double> n, NetworkGradients<double> h) => Mlp.TotalLossProduct(
        n.W1, n.B1, n.W2, n.B2, n.Inputs, n.Labels, n.VW1, n.VB1, n.VW2, n.VB2, h.W1, h.B1, h.W2, h.B2);

    private static double Dot(double[] x, double[] y) => TensorPrimitives.Dot<double>(x, y);
}
