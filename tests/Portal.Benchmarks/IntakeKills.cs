using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

using Microsoft.Data.Sqlite;

namespace Portal.Benchmarks;

/// <summary>
/// The long form of a test: the CMS as a process of its own, ended without warning again and again while it takes
/// messages. Whatever it acknowledged must be there, once, and every lost answer must be found out by a second try.
/// </summary>
internal sealed class IntakeKills(string content, string folder, int kills)
{
    private const int Senders = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, string> acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> tried = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">A message was lost or is there twice.</exception>
    public async Task RunAsync()
    {
        var data = new IntakeFolder(content, Path.Combine(folder, "data"));
        await data.FillAsync();
        SqliteConnection.ClearAllPools();
        var file = data.Seal();
        for (var kill = 0; kill < kills; kill++)
        {
            var (process, address) = await StartAsync(data.Data);
            using (process)
            {
                var before = acknowledged.Count;
                var load = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(data, file, address))).ToList();
                while (acknowledged.Count < before + 20 + (kill * 11)) await Task.Delay(1);
                process.Kill();
                await process.WaitForExitAsync();
                await Task.WhenAll(load);
            }

            Check(data.Data);
        }

        await FindOutAsync(data, file);
        Table.Heading($"intake, {kills} kills under load", "acknowledged", "lost", "doubled");
        Table.Line($"{acknowledged.Count} acknowledged and all of them there, {tried.Count - acknowledged.Count} without an answer found out by a second try, none doubled");
    }

    private async Task SendAsync(IntakeFolder data, byte[] file, Uri address)
    {
        using var caller = await IntakeCaller.ConnectAsync(address);
        while (await PostAsync(caller, data, file, IntakeFolder.NewKey()))
        {
            // Until the connection is lost.
        }
    }

    private async Task<bool> PostAsync(IntakeCaller caller, IntakeFolder data, byte[] file, string key)
    {
        tried[key] = true;
        var (status, text) = await caller.PostAsync("/intake/v1/sealed", "application/age", file, ("Origin", data.Origin), ("Idempotency-Key", key), ("X-Keyset", data.Keys.Id), ("X-Group", "team"), ("X-Urgent", "0"));
        if (status is 200 or 201) acknowledged[key] = Reference(text);
        return status is 200 or 201;
    }

    private async Task FindOutAsync(IntakeFolder data, byte[] file)
    {
        var (process, address) = await StartAsync(data.Data);
        using (process)
        {
            using var caller = await IntakeCaller.ConnectAsync(address);
            foreach (var key in tried.Keys.Where(key => !acknowledged.ContainsKey(key)).ToList())
                if (!await PostAsync(caller, data, file, key)) throw new InvalidOperationException("A second try was not answered.");
            process.Kill();
            await process.WaitForExitAsync();
        }

        Check(data.Data);
        if (References(data.Data).Count != tried.Count) throw new InvalidOperationException("Some message is there twice, or not at all.");
    }

    private void Check(string data)
    {
        var stored = References(data);
        var lost = acknowledged.Values.Where(reference => !stored.Contains(reference)).ToList();
        if (lost.Count > 0) throw new InvalidOperationException($"{lost.Count} messages were acknowledged and are not there.");
    }

    private static HashSet<string> References(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "portal.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Reference FROM Referral";
        using var reader = command.ExecuteReader();
        var references = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read()) references.Add(reader.GetString(0));
        return references;
    }

    private static async Task<(Process Process, Uri Address)> StartAsync(string data)
    {
        const string says = "The intake of messages is at ";
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "Portal.Cms.dll")]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("Data", data), ("Content", string.Empty), ("Url", "http://127.0.0.1:0"), ("SiteUrl", string.Empty), ("IntakeUrl", "http://127.0.0.1:0"), ("Proxies", "127.0.0.1") })
            start.Environment["Portal__" + name] = value;
        var found = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Process.Start(start)!; // Started anew, never joined to one that runs.
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && text.StartsWith(says, StringComparison.Ordinal)) found.TrySetResult(new(text[says.Length..]));
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, await found.Task.WaitAsync(Patience));
    }

    private static string Reference(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("reference").GetString() ?? throw new InvalidOperationException("An answer without a reference.");
    }
}
