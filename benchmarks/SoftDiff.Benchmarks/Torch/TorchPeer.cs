using System.Diagnostics;
using System.Globalization;

namespace SoftDiff.Benchmarks.Torch;

/// <summary>PyTorch in a process of its own, asked for one sample at a time so that samples of both sides alternate.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process _process;

    private TorchPeer(Process process, string version) => (_process, Version) = (process, version);

    public string Version { get; }

    /// <summary>Null, with the reason, where there is no Python with PyTorch.</summary>
    /// <param name="script">The file that knows the work.</param>
    public static TorchPeer? Start(string script, out string reason)
    {
        // Debian's package is for Debian's Python, whatever else comes first on the path.
        const string Packaged = "/usr/bin/python3";
        var start = new ProcessStartInfo(File.Exists(Packaged) ? Packaged : "python3")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Torch", script));
        try
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start");
            if (process.StandardOutput.ReadLine()?.Split(' ') is ["ready", var version])
            {
                reason = "";
                return new TorchPeer(process, version);
            }

            var error = process.StandardError.ReadToEnd().Trim();
            reason = error.Length > 0 ? error.Split('\n')[^1] : "it ended at once";
            process.Dispose();
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            reason = exception.Message;
        }

        return null;
    }

    /// <summary>Processor time of the calls in seconds.</summary>
    public double Time(string name, int calls)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {calls}"));
        var answer = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("PyTorch failed: " + _process.StandardError.ReadToEnd());
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.WriteLine("quit");
        _process.WaitForExit();
        _process.Dispose();
    }
}
