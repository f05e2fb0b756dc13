namespace SoftDiff;

/// <summary>
/// Functions with useful derivatives everywhere: numerically stable primitives, each with its derivative rules.
/// </summary>
/// <remarks>
/// Functions of spans are for <see cref="float"/> and <see cref="double"/>, use the vector registers of the machine and allocate nothing.
/// What they compute for an element does not depend on its
/// position or on the length; sums depend on the machine in the last bits. All are safe to call from several threads.
/// </remarks>
public static partial class Soft;
