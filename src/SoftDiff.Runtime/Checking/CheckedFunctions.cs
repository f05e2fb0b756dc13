namespace SoftDiff;

/// <summary>A function of a vector with one value, which <see cref="GradientCheck"/> evaluates.</summary>
/// <param name="x">The point; to be read only.</param>
/// <returns>The value.</returns>
public delegate double SpanFunction(ReadOnlySpan<double> x);

/// <summary>Computes a value and its gradient. A generated <c>FGrad</c> has this signature.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="dX">Receives the gradient. It has the length of <paramref name="x"/>; the method overwrites it.</param>
/// <returns>The value.</returns>
public delegate double SpanGradient(ReadOnlySpan<double> x, Span<double> dX);

/// <summary>Computes a value and its directional derivative. A generated <c>FJvp</c> has this signature.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="tX">The direction; as long as <paramref name="x"/>.</param>
/// <param name="tResult">The derivative of the value along <paramref name="tX"/>.</param>
/// <returns>The value.</returns>
public delegate double SpanTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, out double tResult);

/// <summary>Computes a value and its derivative. A generated <c>FGrad</c> of one scalar has this signature.</summary>
/// <param name="x">The point.</param>
/// <param name="dX">Receives the derivative.</param>
/// <returns>The value.</returns>
public delegate double ScalarGradient(double x, out double dX);

/// <summary>A map from vectors to vectors.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="destination">Receives the value; the method overwrites it.</param>
public delegate void SpanMap(ReadOnlySpan<double> x, Span<double> destination);

/// <summary>Computes the vector–Jacobian product of a <see cref="SpanMap"/>: dX = Jᵀ(x) c.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="cotangent">The cotangent c of the output; as long as the output.</param>
/// <param name="dX">Receives the product. It has the length of <paramref name="x"/>; the method overwrites it.</param>
public delegate void SpanMapPullback(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> dX);

/// <summary>Computes the Jacobian–vector product of a <see cref="SpanMap"/>: tDestination = J(x) tX.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="tX">The direction; as long as <paramref name="x"/>.</param>
/// <param name="tDestination">Receives the product. It has the length of the output; the method overwrites it.</param>
public delegate void SpanMapTangent(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, Span<double> tDestination);

/// <summary>Computes a matrix of derivatives, a Hessian or a Jacobian, at a point.</summary>
/// <param name="x">The point; to be read only.</param>
/// <param name="matrix">Receives the matrix in row-major order; the method overwrites it.</param>
public delegate void SpanMatrix(ReadOnlySpan<double> x, Span<double> matrix);

/// <summary>
/// Computes a value and its gradient by a structure of numbers. A generated <c>FGrad</c> of a value type or of a class whose numbers
/// cannot be assigned has this signature.
/// </summary>
/// <typeparam name="T">The type of the point; its gradient has the same type.</typeparam>
/// <param name="x">The point.</param>
/// <param name="dX">Receives the gradient.</param>
/// <returns>The value.</returns>
public delegate double TreeGradient<T>(T x, out T dX);

/// <summary>
/// Computes a value and its gradient by a value type that has arrays. A generated <c>FGrad</c> of such a type has this signature.
/// </summary>
/// <typeparam name="T">The type of the point; its gradient has the same type.</typeparam>
/// <param name="x">The point.</param>
/// <param name="dX">Receives the gradient: scalars are set, arrays overwritten in place.</param>
/// <returns>The value.</returns>
public delegate double TreeGradientInPlace<T>(T x, ref T dX);
