using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SoftDiff.Benchmarks.Operators;

/// <summary>
/// Value and vector–Jacobian product as one would write them by hand for vectors of 256 bits, passing over the same memory. Lengths are multiples of the
/// width.
/// </summary>
internal static class OperatorsByHand
{
    /// <summary>y = softmax(x / s) and d = (y c - y Σ y c) / s.</summary>
    public static float ArgMax(ReadOnlySpan<float> x, Span<float> y, ReadOnlySpan<float> c, Span<float> d, float softness)
    {
        var inputs = Vectors(x);
        var outputs = Vectors(y);
        var cotangents = Vectors(c);
        var gradients = Vectors(d);
        var scale = Vector256.Create(1 / softness);
        var largest = inputs[0];
        foreach (var input in inputs) largest = Vector256.MaxNative(largest, input);
        var max = largest[0];
        for (var lane = 1; lane < Vector256<float>.Count; lane++) max = Math.Max(max, largest[lane]);

        var shift = Vector256.Create(max);
        var sums = Vector256<float>.Zero;
        for (var i = 0; i < inputs.Length; i++)
        {
            var weight = Exp((inputs[i] - shift) * scale);
            outputs[i] = weight;
            sums += weight;
        }

        var norm = Vector256.Create(1 / Vector256.Sum(sums));
        var (products, moments) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (var i = 0; i < inputs.Length; i++)
        {
            var share = outputs[i] * norm;
            outputs[i] = share;
            products += share * cotangents[i];
        }

        var mean = Vector256.Create(Vector256.Sum(products));
        for (var i = 0; i < inputs.Length; i++)
        {
            var gradient = outputs[i] * (cotangents[i] - mean) * scale;
            gradients[i] = gradient;
            moments += gradient * inputs[i];
        }

        return -Vector256.Sum(moments) / softness;
    }

    /// <summary>y = 1 / (1 + exp(-x / s)) and d = c y (1 - y) / s.</summary>
    public static float Sigmoidal(ReadOnlySpan<float> x, Span<float> y, ReadOnlySpan<float> c, Span<float> d, float softness)
    {
        var inputs = Vectors(x);
        var outputs = Vectors(y);
        var cotangents = Vectors(c);
        var gradients = Vectors(d);
        var (scale, one) = (Vector256.Create(1 / softness), Vector256.Create(1f));
        var moments = Vector256<float>.Zero;
        for (var i = 0; i < inputs.Length; i++)
        {
            var u = inputs[i] * scale;
            var e = Exp(-Vector256.Abs(u));
            var inverse = one / (one + e);
            var value = Vector256.ConditionalSelect(Vector256.LessThan(u, Vector256<float>.Zero), e * inverse, inverse);
            outputs[i] = value;
            var gradient = cotangents[i] * (e * inverse * inverse) * scale;
            gradients[i] = gradient;
            moments += gradient * inputs[i];
        }

        return -Vector256.Sum(moments) / softness;
    }

    private static ReadOnlySpan<Vector256<float>> Vectors(ReadOnlySpan<float> span) => MemoryMarshal.Cast<float, Vector256<float>>(span);

    private static Span<Vector256<float>> Vectors(Span<float> span) => MemoryMarshal.Cast<float, Vector256<float>>(span);

    // eˣ = 2ᵏ eʳ with the Taylor polynomial of eʳ for |r| ≤ ½ ln 2: within about 2 ulp for -87 < x ≤ 0, and below that 2⁻¹²⁶ or so.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.MaxNative(x, Vector256.Create(-87f));
        var k = Vector256.Round(x * 1.44269504f);
        var r = x - (k * 0.693359375f) + (k * 2.12194440e-4f);
        var p = Vector256.Create(1f / 720);
        p = (p * r) + Vector256.Create(1f / 120);
        p = (p * r) + Vector256.Create(1f / 24);
        p = (p * r) + Vector256.Create(1f / 6);
        p = (p * r) + Vector256.Create(0.5f);
        p = (p * r * r) + r + Vector256.Create(1f);
        return p * ((Vector256.ConvertToInt32(k) + Vector256.Create(127)) << 23).AsSingle();
    }
}
