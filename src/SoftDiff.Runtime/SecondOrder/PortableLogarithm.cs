namespace SoftDiff.SecondOrder;

/// <summary>The logarithm by which noise is drawn: of bits, and noise does not move.</summary>
internal static class PortableLogarithm
{
    public static Dual Of(Dual x) => SoftDiff.PortableLogarithm.Of(x.Value);
}
