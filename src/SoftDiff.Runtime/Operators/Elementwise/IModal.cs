using System.Diagnostics.CodeAnalysis;

namespace SoftDiff;

/// <summary>A vector function that is built from the sigmoidal function of a mode. All of them have a softness.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IModal<T>
{
    static abstract int Inputs { get; }

    TVector Evaluate<TSigmoidal, TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TSigmoidal : struct, ISigmoidal<T>
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T>;
}

/// <summary>The function in one mode.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TModal">The function.</typeparam>
/// <typeparam name="TSigmoidal">The mode.</typeparam>
internal readonly struct InMode<T, TModal, TSigmoidal>(TModal function) : IPointwise<T>
    where TModal : struct, IModal<T>
    where TSigmoidal : struct, ISigmoidal<T>
{
    public static int Inputs => TModal.Inputs;

    public static bool HasSoftness => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector, TLanes>(TVector x, TVector y, TVector z, out Partials<TVector> partials)
        where TVector : struct
        where TLanes : struct, ILanes<TVector, T> => function.Evaluate<TSigmoidal, TVector, TLanes>(x, y, z, out partials);
}

/// <summary>Turns the mode from a value into a type argument. This happens nowhere else.</summary>
internal static class Modes
{
    /// <summary>Runs an action on a function in a mode.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Choose<T, TModal, TAction>(SoftMode mode, TModal function, ref TAction action)
        where TModal : struct, IModal<T>
        where TAction : struct, IPointwiseAction<T>, allows ref struct
    {
        switch (mode)
        {
            case SoftMode.Smooth: action.Invoke(new InMode<T, TModal, SmoothSigmoidal<T>>(function)); break;
            case SoftMode.C0: action.Invoke(new InMode<T, TModal, C0Sigmoidal<T>>(function)); break;
            case SoftMode.C1: action.Invoke(new InMode<T, TModal, C1Sigmoidal<T>>(function)); break;
            case SoftMode.C2: action.Invoke(new InMode<T, TModal, C2Sigmoidal<T>>(function)); break;
            case SoftMode.C1PNorm: action.Invoke(new InMode<T, TModal, C1PNormSigmoidal<T>>(function)); break;
            case SoftMode.C2PNorm: action.Invoke(new InMode<T, TModal, C2PNormSigmoidal<T>>(function)); break;
            case SoftMode.Hard: action.Invoke(new InMode<T, TModal, HardSigmoidal<T>>(function)); break;
            default: ThrowMode(mode); break;
        }
    }

    [DoesNotReturn]
    private static void ThrowMode(SoftMode mode) => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode.");
}
