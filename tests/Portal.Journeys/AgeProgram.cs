using System.Diagnostics;
using System.Text;

namespace Portal.Journeys;

/// <summary>Debian's age, the other implementation of the sealed format: what it opens, anybody can open without us.</summary>
internal static class AgeProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<Task<string>> Programs = new(FindOrInstallAsync);

    /// <summary>Makes an identity. Its file holds both lines; the recipient is said too.</summary>
    public static async Task<(string Identity, string Recipient)> KeygenAsync()
    {
        var made = await RunAsync("age-keygen", [], []);
        var lines = made.Lines();
        return (lines.Single(line => line.StartsWith("AGE-SECRET-KEY-1", StringComparison.Ordinal)), lines.Single(line => line.StartsWith("# public key: ", StringComparison.Ordinal))["# public key: ".Length..]);
    }

    /// <summary>The recipient of an identity.</summary>
    public static async Task<string> RecipientAsync(string identity) => (await RunAsync("age-keygen", ["-y"], Encoding.ASCII.GetBytes(identity + "\n"))).Lines().Single();

    public static async Task<byte[]> SealAsync(byte[] plain, IEnumerable<string> recipients)
    {
        var run = await RunAsync("age", [.. recipients.SelectMany(recipient => new[] { "-r", recipient })], plain);
        return run.ExitCode == 0 ? run.Said : throw new InvalidOperationException(run.Complained);
    }

    /// <summary>Opens with a file of one identity.</summary>
    public static async Task<AgeRun> OpenAsync(byte[] file, string identity)
    {
        var keys = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(keys, identity + "\n");
            return await RunAsync("age", ["-d", "-i", keys], file);
        }
        finally
        {
            File.Delete(keys);
        }
    }

    /// <summary>Opens with a passphrase, which the program asks a terminal for.</summary>
    public static async Task<byte[]> OpenByPassphraseAsync(byte[] file, string passphrase)
    {
        var folder = Directory.CreateTempSubdirectory("portal-age-");
        try
        {
            var (from, to) = (Path.Combine(folder.FullName, "sealed.age"), Path.Combine(folder.FullName, "opened"));
            await File.WriteAllBytesAsync(from, file);
            var run = await RunAsync("/usr/bin/script", ["-qec", $"'{Path.Combine(await Programs.Value, "age")}' -d -o '{to}' '{from}'", "/dev/null"], Encoding.UTF8.GetBytes(passphrase + "\n"));
            return File.Exists(to) ? await File.ReadAllBytesAsync(to) : throw new InvalidOperationException(Encoding.UTF8.GetString(run.Said) + run.Complained);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<AgeRun> RunAsync(string program, string[] arguments, byte[] input)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(await Programs.Value, program), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        using var limit = new CancellationTokenSource(Patience);
        var complained = process.StandardError.ReadToEndAsync(limit.Token);
        var said = ReadAsync(process.StandardOutput.BaseStream, limit.Token);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, limit.Token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It had read enough to refuse.
        }

        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, await said, await complained);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, cancellationToken);
        return whole.ToArray();
    }

    /// <exception cref="InvalidOperationException">There is none and none could be had; the message names the command.</exception>
    private static async Task<string> FindOrInstallAsync()
    {
        if (Find() is { } found) return found;
        if (DebianPackages.CanInstall)
        {
            await Console.Error.WriteLineAsync("No age found: installing Debian's age with apt-get.");
            await DebianPackages.InstallAsync("age");
        }

        return Find() ?? throw new InvalidOperationException(
            "The tests of the sealed format need the program age. On Debian run 'apt-get install --no-install-recommends age', elsewhere install it and have 'age' and 'age-keygen' in the PATH.");
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "age")) && File.Exists(Path.Combine(folder, "age-keygen")));
}

/// <summary>What the program wrote to its two outputs, and its exit code.</summary>
internal sealed record AgeRun(int ExitCode, byte[] Said, string Complained)
{
    public string[] Lines() => Encoding.ASCII.GetString(Said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
