using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;

namespace SoftDiff.Generator.Tests.Rules;

/// <summary>Builds a row's primal and its partials as functions of the IR, to evaluate and verify them.</summary>
internal static class RuleHarness
{
    public static readonly ScalarType TypeParameter = new(ScalarKind.Float, "T");

    /// <summary>The types of the function's inputs.</summary>
    public static ImmutableArray<ScalarType> Inputs(Opcode code, ScalarType type) => ScalarFunctions.Of(code).Signature.Types(type);

    /// <summary>The inputs that carry a derivative.</summary>
    public static IEnumerable<int> FloatInputs(Opcode code) =>
        Inputs(code, ScalarType.Double).Select((type, i) => (type, i)).Where(x => x.type.IsFloat).Select(x => x.i);

    /// <summary>The function itself: inputs to result.</summary>
    public static Function Primal(Opcode code, ScalarType type)
    {
        var (block, parameters) = Start(code, type);
        return new Function("Primal", ToParameters(parameters), type, block.Build(block.Compute(type, code, parameters.ToArray<Operand>())));
    }

    /// <summary>Inputs and then t to Push(input, t); null where the partial is identically zero. With literals, the last input is that constant.</summary>
    public static Function? Partial(ScalarFunction rule, int input, ScalarType type, double? literal = null, Action<string>? onRead = null)
    {
        var (block, parameters) = Start(rule.Code, type);
        var t = block.Values.Fresh(type, "t");
        var inputs = parameters.ToArray<Operand>();
        if (literal is { } number) inputs[^1] = parameters[^1].Type.IsFloat ? new NumberConstant(type, number) : new IntegerConstant(ScalarType.Int32, (long)number);
        var y = block.Compute(type, rule.Code, inputs);
        var builder = new RuleBuilder(block, type, i => Reading("X" + i, inputs[i]), () => Reading("Y", y));
        var partial = rule.Derivative!.Push(builder, input, t);
        return partial is null ? null : new Function("Partial", ToParameters(parameters.Append(t)), type, block.Build(partial));

        Operand Reading(string what, Operand operand)
        {
            onRead?.Invoke(what);
            return operand;
        }
    }

    public static double Evaluate(Function? function, IEnumerable<double> inputs, double t) =>
        function is null ? 0 : Interpreter.Number(function, Arguments(function, inputs.Append(t)));

    public static double Evaluate(Function primal, IEnumerable<double> inputs) => Interpreter.Number(primal, Arguments(primal, inputs));

    private static object[] Arguments(Function function, IEnumerable<double> inputs) => inputs.Zip(function.Parameters, (x, p) => ((ScalarType)p.Value.Type).Kind switch
    {
        ScalarKind.Int => (object)(long)x,
        ScalarKind.Bool => x != 0,
        _ => x,
    }).ToArray();

    private static (BlockBuilder Block, List<Value> Parameters) Start(Opcode code, ScalarType type)
    {
        var block = new BlockBuilder(new ValueSource());
        return (block, Inputs(code, type).Select((t, i) => block.Values.Fresh(t, "x" + i)).ToList());
    }

    private static ImmutableArray<Parameter> ToParameters(IEnumerable<Value> values) =>
        values.Select(v => new Parameter(v, ParameterMode.Value, false)).ToImmutableArray();
}
