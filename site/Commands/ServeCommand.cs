using System.CommandLine;
using System.Threading.Channels;

using Portal.Site.Building;
using Portal.Site.Hosting;

namespace Portal.Site.Commands;

/// <summary><c>serve</c>: builds, then serves as the host would; with <c>--watch</c> rebuilds when a file changes.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5081";

    /// <summary>Editors write a file in several steps: wait for them to finish.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(150);

    public static Command Create()
    {
        var options = new SharedOptions();
        var urls = new Option<string>("--urls") { Description = "Address to listen on.", DefaultValueFactory = _ => DefaultUrl };
        var watch = new Option<bool>("--watch") { Description = "Rebuild and reload when a file changes." };
        var command = new Command("serve", "Builds the site and serves it on this machine.") { options.Content, options.Output, options.BaseUrl, options.At, urls, watch };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(options.Content)!, parsed.GetValue(options.Output)!, () => options.Read(parsed), parsed.GetValue(urls)!, parsed.GetValue(watch), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string content, string output, Func<BuildOptions> options, string url, bool watch, CancellationToken cancellationToken)
    {
        var failed = BuildCommand.Run(content, output, options(), out var build);
        if (failed != 0 || build?.Rules is not { } rules) return 1;

        await using var server = new StaticServer(output, rules) { Reloads = watch };
        await server.StartAsync(url, cancellationToken);
        Console.WriteLine($"Serving {string.Join(", ", server.Urls)} (Ctrl+C ends it)");
        if (watch) await WatchAsync(content, output, options, server, cancellationToken);
        else await server.WaitAsync(cancellationToken);
        return 0;
    }

    private static async Task WatchAsync(string content, string output, Func<BuildOptions> options, StaticServer server, CancellationToken cancellationToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watcher = new FileSystemWatcher(content) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        watcher.Changed += (_, _) => changes.Writer.TryWrite(true);
        watcher.Created += (_, _) => changes.Writer.TryWrite(true);
        watcher.Deleted += (_, _) => changes.Writer.TryWrite(true);
        watcher.Renamed += (_, _) => changes.Writer.TryWrite(true);

        try
        {
            await foreach (var _ in changes.Reader.ReadAllAsync(cancellationToken))
            {
                await Task.Delay(Settle, cancellationToken);
                if (BuildCommand.Run(content, output, options(), out var build) != 0 || build?.Rules is not { } rules) continue;
                server.Rules = rules;
                await server.ReloadAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C.
        }
    }
}
