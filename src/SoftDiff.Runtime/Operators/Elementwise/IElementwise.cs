namespace SoftDiff;

/// <summary>
/// An elementwise operator on one to three arrays. A value of this type holds the options. Before any loop it chooses the vector function
/// for them, such as that of a mode.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IElementwise<T>
{
    /// <summary>The names of the parameters for its inputs.</summary>
    static abstract InputNames Names { get; }

    void Choose<TAction>(ref TAction action)
        where TAction : struct, IPointwiseAction<T>, allows ref struct;
}

/// <summary>An action that takes a vector function.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IPointwiseAction<T>
{
    void Invoke<TFunction>(TFunction function)
        where TFunction : struct, IPointwise<T>;
}
