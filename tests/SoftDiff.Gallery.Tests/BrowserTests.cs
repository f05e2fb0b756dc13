using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SoftGallery;
using Xunit.Abstractions;

namespace SoftDiff.Gallery.Tests;

/// <summary>
/// The figures as a browser renders them. Chromium is looked for in the path; the environment variable SOFTDIFF_CHROMIUM names another one. Without a
/// browser the tests are skipped, with that as the reason.
/// </summary>
public sealed partial class BrowserTests(ITestOutputHelper log)
{
    // For each figure: where its curves are and how long, once it is part of the page; and how many pixels have the colour of each curve when it is
    // shown as an image, as the gallery does.
    private const string Script = """
        const figures = JSON.parse(document.getElementById('figures').textContent);
        async function measure(text) {
          const host = document.createElement('div');
          host.innerHTML = text;
          document.body.appendChild(host);
          const svg = host.querySelector('svg');
          const curves = [...svg.querySelectorAll('path.curve')].map(path => {
            const panel = path.parentNode.dataset, box = path.getBBox();
            const inside = box.x >= +panel.x - 1 && box.y >= +panel.y - 1
              && box.x + box.width <= +panel.x + +panel.width + 1 && box.y + box.height <= +panel.y + +panel.height + 1;
            return { id: path.id, length: path.getTotalLength(), inside, stroke: getComputedStyle(path).stroke, style: path.classList[1] };
          });
          const page = getComputedStyle(svg).backgroundColor;
          host.remove();
          const image = new Image();
          image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [image.width, image.height];
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          const pixels = {};
          for (const { stroke, style } of curves) {
            if (style === 'hard' || style in pixels) continue;
            const [r, g, b] = stroke.match(/\d+/g).map(Number);
            let count = 0;
            for (let i = 0; i < data.length; i += 4)
              if (data[i + 3] > 200 && Math.abs(data[i] - r) + Math.abs(data[i + 1] - g) + Math.abs(data[i + 2] - b) < 40) count++;
            pixels[style] = count;
          }
          return { curves, page, pixels, width: image.width };
        }
        (async () => {
          const results = {};
          try {
            for (const id in figures) results[id] = await measure(figures[id]);
          } catch (error) {
            results.error = String(error);
          }
          document.body.innerHTML = '';
          const pre = document.createElement('pre');
          pre.id = 'results';
          pre.textContent = JSON.stringify(results);
          document.body.appendChild(pre);
        })();
        """;

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void ShowsEveryCurve(bool dark)
    {
        var browser = Browser.Path!;
        using var results = JsonDocument.Parse(Render(browser, dark));
        if (results.RootElement.TryGetProperty("error", out var error)) Assert.Fail(error.GetString());
        var count = 0;
        foreach (var figure in Drawings.Figures)
        {
            var result = results.RootElement.GetProperty(figure.Id);
            Assert.Equal(dark ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)", result.GetProperty("page").GetString());
            var curves = result.GetProperty("curves").EnumerateArray().ToDictionary(curve => curve.GetProperty("id").GetString()!);
            Assert.Equal(figure.CurveIds.Order(StringComparer.Ordinal), curves.Keys.Order(StringComparer.Ordinal));
            foreach (var (id, curve) in curves)
            {
                Assert.True(curve.GetProperty("inside").GetBoolean(), $"{id} leaves its panel.");
                Assert.True(curve.GetProperty("length").GetDouble() > 200, $"{id} is {curve.GetProperty("length")} pixels long.");
                Assert.StartsWith("rgb", curve.GetProperty("stroke").GetString(), StringComparison.Ordinal);
                count++;
            }

            foreach (var style in result.GetProperty("pixels").EnumerateObject())
                Assert.True(style.Value.GetInt32() > 20, $"{figure.Id} shows {style.Value} pixels in the colour of {style.Name}.");
        }

        log.WriteLine($"{count} curves in {Drawings.Figures.Count} figures, {(dark ? "dark" : "light")}, rendered by {browser}.");
    }

    /// <summary>The text that the script leaves in the page.</summary>
    private static string Render(string browser, bool dark)
    {
        var folder = Directory.CreateTempSubdirectory("softdiff-gallery-").FullName;
        try
        {
            var figures = JsonSerializer.Serialize(Drawings.Figures.ToDictionary(figure => figure.Id, Drawings.Read));
            var page = Path.Combine(folder, "all.html");
            File.WriteAllText(page, $"<!DOCTYPE html><meta charset=\"utf-8\"><body><script type=\"application/json\" id=\"figures\">{figures}</script><script>{Script}</script>");
            var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
            foreach (var argument in new[]
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=" + Path.Combine(folder, "profile"),
                "--blink-settings=preferredColorScheme=" + (dark ? "0" : "1"), "--virtual-time-budget=60000", "--dump-dom", new Uri(page).AbsoluteUri,
            })
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("The browser did not end within two minutes.");
            }

            var match = Pre().Match(output.Result);
            Assert.True(match.Success, $"The browser left no results: {errors.Result}");
            return WebUtility.HtmlDecode(match.Groups[1].Value);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("<pre id=\"results\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Pre();
}

/// <summary>A theory that needs a browser.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute()
    {
        if (Browser.Path is null) Skip = "There is no chromium in the path, and SOFTDIFF_CHROMIUM does not name one.";
    }
}

internal static class Browser
{
    /// <summary>Where the browser is, or null.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SOFTDIFF_CHROMIUM") is { Length: > 0 } named) return named;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        return (from name in new[] { "chromium", "chromium-browser", "google-chrome", "google-chrome-stable" }
                from folder in folders
                let file = System.IO.Path.Combine(folder, name)
                where File.Exists(file)
                select file).FirstOrDefault();
    }
}
