namespace SoftDiff;

/// <summary>Tells <see cref="Pointwise"/> which derivatives to compute besides the value.</summary>
internal interface IPass
{
    static abstract bool IsReverse { get; }

    static abstract bool IsForward { get; }
}

/// <summary>The value alone.</summary>
internal readonly struct ValuePass : IPass
{
    public static bool IsReverse => false;

    public static bool IsForward => false;
}

/// <summary>The cotangents of the inputs and of the softness.</summary>
internal readonly struct ReversePass : IPass
{
    public static bool IsReverse => true;

    public static bool IsForward => false;
}

/// <summary>The tangent of the value.</summary>
internal readonly struct ForwardPass : IPass
{
    public static bool IsReverse => false;

    public static bool IsForward => true;
}
