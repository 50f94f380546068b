using System.IO.Compression;
using System.Text;
using System.Text.Json;

using Portal.Tests.Referrals;

namespace Portal.Journeys;

/// <summary>One of the public test vectors of the age format: a file, who tries to open it, and how that must end.</summary>
/// <param name="Payload">SHA-256 of all that may be given out, in hexadecimal digits; null where nothing is said of it.</param>
internal sealed record AgeVector(string Name, string Expected, string? Payload, IReadOnlyList<Identity> Identities, bool IsArmored, byte[] File)
{
    /// <summary>Hybrid keys (ML-KEM with X25519) belong to a later age than the one we seal in.</summary>
    public bool IsHybrid => Name.Contains("hybrid", StringComparison.Ordinal);

    public Outcome Outcome => Expected switch
    {
        "success" => Outcome.Success,
        "no match" => Outcome.NoMatch,
        "HMAC failure" => Outcome.HmacFailure,
        "header failure" => Outcome.HeaderFailure,
        "payload failure" => Outcome.PayloadFailure,
        _ => throw new InvalidDataException($"{Name} expects '{Expected}'."),
    };

    /// <summary>All of them, from the package in the lock file of <c>tools</c>.</summary>
    public static async Task<IReadOnlyList<AgeVector>> ReadAllAsync()
    {
        var run = await HtmlTools.RunScriptAsync("vectors.mjs");
        if (run.ExitCode != 0) throw new InvalidOperationException(run.Complained);
        return [.. JsonSerializer.Deserialize<Dictionary<string, string>>(run.Said)!.Select(vector => Read(vector.Key, Convert.FromBase64String(vector.Value)))];
    }

    private static AgeVector Read(string name, byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\n\n"u8);
        var facts = Encoding.UTF8.GetString(bytes, 0, end).Split('\n').Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        string[] known = ["expect", "compressed", "payload", "identity", "passphrase", "armored", "file key", "comment"];
        if (facts.FirstOrDefault(fact => !known.Contains(fact.Key)) is { } unknown) throw new InvalidDataException($"{name} says '{unknown.Key}', which nobody here understands.");
        Identity[] identities =
        [
            .. facts["identity"].Where(text => !text.StartsWith("AGE-SECRET-KEY-PQ-1", StringComparison.Ordinal)).Select(Identity.Parse),
            .. facts["passphrase"].Select(Identity.Of),
        ];
        return new(name, facts["expect"].Single(), facts["payload"].SingleOrDefault(), identities, facts["armored"].Any(), Unpacked(bytes[(end + 2)..], facts["compressed"].SingleOrDefault()));
    }

    private static byte[] Unpacked(byte[] file, string? how)
    {
        if (how is null) return file;
        if (how != "zlib") throw new InvalidDataException($"Compressed by '{how}'.");
        using var packed = new ZLibStream(new MemoryStream(file), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        packed.CopyTo(whole);
        return whole.ToArray();
    }
}
