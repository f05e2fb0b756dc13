namespace SoftDiff;

/// <summary>The row whose elements are compared: the squashed one, or the row itself.</summary>
internal ref struct SquashedRow
{
    private readonly ReadOnlySpan<double> _x;
    private readonly bool _squashes;
    private readonly Standardization _standardization;
    private Rented<double> _memory;

    public SquashedRow(ReadOnlySpan<double> x, in SortOptions<double> options)
    {
        _x = x;
        _squashes = options.Squashes;
        if (!_squashes) return;
        _standardization = new Standardization(x);
        _memory = Scratch.Rent<double>(x.Length);
        _standardization.Squash(x, _memory.Span);
    }

    public readonly ReadOnlySpan<double> Elements => _squashes ? _memory.Span : _x;

    /// <summary>dX from dW and the cotangents of what <see cref="Unsquash"/> uses.</summary>
    public readonly void Pullback(ReadOnlySpan<double> dW, Span<double> dX, (double Mean, double Deviation) cotangent = default)
    {
        if (_squashes) _standardization.Pullback(_x, dW, dX, cotangent);
        else dW.CopyTo(dX);
    }

    /// <summary>The tangents of the elements; returns those of what <see cref="Unsquash"/> uses.</summary>
    public readonly (double Mean, double Deviation) Pushforward(ReadOnlySpan<double> tX, Span<double> tW)
    {
        if (_squashes) return _standardization.Pushforward(_x, tX, tW);
        tX.CopyTo(tW);
        return default;
    }

    /// <summary>Maps sorted elements back to the scale of x, in place.</summary>
    public readonly void Unsquash(Span<double> y)
    {
        if (_squashes) _standardization.Unsquash(y);
    }

    /// <inheritdoc cref="Standardization.UnsquashPullback"/>
    public readonly (double Mean, double Deviation) UnsquashPullback(ReadOnlySpan<double> y, ReadOnlySpan<double> cValues, Span<double> cY)
    {
        if (_squashes) return _standardization.UnsquashPullback(y, cValues, cY);
        cValues.CopyTo(cY);
        return default;
    }

    /// <inheritdoc cref="Standardization.UnsquashPushforward"/>
    public readonly void UnsquashPushforward(Span<double> y, Span<double> tY, (double Mean, double Deviation) tangent)
    {
        if (_squashes) _standardization.UnsquashPushforward(y, tY, tangent);
    }

    public void Dispose() => _memory.Dispose();
}
