using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

// Parameter trees: structs, matrices, jagged arrays and classes, whose numbers are found by reflection. Where a span fits as well, C# takes
// the check of spans, which needs no reflection.
public static partial class GradientCheck
{
    /// <summary>
    /// Checks the gradient of a function of an object or an array: a class, <c>double[,]</c>, <c>double[][]</c>, an array of structs.
    /// </summary>
    /// <remarks>
    /// The numbers are the floating-point fields of <typeparamref name="T"/>, base class first, and those of its structs, arrays and
    /// classes. Objects of the platform's classes and interfaces are constants. The entries have the names of their paths, as in
    /// <c>dM.W1[3]</c>, where <c>m</c> is the parameter of <paramref name="function"/>. Each evaluation copies the tree.
    /// </remarks>
    /// <typeparam name="T">The type of the parameter.</typeparam>
    /// <param name="function">The function.</param>
    /// <param name="gradient">Its value and gradient. The gradient is an object of the same type and shape.</param>
    /// <param name="x">The point; it is copied.</param>
    /// <param name="tolerance">The largest relative error that passes. Numbers in single precision need about 1e-3.</param>
    /// <returns>The comparisons, whether they passed or not.</returns>
    /// <exception cref="ArgumentException">
    /// The point has no numbers, an object occurs twice in it, or the gradient has another shape. The message names the path.
    /// </exception>
    [RequiresUnreferencedCode(CheckedTree.Reason)]
    [RequiresDynamicCode(CheckedTree.Reason)]
    [OverloadResolutionPriority(-1)]
    public static GradientReport Check<T>(Func<T, double> function, Func<T, T, double> gradient, T x, double tolerance = DefaultTolerance)
        where T : class =>
        CheckTree(function, (T at, ref T dX) => gradient(at, dX), x, tolerance);

    /// <summary>Checks the gradient of a function of a value type, or of a class whose gradient is a new object.</summary>
    /// <inheritdoc cref="Check{T}(Func{T, double}, Func{T, T, double}, T, double)"/>
    [RequiresUnreferencedCode(CheckedTree.Reason)]
    [RequiresDynamicCode(CheckedTree.Reason)]
    [OverloadResolutionPriority(-1)]
    public static GradientReport Check<T>(Func<T, double> function, TreeGradient<T> gradient, T x, double tolerance = DefaultTolerance)
        where T : notnull =>
        CheckTree(function, (T at, ref T dX) => gradient(at, out dX), x, tolerance);

    /// <summary>Checks the gradient of a function of a value type that has arrays.</summary>
    /// <inheritdoc cref="Check{T}(Func{T, double}, Func{T, T, double}, T, double)"/>
    [RequiresUnreferencedCode(CheckedTree.Reason)]
    [RequiresDynamicCode(CheckedTree.Reason)]
    [OverloadResolutionPriority(-1)]
    public static GradientReport Check<T>(
        Func<T, double> function, TreeGradientInPlace<T> gradient, T x, double tolerance = DefaultTolerance)
        where T : struct =>
        CheckTree(function, gradient, x, tolerance);

    /// <summary>Like <see cref="Check{T}(Func{T, double}, Func{T, T, double}, T, double)"/>, but throws if the check fails.</summary>
    /// <exception cref="GradientCheckException">The gradient or the value is wrong.</exception>
    /// <inheritdoc cref="Check{T}(Func{T, double}, Func{T, T, double}, T, double)"/>
    [RequiresUnreferencedCode(CheckedTree.Reason)]
    [RequiresDynamicCode(CheckedTree.Reason)]
    [OverloadResolutionPriority(-1)]
    public static GradientReport Verify<T>(Func<T, double> function, Func<T, T, double> gradient, T x, double tolerance = DefaultTolerance)
        where T : class =>
        Require(Check(function, gradient, x, tolerance));

    /// <summary>Like <see cref="Check{T}(Func{T, double}, TreeGradient{T}, T, double)"/>, but throws if the check fails.</summary>
    /// <exception cref="GradientCheckException">The gradient or the value is wrong.</exception>
    /// <inheritdoc cref="Check{T}(Func{T, double}, TreeGradient{T}, T, double)"/>
    [RequiresUnreferencedCode(CheckedTree.Reason)]
    [RequiresDynamicCode(CheckedTree.Reason)]
    [OverloadResolutionPriority(-1)]
    public static GradientReport Verify<T>(Func<T, double> function, TreeGradient<T> gradient, T x, double tolerance = DefaultTolerance)
        where T : notnull =>
        Require(Check(function, gradient, x, tolerance));

    /// <summary>Like <see cref="Check{T}(Func{T, double}, TreeGradientInPlace{T}, T, double)"/>, but throws if the check fails.</summary>
    /// <exception cref="GradientCheckException">The gradient or the value is wrong.</exception>
    /// <inheritdoc cref="Check{T}(Func{T, double}, TreeGradientInPlace{T}, T, double)"/>
    [RequiresUnreferencedCode(CheckedTree.Reason)]
    [RequiresDynamicCode(CheckedTree.Reason)]
    [OverloadResolutionPriority(-1)]
    public static GradientReport Verify<T>(
        Func<T, double> function, TreeGradientInPlace<T> gradient, T x, double tolerance = DefaultTolerance)
        where T : struct =>
        Require(Check(function, gradient, x, tolerance));

    [RequiresUnreferencedCode(CheckedTree.Reason)]
    [RequiresDynamicCode(CheckedTree.Reason)]
    private static GradientReport CheckTree<T>(Func<T, double> function, TreeGradientInPlace<T> gradient, T x, double tolerance)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(x);
        var parameter = function.Method.GetParameters()[^1].Name;
        var name = string.IsNullOrEmpty(parameter) ? "dX" : $"d{char.ToUpperInvariant(parameter[0])}{parameter[1..]}";
        var point = CheckedTree.Read(x, name);
        double[] numbers = [.. point.Numbers];
        if (numbers.Length == 0) throw new ArgumentException($"'{name}' has no floating-point numbers.", nameof(x));

        var dX = point.Copy<T>(Unset(numbers.Length));
        var value = gradient(point.Copy<T>(numbers), ref dX);
        var derivatives = CheckedTree.Read(dX, name);
        point.RequireShapeOf(derivatives);

        var entries = new List<GradientEntry>();
        double Along(ReadOnlySpan<double> moved) => function(point.Copy<T>([.. moved]));
        var magnitude = AddDerivatives(entries, Along, numbers, [.. derivatives.Numbers], tolerance, point.Paths);
        AddExact(entries, "value", value, function(point.Copy<T>(numbers)), magnitude);
        return new GradientReport(entries);
    }
}
