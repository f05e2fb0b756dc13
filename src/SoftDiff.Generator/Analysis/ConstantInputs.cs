namespace SoftDiff.Generator.Analysis;

/// <summary>
/// Finds the inputs that must be constant, in functions that call each other (a least fixed point). An input must be constant if it reaches
/// an argument that a rule does not differentiate. So must a read-only array that is marked [NonDifferentiable], because a derivative can
/// be cut off at numbers but not at arrays. Arrays count as a whole. Relies on the values that <see cref="Activity"/> finds varied if one
/// input varies.
/// </summary>
internal sealed class ConstantInputs
{
    private readonly Dictionary<string, HashSet<int>> _inputs;

    public ConstantInputs(IReadOnlyDictionary<string, Function> functions)
    {
        _inputs = functions.Values.ToDictionary(f => f.Name, Marked, StringComparer.Ordinal);
        bool changed;
        do
        {
            changed = false;
            foreach (var function in functions.Values)
            {
                var inputs = function.Inputs;
                for (var i = 0; i < inputs.Count; i++)
                {
                    if (!inputs[i].Value.Type.CarriesDerivative || Contains(function.Name, i)) continue;
                    var activity = Varying(function, new[] { inputs[i] });
                    changed |= function.Body.AllOps().Any(op => Reaches(op, activity)) && _inputs[function.Name].Add(i);
                }
            }
        }
        while (changed);
    }

    /// <summary>Whether a function has such an input or a call with such an argument.</summary>
    public static bool Exist(Function function) => function.Parameters.Any(IsMarked) || function.Body.AllOps().OfType<RuleCall>().Any(call => Of(call).Any());

    /// <summary>Whether it is an array that is only read, marked [NonDifferentiable].</summary>
    public static bool IsMarked(Parameter input) => input is { Scratch: true, Value.Type: ArrayType { IsReadOnly: true } };

    /// <summary>Whether the argument for an input must be constant; the input is given by its position.</summary>
    public bool Contains(string function, int position) => _inputs[function].Contains(position);

    /// <summary>The values that depend on the given parameters of a function.</summary>
    public static Activity Varying(Function function, IEnumerable<Parameter> parameters) =>
        Activity.Varying(function.Body, new Definitions(function), parameters.Select(p => p.Value));

    private bool Reaches(Op op, Activity activity) => op switch
    {
        RuleCall call => Of(call).Any(activity.IsVaried),
        Call call => _inputs[call.Callee].Any(i => activity.IsVaried(call.Args[i])),
        // The parameters of its target come first.
        Transform transform => _inputs[transform.Target].Any(i => activity.IsVaried(transform.Args[i])),
        _ => false,
    };

    private static HashSet<int> Marked(Function function)
    {
        var inputs = function.Inputs;
        return new HashSet<int>(Enumerable.Range(0, inputs.Count).Where(i => IsMarked(inputs[i])));
    }

    private static IEnumerable<Operand> Of(RuleCall call) => call.Args.Where((_, i) => call.Rule.Parameters[i].IsConstant);
}
