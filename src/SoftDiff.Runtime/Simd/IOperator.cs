namespace SoftDiff;

/// <summary>A function of two elements, applied to vectors of them. An operator of one argument ignores the other.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IOperator<T>
{
    TVector Invoke<TVector, TLanes>(TVector x, TVector y)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;
}
