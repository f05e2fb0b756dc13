using System.Diagnostics;
using System.Globalization;

namespace SoftDiff.Generator.Fuzz.Tests;

/// <summary>
/// The seed of a run of the tests: fresh for each commit, and the same whenever the tests of that commit run again. So every change meets other
/// programs, and a failure can be repeated.
/// </summary>
internal static class Seed
{
    private const string Variable = "SOFTDIFF_FUZZ_SEED";

    /// <summary>The number in the variable, if there is one; else the first digits of the commit; without Git a number from the clock.</summary>
    public static int Choose()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } pinned) return int.Parse(pinned, CultureInfo.InvariantCulture);
        return Commit() is { Length: >= 6 } hash ? int.Parse(hash.AsSpan(0, 6), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : Environment.TickCount & 0xffffff;
    }

    private static string? Commit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", "rev-parse HEAD")
            {
                WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
            });
            string hash = git!.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? hash : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no Git on this machine.
            return null;
        }
    }
}
