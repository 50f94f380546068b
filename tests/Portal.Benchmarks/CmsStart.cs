using System.ComponentModel;
using System.Diagnostics;

namespace Portal.Benchmarks;

/// <summary>The CMS as a process of its own over the starter's content, published before: from nothing to the first page.</summary>
internal sealed class CmsStart(string content, string folder, int rounds)
{
    private const string Address = "http://localhost:5984";
    private static readonly string Cms = Path.Combine(AppContext.BaseDirectory, "Portal.Cms.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task RunAsync()
    {
        Table.Heading("the CMS, fresh process, starter published before", "wall s", "CPU s", "peak MiB", "goal");
        await StartAsync(() => File.Exists(Path.Combine(folder, "site", "_headers")));
        var costs = new List<Cost>();
        for (var round = 0; round < Math.Max(rounds, 3); round++) costs.Add(await StartAsync(() => true));
        Table.Row("cold start to the first page", Median.Of(costs), "2 CPU s, 150 MB");
        Table.Row("the best of them", costs.MinBy(cost => cost.Cpu)!);
    }

    private async Task<Cost> StartAsync(Func<bool> done)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Cms]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("Data", folder), ("Content", content), ("Url", Address), ("SiteUrl", string.Empty), ("IntakeUrl", string.Empty), ("Owner__Email", "owner@example.org"), ("Owner__Password", "kettle marmot violin thursdayish") })
            start.Environment["Portal__" + name] = value;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!; // Started anew, never joined to one that runs.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var client = new HttpClient { BaseAddress = new(Address) };
            while (clock.Elapsed < Patience && !process.HasExited)
            {
                try
                {
                    await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
                    if (done()) break;
                }
                catch (HttpRequestException)
                {
                    // Not there yet.
                }

                await Task.Delay(20);
            }

            process.Refresh();
            return new(clock.Elapsed.TotalSeconds, process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64 / (1024.0 * 1024.0));
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            throw new InvalidOperationException("The CMS ended before it answered.", gone);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
