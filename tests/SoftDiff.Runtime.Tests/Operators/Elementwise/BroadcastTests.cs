using System.Numerics.Tensors;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>Elementwise operators on tensors: strides, broadcasting, sums of gradients, memory.</summary>
public sealed class BroadcastTests
{
    private static readonly nint[][][] Shapes =
    [
        [[2, 3], [2, 3], [2, 3]],
        [[1], [1], [1]],
        [[7], [1], [7]],
        [[1], [9], [9]],
        [[3, 4], [4], [3, 4]],
        [[4], [3, 4], [3, 4]],
        [[2, 1, 3], [4, 1], [2, 4, 3]],
        [[1, 5, 1], [6, 1, 7], [6, 5, 7]],
        [[2, 3, 4, 5], [3, 1, 5], [2, 3, 4, 5]],
        [[40, 50], [1], [40, 50]],
        [[40, 50], [50], [40, 50]],
        [[1, 50], [40, 1], [40, 50]],
        [[3, 1, 700], [2, 1], [3, 2, 700]],
        [[1, 1, 1], [1, 1], [1, 1, 1]],
    ];

    [Fact]
    public void Broadcasting_repeats_inputs_and_sums_gradients()
    {
        foreach (var shapes in Shapes)
        {
            foreach (var gap in new nint[] { 1, 3 })
            {
                var (x, y) = (new Array(shapes[0], gap, 1), new Array(shapes[1], 1, 2));
                var (z, c, dX, dY) = (new Array(shapes[2], gap, 3), new Array(shapes[2], 1, 4), new Array(shapes[0], 1, 5), new Array(shapes[1], gap, 6));
                var (tX, tY, tZ) = (new Array(shapes[0], 1, 7), new Array(shapes[1], gap, 8), new Array(shapes[2], gap, 9));

                var (value, tangent) = (new double[z.Count], new double[z.Count]);
                var (gradientX, gradientY, softness) = (new double[x.Count], new double[y.Count], 0.0);
                for (var i = 0; i < z.Count; i++)
                {
                    var (j, k) = (x.IndexOf(i, shapes[2]), y.IndexOf(i, shapes[2]));
                    value[i] = Soft.GreaterVjp(x[j], y[k], c[i], out var byX, out var byY, out var byS, 0.5, SoftMode.C2);
                    Soft.GreaterJvp(x[j], y[k], tX[j], tY[k], 0.25, out tangent[i], 0.5, SoftMode.C2);
                    (gradientX[j], gradientY[k], softness) = (gradientX[j] + byX, gradientY[k] + byY, softness + byS);
                }

                Soft.Greater(x.Read, y.Read, z.Write, 0.5, SoftMode.C2);
                z.AssertHolds(value, 0);
                z.Clear();
                Soft.GreaterVjp(x.Read, y.Read, z.Write, c.Read, dX.Write, dY.Write, out var dSoftness, 0.5, SoftMode.C2);
                z.AssertHolds(value, 0);
                dX.AssertHolds(gradientX, 1e-12);
                dY.AssertHolds(gradientY, 1e-12);
                Assert.Equal(softness, dSoftness, 1e-12);

                dX.Clear();
                Soft.GreaterVjp(x.Read, y.Read, default, c.Read, dX.Write, dY.Write, out var again, 0.5, SoftMode.C2);
                Assert.Equal(dSoftness, again);
                dX.AssertHolds(gradientX, 1e-12);

                z.Clear();
                Soft.GreaterJvp(x.Read, y.Read, z.Write, tX.Read, tY.Read, tZ.Write, 0.25, 0.5, SoftMode.C2);
                z.AssertHolds(value, 0);
                tZ.AssertHolds(tangent, 1e-14);
            }
        }
    }

    [Fact]
    public void Three_inputs_are_broadcast_together()
    {
        var (c, x, y) = (new Array([4, 1], 1, 1), new Array([3, 1, 5], 2, 2), new Array([5], 1, 3));
        var (z, w) = (new Array([3, 4, 5], 1, 4), new Array([3, 4, 5], 2, 5));
        var (dC, dX, dY) = (new Array([4, 1], 1, 6), new Array([3, 1, 5], 1, 7), new Array([5], 3, 8));
        Soft.WhereVjp(c.Read, x.Read, y.Read, z.Write, w.Read, dC.Write, dX.Write, dY.Write);
        var (value, byC, byX, byY) = (new double[60], new double[4], new double[15], new double[5]);
        for (var i = 0; i < 60; i++)
        {
            var (j, k, l) = (c.IndexOf(i, [3, 4, 5]), x.IndexOf(i, [3, 4, 5]), y.IndexOf(i, [3, 4, 5]));
            value[i] = (x[k] * c[j]) + (y[l] * (1 - c[j]));
            byC[j] += w[i] * (x[k] - y[l]);
            byX[k] += w[i] * c[j];
            byY[l] += w[i] * (1 - c[j]);
        }

        z.AssertHolds(value, 1e-15);
        dC.AssertHolds(byC, 1e-13);
        dX.AssertHolds(byX, 1e-13);
        dY.AssertHolds(byY, 1e-13);
    }

    [Fact]
    public void Gradients_of_repeated_floats_are_summed_in_double()
    {
        const int Count = 1_000_000;
        var (x, c, dX) = (new float[Count], Enumerable.Repeat(0.1f, Count).ToArray(), new float[Count]);
        Soft.ClampVjp(x, 1f, 2f, default, c, dX, out var dA, out var dB, out _, 0.01f);
        Assert.Equal((double)0.1f * Count, dA, 0.01);
        Assert.Equal(0, dB);
    }

    [Fact]
    public void The_bounds_of_a_clamp_have_the_sums_of_their_derivatives()
    {
        foreach (var n in new[] { 1, 2, 3, 5, 511, 512, 513, 1500 })
        {
            var (x, c) = (Samples.Uniform(n, n, -3, 3), Samples.Uniform(n + 1, n, -1, 1));
            var (y, dX, byX) = (new double[n], new double[n], new double[n]);
            double a = 0, b = 0, s = 0;
            for (var i = 0; i < n; i++)
            {
                Soft.ClampVjp(x[i], -1, 1.5, c[i], out byX[i], out var byA, out var byB, out var byS, 0.25, SoftMode.C1, true);
                (a, b, s) = (a + byA, b + byB, s + byS);
            }

            Soft.ClampVjp(x, -1, 1.5, y, c, dX, out var dA, out var dB, out var again, 0.25, SoftMode.C1, true);
            Assert.Equal(s, again, 1e-12);
            Assert.Equal(a, dA, 1e-12);
            Assert.Equal(b, dB, 1e-12);
            Assert.Equal(byX, dX);

            // Over the input and the cotangent.
            var t = c.ToArray();
            Soft.ClampJvp(x, -1, 1.5, x, t, 0.5, -0.25, t, 0.125, 0.25, SoftMode.C1, true);
            Assert.Equal(y, x);
            Assert.Equal(0.5 * a - 0.25 * b + 0.125 * s + c.Zip(byX, (p, q) => q * p).Sum(), t.Zip(c, (p, q) => p * q).Sum(), 1e-11);
        }
    }

    [Fact]
    public void Outputs_may_lie_in_an_input_that_is_laid_out_alike()
    {
        var (x, y, expected) = (new Array([30, 40], 2, 1), new Array([40], 1, 2), new Array([30, 40], 1, 3));
        Soft.And(x.Read, y.Read, expected.Write);
        var data = expected.Elements();
        Soft.And(x.Read, y.Read, x.Write);
        x.AssertHolds(data, 0);
    }

    [Fact]
    public void Wrong_arrays_are_refused()
    {
        var memory = new double[64];
        Assert.Contains("do not go with", Assert.Throws<ArgumentException>(() => Soft.And(Read(2, 3), Read(4), Write(2, 4))).Message, StringComparison.Ordinal);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Soft.And(Read(2, 3), Read(3), Write(3, 2))).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Soft.And(Read(2, 3), Read(3), Write(6))).ParamName);
        Assert.Equal("dY", Assert.Throws<ArgumentException>(() => Soft.AndVjp(Read(2, 3), Read(3), Write(2, 3), Read(2, 3), Write(2, 3), Write(1, 3))).ParamName);
        Assert.Equal("cDestination", Assert.Throws<ArgumentException>(() => Soft.AndVjp(Read(2, 3), Read(3), Write(2, 3), Read(3), Write(2, 3), Write(3))).ParamName);
        Assert.Equal("tY", Assert.Throws<ArgumentException>(() => Soft.AndJvp(Read(2, 3), Read(3), Write(2, 3), Read(2, 3), Read(2, 3), Write(2, 3))).ParamName);
        Assert.Equal("condition", Assert.Throws<ArgumentException>(() => Soft.Where(default, Read(3), Read(3), Write(3))).ParamName);

        // Memory of an input that is laid out otherwise, or of another output.
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Soft.Not(In(0, 2, 3), Out(1, 2, 3))).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => Soft.And(In(0, 2, 3), In(20, 3), Out(20, 2, 3))).ParamName);
        Assert.Equal("dY", Assert.Throws<ArgumentException>(() => Soft.AndVjp(Read(2, 3), Read(3), default, Read(2, 3), Out(0, 2, 3), Out(3, 3))).ParamName);
        Assert.All(memory, v => Assert.Equal(0, v));

        ReadOnlyTensorSpan<double> In(int start, params nint[] lengths) => new(memory.AsSpan(start, (int)TensorPrimitives.Product<nint>(lengths)), lengths);
        TensorSpan<double> Out(int start, params nint[] lengths) => new(memory.AsSpan(start, (int)TensorPrimitives.Product<nint>(lengths)), lengths);
        static ReadOnlyTensorSpan<double> Read(params nint[] lengths) => new(new double[TensorPrimitives.Product<nint>(lengths)], lengths);
        static TensorSpan<double> Write(params nint[] lengths) => new(new double[TensorPrimitives.Product<nint>(lengths)], lengths);
    }

    /// <summary>An array whose elements lie a gap apart along the last axis, with numbers from 0 to 1.</summary>
    private sealed class Array
    {
        private readonly double[] _memory;
        private readonly nint[] _lengths;
        private readonly nint[] _strides;

        public Array(nint[] lengths, nint gap, int seed)
        {
            (_lengths, _strides) = (lengths, new nint[lengths.Length]);
            var step = gap;
            for (var axis = lengths.Length - 1; axis >= 0; axis--)
            {
                _strides[axis] = lengths[axis] == 1 ? 0 : step;
                step *= lengths[axis];
            }

            _memory = Samples.Uniform(seed, (int)step, 0, 1);
        }

        public int Count => (int)TensorPrimitives.Product<nint>(_lengths);

        public ReadOnlyTensorSpan<double> Read => new(_memory, _lengths, _strides);

        public TensorSpan<double> Write => new(_memory, _lengths, _strides);

        public double this[int element] => _memory[Offset(element)];

        public void Clear() => Write.Fill(-1);

        public double[] Elements() => Enumerable.Range(0, Count).Select(i => this[i]).ToArray();

        /// <summary>The element that stands for one of a result of these lengths.</summary>
        public int IndexOf(int element, nint[] lengths)
        {
            var (index, step) = (0, 1);
            for (var axis = 1; axis <= lengths.Length; axis++)
            {
                var i = element % (int)lengths[^axis];
                element /= (int)lengths[^axis];
                if (axis > _lengths.Length) continue;
                index += _lengths[^axis] == 1 ? 0 : i * step;
                step *= (int)_lengths[^axis];
            }

            return index;
        }

        public void AssertHolds(double[] expected, double tolerance)
        {
            Assert.Equal(expected.Length, Count);
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], this[i], tolerance);
        }

        private int Offset(int element)
        {
            var offset = 0;
            for (var axis = _lengths.Length - 1; axis >= 0; axis--)
            {
                offset += element % (int)_lengths[axis] * (int)_strides[axis];
                element /= (int)_lengths[axis];
            }

            return offset;
        }
    }
}
