using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Taylor;

/// <summary>The derivatives of a function of one number by forward mode applied again and again.</summary>
internal sealed class NestedDerivatives
{
    private readonly Function _root;
    private readonly List<(Module Derived, Function Of, int Result)> _derivatives = [];

    public NestedDerivatives(Module module, int order)
    {
        _root = module.Root;
        for (int n = 1, at = 0; n <= order; n++)
        {
            var before = module.Root;
            module = Differentiation.Apply(
                n == 1 ? module : TaylorHarness.Prepared(module), CompanionKind.Jvp, TaylorHarness.Verified, CancellationToken.None);
            at = n == 1 ? module.Root.Body.Yields.Length - 1 : before.Body.Yields.Length + PlaceOfTangent(before, at);
            _derivatives.Add((module, before, at));
        }
    }

    /// <summary>The derivatives of the orders 1, 2, ….</summary>
    public double[] At(params object[] args)
    {
        var variable = _root.Parameters.Single(p => p.Wrt && p.Value.Type.IsFloat).Value;
        var given = _root.Inputs.Zip(args, (parameter, arg) => (parameter.Value, arg)).ToDictionary(p => p.Value, p => p.arg);
        return [.. _derivatives.Select(derivative =>
        {
            // The tangents stand behind the parameters, in the order of what they belong to.
            var inputs = derivative.Derived.Root.Inputs;
            foreach (var (tangent, of) in inputs.Skip(derivative.Of.Inputs.Count).Zip(WithTangents(derivative.Of)))
            {
                given[tangent.Value] = given[of] is Array array ? new double[array.Length] : of.Equals(variable) ? 1.0 : 0.0;
            }

            return TaylorHarness.Run(derivative.Derived, inputs.Select(p => given[p.Value]), derivative.Result);
        })];
    }

    private static IEnumerable<Value> WithTangents(Function function)
    {
        var written = Signatures.Written(function);
        return function.Parameters.Where(p => Signatures.IsInput(p, written) || Signatures.IsInOut(p, written)).Select(p => p.Value);
    }

    /// <summary>
    /// A transform puts the tangents of the outputs behind the results, in the order of the parameters; which place that of a result gets there.
    /// </summary>
    private static int PlaceOfTangent(Function function, int result)
    {
        var results = function.Parameters.Where(p => p.IsResult).ToList();
        return results.Where(p => p.Value.Type.IsFloat && !p.Scratch).ToList().IndexOf(results[result - 1]);
    }
}
