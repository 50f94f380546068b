using System.CommandLine;
using System.Globalization;

using NodaTime.Text;

using Portal.Cms.Hosting;

namespace Portal.Cms.Backup;

/// <summary>The two commands, as whoever runs the server sees them.</summary>
internal static class BackupCommands
{
    /// <param name="run">Runs something over the services without serving anything; its first argument says whether the database is brought up to date first.</param>
    public static IEnumerable<Command> All(Func<bool, Func<IServiceProvider, CancellationToken, Task<int>>, CancellationToken, Task<int>> run)
    {
        var file = new Argument<string>("file") { Description = "The file with everything the CMS remembers." };
        var replace = new Option<bool>("--replace") { Description = "Throws away what the database holds." };
        var backup = new Command("backup", "Writes everything the CMS remembers into one file, while it runs. Keep it where you keep secrets.") { file };
        backup.SetAction((parsed, cancel) => run(false, (services, token) => BackupAsync(services, parsed.GetValue(file)!, token), cancel));
        var restore = new Command("restore", "Puts a backup in place of an empty database, or of any with --replace. Stop the CMS first.") { file, replace };
        restore.SetAction((parsed, cancel) => run(true, (services, token) => RestoreAsync(services, parsed.GetValue(file)!, parsed.GetValue(replace), token), cancel));
        return [backup, restore];
    }

    private static async Task<int> BackupAsync(IServiceProvider services, string path, CancellationToken cancel)
    {
        var manifest = await ActivatorUtilities.CreateInstance<DatabaseBackup>(services).WriteAsync(path, cancel);
        Console.WriteLine($"{Rows(manifest)} rows written to {path}.");
        Console.WriteLine("It holds accounts and the keys of their second factors: keep it where you keep secrets, and not on this machine alone.");
        return 0;
    }

    private static async Task<int> RestoreAsync(IServiceProvider services, string path, bool replace, CancellationToken cancel)
    {
        var manifest = await ActivatorUtilities.CreateInstance<DatabaseRestore>(services).RunAsync(path, replace, cancel);
        Console.WriteLine($"{Rows(manifest)} rows restored as they were on {LondonTime.Write(InstantPattern.General.Parse(manifest.At).Value)}.");
        Console.WriteLine("Start the CMS: it publishes the site as it was then. Everybody signs in again; links for passphrases must be made anew.");
        return 0;
    }

    private static string Rows(BackupManifest manifest) => manifest.Rows.Values.Sum().ToString(CultureInfo.InvariantCulture);
}
