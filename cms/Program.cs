using System.CommandLine;
using System.IO.Compression;

using Portal.Cms.Backup;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Content.Reading;

namespace Portal.Cms;

/// <summary>The command line: without a command the CMS itself; beside it what is done while nobody is signed in.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            return await Root().Parse(args).InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (StartException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static RootCommand Root()
    {
        var folder = new Argument<string>("folder") { Description = "A content folder, or a .zip of one." };
        var email = new Argument<string>("email") { Description = "The Owner's address." };
        var import = new Command("import", "Takes a content folder in and makes public what is new or changed in it. What says the same already is left as it is.") { folder };
        import.SetAction((parsed, cancel) => WithAsync((services, token) => ImportAsync(services, parsed.GetValue(folder)!, token), cancel));
        var export = new Command("export", "Writes the saved texts and media as a content folder, or as a .zip of one.") { folder };
        export.SetAction((parsed, cancel) => WithAsync((services, token) => ExportAsync(services, parsed.GetValue(folder)!, token), cancel));
        var reset = new Command("reset-owner", "Prints a link that gives an Owner a new passphrase and takes their second factors away.") { email };
        reset.SetAction((parsed, cancel) => WithAsync(async (services, token) => await OwnerReset.RunAsync(services, parsed.GetValue(email)!, Console.Out, token) ? 0 : 1, cancel));

        var root = new RootCommand("The CMS of the portal: staff write, translate, review and publish.") { import, export, reset };
        foreach (var command in BackupCommands.All(WithAsync)) root.Add(command);
        root.SetAction((_, cancel) => ServeAsync(Settings(), cancel));
        return root;
    }

    private static CmsSettings Settings() => CmsSettings.From(new ConfigurationBuilder().AddEnvironmentVariables().Build());

    private static async Task<int> ServeAsync(CmsSettings settings, CancellationToken cancel)
    {
        Listening.Check(settings);
        await using var app = CmsHost.Build(settings);
        await CmsHost.PrepareAsync(app, cancel);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true); // What making the host left behind goes back to the machine before anybody is served.
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"The CMS is at {settings.Url}"));
        await app.RunAsync(cancel);
        return 0;
    }

    private static Task<int> WithAsync(Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancel) => WithAsync(true, run, cancel);

    /// <summary>Runs a command over the database without serving anything.</summary>
    /// <param name="prepare">True where the database is made or brought up to date first.</param>
    private static async Task<int> WithAsync(bool prepare, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancel)
    {
        await using var app = CmsHost.Build(Settings());
        if (prepare) await CmsHost.PrepareAsync(app, cancel);
        await using var scope = app.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider, cancel);
    }

    private static async Task<int> ImportAsync(IServiceProvider services, string from, CancellationToken cancel)
    {
        var unpacked = from.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Directory.CreateTempSubdirectory("portal-import").FullName : null;
        try
        {
            if (unpacked is not null) await ZipFile.ExtractToDirectoryAsync(from, unpacked, cancel);
            var result = await services.GetRequiredService<ContentImport>().PublishAsync(ContentFiles.FromFolder(unpacked ?? from), cancel);
            Console.WriteLine($"{result.Added} texts added and {result.Changed} changed: they are public now. {result.Left} say the same and are left as they are. {result.Media} media files.");
            foreach (var path in result.Shown) Console.WriteLine($"Was not public before: {path}");
            return 0;
        }
        finally
        {
            if (unpacked is not null) Directory.Delete(unpacked, recursive: true);
        }
    }

    private static async Task<int> ExportAsync(IServiceProvider services, string to, CancellationToken cancel)
    {
        if (File.Exists(to) || (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()))
        {
            await Console.Error.WriteLineAsync($"{to} is there already. Name a new folder or file.");
            return 1;
        }

        var files = await services.GetRequiredService<SiteContent>().SavedAsync(cancel);
        if (to.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            await using var archive = await ZipFile.OpenAsync(to, ZipArchiveMode.Create, cancel);
            foreach (var path in files.Paths)
            {
                await using var stream = await archive.CreateEntry(path, CompressionLevel.Optimal).OpenAsync(cancel);
                await stream.WriteAsync(files.Bytes(path), cancel);
            }
        }
        else
        {
            foreach (var path in files.Paths)
            {
                var target = Path.Combine(to, path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await File.WriteAllBytesAsync(target, files.Bytes(path), cancel);
            }
        }

        Console.WriteLine($"{files.Paths.Count} files written to {to}.");
        return 0;
    }
}
