using SoftDiff.Runtime.Tests.Surface;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>A public operator.</summary>
/// <param name="Owner">The class.</param>
/// <param name="Method">The name of its methods.</param>
/// <param name="Output">The parameter that receives the result, where it is written.</param>
internal sealed record OperatorName(Type Owner, string Method, string Output = "destination");

/// <summary>What the operators and options of the reference rows are called here. An operator that has no name here is a failure.</summary>
internal static class OperatorNames
{
    private static readonly Dictionary<string, OperatorName> Known = new(StringComparer.Ordinal)
    {
        ["sigmoidal"] = Soft("Sigmoidal"),
        ["softrelu"] = Soft("Softrelu"),
        ["heaviside"] = Soft("Heaviside"),
        ["sign"] = Soft("Sign"),
        ["abs"] = Soft("Abs"),
        ["relu"] = Soft("Relu"),
        ["clip"] = Soft("Clamp"),
        ["round"] = Soft("Round"),
        ["greater"] = Soft("Greater"),
        ["greater_equal"] = Soft("GreaterEqual"),
        ["less"] = Soft("Less"),
        ["less_equal"] = Soft("LessEqual"),
        ["equal"] = Soft("Equal"),
        ["not_equal"] = Soft("NotEqual"),
        ["isclose"] = Soft("IsClose"),
        ["logical_and"] = Soft("And"),
        ["logical_or"] = Soft("Or"),
        ["logical_xor"] = Soft("Xor"),
        ["logical_not"] = Soft("Not"),
        ["all"] = Soft("All"),
        ["any"] = Soft("Any"),
        ["where"] = Soft("Where"),
        ["take"] = Soft("Take"),
        ["take_along_axis"] = Soft("TakeAlongAxis"),
        ["choose"] = Soft("Choose"),
        ["dynamic_index_in_dim"] = Soft("DynamicIndexInDim"),
        ["dynamic_slice_in_dim"] = Soft("DynamicSliceInDim"),
        ["dynamic_slice"] = Soft("DynamicSlice"),
        ["argmax"] = Soft("ArgMax"),
        ["argmin"] = Soft("ArgMin"),
        ["max"] = Soft("Max"),
        ["min"] = Soft("Min"),
        ["argsort"] = Soft("ArgSort"),
        ["sort"] = Soft("Sort"),
        ["rank"] = Soft("Rank"),
        ["argquantile"] = Soft("ArgQuantile"),
        ["argmedian"] = Soft("ArgMedian"),
        ["argpercentile"] = Soft("ArgPercentile"),
        ["quantile"] = Soft("Quantile"),
        ["median"] = Soft("Median"),
        ["percentile"] = Soft("Percentile"),
        ["top_k.values"] = Soft("TopK", "values"),
        ["top_k.indices"] = Soft("TopK", "indices"),
        ["sqrt"] = new(typeof(Safe), "Sqrt"),
        ["log"] = new(typeof(Safe), "Log"),
        ["arcsin"] = new(typeof(Safe), "Asin"),
        ["arccos"] = new(typeof(Safe), "Acos"),
        ["div"] = new(typeof(Safe), "Div"),
        ["norm"] = new(typeof(Safe), "Norm"),
        ["random.categorical"] = Random("Categorical"),
        ["random.choice"] = Random("Choice"),
        ["random.permutation"] = Random("Permutation"),
        ["random.bernoulli"] = Random("Bernoulli"),
        ["custom:st(relu(x)*relu(y))"] = new(typeof(Products), nameof(Products.ReluProductSt)),
        ["custom:relu_st(x)*relu_st(y)"] = new(typeof(Products), nameof(Products.ReluStProduct)),
        ["custom:grad_replace(forward=round(x), backward=x*x)"] = new(typeof(Products), nameof(Products.RoundForSquare)),
    };

    /// <summary>The operator of a row; straight-through forms are named after the operator, with St.</summary>
    public static OperatorName? Find(string op)
    {
        if (Known.TryGetValue(op, out var name)) return name;
        return op.Contains("_st", StringComparison.Ordinal) && Known.TryGetValue(op.Replace("_st", "", StringComparison.Ordinal), out name)
            ? name with { Method = name.Method + "St" }
            : null;
    }

    /// <summary>The option of a row that a parameter stands for.</summary>
    public static string Option(string parameter) => parameter switch
    {
        "relativeTolerance" => "rtol",
        "absoluteTolerance" => "atol",
        "keepDims" => "keepdims",
        _ => Snake(parameter),
    };

    /// <summary>softIndex for soft_index.</summary>
    public static string Snake(string parameter) =>
        string.Concat(parameter.Select(c => char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));

    private static OperatorName Random(string method) => new(typeof(SoftDiff.Soft.Random), method);

    private static OperatorName Soft(string method, string output = "destination") => new(typeof(SoftDiff.Soft), method, output);
}
