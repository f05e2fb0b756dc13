using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// The derivative of order n of a function of one number. Input: a prepared, simplified module, whose root has exactly one floating-point parameter that is
/// differentiated. Output: a module whose root has the same parameters and returns the derivative. It carries power series, which cost O(n²) for each operation,
/// where n differentiations one after the other cost 2ⁿ.
/// </summary>
internal static class TaylorTransform
{
    /// <summary>The largest order: beyond it the factorial, by which the last coefficient is multiplied, is infinite in double precision.</summary>
    public const int LargestOrder = 170;

    public static Module Apply(Module module, int order, TransformOptions options, CancellationToken cancellation) =>
        Apply(module, order, TaylorOptions.For(order, options), cancellation);

    /// <param name="module">The module.</param>
    /// <param name="order">The order of the derivative, at least 1.</param>
    /// <param name="options">How series are held, and the switches of all transforms.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="result">The position, among the root's results, of the one to differentiate.</param>
    public static Module Apply(Module module, int order, TaylorOptions options, CancellationToken cancellation, int result = 0)
    {
        if (order is < 1 or > LargestOrder) throw new ArgumentOutOfRangeException(nameof(order), order, "between 1 and " + LargestOrder);
        if (module.Root.Parameters.Count(p => p.Wrt && p.Value.Type.CarriesDerivative) != 1 || !module.Root.Parameters.Any(p => p.Wrt && p.Value.Type.IsFloat))
        {
            throw new ArgumentException(module.Root.Name + " is no function of one number", nameof(module));
        }

        if (!module.Root.Body.Yields[result].Type.IsFloat) throw new ArgumentException(module.Root.Name + " has no number as its result", nameof(module));
        var derived = Differentiation.Apply(module, "Taylor", options.Transform, cancellation, callees =>
            TaylorFunction.Apply(module.Root, order, result, callees, options, cancellation));
        return ReadOnlyCalls.Mark(derived);
    }
}
