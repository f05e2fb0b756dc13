using System.Numerics;
using System.Runtime.Intrinsics;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>The loop with vectors of every width, also those that the machine would not choose.</summary>
public sealed class PointwiseWidthTests
{
    [Fact]
    public void All_widths_compute_alike()
    {
        Check<double>();
        Check<float>();
    }

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var f = new InMode<T, OrderOperator<T>, SmoothSigmoidal<T>>(new OrderOperator<T>(T.One, SoftMode.Smooth, T.Zero, true, T.Zero));
        foreach (var n in Enumerable.Range(16, 60))
        {
            var (x, y, c) = (Samples.Uniform(n, n, -5, 5).As<T>(), Samples.Uniform(n + 1, n, -5, 5).As<T>(), Samples.Uniform(n + 2, n, -1, 1).As<T>());
            var (value, dX, dY, sum) = Run<Vector128<T>, Lanes128<T>>();
            Same(Run<Vector256<T>, Lanes256<T>>());
            Same(Run<Vector512<T>, Lanes512<T>>());

            (T[] Value, T[] DX, T[] DY, double Sum) Run<TVector, TLanes>()
                where TVector : struct
                where TLanes : struct, ILanes<TVector, T>
            {
                var (v, p, q) = (new T[n], new T[n], new T[n]);
                var spans = new PointwiseSpans<T> { X = x, Y = y, CValue = c, Value = v, DX = p, DY = q };
                var s = Pointwise.Run<T, TVector, TLanes, InMode<T, OrderOperator<T>, SmoothSigmoidal<T>>, ReversePass>(spans, 0, T.Zero, f);
                return (v, p, q, s);
            }

            void Same((T[] Value, T[] DX, T[] DY, double Sum) other)
            {
                Assert.Equal(value, other.Value);
                Assert.Equal(dX, other.DX);
                Assert.Equal(dY, other.DY);
                Assert.Equal(sum, other.Sum, typeof(T) == typeof(double) ? 1e-13 : 1e-4);
            }
        }
    }
}
