namespace SoftDiff;

/// <summary>An operator applied to -x, and its values negated too or, for indices, as they are.</summary>
internal readonly struct Negated<TRow>(TRow row, bool negatesValues) : IRowOperator<double>
    where TRow : struct, IRowOperator<double>
{
    public RowShape Shape(int length) => row.Shape(length);

    public void Value(ReadOnlySpan<double> x, Span<double> y)
    {
        using var negated = Scratch.Rent<double>(x.Length);
        Negate(x, negated.Span);
        row.Value(negated.Span, y);
        if (negatesValues) Negate(y, y);
    }

    public double Vjp(ReadOnlySpan<double> x, Span<double> y, ReadOnlySpan<double> cY, Span<double> dX)
    {
        using var negated = Scratch.Rent<double>(x.Length);
        using var cNegated = Scratch.Rent<double>(cY.Length);
        Negate(x, negated.Span);
        if (negatesValues) Negate(cY, cNegated.Span);
        else cY.CopyTo(cNegated.Span);
        var dSoftness = row.Vjp(negated.Span, y, cNegated.Span, dX);
        if (negatesValues) Negate(y, y);
        Negate(dX, dX);
        return dSoftness;
    }

    public void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tX, double tSoftness, Span<double> y, Span<double> tY)
    {
        using var parts = new Parts(x.Length, 2);
        var negated = parts.Next();
        var tNegated = parts.Next();
        Negate(x, negated);
        Negate(tX, tNegated);
        row.Jvp(negated, tNegated, tSoftness, y, tY);
        if (!negatesValues) return;
        Negate(y, y);
        Negate(tY, tY);
    }

    private static void Negate(ReadOnlySpan<double> x, Span<double> negated) => Lanewise.Map(x, negated, new Scaled<double>(-1));
}
