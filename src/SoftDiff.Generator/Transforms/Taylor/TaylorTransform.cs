namespace SoftDiff.Generator.Transforms.Taylor;

/// <summary>
/// The derivative of order n of a function of one number. Input: a prepared, simplified module, whose root has exactly one floating-point
/// parameter that is differentiated. Output: a module whose root has the same parameters and returns the derivative. It carries power
/// series, which cost O(n²) for each operation, where n differentiations one after the other cost 2ⁿ.
/// </summary>
internal static class TaylorTransform
{
    public static Module Apply(Module module, int order, TransformOptions options, CancellationToken cancellation) =>
        Apply(module, order, TaylorOptions.For(order, options), cancellation);

    /// <param name="module">The module.</param>
    /// <param name="order">The order of the derivative, at least 1.</param>
    /// <param name="options">How series are held, and the switches of all transforms.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="result">The position, among the root's results, of the one to differentiate.</param>
    public static Module Apply(Module module, int order, TaylorOptions options, CancellationToken cancellation, int result = 0)
    {
        module = Preparation.For(Passes.BeforeForward, module, options.Transform, cancellation);
        var (root, name) = (module.Root, module.Root.Name);
        var variables = root.Parameters.Where(p => p.Wrt && p.Value.Type.CarriesDerivative).ToList();
        if (variables.Count != 1 || !variables[0].Value.Type.IsFloat)
        {
            throw new ArgumentException(name + " is no function of one number", nameof(module));
        }

        if (root.Body.Yields[result].Type is not ScalarType { Kind: ScalarKind.Float } type)
        {
            throw new ArgumentException(name + " has no number as its result", nameof(module));
        }

        if (order < 1 || order > Transformation.LargestOrder(type))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "between 1 and " + Transformation.LargestOrder(type));
        }

        var derived = Differentiation.Apply(module, "Taylor", options.Transform, cancellation, callees =>
            TaylorFunction.Apply(root, order, result, callees, options, cancellation));
        return ReadOnlyCalls.Mark(derived);
    }
}
