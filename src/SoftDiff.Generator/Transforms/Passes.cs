using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Transforms.Polish;
using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Transforms;

/// <summary>A step of the compiler from module to module.</summary>
/// <param name="Name">Its name in the design document and in messages of the verifier.</param>
/// <param name="Gives">What holds of its result.</param>
/// <param name="Run">The step.</param>
/// <param name="IsOn">Whether the options want it. Always true for a step that the result depends on.</param>
internal sealed record ModulePass(string Name, string Gives, Func<Module, Module> Run, Func<TransformOptions, bool> IsOn);

/// <summary>A step of the compiler from function to function, applied to the root and to every callee.</summary>
/// <inheritdoc cref="ModulePass"/>
internal sealed record FunctionPass(string Name, string Gives, Func<Function, CancellationToken, Function> Run, Func<TransformOptions, bool> IsOn);

/// <summary>
/// The passes in the order in which they run. A method comes from the frontend as a module: the method and the functions it calls. It is prepared, then
/// differentiated (<see cref="Differentiation"/>, once for each order of the derivative), then lowered, then printed. Each pass takes and gives valid IR:
/// the verifier runs after every one in tests and Debug builds, and names the pass that broke something.
/// </summary>
internal static class Passes
{
    /// <summary>Before the first differentiation.</summary>
    public static readonly ImmutableArray<ModulePass> Prepare = ImmutableArray.Create(
        new ModulePass("Inline", "Small callees are part of their callers. Recursive and large ones stay calls.", Inliner.Run, o => o.Inline),
        new ModulePass("SeparateSharedBuffers", "No call passes storage twice that the callee may write.", SharedBuffers.Run, Always),
        new ModulePass("MarkReadOnlyCalls", "Calls say which arrays the callee leaves as they are.", ReadOnlyCalls.Mark, Always));

    /// <summary>After preparation and after each differentiation.</summary>
    public static readonly ImmutableArray<FunctionPass> Simplify = ImmutableArray.Create(
        new FunctionPass("Simplify", "Every value is computed once, and only if something reads it. Results keep their bits.", Simplifier.Run, o => o.Simplify));

    /// <summary>After the last differentiation: what the emitted code needs and what makes it fast. None of it is differentiated again.</summary>
    public static readonly ImmutableArray<FunctionPass> Lower = ImmutableArray.Create(
        new FunctionPass("ResolveReplacements", "Replace(value, source) is the value, and nothing computes the source for it.", Replacements.Resolve, Always),
        new FunctionPass("ShareProducts", "Products of derivatives are built from products that are there already.", (f, _) => SharedProducts.Run(f), o => o.ShareProducts),
        new FunctionPass("Polish", "Patterns that cost time in the emitted code are rewritten.", (f, _) => Polisher.Run(f), o => o.Polish));

    public static Module Run(this ImmutableArray<ModulePass> passes, Module module, TransformOptions options)
    {
        foreach (var pass in passes)
        {
            if (!pass.IsOn(options)) continue;
            module = pass.Run(module);
            Verify(pass.Name, options, () => Verifier.Check(module), () => IrText.Print(module));
        }

        return module;
    }

    public static Function Run(this ImmutableArray<FunctionPass> passes, Function function, TransformOptions options, CancellationToken cancellation)
    {
        foreach (var pass in passes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!pass.IsOn(options)) continue;
            function = pass.Run(function, cancellation);
            Verify(pass.Name, options, () => Verifier.Check(function), () => IrText.Print(function));
        }

        return function;
    }

    /// <exception cref="InvalidOperationException">The pass broke something.</exception>
    public static void Verify(string pass, TransformOptions options, Func<ImmutableArray<string>> faults, Func<string> text)
    {
        if (!options.Verify) return;
        var found = faults();
        if (!found.IsEmpty) throw new InvalidOperationException("after " + pass + ": " + string.Join("\n", found) + "\n\n" + text());
    }

    private static bool Always(TransformOptions options) => true;
}
