using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Tests.Analysis;

public sealed class DataDependenceTests
{
    [Fact]
    public void What_an_object_gives_depends_on_data()
    {
        var parsed = Parsed.Body("""
            %20: span<int> = allocate %2
            evaluate read fills "A.CopyTo({0}, {1})" %3, %20
            %21: int = load %20[0]
            %22: int = evaluate read "A.Count({0})" %3
            %23: int = Add %2, %3
            """);
        var callees = new CalleeDependence(_ => throw new InvalidOperationException("it calls nothing"));
        var dependence = new DataDependence(parsed.Function, parsed.Definitions, [], isUnsure: false, callees);
        Assert.Equal([20, 21, 22], new[] { 20, 21, 22, 23 }.Where(id => dependence.Has(parsed[id])));
    }
}
