using SoftGallery;

// Draws the soft operators into docs/gallery, or into the folder given as the first argument.

var folder = args.Length > 0 ? args[0] : Path.Combine("docs", "gallery");
Directory.CreateDirectory(folder);
foreach (var section in Gallery.Sections)
{
    foreach (var figure in section.Figures) File.WriteAllText(Path.Combine(folder, figure.Id + ".svg"), Svg.Draw(figure));
}

File.WriteAllText(Path.Combine(folder, "index.html"), Page.Write(Gallery.Sections));
Console.WriteLine($"{Gallery.Sections.Sum(section => section.Figures.Count)} figures in {Path.GetFullPath(folder)}");
