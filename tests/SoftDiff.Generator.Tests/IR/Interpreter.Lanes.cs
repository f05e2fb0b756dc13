using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

// Loops in lanes, with lanes of one number.
internal sealed partial class Interpreter
{
    private void Run(LaneCall op, Dictionary<int, object> scope)
    {
        if (!_functions.TryGetValue(op.Callee, out var callee)) throw new ArgumentException("The interpreter was not given " + op.Callee);
        Enter(callee, [0L, Integer(op.Count, scope), .. Read(op.Args, scope)]);
    }
}
