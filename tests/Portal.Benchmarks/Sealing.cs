using System.Diagnostics;

using NSec.Cryptography;

using Portal.Cms.Referrals.Sealing;

namespace Portal.Benchmarks;

/// <summary>
/// How many referrals one core seals in a second of its own time: the clock on the wall also counts what else the machine
/// does. Beside it the floor: the key agreements and the one encryption that no implementation can do without.
/// </summary>
internal sealed class Sealing(int rounds)
{
    private const int Recipients = 3;
    private const int TimesEach = 1500;

    private readonly byte[] plain = Padding.Pad("{}"u8);
    private readonly Recipient[] recipients = [.. Enumerable.Range(0, Recipients).Select(_ => NewRecipient())];
    private readonly byte[] sealedText = new byte[SizeClass.Small.Length + Payload.TagLength];

    public void Run()
    {
        Table.Heading($"sealing {SizeClass.Small.Length / 1024} KiB to {Recipients} recipients, a second on one core", "best", "middle", "goal");
        Row("C#: referrals sealed", "1500", () => Sealer.Seal(plain, recipients));
        Row("floor: X25519 and ChaCha20-Poly1305 of them alone", string.Empty, Primitives);
    }

    private static Recipient NewRecipient()
    {
        using var key = Key.Create(KeyAgreementAlgorithm.X25519);
        return Recipient.Of(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    private void Primitives()
    {
        foreach (var recipient in recipients)
        {
            using var ephemeral = Key.Create(KeyAgreementAlgorithm.X25519);
            using var shared = KeyAgreementAlgorithm.X25519.Agree(ephemeral, recipient.PublicKey);
        }

        using var key = Key.Create(AeadAlgorithm.ChaCha20Poly1305);
        AeadAlgorithm.ChaCha20Poly1305.Encrypt(key, stackalloc byte[Payload.ChunkNonceLength], [], plain, sealedText);
    }

    private void Row(string name, string goal, Action act)
    {
        for (var warm = 0; warm < 500; warm++) act();
        var figures = Enumerable.Range(0, Math.Max(rounds, 3)).Select(_ => ASecond(act)).ToList();
        Table.Row(name, figures.Max(), Median.Of(figures), goal);
    }

    /// <summary>Nothing else runs in this process, so its time is the one thread's, with the collector's.</summary>
    private static double ASecond(Action act)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var time = 0; time < TimesEach; time++) act();
        process.Refresh();
        return TimesEach / (process.TotalProcessorTime - before).TotalSeconds;
    }
}
