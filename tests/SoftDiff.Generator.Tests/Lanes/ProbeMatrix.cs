using System.Collections.Immutable;
using System.Globalization;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms;
using SoftDiff.Generator.Transforms.Declared;
using Module = SoftDiff.Generator.IR.Module;

namespace SoftDiff.Generator.Tests.Lanes;

/// <summary>A Hessian or Jacobian of a probe, compiled with some options and run by the interpreter of the IR.</summary>
/// <param name="target">The probe, lowered.</param>
/// <param name="what">The transformation.</param>
internal sealed class ProbeMatrix(Module target, Transformation what)
{
    private readonly TargetShape _shape = TargetShape.Of(target.Root, what, Functions(target).ToDictionary(f => f.Name));

    public Companion Compile(TransformOptions options)
    {
        ValueSource values = new(target.Root.MaxId() + 1);
        var parameters = target.Root.Parameters.Select(p => p with { Value = values.Fresh(p.Value.Type, p.Name) }).ToImmutableArray();
        var matrix = values.Fresh(new ArrayType(_shape.Element, ArrayForm.Span), what.Kind.ToString().ToLowerInvariant());
        parameters = parameters.Add(new Parameter(matrix, ParameterMode.Value, Wrt: false));
        var results = parameters.Where(p => p.IsResult).Select(p => values.Fresh(p.Value.Type)).ToImmutableArray();
        Transform body = new(results, what, target.Root.Name, [.. parameters.Where(p => p.Mode != ParameterMode.Out).Select(p => p.Value)]);
        Function root = new("ProbeMatrix", parameters, null, new Block([body], [.. results]));
        return Companions.Generate(target with { Root = root, Callees = [.. Functions(target)] }, options, CancellationToken.None).Single();
    }

    /// <summary>The matrix at a point, and what the probe wrote to its parameters.</summary>
    public double[] Run(Companion compiled, ProbePoint point)
    {
        var inputs = target.Root.Inputs.Select(p => Argument(p.Value.Type, point.Arguments[p.Name.TrimStart('@')])).ToArray();
        int Count(IEnumerable<Parameter> parameters) => parameters.Sum(p => p.Value.Type is ArrayType ? Length(inputs[target.Root.Inputs.IndexOf(p)]) : 1);
        var columns = Count(target.Root.Parameters.Where(p => _shape.Columns.Any(c => c.Name == p.Name)));
        var rows = Count(target.Root.Parameters.Where(p => _shape.Rows.Any(r => r.Name == p.Name))) + (target.Root.Returns is { IsFloat: true } ? 1 : 0);
        var matrix = new double[columns * (what.Kind == TransformationKind.Hessian ? columns : rows)];
        var results = new Interpreter([.. compiled.Helpers]).Call(compiled.Function, [.. inputs, matrix]);
        return [.. matrix, .. results.OfType<double>(), .. inputs.OfType<double[]>().SelectMany(x => x)];
    }

    /// <summary>The probe and what it calls; a recursive one calls itself.</summary>
    private static IEnumerable<Function> Functions(Module module) =>
        module.Callees.Where(f => f.Name != module.Root.Name).Append(module.Root).OrderBy(f => f.Name, StringComparer.Ordinal);

    private static int Length(object argument) => argument is Interpreter.Tensor tensor ? tensor.Elements.Length : ((Array)argument).Length;

    private static object Argument(IrType type, string text) => type switch
    {
        ArrayType { IsContainer: true, Element.Kind: ScalarKind.Float } container => new Interpreter.Tensor(
            [.. ArgumentText.Items(text).Select(Number)], [.. container.IsJagged ? ArgumentText.RowLengths(text) : ArgumentText.Lengths(text)]),
        ArrayType { IsContainer: true } => throw new NotSupportedException(type.ToString()),
        ArrayType { Element.Kind: ScalarKind.Float } => ArgumentText.Items(text).Select(Number).ToArray(),
        ArrayType { Element.Kind: ScalarKind.Int } => ArgumentText.Items(text).Select(item => int.Parse(item, CultureInfo.InvariantCulture)).ToArray(),
        ScalarType { Kind: ScalarKind.Float } => Number(text),
        ScalarType { Kind: ScalarKind.Int } => long.Parse(text, CultureInfo.InvariantCulture),
        ScalarType { Kind: ScalarKind.Bool } => bool.Parse(text),
        _ => throw new NotSupportedException(type.ToString()),
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
