using System.Collections.Concurrent;
using System.Diagnostics;

namespace Portal.Journeys;

/// <summary>
/// The CMS as a process of its own, as a user without rights beyond its folder: the system's superuser writes into
/// read-only files. Ended by its id.
/// </summary>
internal sealed class CmsChild : IAsyncDisposable
{
    private const string Nobody = "65534";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly HttpClient client;
    private readonly ConcurrentQueue<string> lines = new();

    private CmsChild(Process process, string url)
    {
        this.process = process;
        client = new() { BaseAddress = new(url) };
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything it wrote so far, to either output.</summary>
    public string Said => string.Join('\n', lines);

    public bool HasExited => process.HasExited;

    /// <summary>Of the process that serves: what started it has become it.</summary>
    public int Id => process.Id;

    /// <summary>Starts it over a data folder, which becomes that user's.</summary>
    /// <param name="program">Folder of the program, readable by everybody.</param>
    /// <param name="environment">Variables beside, or instead of, the usual ones.</param>
    /// <param name="mostBytes">Longest file it can write, as on a disk that is full; null for no limit.</param>
    public static async Task<CmsChild> StartAsync(string program, string data, string content, int port, long? mostBytes = null, IReadOnlyList<(string Name, string Value)>? environment = null, params IReadOnlyList<string> arguments)
    {
        await OwnAsync(data);
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        List<string> command = [.. IsRoot ? ["setpriv", "--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups"] : Array.Empty<string>(), dotnet, Path.Combine(program, "Portal.Cms.dll"), .. arguments];
        // Beyond the limit a write fails, as it does where no room is left, once the signal that would end the process is passed over.
        List<string> shell = mostBytes is { } most ? ["sh", "-c", $"trap '' XFSZ; ulimit -f {most / 512}; exec \"$@\"", "sh", .. command] : command;
        var start = new ProcessStartInfo(shell[0], shell.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = data };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // Else the runtime's own code lies in a file in memory, which the limit would cut too.
        var url = $"http://localhost:{port}";
        foreach (var (name, value) in new[] { ("Data", data), ("Content", content), ("Url", url), ("SiteUrl", string.Empty), ("IntakeUrl", string.Empty), ("Owner__Email", "owner@example.org"), ("Owner__Password", "kettle marmot violin thursdayish") })
            start.Environment["Portal__" + name] = value;
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        return new(Process.Start(start)!, url);
    }

    /// <summary>Its answer to an address, once it answers at all.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience && !process.HasExited; await Task.Delay(50))
        {
            try
            {
                return await client.GetAsync(new Uri(path, UriKind.Relative));
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }
        }

        throw new TimeoutException($"The CMS did not answer. It said:\n{Said}");
    }

    /// <summary>Waits until something holds.</summary>
    public async Task WaitForAsync(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); !condition(); await Task.Delay(5))
            if (clock.Elapsed > Patience || process.HasExited) throw new TimeoutException($"It did not happen. The CMS said:\n{Said}");
    }

    /// <summary>Waits for its own end.</summary>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Ends it in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        client.Dispose();
        process.Dispose();
    }

    /// <summary>Hands a folder to the user without rights.</summary>
    public static async Task OwnAsync(string folder)
    {
        if (!IsRoot) return;
        using var chown = Process.Start("chown", ["-R", $"{Nobody}:{Nobody}", folder]);
        await chown.WaitForExitAsync();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private void Take(object sender, DataReceivedEventArgs received)
    {
        if (received.Data is { } line) lines.Enqueue(line);
    }
}
