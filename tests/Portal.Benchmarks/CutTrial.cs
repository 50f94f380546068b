using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

using Microsoft.Data.Sqlite;

namespace Portal.Benchmarks;

/// <summary>One database through power cuts, and what each of them left of the messages that were acknowledged.</summary>
/// <param name="environment">Variables that its CMS is started with.</param>
[SupportedOSPlatform("linux")]
internal sealed class CutTrial(IntakeFolder data, CutVolume volume, params IReadOnlyList<(string Name, string Value)> environment)
{
    private const int Senders = 16;

    /// <summary>Different files, so that a mix-up of two would show; they come back often enough that sealing is not what is waited for.</summary>
    private const int Files = 64;

    /// <summary>Milliseconds under load before the power goes, exclusive, once the first were acknowledged: up to the second or third checkpoint.</summary>
    private const int Latest = 2_500;

    private const int FirstOnes = 20;

    private readonly byte[][] files = [.. Enumerable.Range(0, Files).Select(_ => data.Seal())];
    private readonly ConcurrentDictionary<string, int> tried = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> acknowledged = new(StringComparer.Ordinal);
    private int sent;
    private volatile bool isCut;
    private string refusal = string.Empty;

    /// <summary>Messages that were acknowledged, those of second tries included.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Of them: not in the database after the cut.</summary>
    public int Lost { get; private set; }

    /// <summary>Of them: twice in the database, or with other bytes than were sent, or under another reference.</summary>
    public int Wrong { get; private set; }

    /// <summary>Cuts after which SQLite finds its file damaged.</summary>
    public int Damaged { get; private set; }

    private string Folder => Path.Combine(volume.Place, "data");

    /// <exception cref="InvalidOperationException">The CMS took no messages any more; the message holds its last answer.</exception>
    public async Task CutAsync(CancellationToken cancel)
    {
        volume.Mount();
        isCut = false;
        await using (var cms = await IntakeProcess.StartAsync(Folder, environment, cancel))
        {
            await FindOutAsync(cms.Address);
            var before = acknowledged.Count;
            var load = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAsync(cms.Address), cancel)).ToList();
            try
            {
                while (acknowledged.Count < before + FirstOnes && !load.All(sender => sender.IsCompleted)) await Task.Delay(1, cancel);
                await Task.Delay(RandomNumberGenerator.GetInt32(Latest), cancel);
                if (load.All(sender => sender.IsCompleted)) throw new InvalidOperationException($"The CMS took no more messages, before the cut: {refusal}");

                // No answer leaves a machine without power. Here one may: a flush that is under way can be told as done.
                isCut = true;
                volume.Cut();
            }
            finally
            {
                await cms.KillAsync();
                await Task.WhenAll(load);
            }
        }

        volume.Unmount();
        volume.Mount();
        Check();
        volume.Unmount();
    }

    private async Task SendAsync(Uri address)
    {
        try
        {
            using var caller = await IntakeCaller.ConnectAsync(address);
            while (await PostAsync(caller, IntakeFolder.NewKey(), Interlocked.Increment(ref sent) % Files))
            {
                // Until it is refused, or the connection is lost.
            }
        }
        catch (SocketException gone)
        {
            refusal = gone.Message; // Ended before this one came to it.
        }
    }

    /// <summary>What had no answer is tried again, as a browser would: it is there, or it is taken now.</summary>
    private async Task FindOutAsync(Uri address)
    {
        using var caller = await IntakeCaller.ConnectAsync(address);
        foreach (var (key, file) in tried.Where(each => !acknowledged.ContainsKey(each.Key)).ToList())
            if (!await PostAsync(caller, key, file)) throw new InvalidOperationException($"A second try was refused: {refusal}");
    }

    private async Task<bool> PostAsync(IntakeCaller caller, string key, int file)
    {
        tried[key] = file;
        var answer = await data.PostAsync(caller, files[file], key);
        if (isCut || IntakeFolder.Acknowledged(answer) is not { } reference)
        {
            refusal = $"{answer.Status} {answer.Text}";
            return false;
        }

        acknowledged[key] = reference;
        return true;
    }

    /// <summary>Opens the database as a CMS would, which recovers what its log holds.</summary>
    private void Check()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "portal.db")};Pooling=False");
        connection.Open();
        using var integrity = connection.CreateCommand();
        integrity.CommandText = "PRAGMA integrity_check";
        if (integrity.ExecuteScalar() is not "ok") Damaged++;

        var stored = Stored(connection);
        Acknowledged = acknowledged.Count + Lost + Wrong;
        foreach (var (key, reference) in acknowledged.ToList())
        {
            var rows = stored[Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(key)))].ToList();
            var isWrong = rows.Count > 1 || (rows.Count == 1 && (rows[0].Reference != reference || !rows[0].File.AsSpan().SequenceEqual(files[tried[key]])));
            if (rows.Count == 1 && !isWrong) continue;
            if (isWrong) Wrong++;
            else Lost++;
            acknowledged.TryRemove(key, out _); // Told once: the next cut has its own.
            tried.TryRemove(key, out _);
        }
    }

    /// <summary>Every message by the hash of the key it came with.</summary>
    private static ILookup<string, (string Reference, byte[] File)> Stored(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT hex(RetryHash), Reference, Header, Payload FROM Referral";
        using var reader = command.ExecuteReader();
        var rows = new List<(string Hash, string Reference, byte[] File)>();
        while (reader.Read()) rows.Add((reader.GetString(0), reader.GetString(1), [.. reader.GetFieldValue<byte[]>(2), .. reader.GetFieldValue<byte[]>(3)]));
        return rows.ToLookup(row => row.Hash, row => (row.Reference, row.File), StringComparer.Ordinal);
    }
}
