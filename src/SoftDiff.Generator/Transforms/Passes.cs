using SoftDiff.Generator.Transforms.Checkpoints;
using SoftDiff.Generator.Transforms.Declared;
using SoftDiff.Generator.Transforms.Lanes;
using SoftDiff.Generator.Transforms.Lower;
using SoftDiff.Generator.Transforms.Simplify;

namespace SoftDiff.Generator.Transforms;

/// <summary>A step of the compiler from module to module.</summary>
/// <param name="Name">Its name in the design document and in messages of the verifier.</param>
/// <param name="Gives">The property that its result has.</param>
/// <param name="Run">The step.</param>
/// <param name="IsOn">Whether the options want it. Always true for a step that the result depends on.</param>
internal sealed record ModulePass(
    string Name, string Gives, Func<Module, TransformOptions, CancellationToken, Module> Run, Func<TransformOptions, bool> IsOn)
{
    public ModulePass(string name, string gives, Func<Module, Module> run, Func<TransformOptions, bool> isOn)
        : this(name, gives, (module, _, _) => run(module), isOn)
    {
    }
}

/// <summary>A step of the compiler from function to function, applied to the root and to every callee.</summary>
/// <inheritdoc cref="ModulePass"/>
internal sealed record FunctionPass(string Name, string Gives, Func<Function, CancellationToken, Function> Run, Func<TransformOptions, bool> IsOn)
{
    public FunctionPass(string name, string gives, Func<Function, Function> run, Func<TransformOptions, bool> isOn)
        : this(name, gives, (function, _) => run(function), isOn)
    {
    }

    /// <summary>
    /// The reason for its position in the list. It names the earlier passes whose results it needs, or that would not find their patterns
    /// after it.
    /// </summary>
    public string ReliesOn { get; init; } = "";
}

/// <summary>
/// The passes in the order in which they run. A method comes from the frontend as a module: the method and the functions it calls. It is prepared, then
/// differentiated (<see cref="Differentiation"/>, once for each order of the derivative), then lowered, then printed. Each pass takes and gives valid IR:
/// the verifier runs after every one in tests and Debug builds, and names the pass that broke something.
/// </summary>
internal static class Passes
{
    /// <summary>Before the first differentiation.</summary>
    public static readonly ImmutableArray<ModulePass> Prepare = ImmutableArray.Create(
        new ModulePass("ExpandTransformations",
            "Declared transformations are functions like others: their derivatives are written out.", ExpandTransformations.Run, Always),
        new ModulePass("Inline", "Small callees are part of their callers. Recursive and large ones stay calls.", Inliner.Run, o => o.Inline),
        new ModulePass("SeparateSharedBuffers", "No call passes storage twice that the callee may write.", SharedBuffers.Run, Always),
        new ModulePass("MarkReadOnlyCalls", "Calls say which arrays the callee leaves as they are.", ReadOnlyCalls.Mark, Always));

    /// <summary>The same for a module without declared transformations.</summary>
    public static readonly ImmutableArray<ModulePass> PrepareExpanded = Prepare.RemoveAt(0);

    /// <summary>Before each further differentiation.</summary>
    public static readonly ImmutableArray<ModulePass> PrepareAgain = PrepareExpanded.RemoveAt(0);

    /// <summary>Before each differentiation in reverse mode.</summary>
    public static readonly ImmutableArray<ModulePass> BeforeReverse = ImmutableArray.Create(
        new ModulePass("OutlineLoops", "Loops of calls with checkpoints are functions, and so are their iterations.", OutlineLoops.Run, Always));

    /// <summary>Before each differentiation in forward mode, and before Taylor mode.</summary>
    public static readonly ImmutableArray<ModulePass> BeforeForward = ImmutableArray.Create(
        new ModulePass("IgnoreCheckpoints", "Callees with checkpoints are callees like others.", IgnoreCheckpoints.Run, Always));

    /// <summary>After preparation and after each differentiation.</summary>
    public static readonly ImmutableArray<FunctionPass> Simplify = ImmutableArray.Create(
        new FunctionPass("Simplify",
            "Every value is computed once, and only if something reads it. Results keep their bits.", Simplifier.Run, o => o.Simplify),
        new FunctionPass("HoistIndexChecks",
            "Indices that run along an axis are checked before the loop.", HoistIndexChecks.Run, o => o.HoistIndexChecks)
        {
            ReliesOn = "Simplify: equal lengths are one value.",
        },
        new FunctionPass("MarkReadElements", "Containers whose elements the function only reads are marked.", MarkReadElements.Run, Always));

    /// <summary>After the last differentiation: loops whose iterations are independent.</summary>
    public static readonly ImmutableArray<ModulePass> Vectorize = ImmutableArray.Create(
        new ModulePass("InlineIntoDirections",
            "Loops over directions call no function that can be part of them.", Inliner.IntoDirections, o => o.Inline),
        new ModulePass("HoistPrimal",
            "What is the same for every direction of a derivative is computed before the loop over directions.", HoistPrimal.Run, o => o.HoistPrimal),
        new ModulePass("RunInLanes", "Loops over directions compute several directions at once.", RunInLanes.Run, o => o.RunInLanes));

    /// <summary>After the last differentiation: what the emitted code needs and what makes it fast. None of it is differentiated again.</summary>
    public static readonly ImmutableArray<FunctionPass> Lower = ImmutableArray.Create(
        new FunctionPass("ResolveReplacements",
            "Replace(value, source) is the value, and nothing computes the source for it.", Replacements.Resolve, Always),
        new FunctionPass("ShareProducts",
            "Products of derivatives are built from products that are there already.", ShareProducts.Run, o => o.ShareProducts),
        new FunctionPass("PassWholeTensors",
            "A tensor over all elements of a parameter is the parameter itself.", PassWholeTensors.Run, o => o.PassWholeTensors),
        new FunctionPass("PassDirectCotangents",
            "Rules write to zero cotangents themselves, not to temporary arrays.", PassDirectCotangents.Run, o => o.PassDirectCotangents),
        new FunctionPass("DropLastResets",
            "No local array is set to zero that nobody reads again.", DropLastResets.Run, o => o.DropLastResets)
        {
            ReliesOn = "PassDirectCotangents: it needs the fills that say that cotangents are zero.",
        },
        new FunctionPass("JoinSignedProducts",
            "A product with a sign copies the sign bit.", JoinSignedProducts.Run, o => o.JoinSignedProducts)
        {
            ReliesOn = "ShareProducts: it looks for products.",
        },
        new FunctionPass("StoreZeroedElements",
            "An element set to zero and then added to is stored once.", StoreZeroedElements.Run, o => o.StoreZeroedElements)
        {
            ReliesOn = "DropLastResets: a reset that nobody reads is no store at all.",
        },
        new FunctionPass("PairFunctions",
            "A function and its derivative at one point are computed together.", PairFunctions.Run, o => o.PairFunctions),
        new FunctionPass("SkipClearing",
            "Arrays that are overwritten before they are read are not cleared.", SkipClearing.Run, o => o.SkipClearing)
        {
            ReliesOn = "StoreZeroedElements: more loops store then.",
        },
        new FunctionPass("StoreFirstRows",
            "The first loops that add to a cleared matrix store.", StoreFirstRows.Run, o => o.StoreFirstRows),
        new FunctionPass("RotateSums",
            "a[i] += v; a[i + 1] += w passes the second sum to the next iteration in a register.", RotateSums.Run, o => o.RotateSums),
        new FunctionPass("StoreFirst", "The first loop that adds to a cleared array stores.", StoreFirst.Run, o => o.StoreFirst)
        {
            ReliesOn = "RotateSums: it leaves one accumulation for each element. StoreFirstRows: it needs the fills that clear a matrix.",
        },
        new FunctionPass("RotateLoads",
            "An element that the next iteration reads again stays in a register.", RotateLoads.Run, o => o.RotateLoads)
        {
            ReliesOn = "StoreFirst: what it clears is cleared before the first load, which stays in a register up to the loop.",
        },
        new FunctionPass("StoreColumns",
            "Lanes go straight to a matrix, without a local array for its column.", StoreColumns.Run, o => o.StoreColumns)
        {
            ReliesOn = "StoreFirst, RotateSums: no loop adds to the array. SkipClearing: the array is not cleared.",
        },
        new FunctionPass("SliceRows",
            "Innermost loops work on slices as long as they run, so the JIT drops range checks.", SliceRows.Run, o => o.SliceRows)
        {
            ReliesOn = "StoreFirstRows, RotateSums, StoreFirst, RotateLoads: they look for indices of whole arrays.",
        },
        new FunctionPass("UpdateRows",
            "Loops that add multiples of rows to rows are one operation for each row.", UpdateRows.Run, o => o.UpdateRows)
        {
            ReliesOn = "SliceRows: all indices are the loop's own.",
        },
        new FunctionPass("AdvanceCalls",
            "Calls of functions move up where that shortens live ranges.", AdvanceCalls.Run, o => o.AdvanceCalls)
        {
            ReliesOn = "PairFunctions: two calls have become one.",
        },
        new FunctionPass("HoistScratch", "Loops make no array whose length is known before them.", HoistScratch.Run, Always)
        {
            ReliesOn = "SkipClearing, StoreFirst: they look for an array in the loop that makes it.",
        },
        new FunctionPass("GroupOverlapChecks",
            "Arrays of the caller are compared with each other in one call.", GroupOverlapChecks.Run, o => o.GroupOverlapChecks),
        new FunctionPass("ReturnInPlace",
            "The elements of an array that is given back are computed in that array.", ReturnInPlace.Run, o => o.ReturnInPlace)
        {
            ReliesOn = "SkipClearing, and the other passes that look for scratch: the array is none afterwards.",
        });

    /// <summary>The root between <see cref="LowerElements"/> and <see cref="LowerRows"/>: scalar code is as good as it gets, and has no rows yet.</summary>
    public static readonly ImmutableArray<ModulePass> Examples = ImmutableArray.Create(
        new ModulePass("RunExamplesInLanes",
            "Loops over examples run several examples at once, if inner loops have sums.", RunExamplesInLanes.Run, o => o.RunExamplesInLanes));

    /// <summary>The root in its last form.</summary>
    public static readonly ImmutableArray<ModulePass> Share = ImmutableArray.Create(
        new ModulePass("ShareLoops", "Nested loops that occur several times are one function.", ShareLoops.Run, o => o.ShareLoops));

    /// <summary>The passes of <see cref="Lower"/> on elements.</summary>
    public static readonly ImmutableArray<FunctionPass> LowerElements = Lower.TakeWhile(pass => pass.Name != nameof(SliceRows)).ToImmutableArray();

    /// <summary>The passes of <see cref="Lower"/> from the first on that works on rows.</summary>
    public static readonly ImmutableArray<FunctionPass> LowerRows = Lower.RemoveRange(0, LowerElements.Length);

    public static Module Run(this ImmutableArray<ModulePass> passes, Module module, TransformOptions options, CancellationToken cancellation = default)
    {
        foreach (var pass in passes)
        {
            if (!pass.IsOn(options)) continue;
            module = pass.Run(module, options, cancellation);
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
