namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoint of a polynomial in one value (Horner's scheme, a power written out). Its derivative is computed forward beside it, which
/// takes fewer operations than to go back through it and does not wait for the cotangent; one product joins the two. (Preaccumulation of a
/// statement: Griewank and Walther 2008, section 10.2.)
/// </summary>
internal sealed class PolynomialAdjoints
{
    /// <summary>How often a value must occur in an expression for the expression to count as a polynomial in it.</summary>
    private const int FewestOccurrences = 2;

    private readonly ReverseSweep _sweep;

    public PolynomialAdjoints(ReverseSweep sweep) => _sweep = sweep;

    /// <summary>Contributes to the one variable of a polynomial; false if the operation is none.</summary>
    public bool Reverse(Compute compute, Operand bar, RuleBuilder builder, Frame frame)
    {
        Value? variable = null;
        if (!IsPolynomial(compute) || Occurrences(compute, ref variable) is not >= FewestOccurrences) return false;
        _sweep.Contribute(variable!, builder.Multiply(bar, Slope(compute, variable!, builder, frame)!), frame);
        return true;
    }

    private static bool IsPolynomial(Compute compute) =>
        compute.Result.Type.IsFloat && compute.Code is Opcode.Add or Opcode.Subtract or Opcode.Multiply or Opcode.Negate;

    /// <summary>How often the polynomial's variable occurs; null if there is a second variable.</summary>
    private int? Occurrences(Compute compute, ref Value? variable)
    {
        int? count = 0;
        foreach (var arg in compute.Args.Where(_sweep.IsActive).Cast<Value>())
        {
            if (Inner(arg, compute) is { } inner)
            {
                count += Occurrences(inner, ref variable);
            }
            else if (variable is null || variable.Equals(arg))
            {
                variable = arg;
                count++;
            }
            else
            {
                return null;
            }
        }

        return count;
    }

    /// <summary>The operation that computes a value for the polynomial's next step alone.</summary>
    private Compute? Inner(Value value, Compute outer) =>
        _sweep.Primal.Definitions.TryGet(value, out var definition) && definition.Op is Compute compute && IsPolynomial(compute)
        && ReferenceEquals(definition.Block, _sweep.Primal.Definitions[outer.Result].Block)
        && _sweep.Primal.Reads(value) == 1 ? compute : null;

    /// <summary>The derivative with respect to the variable; null where it does not occur.</summary>
    private Operand? Slope(Compute compute, Value variable, RuleBuilder builder, Frame frame)
    {
        Operand? Of(int i)
        {
            if (compute.Args[i].Equals(variable)) return builder.Number(1);
            if (compute.Args[i] is not Value value || !_sweep.IsActive(value)) return null;
            return Slope(Inner(value, compute)!, variable, builder, frame);
        }

        var left = Of(0);
        if (compute.Code == Opcode.Negate) return builder.Negate(left!);
        var right = Of(1);
        if (compute.Code != Opcode.Multiply)
        {
            if (right is null) return left;
            if (left is null) return compute.Code == Opcode.Add ? right : builder.Negate(right);
            return compute.Code == Opcode.Add ? builder.Add(left, right) : builder.Subtract(left, right);
        }

        if (compute.Args[0].Equals(compute.Args[1])) return builder.Multiply(builder.Number(2), _sweep.Need(variable, frame));
        var first = left is null ? null : builder.Multiply(left, _sweep.Need(compute.Args[1], frame));
        var second = right is null ? null : builder.Multiply(_sweep.Need(compute.Args[0], frame), right);
        return first is null ? second : second is null ? first : builder.Add(first, second);
    }
}
