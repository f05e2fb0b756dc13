using SoftDiff;

namespace SoftGallery;

/// <summary>What is drawn: each operator in each of its modes, for three values of softness.</summary>
internal static class Gallery
{
    /// <summary>The modes of operators along an axis.</summary>
    public static IReadOnlyList<(SoftMode Mode, Style Style)> RowModes { get; } =
    [
        (SoftMode.Hard, Style.Hard),
        (SoftMode.Smooth, Style.Smooth),
        (SoftMode.C0, Style.C0),
        (SoftMode.C1, Style.C1),
        (SoftMode.C2, Style.C2),
    ];

    /// <summary>The modes of functions of numbers.</summary>
    public static IReadOnlyList<(SoftMode Mode, Style Style)> AllModes { get; } =
        [.. RowModes, (SoftMode.C1PNorm, Style.C1PNorm), (SoftMode.C2PNorm, Style.C2PNorm)];

    /// <summary>The chapters; after the modes, which they use.</summary>
    public static IReadOnlyList<Section> Sections { get; } =
    [
        new Section(
            "elementwise",
            "Functions of one number",
            "Softness is a length on the x axis: in the modes C0, C1 and C2 the soft function is the hard one from 5 s off the corner.",
            Elementwise.Figures),
        new Section(
            "comparisons",
            "Comparisons",
            "x is compared with 0. The result is the degree to which the comparison holds.",
            Comparisons.Figures),
        .. RowOperators.Sections,
    ];
}
