namespace SoftDiff;

/// <summary>A function of a vector with one value, as <see cref="GradientCheck"/> evaluates it.</summary>
/// <param name="x">The point; to be read only.</param>
/// <returns>The value.</returns>
public delegate double SpanFunction(ReadOnlySpan<double> x);

/// <summary>A value and its gradient, of the shape of a generated <c>FGrad</c>.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="dX">Receives the gradient; as long as <paramref name="x"/>, to be overwritten.</param>
/// <returns>The value.</returns>
public delegate double SpanGradient(ReadOnlySpan<double> x, Span<double> dX);

/// <summary>A value and its directional derivative, of the shape of a generated <c>FJvp</c>.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="tX">The direction; as long as <paramref name="x"/>.</param>
/// <param name="tResult">The derivative of the value along <paramref name="tX"/>.</param>
/// <returns>The value.</returns>
public delegate double SpanTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult);

/// <summary>A value and its derivative, of the shape of a generated <c>FGrad</c> of one scalar.</summary>
/// <param name="x">The point.</param>
/// <param name="dX">Receives the derivative.</param>
/// <returns>The value.</returns>
public delegate double ScalarGradient(double x, out double dX);

/// <summary>A map from vectors to vectors.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="destination">Receives the value, to be overwritten.</param>
public delegate void SpanMap(ReadOnlySpan<double> x, Span<double> destination);

/// <summary>The vector–Jacobian product of a <see cref="SpanMap"/>: dX = Jᵀ(x) c.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="cotangent">The cotangent c of the output; as long as the output.</param>
/// <param name="dX">Receives the product; as long as <paramref name="x"/>, to be overwritten.</param>
public delegate void SpanMapPullback(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> dX);

/// <summary>The Jacobian–vector product of a <see cref="SpanMap"/>: tDestination = J(x) tX.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="tX">The direction; as long as <paramref name="x"/>.</param>
/// <param name="tDestination">Receives the product; as long as the output, to be overwritten.</param>
public delegate void SpanMapTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, Span<double> tDestination);
