using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Objects that an expression has evaluated and uses after other code: `x.V += Grow()`, where Grow gives x another object. They count as held by
// one more variable until then, so that no copy takes their place.
internal sealed partial class FunctionLowering
{
    /// <summary>Holds an object that the method has made until the result is disposed; does nothing for another value.</summary>
    private IDisposable InUse(Operand? value) => new Use(_point, value);

    /// <summary>Holds the object a member of which is assigned.</summary>
    private IDisposable InUse(IAssignmentOperation assignment) => InUse(Made((assignment.Target as IMemberReferenceOperation)?.Instance));

    private sealed class Use : IDisposable
    {
        private readonly Point _point;
        private readonly Slot _slot = new();

        public Use(Point point, Operand? value)
        {
            _point = point;
            if (value is MadeObject) _point.Env.Set(_slot, value);
        }

        public void Dispose() => _point.Env.Forget(_slot);
    }
}
