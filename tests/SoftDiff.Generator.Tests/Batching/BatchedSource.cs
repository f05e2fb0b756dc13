using System.Reflection;
using SoftDiff.Generator.Pipeline;
using SoftDiff.Generator.Tests.Harness;
using SoftDiff.Generator.Transforms;
using Module = SoftDiff.Generator.IR.Module;

namespace SoftDiff.Generator.Tests.Batching;

/// <summary>A source compiled with companions and batches of its marked methods. Its class Driver calls what is made of them.</summary>
internal sealed class BatchedSource
{
    private readonly GeneratorRun _run;
    private readonly Assembly _assembly;

    /// <param name="source">The methods, in a partial class, and the class Driver.</param>
    /// <param name="make">What is made of each marked method besides its companions.</param>
    public BatchedSource(string source, Func<Module, IEnumerable<Companion>> make)
    {
        Phases phases = new(
            (method, compilation, cancellation) => CheckedLowering.Lower(method, compilation, order: 2, cancellation),
            (module, cancellation) =>
            {
                HashSet<string> listed = [];
                IEnumerable<Companion> all = Companions.Generate(module, BatchedModules.Options, cancellation).Concat(make(module));
                return [.. all.Select(one => one with { Helpers = [.. one.Helpers.Where(helper => listed.Add(helper.Name))] })];
            });
        _run = GeneratorHarness.RunUnchecked(CompilationSettings.Default, phases, source);
        _run.AssertClean();
        _assembly = _run.Load();
    }

    /// <summary>The generated files, one after the other.</summary>
    public string Text => string.Concat(_run.Generated.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value));

    /// <summary>A method of the driver.</summary>
    public T Driver<T>(string name)
        where T : Delegate => GeneratorRun.Method(_assembly, "Driver", name).CreateDelegate<T>();
}
