namespace SoftDiff;

/// <summary>
/// An operator on each element by itself, of one to three arrays. A value of it holds the options; it chooses the vector function for them, such
/// as that of a mode, before any loop.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IElementwise<T>
{
    /// <summary>The names of the parameters for its inputs.</summary>
    static abstract InputNames Names { get; }

    void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct;
}

/// <summary>What is to be done with a vector function.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IPointwiseAction<T>
{
    void Invoke<TFunction>(TFunction function)
        where TFunction : struct, IPointwise<T>;
}
