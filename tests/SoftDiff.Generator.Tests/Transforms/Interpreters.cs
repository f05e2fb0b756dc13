using System.Collections.Immutable;
using SoftDiff.Generator.IR;
using SoftDiff.Generator.Tests.IR;

namespace SoftDiff.Generator.Tests.Transforms;

/// <summary>An interpreter that knows the calls the last pass writes.</summary>
internal static class Interpreters
{
    public static Interpreter WithPairs(ImmutableArray<Function> helpers) => new([.. helpers])
    {
        External = (method, arguments) => method switch
        {
            "global::SoftDiff.Shape.Row" => [Interpreter.Part(arguments[0]!, (long)arguments[1]!, (long)arguments[2]!)],
            "global::System.Math.SinCos" => [Math.Sin((double)arguments[0]!), Math.Cos((double)arguments[0]!)],
            _ => throw new NotSupportedException(method),
        },
    };
}
