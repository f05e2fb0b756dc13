namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// The adjoints of a tape's operations. A push is reversed by a pop from the shadow, and a pop by a push. The shadow holds a cotangent for
/// every number of the tape, active or not, so that what is taken back is what was pushed.
/// </summary>
internal sealed class TapeAdjoints
{
    private readonly ReverseSweep _sweep;

    public TapeAdjoints(ReverseSweep sweep) => _sweep = sweep;

    public void Reverse(Op op, Frame frame)
    {
        switch (op)
        {
            case Push push when push.Value.Type.IsFloat && _sweep.IsActive(push.Tape):
            {
                var bar = _sweep.Values.Fresh(push.Value.Type, push.Value is Value pushed ? Cotangents.Name(pushed) : "");
                frame.Code.Add(new Pop(bar, _sweep.Shadow(push.Tape, frame)));
                _sweep.Contribute(push.Value, bar, frame);
                break;
            }

            case Pop pop when pop.Result.Type.IsFloat && _sweep.IsActive(pop.Tape):
                var taken = _sweep.Take(pop.Result, frame) ?? new NumberConstant((ScalarType)pop.Result.Type, 0);
                frame.Code.Add(new Push(_sweep.Shadow(pop.Tape, frame), taken));
                break;
            case PushArray push when push.Array.Type.IsFloatArray && _sweep.IsActive(push.Tape):
            {
                var bars = ArrayCode.Like(_sweep.Need(push.Array, frame), frame.Code);
                frame.Code.Add(new PopArray(_sweep.Shadow(push.Tape, frame), bars));
                _sweep.Shadows.Add(push.Array, bars, frame);
                break;
            }

            case PopArray pop when pop.Array.Type.IsFloatArray && _sweep.IsActive(pop.Tape):
            {
                var bars = _sweep.Shadows.CotangentOf(pop.Array, frame);
                frame.Code.Add(new PushArray(_sweep.Shadow(pop.Tape, frame), bars));
                if (!_sweep.IsActive(pop.Array)) break;
                var elements = frame.Code.Elements(bars);
                frame.Code.Add(new Fill(elements, ArrayCode.Zero(elements)));
                break;
            }
        }
    }
}
