using Microsoft.CodeAnalysis;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Transforms;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>A method of some C# text as the compiler sees it at two points of its way.</summary>
internal static class PreparedMethod
{
    /// <summary>What the frontend makes of the method.</summary>
    public static Module Lowered(Compilation compilation, string type, string method)
    {
        var symbol = Assert.IsAssignableFrom<IMethodSymbol>(Assert.Single(compilation.GetTypeByMetadataName(type)!.GetMembers(method)));
        var module = CheckedLowering.Lower(symbol, compilation, CancellationToken.None).Module;
        Assert.NotNull(module);
        return module;
    }

    /// <summary>The module that is differentiated.</summary>
    public static Module Simplified(Compilation compilation, string type, string method)
    {
        var options = TransformOptions.Default with { Verify = true };
        var module = Passes.Prepare.Run(Lowered(compilation, type, method), options);
        Function Simplify(Function function) => Passes.Simplify.Run(function, options, CancellationToken.None);
        return module with { Root = Simplify(module.Root), Callees = [.. module.Callees.Select(Simplify)] };
    }
}
