namespace SoftGallery;

/// <summary>A function with its derivative, drawn as one curve in each of two panels.</summary>
/// <param name="Style">What the curve is called in the legend; its colour and dashes follow from it.</param>
/// <param name="Function">The value and the slope at x.</param>
internal sealed record Curve(Style Style, Func<double, (double Value, double Slope)> Function);

/// <summary>One column of a figure: the curves of one softness.</summary>
internal sealed record Column(string Id, string Title, IReadOnlyList<Curve> Curves);

/// <summary>A figure: values above, slopes below, a column for each softness.</summary>
/// <param name="Id">The name of the file, and the beginning of the ids in it.</param>
/// <param name="Title">The heading.</param>
/// <param name="Caption">What is drawn against what.</param>
/// <param name="From">Where the x axis begins.</param>
/// <param name="To">Where the x axis ends.</param>
/// <param name="Columns">The columns, from left to right.</param>
internal sealed record Figure(string Id, string Title, string Caption, double From, double To, IReadOnlyList<Column> Columns)
{
    /// <summary>The ids of all curves that the drawing must have.</summary>
    public IEnumerable<string> CurveIds =>
        from quantity in Quantities
        from column in Columns
        from curve in column.Curves
        select CurveId(quantity, column, curve.Style);

    public static IReadOnlyList<string> Quantities { get; } = ["value", "slope"];

    public string CurveId(string quantity, Column column, Style style) => $"{Id}-{column.Id}-{quantity}-{style.Id}";
}

/// <summary>A chapter of the page.</summary>
internal sealed record Section(string Id, string Title, string Text, IReadOnlyList<Figure> Figures);

/// <summary>How the curve of a mode looks; the colours stand in <see cref="Svg"/>, for light and for dark pages.</summary>
/// <param name="Id">The class of the curve.</param>
/// <param name="Label">The name in the legend.</param>
/// <param name="Dashes">So that curves differ for those who do not see colours, too.</param>
internal sealed record Style(string Id, string Label, string Dashes)
{
    public static Style Hard { get; } = new("hard", "Hard", "");

    public static Style Smooth { get; } = new("smooth", "Smooth", "");

    public static Style C0 { get; } = new("c0", "C0", "9 5");

    public static Style C1 { get; } = new("c1", "C1", "3 3");

    public static Style C2 { get; } = new("c2", "C2", "8 3 2 3");

    public static Style C1PNorm { get; } = new("c1p", "C1PNorm", "5 4");

    public static Style C2PNorm { get; } = new("c2p", "C2PNorm", "1.5 2.5");
}
