namespace SoftGallery;

/// <summary>What is drawn.</summary>
internal static class Gallery
{
    public static IReadOnlyList<Section> Sections { get; } =
    [
    ];
}
