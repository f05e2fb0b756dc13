using System.Runtime.CompilerServices;
using System.Text;

namespace SoftDiff.Generator.Tests.Harness;

/// <summary>
/// Compares generated texts with files beside the test, by the conventions of Verify: <c>Class.Method#Hint.verified.cs</c> holds what
/// was agreed, <c>Class.Method#Hint.received.cs</c> what came instead. To accept a change, read it and rename the received file.
/// This file is the only one that knows, so a snapshot library can take its place.
/// </summary>
internal static class Snapshot
{
    /// <summary>Compares each generated file of a run; an agreed file that is no longer generated is a failure as well.</summary>
    public static void Verify(
        GeneratorRun run,
        [CallerMemberName] string method = "",
        [CallerFilePath] string file = "")
    {
        string folder = RepositoryPaths.FolderOf(file);
        string prefix = Prefix(file, method) + "#";
        List<string> failures = [];
        HashSet<string> expected = new(StringComparer.Ordinal);
        foreach ((string hint, string text) in run.Generated.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            string name = prefix + Stem(hint);
            expected.Add(name + ".verified.cs");
            Compare(folder, name, text, failures);
        }

        foreach (string verified in Directory.GetFiles(folder, prefix + "*.verified.cs"))
        {
            if (!expected.Contains(Path.GetFileName(verified)))
            {
                failures.Add($"{Path.GetFileName(verified)} is agreed, but nothing of that name is generated any more.");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    /// <summary>Compares one text.</summary>
    public static void Verify(
        string text,
        string hint,
        [CallerMemberName] string method = "",
        [CallerFilePath] string file = "")
    {
        List<string> failures = [];
        Compare(RepositoryPaths.FolderOf(file), Prefix(file, method) + "#" + Stem(hint), text, failures);
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    /// <summary>A line-by-line comparison with a few lines around each difference.</summary>
    internal static string Diff(string verified, string received)
    {
        string[] a = verified.Split('\n');
        string[] b = received.Split('\n');
        int[,] common = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        List<(char Mark, string Line)> lines = [];
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                lines.Add((' ', a[i]));
                i++;
                j++;
            }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(('-', a[i++]));
            }
            else
            {
                lines.Add(('+', b[j++]));
            }
        }

        const int Around = 3;
        StringBuilder text = new();
        bool gap = false;
        for (int k = 0; k < lines.Count; k++)
        {
            int from = Math.Max(0, k - Around);
            int to = Math.Min(lines.Count - 1, k + Around);
            if (Enumerable.Range(from, to - from + 1).Any(n => lines[n].Mark != ' '))
            {
                text.Append(lines[k].Mark).Append(' ').Append(lines[k].Line).Append('\n');
                gap = false;
            }
            else if (!gap)
            {
                text.Append("  ...\n");
                gap = true;
            }
        }

        return text.ToString();
    }

    private static void Compare(string folder, string name, string text, List<string> failures)
    {
        string verifiedPath = Path.Combine(folder, name + ".verified.cs");
        string receivedPath = Path.Combine(folder, name + ".received.cs");
        if (text.Contains('\r'))
        {
            failures.Add($"{name}: generated text has line ends other than LF.");
        }

        string? verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).Replace("\r\n", "\n") : null;
        if (verified?.TrimEnd('\n') == text.TrimEnd('\n'))
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, text);
        failures.Add(verified is null
            ? $"{name}: nothing is agreed yet. Read {receivedPath} and rename it to .verified.cs."
            : $"{name} differs from what was agreed (- agreed, + received; the whole is in {receivedPath}):\n{Diff(verified, text)}");
    }

    private static string Prefix(string file, string method) => Path.GetFileNameWithoutExtension(file.Replace('\\', '/')) + "." + method;

    private static string Stem(string hint)
    {
        string stem = hint.EndsWith(".cs", StringComparison.Ordinal) ? hint[..^3] : hint;
        return string.Concat(stem.Select(c => Path.GetInvalidFileNameChars().Contains(c) || c is ':' or '*' or '?' or '<' or '>' ? '_' : c));
    }
}
