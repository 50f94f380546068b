using System.Collections.Concurrent;
using System.Net.Sockets;

using Microsoft.Data.Sqlite;

namespace Portal.Benchmarks;

/// <summary>
/// The long form of a test: the CMS as a process of its own, ended without warning again and again while it takes
/// messages. Whatever it acknowledged must be there, once, and every lost answer must be found out by a second try.
/// </summary>
internal sealed class IntakeKills(string content, string folder, int kills)
{
    private const int Senders = 32;

    private readonly ConcurrentDictionary<string, string> acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> tried = new(StringComparer.Ordinal);
    private string refusal = string.Empty;

    /// <exception cref="InvalidOperationException">A message was lost or is there twice.</exception>
    public async Task RunAsync()
    {
        var data = new IntakeFolder(content, Path.Combine(folder, "data"));
        await data.FillAsync();
        SqliteConnection.ClearAllPools();
        var file = data.Seal();
        for (var kill = 0; kill < kills; kill++)
        {
            await using (var cms = await IntakeProcess.StartAsync(data.Data, []))
            {
                var before = acknowledged.Count;
                var load = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(data, file, cms.Address))).ToList();
                while (acknowledged.Count < before + 20 + (kill * 11))
                {
                    if (load.All(sender => sender.IsCompleted)) throw new InvalidOperationException($"The CMS took no more messages, before it was ended: {refusal}");
                    await Task.Delay(1);
                }

                await cms.KillAsync();
                await Task.WhenAll(load);
            }

            Check(data.Data);
        }

        var unknown = tried.Count - acknowledged.Count;
        await FindOutAsync(data, file);
        Table.Heading($"intake, {kills} kills under load");
        Table.Line($"{acknowledged.Count - unknown} acknowledged and all of them there, {unknown} without an answer found out by a second try, none doubled");
    }

    private async Task SendAsync(IntakeFolder data, byte[] file, Uri address)
    {
        try
        {
            using var caller = await IntakeCaller.ConnectAsync(address);
            while (await PostAsync(caller, data, file, IntakeFolder.NewKey()))
            {
                // Until the connection is lost.
            }
        }
        catch (SocketException gone)
        {
            refusal = gone.Message; // Ended before this one came to it.
        }
    }

    private async Task<bool> PostAsync(IntakeCaller caller, IntakeFolder data, byte[] file, string key)
    {
        tried[key] = true;
        var answer = await data.PostAsync(caller, file, key);
        if (IntakeFolder.Acknowledged(answer) is { } reference) acknowledged[key] = reference;
        else refusal = $"{answer.Status} {answer.Text}";
        return acknowledged.ContainsKey(key);
    }

    private async Task FindOutAsync(IntakeFolder data, byte[] file)
    {
        await using (var cms = await IntakeProcess.StartAsync(data.Data, []))
        {
            using var caller = await IntakeCaller.ConnectAsync(cms.Address);
            foreach (var key in tried.Keys.Where(key => !acknowledged.ContainsKey(key)).ToList())
                if (!await PostAsync(caller, data, file, key)) throw new InvalidOperationException($"A second try was not answered: {refusal}");
            await cms.KillAsync();
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
}
