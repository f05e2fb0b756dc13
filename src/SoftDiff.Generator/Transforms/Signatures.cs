using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms;

/// <summary>Decides the role of each parameter of the primal in its derivatives, and the names of the companions.</summary>
internal static class Signatures
{
    /// <summary>Whether the parameter's cotangent goes in and out: a buffer the method may write, or a <c>ref</c>.</summary>
    public static bool IsInOut(Parameter parameter, ISet<Operand> written)
    {
        if (!parameter.Value.Type.CarriesDerivative || parameter.Scratch) return false;
        return parameter.Value.Type switch
        {
            ArrayType { Form: ArrayForm.Span or ArrayForm.Tensor or ArrayForm.Memory } => true,
            ArrayType { Form: ArrayForm.Array or ArrayForm.Matrix or ArrayForm.Jagged or ArrayForm.Listed } => written.Contains(parameter.Value),
            ArrayType => false,
            _ => parameter.Mode == ParameterMode.Ref,
        };
    }

    /// <summary>A cotangent that only comes in: an <c>out</c> parameter's.</summary>
    public static bool IsOut(Parameter parameter) =>
        (parameter.Value.Type.IsFloat || parameter.Value.Type.IsFloatArray) && parameter.Mode == ParameterMode.Out && !parameter.Scratch;

    /// <summary>Whether the parameter has a gradient output or tangent of its own that is not in-out.</summary>
    public static bool IsInput(Parameter parameter, ISet<Operand> written) =>
        parameter.Value.Type.CarriesDerivative && parameter.Wrt && !parameter.Scratch && !IsInOut(parameter, written) && !IsOut(parameter);

    /// <summary>The order of cotangents: those of what the C# method returns come first.</summary>
    public static IEnumerable<Parameter> ResultsFirst(IEnumerable<Parameter> parameters) => parameters.OrderBy(p => p.IsReturned ? 0 : 1);

    /// <summary>The order of tangents: those of what the C# method returns come last.</summary>
    public static IEnumerable<Parameter> ResultsLast(IEnumerable<Parameter> parameters) => parameters.OrderBy(p => p.IsReturned ? 1 : 0);

    /// <summary>Arrays among the parameters that the function may write.</summary>
    public static HashSet<Operand> Written(Function function)
    {
        var written = new Effects(new Definitions(function)).Writes(function.Body);
        written.RemoveWhere(root => !function.Parameters.Any(p => p.Value.Equals(root)));
        return written;
    }

    /// <summary>Differentiated inputs and outputs of a method as its companions see them.</summary>
    public static (List<Operand> Inputs, List<Operand> Outputs) Ends(Function function, ISet<Operand> written)
    {
        var (inputs, outputs) = (new List<Operand>(), new List<Operand>());
        foreach (var parameter in function.Parameters)
        {
            if (IsInput(parameter, written) || IsInOut(parameter, written)) inputs.Add(parameter.Value);
            if (IsInOut(parameter, written) && parameter.Value.Type is ArrayType) outputs.Add(parameter.Value);
            if (parameter.IsResult && !parameter.Scratch) outputs.Add(ResultOf(function, parameter));
        }

        if (function.Returns is not null) outputs.Add(function.Body.Yields[0]);
        return (inputs, outputs);
    }

    /// <summary>The operand that the body yields for a <c>ref</c> or <c>out</c> parameter.</summary>
    public static Operand ResultOf(Function function, Parameter parameter)
    {
        var position = function.Returns is null ? 0 : 1;
        foreach (var other in function.Parameters)
        {
            if (ReferenceEquals(other, parameter)) return function.Body.Yields[position];
            if (other.IsResult) position++;
        }

        throw new ArgumentException(parameter.Name);
    }

    /// <summary><c>x</c> with prefix <c>d</c> is <c>dX</c>; a name the method already uses gets a number.</summary>
    public static string Name(string prefix, string name, HashSet<string> taken)
    {
        var bare = name.TrimStart('@');
        return Distinct(prefix + char.ToUpperInvariant(bare[0]) + bare.Substring(1), taken);
    }

    /// <summary>The name, with a number after it if it is taken.</summary>
    public static string Distinct(string name, HashSet<string> taken)
    {
        var distinct = name;
        for (var i = 2; !taken.Add(distinct); i++) distinct = name + "_" + i;
        return distinct;
    }

    /// <summary>The function with a number after every parameter name that an earlier parameter has: two results have two cotangents.</summary>
    public static Function WithDistinctNames(Function function)
    {
        var taken = new HashSet<string>(function.Parameters.Select(p => p.Name), StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Parameter Distinct(Parameter parameter)
        {
            if (seen.Add(parameter.Name)) return parameter;
            var name = parameter.Name;
            for (var i = 2; !taken.Add(name); i++) name = parameter.Name + "_" + i;
            return parameter with { Value = parameter.Value with { Name = name } };
        }

        return function with { Parameters = function.Parameters.Select(Distinct).ToImmutableArray() };
    }

    /// <summary>
    /// The type of a companion's parameter for an array: a span, or a tensor for a tensor. Gradients are writable; tangents that are only
    /// read are read-only.
    /// </summary>
    public static IrType Companion(IrType type, bool writable) =>
        type is not ArrayType array ? type : writable ? array.Writable() : array.ReadOnly();
}
