using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>The list of passes as data.</summary>
public sealed class PassListTests
{
    [Fact]
    public void A_pass_relies_on_earlier_passes()
    {
        var names = Passes.Lower.Select(pass => pass.Name).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        foreach (var pass in Passes.Lower.Where(pass => pass.ReliesOn.Length > 0))
        {
            var mentioned = pass.ReliesOn.Split(' ', ':', ',', '.', ';').Where(names.Contains).ToList();
            Assert.NotEmpty(mentioned);
            Assert.All(mentioned, name => Assert.True(names.IndexOf(name) < names.IndexOf(pass.Name), $"{pass.Name} relies on {name}, which runs later"));
        }
    }

    /// <summary>Every switch of the same name turns its pass off, and each pass that has none runs always.</summary>
    [Fact]
    public void A_switch_turns_off_the_pass_of_its_name()
    {
        var properties = typeof(TransformOptions).GetProperties().Where(p => p.PropertyType == typeof(bool));
        var switches = properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var pass in Passes.Lower)
        {
            Assert.True(pass.IsOn(TransformOptions.Default));
            Assert.Equal(!switches.Contains(pass.Name), pass.IsOn(TransformOptions.None));
            if (switches.Contains(pass.Name)) Assert.Equal([pass.Name], Passes.Lower.Where(p => !p.IsOn(Switches.Off(pass.Name))).Select(p => p.Name));
        }
    }

    [Fact]
    public void The_verifier_names_the_pass_that_broke_something()
    {
        var broken = Passes.Lower[0] with { Name = "Broken", Run = (f, _) => f with { Body = f.Body with { Yields = f.Body.Yields.Add(BoolConstant.True) } } };
        var function = IrParser.Function("function F\n  param value %0.x: double\nbody\n  yield\nend");
        var options = TransformOptions.Default with { Verify = true };
        var fault = Assert.Throws<InvalidOperationException>(() => Passes.Run([broken], function, options, CancellationToken.None));
        Assert.StartsWith("after Broken: ", fault.Message, StringComparison.Ordinal);
    }
}
