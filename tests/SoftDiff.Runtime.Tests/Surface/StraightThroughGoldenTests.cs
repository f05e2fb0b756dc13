using System.Numerics;
using SoftDiff.Runtime.Tests.Golden;

namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>The straight-through operators in all their forms against the reference rows.</summary>
public class StraightThroughGoldenTests
{
    public static TheoryData<string, string> Operators()
    {
        var data = new TheoryData<string, string>();
        foreach (var op in GoldenFiles.Rows.Select(row => row.Op).Where(IsStraightThrough).Distinct(StringComparer.Ordinal))
        {
            data.Add(op, "double");
            data.Add(op, "float");
        }

        return data;
    }

    private static bool IsStraightThrough(string op) =>
        op.Contains("_st", StringComparison.Ordinal) || op.StartsWith("custom:", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Operators))]
    public void AgreesWithReferences(string op, string precision)
    {
        foreach (var row in GoldenFiles.Rows.Where(row => row.Op == op))
        {
            var outcome = precision == "double"
                ? Comparison.Run<double>(row, StraightThroughForms.Of)
                : Comparison.Run<float>(row, StraightThroughForms.Of);
            Assert.True(outcome.Passed, outcome.ToString());
        }
    }
}

internal static class StraightThroughForms
{
    /// <summary>The forms in which the operator of a row can be called.</summary>
    public static IEnumerable<Form<T>> Of<T>(Call<T> call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => call.Row.Op switch
        {
            "top_k_st.values" => new ReflectedForms<T>(call, "TopKSt", "values").All(),
            "top_k_st.indices" => new ReflectedForms<T>(call, "TopKSt", "indices").All(),
            "custom:st(relu(x)*relu(y))" => OfProducts(call, nameof(Products.ReluProductSt)),
            "custom:relu_st(x)*relu_st(y)" => OfProducts(call, nameof(Products.ReluStProduct)),
            "custom:grad_replace(forward=round(x), backward=x*x)" => OfProducts(call, nameof(Products.RoundForSquare)),
            "clip_st" => new ReflectedForms<T>(call, "ClampSt").All(),
            var op => new ReflectedForms<T>(call, op.Replace("_", "", StringComparison.Ordinal)).All(),
        };

    private static IEnumerable<Form<T>> OfProducts<T>(Call<T> call, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new ReflectedForms<T>(call, name, owner: typeof(Products)).All();
}
