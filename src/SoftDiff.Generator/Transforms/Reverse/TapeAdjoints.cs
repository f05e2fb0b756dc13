namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoints of a tape's operations. A push is reversed by a pop from the shadow, and a pop by a push. The shadow holds a cotangent for
/// every number of the tape, active or not, so that what is taken back is what was pushed.
/// </summary>
internal sealed class TapeAdjoints(ReverseSweep sweep)
{
    public void Reverse(Op op, Frame frame)
    {
        switch (op)
        {
            case Push push when push.Value.Type.IsFloat && sweep.IsActive(push.Tape):
            {
                var bar = sweep.Values.Fresh(push.Value.Type, push.Value is Value pushed ? Cotangents.Name(pushed) : "");
                frame.Code.Add(new Pop(bar, sweep.Shadow(push.Tape, frame)));
                sweep.Contribute(push.Value, bar, frame);
                break;
            }

            case Pop pop when pop.Result.Type.IsFloat && sweep.IsActive(pop.Tape):
                var taken = sweep.Take(pop.Result, frame) ?? new NumberConstant((ScalarType)pop.Result.Type, 0);
                frame.Code.Add(new Push(sweep.Shadow(pop.Tape, frame), taken));
                break;
            case PushArray push when push.Array.Type.IsFloatArray && sweep.IsActive(push.Tape):
            {
                var bars = ArrayCode.Like(sweep.Need(push.Array, frame), frame.Code);
                frame.Code.Add(new PopArray(sweep.Shadow(push.Tape, frame), bars));
                sweep.Shadows.Add(push.Array, bars, frame);
                break;
            }

            case PopArray pop when pop.Array.Type.IsFloatArray && sweep.IsActive(pop.Tape):
            {
                var bars = sweep.Shadows.CotangentOf(pop.Array, frame);
                frame.Code.Add(new PushArray(sweep.Shadow(pop.Tape, frame), bars));
                if (!sweep.IsActive(pop.Array)) break;
                var elements = frame.Code.Elements(bars);
                frame.Code.Add(new Fill(elements, ArrayCode.Zero(elements)));
                break;
            }
        }
    }
}
