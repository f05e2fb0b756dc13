namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>The adjoint of a scalar function: the cotangent of its result times each partial.</summary>
internal sealed class ScalarAdjoints
{
    private readonly ReverseSweep _sweep;
    private readonly PolynomialAdjoints _polynomials;

    public ScalarAdjoints(ReverseSweep sweep)
    {
        _sweep = sweep;
        _polynomials = new PolynomialAdjoints(sweep);
    }

    public void Reverse(Compute compute, Frame frame)
    {
        if (_sweep.Take(compute.Result, frame) is not { } bar) return;
        if (ScalarFunctions.Of(compute.Code).Derivative is not { } rule) return;
        var builder = new RuleBuilder(
            frame.Code, (ScalarType)compute.Result.Type, i => _sweep.Need(compute.Args[i], frame), () => _sweep.Need(compute.Result, frame),
            typeOfPush: i => (ScalarType)compute.Args[i].Type);
        if (_polynomials.Reverse(compute, bar, builder, frame)) return;
        if (compute.Code == Opcode.Multiply && compute.Args[0].Equals(compute.Args[1]))
        {
            // x·x: twice the one product, exactly, instead of the product added to itself.
            if (!_sweep.IsActive(compute.Args[0])) return;
            var twice = builder.Multiply(builder.Number(2), bar);
            _sweep.Contribute(compute.Args[0], builder.Multiply(twice, builder.X()), frame);
            return;
        }

        if (compute.Code == Opcode.Log && _sweep.Primal.Definitions.OpOf(compute.Args[0]) is Compute { Code: Opcode.Divide } quotient)
        {
            // ln(a / b) has the partials 1/a and −1/b: two divisions that do not wait for each other, and fewer roundings than through
            // the quotient.
            var (a, b) = (quotient.Args[0], quotient.Args[1]);
            if (_sweep.IsActive(a)) _sweep.Contribute(a, builder.Divide(bar, _sweep.Need(a, frame)), frame);
            if (_sweep.IsActive(b)) _sweep.Contribute(b, builder.Negate(builder.Divide(bar, _sweep.Need(b, frame))), frame);
            return;
        }

        for (var i = 0; i < compute.Args.Length; i++)
        {
            if (_sweep.IsActive(compute.Args[i])) _sweep.Contribute(compute.Args[i], rule.Push(builder, i, bar), frame);
        }
    }
}
