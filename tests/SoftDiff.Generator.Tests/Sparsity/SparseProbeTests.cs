using SoftDiff.Generator.Tests.Batching;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Sparsity;

/// <summary>The sparse Jacobian of every probe is the dense one at all of its points, and both throw what the probe throws.</summary>
public sealed class SparseProbeTests
{
    public static TheoryData<string> Cases => [.. BatchedProbes.All.Select(probe => probe.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_sparse_Jacobian_is_the_dense_one(string probe)
    {
        string? difference = SparseProbes.Shared.Compare(BatchedProbes.All.Single(other => other.Id == probe));
        Assert.True(difference is null, $"{probe}, {difference}");
    }

    /// <summary>
    /// Methods that call themselves as often as floats say, and those with a variable that holds one array or another, or a part, as floats
    /// say. And those that read objects, whose contents may change from call to call.
    /// </summary>
    [Fact]
    public void Only_arrays_and_recursion_that_depend_on_floats_and_objects_are_refused()
    {
        string[] expected =
        [
            "Adaptive", "AdaptiveSimpson", "ArrayOfObjects", "Arrays", "Assigned", "AssignedFirst", "AssignedText", "BestAndLast",
            "ByClass", "ByIndex", "ByInterface", "ByParts", "ByQuery", "Chained", "Chosen", "ChosenOutput", "Conditional",
            "ConditionalSwap", "Counting", "Curve", "CurveAt", "DateParameter", "Dates", "DeclaredBefore", "Dictionary", "Either",
            "Enumerable", "Exchanged", "Field", "Filtered", "FixedPoint", "GotoMade", "Halve", "HeldArray", "HeldMatrix", "InList",
            "Indexed", "Integers", "Interface", "Jumps", "LengthOfText", "Linked", "Listed", "Lu", "MadeOfConstants", "March", "Marked",
            "MayBeNull", "Merge", "Missing", "Nested", "NestedMade", "Newton2", "Numbers", "OfObject", "OneBranch", "OverEnumerable",
            "OverInterface", "Paired", "PassedRandom", "Positive", "PowerIteration", "PresentValue", "Query", "QuickSelect2", "QuickSort",
            "Recurrence", "RefBeside", "Replaced", "Returned", "SealedClass", "SealedField", "SeededRandom", "Solved", "Static",
            "StaticObject", "Stats", "Steps", "Strings", "Sum", "Syntax", "ThroughInterface", "Tuples", "Types", "Unknown", "UntilSmall",
            "Used", "Weighted", "Whiled", "WithoutSetters", "Written", "Zipped",
        ];
        var refused = SparseProbes.Shared.Refused.ToHashSet();
        Assert.True(
            refused.SetEquals(expected),
            $"refused besides: {string.Join(", ", refused.Except(expected))}; not refused: {string.Join(", ", expected.Except(refused))}");
    }
}
