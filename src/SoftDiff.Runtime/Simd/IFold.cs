namespace SoftDiff;

/// <summary>
/// Tells <see cref="Lanewise"/> what to do with the values of an operator: store them, fold them into one number, or both.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IFold<T>
{
    static abstract bool Stores { get; }

    static abstract bool Folds { get; }

    /// <summary>The value that changes nothing when combined with.</summary>
    static abstract T Identity { get; }

    static abstract T Combine(T a, T b);

    static abstract TVector Combine<TVector, TLanes>(TVector a, TVector b)
        where TLanes : struct, ILanes<TVector, T>;
}

/// <summary>Store the values.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Store<T> : IFold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool Stores => true;

    public static bool Folds => false;

    public static T Identity => T.Zero;

    public static T Combine(T a, T b) => a;

    public static TVector Combine<TVector, TLanes>(TVector a, TVector b)
        where TLanes : struct, ILanes<TVector, T> => a;
}

/// <summary>Add up the values.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Sum<T> : IFold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool Stores => false;

    public static bool Folds => true;

    public static T Identity => T.Zero;

    public static T Combine(T a, T b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Combine<TVector, TLanes>(TVector a, TVector b)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Add(a, b);
}

/// <summary>Store the values and add them up.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct StoreAndSum<T> : IFold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool Stores => true;

    public static bool Folds => true;

    public static T Identity => T.Zero;

    public static T Combine(T a, T b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Combine<TVector, TLanes>(TVector a, TVector b)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Add(a, b);
}

/// <summary>Find the largest value; unspecified, but not an exception, when one is NaN.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly struct Largest<T> : IFold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool Stores => false;

    public static bool Folds => true;

    public static T Identity => T.NegativeInfinity;

    public static T Combine(T a, T b) => a > b ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Combine<TVector, TLanes>(TVector a, TVector b)
        where TLanes : struct, ILanes<TVector, T> => TLanes.Max(a, b);
}
