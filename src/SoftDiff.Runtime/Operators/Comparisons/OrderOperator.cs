using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoftDiff;

/// <summary>
/// Greater and less than: σ((x - y + offset) / s), or one minus it. In the hard mode the offset does not count and <c>whenEqual</c> is the value
/// for equal elements.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct OrderOperator<T>(T softness, SoftMode mode, T offset, bool isLess, T whenEqual) : IElementwise<T>, IModal<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Softness<T> _softness = new(softness);

    public static int Inputs => 2;

    public static InputNames Names => InputNames.XY;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct => Modes.Choose<T, OrderOperator<T>, TAction>(mode, this, ref action);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>
    {
        var difference = Distance.Between<T, TVector, TLanes>(x, y);
        if (!TSigmoidal.IsHard) difference = TLanes.Add(difference, TLanes.Broadcast(offset));
        var at = new SigmoidalPoint<T, TSigmoidal, TVector, TLanes>(_softness.Units<TSigmoidal, TVector, TLanes>(difference));
        var slope = TLanes.Multiply(at.Slope, _softness.Reciprocal<TVector, TLanes>());
        if (isLess) slope = TLanes.Negate(slope);
        partials = default;
        partials.X = slope;
        partials.Y = TLanes.Negate(slope);
        partials.Softness = TLanes.Multiply(at.Opposite, slope);
        var value = isLess ? at.Complement : at.Value;
        return TSigmoidal.IsHard ? TLanes.Select(TLanes.Equal(x, y), TLanes.Broadcast(whenEqual), value) : value;
    }
}
