namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the active values and arrays: those that depend on a differentiated input (varied) and influence a differentiated output (useful).
/// All others have derivative zero and get no derivative code. Both directions are least fixed points over the function; arrays count as a
/// whole. Relies on <see cref="Definitions"/> to know which arrays share storage. (Griewank and Walther, Evaluating Derivatives, 2008,
/// section 6.2.)
/// </summary>
internal sealed class Activity
{
    private readonly Definitions _definitions;
    private readonly HashSet<Operand> _varied = new();
    private readonly HashSet<Operand> _useful = new();
    private readonly bool _enabled;
    private bool _changed;

    /// <param name="function">The function to analyse.</param>
    /// <param name="definitions">Its definitions.</param>
    /// <param name="inputs">Differentiated inputs: scalar parameters and arrays.</param>
    /// <param name="outputs">Differentiated outputs: values the function yields, and arrays.</param>
    /// <param name="enabled">If false, every floating-point value but a part of a constant counts as active. Results must not change.</param>
    public Activity(Function function, Definitions definitions, IEnumerable<Operand> inputs, IEnumerable<Operand> outputs, bool enabled = true)
        : this(function.Body, definitions, inputs, outputs, enabled)
    {
    }

    private Activity(Block body, Definitions definitions, IEnumerable<Operand> inputs, IEnumerable<Operand> outputs, bool enabled)
    {
        _definitions = definitions;
        _enabled = enabled;
        foreach (var input in inputs) _varied.Add(input);
        foreach (var output in outputs) _useful.Add(output);
        if (!enabled) return;
        do
        {
            _changed = false;
            Vary(body);
        }
        while (_changed);
        do
        {
            _changed = false;
            Use(body);
        }
        while (_changed);
    }

    /// <summary>Marks what depends on the inputs, in one block.</summary>
    public static Activity Varying(Block body, Definitions definitions, IEnumerable<Operand> inputs) =>
        new(body, definitions, inputs, Enumerable.Empty<Operand>(), enabled: true);

    /// <summary>Whether a scalar or an array (by its root) is active.</summary>
    public bool IsActive(Operand operand)
    {
        if (!operand.Type.CarriesDerivative || operand is not Value) return false;
        var root = operand.Type.IsStorage ? _definitions.Root(operand) : operand;
        return root is Value && (!_enabled || (_varied.Contains(root) && _useful.Contains(root)));
    }

    /// <summary>Whether a scalar or an array (by its root) depends on a differentiated input.</summary>
    public bool IsVaried(Operand operand) => Has(_varied, operand);

    /// <summary>Whether a loop's variable is active in the loop, or its final value is active after the loop.</summary>
    public bool IsActive(Carried carried) => IsActive(carried.Param) || IsActive(carried.Result);

    private bool Has(HashSet<Operand> set, Operand operand) =>
        operand is Value && IsFollowed(operand.Type) && set.Contains(operand.Type.IsStorage ? _definitions.Root(operand) : operand);

    // An opaque residual has no derivative of its own. It is followed all the same: its contents depend on the arguments of the forward
    // method.
    private static bool IsFollowed(IrType type) => type.CarriesDerivative || type is ScalarType { Kind: ScalarKind.Opaque };

    private void Mark(HashSet<Operand> set, Operand operand)
    {
        if (operand is not Value || !IsFollowed(operand.Type)) return;
        var key = operand.Type.IsStorage ? _definitions.Root(operand) : operand;
        if (key is Value && set.Add(key)) _changed = true;
    }

    private void Vary(Block block)
    {
        foreach (var op in block.Ops)
        {
            VaryResults(op);
            if (op.Blocks().IsEmpty) continue;
            foreach (var inner in op.Blocks()) Vary(inner);
            VaryResults(op);
        }
    }

    private void VaryResults(Op op)
    {
        foreach (var (to, from) in op.Flows())
        {
            if (Has(_varied, from)) Mark(_varied, to);
        }
    }

    private void Use(Block block)
    {
        for (var i = block.Ops.Length - 1; i >= 0; i--)
        {
            var op = block.Ops[i];
            UseOperands(op);
            if (op.Blocks().IsEmpty) continue;
            foreach (var inner in op.Blocks()) Use(inner);
            UseOperands(op);
        }
    }

    private void UseOperands(Op op)
    {
        foreach (var (to, from) in op.Flows())
        {
            if (Has(_useful, to)) Mark(_useful, from);
        }
    }
}
