namespace SoftDiff.SecondOrder;

/// <summary>Operations of a vector type, of which dual numbers have but one: a vector of one number. Masks are 0 and 1.</summary>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <typeparam name="T"><see cref="Dual"/>.</typeparam>
internal interface ILanes<TVector, T>
{
    static abstract int Count { get; }

    static abstract TVector Indices { get; }

    static abstract TVector Load(ref T source, nuint offset);

    static abstract void Store(TVector value, ref T destination, nuint offset);

    static abstract TVector Broadcast(T value);

    static abstract TVector Constant(Dual value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Subtract(TVector a, TVector b);

    static abstract TVector Multiply(TVector a, TVector b);

    static abstract TVector Divide(TVector a, TVector b);

    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    static abstract TVector Abs(TVector a);

    static abstract TVector WithoutSign(TVector a);

    static abstract TVector Negate(TVector a);

    static abstract TVector WithOppositeSign(TVector magnitude, TVector a);

    static abstract TVector Sqrt(TVector a);

    static abstract TVector Max(TVector a, TVector b);

    static abstract TVector Min(TVector a, TVector b);

    static abstract TVector AtLeast(TVector a, TVector bound);

    static abstract TVector AtMost(TVector a, TVector bound);

    static abstract TVector Less(TVector a, TVector b);

    static abstract TVector Equal(TVector a, TVector b);

    static abstract TVector Select(TVector mask, TVector a, TVector b);

    static abstract TVector SelectNegative(TVector sign, TVector a, TVector b);

    static abstract TVector And(TVector a, TVector b);

    static abstract T Lane(TVector a, int index);

    static abstract TVector Apply(Func<Dual, Dual> function, TVector a);
}
