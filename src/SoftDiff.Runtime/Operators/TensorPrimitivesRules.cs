using System.ComponentModel;
using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// Derivative rules of <see cref="TensorPrimitives"/>, by which differentiated methods may call it. Reductions have reverse rules, from which the
/// tangent follows; functions that write a span have both.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class TensorPrimitivesRules
{
    /// <summary>The cotangents of the inputs of Dot: y and x, times the cotangent.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Dot))]
    public static void DotBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double cotangent, Span<double> dX, Span<double> dY)
    {
        TensorPrimitives.Multiply(y, cotangent, dX);
        TensorPrimitives.Multiply(x, cotangent, dY);
    }

    /// <summary>The cotangents of the inputs of Sum: the cotangent.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Sum))]
    public static void SumBackward(ReadOnlySpan<double> x, double cotangent, Span<double> dX) => dX.Fill(cotangent);

    /// <summary>The cotangents of the inputs of SumOfSquares: 2 x, times the cotangent.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.SumOfSquares))]
    public static void SumOfSquaresBackward(ReadOnlySpan<double> x, double cotangent, Span<double> dX) => TensorPrimitives.Multiply(x, 2 * cotangent, dX);

    /// <summary>The cotangents of the inputs of Norm: x over the norm, times the cotangent; 0 where the norm is 0.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Norm))]
    public static void NormBackward(ReadOnlySpan<double> x, double cotangent, Span<double> dX)
    {
        var norm = TensorPrimitives.Norm(x);
        if (norm != 0) TensorPrimitives.Multiply(x, cotangent / norm, dX);
    }

    /// <summary>The cotangents of the inputs of Distance: ±(x - y) over the distance, times the cotangent; 0 where the distance is 0.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Distance))]
    public static void DistanceBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double cotangent, Span<double> dX, Span<double> dY)
    {
        var distance = TensorPrimitives.Distance(x, y);
        if (distance == 0) return;

        TensorPrimitives.Subtract(x, y, dX);
        TensorPrimitives.Multiply(dX, cotangent / distance, dX);
        TensorPrimitives.Negate(dX, dY);
    }

    /// <summary>Reverse mode of Add of two spans.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Add))]
    public static void AddBackward(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX,
        Span<double> dY)
    {
        cDestination.CopyTo(dX);
        cDestination.CopyTo(dY);
    }

    /// <summary>Forward mode of Add of two spans.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Add))]
    public static void AddTangent(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination, ReadOnlySpan<double> tX, ReadOnlySpan<double> tY,
        Span<double> tDestination)
    {
        TensorPrimitives.Add(tX, tY, tDestination);
        TensorPrimitives.Add(x, y, destination);
    }

    /// <summary>Reverse mode of Add of a span and a number, whose cotangent is returned.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Add))]
    public static double AddBackward(
        ReadOnlySpan<double> x, double y, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX)
    {
        cDestination.CopyTo(dX);
        return TensorPrimitives.Sum(cDestination);
    }

    /// <summary>Forward mode of Add of a span and a number.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Add))]
    public static void AddTangent(
        ReadOnlySpan<double> x, double y, Span<double> destination, ReadOnlySpan<double> tX, double tY, Span<double> tDestination)
    {
        TensorPrimitives.Add(tX, tY, tDestination);
        TensorPrimitives.Add(x, y, destination);
    }

    /// <summary>Reverse mode of Subtract of two spans.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Subtract))]
    public static void SubtractBackward(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX,
        Span<double> dY)
    {
        cDestination.CopyTo(dX);
        TensorPrimitives.Negate(cDestination, dY);
    }

    /// <summary>Forward mode of Subtract of two spans.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Subtract))]
    public static void SubtractTangent(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination, ReadOnlySpan<double> tX, ReadOnlySpan<double> tY,
        Span<double> tDestination)
    {
        TensorPrimitives.Subtract(tX, tY, tDestination);
        TensorPrimitives.Subtract(x, y, destination);
    }

    /// <summary>Reverse mode of Subtract of a span and a number, whose cotangent is returned.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Subtract))]
    public static double SubtractBackward(
        ReadOnlySpan<double> x, double y, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX)
    {
        cDestination.CopyTo(dX);
        return -TensorPrimitives.Sum(cDestination);
    }

    /// <summary>Forward mode of Subtract of a span and a number.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Subtract))]
    public static void SubtractTangent(
        ReadOnlySpan<double> x, double y, Span<double> destination, ReadOnlySpan<double> tX, double tY, Span<double> tDestination)
    {
        TensorPrimitives.Subtract(tX, tY, tDestination);
        TensorPrimitives.Subtract(x, y, destination);
    }

    /// <summary>Reverse mode of Multiply of two spans.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Multiply))]
    public static void MultiplyBackward(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX,
        Span<double> dY)
    {
        TensorPrimitives.Multiply(cDestination, y, dX);
        TensorPrimitives.Multiply(cDestination, x, dY);
    }

    /// <summary>Forward mode of Multiply of two spans.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Multiply))]
    public static void MultiplyTangent(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination, ReadOnlySpan<double> tX, ReadOnlySpan<double> tY,
        Span<double> tDestination)
    {
        for (var i = 0; i < x.Length; i++) tDestination[i] = (tX[i] * y[i]) + (x[i] * tY[i]);
        TensorPrimitives.Multiply(x, y, destination);
    }

    /// <summary>Reverse mode of Multiply of a span and a number, whose cotangent is returned.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Multiply))]
    public static double MultiplyBackward(
        ReadOnlySpan<double> x, double y, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX)
    {
        TensorPrimitives.Multiply(cDestination, y, dX);
        return TensorPrimitives.Dot(cDestination, x);
    }

    /// <summary>Forward mode of Multiply of a span and a number.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Multiply))]
    public static void MultiplyTangent(
        ReadOnlySpan<double> x, double y, Span<double> destination, ReadOnlySpan<double> tX, double tY, Span<double> tDestination)
    {
        for (var i = 0; i < x.Length; i++) tDestination[i] = (tX[i] * y) + (x[i] * tY);
        TensorPrimitives.Multiply(x, y, destination);
    }

    /// <summary>Reverse mode of Divide of two spans.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Divide))]
    public static void DivideBackward(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX,
        Span<double> dY)
    {
        TensorPrimitives.Divide(cDestination, y, dX);
        TensorPrimitives.Multiply(dX, destination, dY);
        TensorPrimitives.Negate(dY, dY);
    }

    /// <summary>Forward mode of Divide of two spans.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Divide))]
    public static void DivideTangent(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> destination, ReadOnlySpan<double> tX, ReadOnlySpan<double> tY,
        Span<double> tDestination)
    {
        for (var i = 0; i < x.Length; i++) tDestination[i] = (tX[i] - (x[i] / y[i] * tY[i])) / y[i];
        TensorPrimitives.Divide(x, y, destination);
    }

    /// <summary>Reverse mode of Divide of a span and a number, whose cotangent is returned.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Divide))]
    public static double DivideBackward(
        ReadOnlySpan<double> x, double y, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX)
    {
        TensorPrimitives.Divide(cDestination, y, dX);
        return -TensorPrimitives.Dot<double>(dX, destination);
    }

    /// <summary>Forward mode of Divide of a span and a number.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Divide))]
    public static void DivideTangent(
        ReadOnlySpan<double> x, double y, Span<double> destination, ReadOnlySpan<double> tX, double tY, Span<double> tDestination)
    {
        for (var i = 0; i < x.Length; i++) tDestination[i] = (tX[i] - (x[i] / y * tY)) / y;
        TensorPrimitives.Divide(x, y, destination);
    }

    /// <summary>Reverse mode of Negate.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Negate))]
    public static void NegateBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        TensorPrimitives.Negate(cDestination, dX);

    /// <summary>Forward mode of Negate.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Negate))]
    public static void NegateTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination)
    {
        TensorPrimitives.Negate(x, destination);
        TensorPrimitives.Negate(tX, tDestination);
    }

    /// <summary>Reverse mode of Exp.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Exp))]
    public static void ExpBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        TensorPrimitives.Multiply(cDestination, destination, dX);

    /// <summary>Forward mode of Exp.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Exp))]
    public static void ExpTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination)
    {
        TensorPrimitives.Exp(x, destination);
        TensorPrimitives.Multiply(tX, destination, tDestination);
    }

    /// <summary>Reverse mode of Log.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log))]
    public static void LogBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX) =>
        TensorPrimitives.Divide(cDestination, x, dX);

    /// <summary>Forward mode of Log.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Log))]
    public static void LogTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination)
    {
        TensorPrimitives.Divide(tX, x, tDestination);
        TensorPrimitives.Log(x, destination);
    }

    /// <summary>Reverse mode of Sqrt.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Sqrt))]
    public static void SqrtBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX)
    {
        TensorPrimitives.Divide(cDestination, destination, dX);
        TensorPrimitives.Multiply(dX, 0.5, dX);
    }

    /// <summary>Forward mode of Sqrt.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Sqrt))]
    public static void SqrtTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination)
    {
        TensorPrimitives.Sqrt(x, destination);
        TensorPrimitives.Divide(tX, destination, tDestination);
        TensorPrimitives.Multiply(tDestination, 0.5, tDestination);
    }

    /// <summary>Reverse mode of Tanh.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Tanh))]
    public static void TanhBackward(ReadOnlySpan<double> x, ReadOnlySpan<double> destination, ReadOnlySpan<double> cDestination, Span<double> dX)
    {
        for (var i = 0; i < x.Length; i++) dX[i] = cDestination[i] * (1 - destination[i]) * (1 + destination[i]);
    }

    /// <summary>Forward mode of Tanh.</summary>
    [FloatTwin]
    [DerivativeOf(typeof(TensorPrimitives), nameof(TensorPrimitives.Tanh))]
    public static void TanhTangent(ReadOnlySpan<double> x, Span<double> destination, ReadOnlySpan<double> tX, Span<double> tDestination)
    {
        TensorPrimitives.Tanh(x, destination);
        for (var i = 0; i < x.Length; i++) tDestination[i] = tX[i] * (1 - destination[i]) * (1 + destination[i]);
    }
}
