using SoftDiff.Generator.Analysis;

namespace SoftDiff.Generator.Transforms.Lower;

/// <summary>
/// Computes the elements of an array that the function gives back in that array itself, not in scratch that is copied to it in the end. The scratch must be one
/// array of the function's own, which nothing writes after the copy. Relies on <see cref="Effects"/> and <see cref="Aliases"/> for that.
/// </summary>
internal static class ReturnInPlace
{
    public static Function Run(Function function)
    {
        if (!function.Body.Ops.OfType<MakeArray>().Any(made => made.Elements is not null)) return function;
        var definitions = new Definitions(function);
        var (effects, aliases) = (new Effects(definitions), new Aliases(function, definitions));
        var ops = function.Body.Ops.ToBuilder();
        foreach (var made in function.Body.Ops.OfType<MakeArray>())
        {
            var start = ops.ToList().FindIndex(op => op is Allocate allocate && allocate.Result.Equals(made.Elements));
            if (start < 0 || aliases.HasOtherNames(made.Elements!) || ops.OfType<MakeArray>().Count(other => made.Elements!.Equals(other.Elements)) > 1) continue;
            var end = ops.IndexOf(made);
            if (ops.Skip(end).Any(op => effects.Writes(op).Contains(made.Elements!))) continue;
            var isKnown = made.Lengths.All(length => !ops.Skip(start).Any(op => op.Results.Contains(length)));
            if (!isKnown && made.Lengths.Length > 1) continue;
            if (!isKnown && made.ElementsOf is not null) continue;
            ops.RemoveAt(end);
            var scratch = (Allocate)ops[start];
            var lengths = isKnown ? made.Lengths : ImmutableArray.Create(scratch.Length);
            ops[start] = made with { Elements = null, Lengths = lengths, Line = scratch.Line };
            ops.Insert(start + 1, new Flatten(scratch.Result, made.Result) { Line = scratch.Line });
        }

        return function with { Body = function.Body with { Ops = ops.ToImmutable() } };
    }
}
