using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Tests.Batching;

/// <summary>The batch of every probe, of its batch and of its gradient gives the bits that a loop of calls gives, and throws what the loop throws.</summary>
public sealed class BatchedProbeTests
{
    public static TheoryData<string, BatchForm> Cases()
    {
        TheoryData<string, BatchForm> cases = [];
        foreach (Probe probe in BatchedProbes.All)
        {
            foreach (BatchForm form in BatchedProbes.Forms(probe)) cases.Add(probe.Id, form);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_batch_equals_the_loop(string probe, BatchForm form)
    {
        Probe one = BatchedProbes.All.Single(other => other.Id == probe);
        foreach (int batch in new[] { 0, 1, 3 })
        {
            string? difference = BatchedProbes.Shared.Compare(one, form, batch);
            Assert.True(difference is null, $"{probe}, batch of {batch}, at its point {difference}");
        }
    }
}
