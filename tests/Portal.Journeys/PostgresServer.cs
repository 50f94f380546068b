using System.Diagnostics;

using Npgsql;

using Portal.Tests;

using Xunit;

[assembly: AssemblyFixture(typeof(Portal.Journeys.PostgresEnd))]

namespace Portal.Journeys;

/// <summary>A PostgreSQL server of these tests alone, in a new folder, reached by a socket in it. It starts with the first test that asks.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private PostgresServer(string folder, Process process) => (Folder, this.process) = (folder, process);

    public static Lazy<Task<PostgresServer>> Running { get; } = new(StartAsync);

    public string Folder { get; }

    public string Connection(string database) => $"Host={Folder};Username=portal;Database={database};Maximum Pool Size=20";

    /// <summary>Runs a statement over the server as a whole.</summary>
    public async Task RunAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names of databases that tests count up; a name cannot be a parameter.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        using (var stop = Process.Start("kill", ["-INT", $"{process.Id}"])) await stop.WaitForExitAsync(); // Its fast shutdown.
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var programs = await FindOrInstallAsync();
        var folder = RamFolder.Create("portal-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        string[] user = [];
        if (Environment.UserName == "root")
        {
            user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]; // The server refuses to run as root.
            await EndAsync(Begin(["chown", "postgres:postgres", folder], folder), "chown");
        }

        await EndAsync(Begin([.. user, Path.Combine(programs, "initdb"), "-D", data, "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], folder), "initdb");
        string[] options = ["listen_addresses=", $"unix_socket_directories={folder}", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "log_min_messages=fatal"];
        var running = Begin([.. user, Path.Combine(programs, "postgres"), "-D", data, .. options.SelectMany(option => new[] { "-c", option })], folder);
        var server = new PostgresServer(folder, running);
        await server.WaitAsync();
        return server;
    }

    private async Task WaitAsync()
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                await RunAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (clock.Elapsed < Patience && !process.HasExited)
            {
                // Not yet.
            }
        }
    }

    /// <exception cref="InvalidOperationException">There is none and none could be had; the message names the command.</exception>
    private static async Task<string> FindOrInstallAsync()
    {
        if (Find() is { } found) return found;
        if (DebianPackages.CanInstall)
        {
            await Console.Error.WriteLineAsync("No PostgreSQL found: installing Debian's postgresql with apt-get.");
            await DebianPackages.InstallAsync("postgresql");
        }

        return Find() ?? throw new InvalidOperationException(
            "The tests of the CMS need PostgreSQL. On Debian run 'apt-get install --no-install-recommends postgresql', elsewhere install it and have 'initdb' and 'postgres' in the PATH.");
    }

    /// <summary>The folder of its programs: the newest of Debian's, or one in the PATH.</summary>
    private static string? Find()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin")) : [];
        return versions.Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }

    private static Process Begin(string[] line, string folder)
    {
        var started = Process.Start(new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        started.BeginOutputReadLine();
        return started;
    }

    private static async Task EndAsync(Process program, string name)
    {
        var complaint = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        if (program.ExitCode != 0) throw new InvalidOperationException($"{name} ended with {program.ExitCode}: {complaint}");
        program.Dispose();
    }
}

/// <summary>Stops the server, where one was started, after the last test.</summary>
public sealed class PostgresEnd : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        if (PostgresServer.Running.IsValueCreated) await (await PostgresServer.Running.Value).DisposeAsync();
    }
}
