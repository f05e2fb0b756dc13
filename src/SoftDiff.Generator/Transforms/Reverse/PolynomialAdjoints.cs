namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoint of a polynomial in one value (Horner's scheme, a power written out). Its derivative is computed forward beside it, which
/// takes fewer operations than to go back through it and does not wait for the cotangent; one product joins the two. (Preaccumulation of a
/// statement: Griewank and Walther 2008, section 10.2.)
/// </summary>
internal sealed class PolynomialAdjoints(ReverseSweep sweep)
{
    /// <summary>How often a value must occur in an expression for the expression to count as a polynomial in it.</summary>
    private const int FewestOccurrences = 2;

    private readonly Dictionary<Value, (Value? Variable, int Occurrences)?> _forms = new();

    /// <summary>Contributes to the one variable of a polynomial; false if the operation is none.</summary>
    public bool Reverse(Compute compute, Operand bar, RuleBuilder builder, Frame frame)
    {
        if (!IsPolynomial(compute) || Form(compute) is not ({ } variable, >= FewestOccurrences)) return false;
        sweep.Contribute(variable, builder.Multiply(bar, Slope(compute, variable, builder, frame)), frame);
        return true;
    }

    private static bool IsPolynomial(Compute compute) =>
        compute.Result.Type.IsFloat && compute.Code is Opcode.Add or Opcode.Subtract or Opcode.Multiply or Opcode.Negate;

    /// <summary>
    /// The variable of the polynomial and how often it occurs; null if there is a second variable. It is kept, because the sum of many terms
    /// is asked for once for each of its partial sums.
    /// </summary>
    private (Value? Variable, int Occurrences)? Form(Compute compute)
    {
        if (_forms.TryGetValue(compute.Result, out var form)) return form;
        foreach (var part in ArgumentsFirst(compute, isNeeded: op => !_forms.ContainsKey(op.Result))) _forms[part.Result] = FormOf(part);
        return _forms[compute.Result];
    }

    /// <summary>
    /// The operations of an expression, each after its arguments. Thousands of statements can be one expression, so nothing here recurs: the
    /// stack would overflow.
    /// </summary>
    private IEnumerable<Compute> ArgumentsFirst(Compute compute, Func<Compute, bool> isNeeded)
    {
        var operations = new List<Compute>();
        var open = new Stack<Compute>();
        open.Push(compute);
        while (open.Count > 0)
        {
            var next = open.Pop();
            operations.Add(next);
            foreach (var arg in next.Args.Where(sweep.IsActive).Cast<Value>())
            {
                if (Inner(arg, next) is { } inner && isNeeded(inner)) open.Push(inner);
            }
        }

        operations.Reverse();
        return operations;
    }

    private (Value? Variable, int Occurrences)? FormOf(Compute compute)
    {
        (Value? Variable, int Occurrences) form = (null, 0);
        foreach (var arg in compute.Args.Where(sweep.IsActive).Cast<Value>())
        {
            var part = Inner(arg, compute) is { } inner ? _forms[inner.Result] : (arg, 1);
            if (part is not var (variable, occurrences)) return null;
            if (variable is not null && form.Variable is not null && !variable.Equals(form.Variable)) return null;
            form = (form.Variable ?? variable, form.Occurrences + occurrences);
        }

        return form;
    }

    /// <summary>The operation that computes a value for the polynomial's next step alone.</summary>
    private Compute? Inner(Value value, Compute outer) =>
        sweep.Primal.Definitions.TryGet(value, out var definition) && definition.Op is Compute compute && IsPolynomial(compute)
        && ReferenceEquals(definition.Block, sweep.Primal.Definitions[outer.Result].Block)
        && sweep.Primal.Reads(value) == 1 ? compute : null;

    /// <summary>The derivative with respect to the variable, which occurs in the polynomial.</summary>
    private Operand Slope(Compute compute, Value variable, RuleBuilder builder, Frame frame)
    {
        var slopes = new Dictionary<Operand, Operand> { [variable] = builder.Number(1) };
        foreach (var part in ArgumentsFirst(compute, isNeeded: _ => true).Where(DependsOnVariable)) slopes[part.Result] = SlopeOf(part, slopes, variable, builder, frame);
        return slopes[compute.Result];
    }

    /// <summary>Whether the variable occurs in the part. Where every number counts as active, parts may be made of constants alone.</summary>
    private bool DependsOnVariable(Compute part) => _forms[part.Result] is ({ }, _);

    /// <summary>The derivative of one operation, given those of the arguments that depend on the variable.</summary>
    private Operand SlopeOf(Compute compute, Dictionary<Operand, Operand> slopes, Value variable, RuleBuilder builder, Frame frame)
    {
        Operand? Of(int i) => slopes.TryGetValue(compute.Args[i], out var slope) ? slope : null;

        var left = Of(0);
        if (compute.Code == Opcode.Negate) return builder.Negate(left!);
        var right = Of(1);
        if (compute.Code != Opcode.Multiply)
        {
            if (right is null) return left!;
            if (left is null) return compute.Code == Opcode.Add ? right : builder.Negate(right);
            return compute.Code == Opcode.Add ? builder.Add(left, right) : builder.Subtract(left, right);
        }

        if (compute.Args[0].Equals(compute.Args[1])) return builder.Multiply(builder.Number(2), sweep.Need(variable, frame));
        var first = left is null ? null : builder.Multiply(left, sweep.Need(compute.Args[1], frame));
        var second = right is null ? null : builder.Multiply(sweep.Need(compute.Args[0], frame), right);
        return first is null ? second! : second is null ? first : builder.Add(first, second);
    }
}
