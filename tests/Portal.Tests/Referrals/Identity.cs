using NSec.Cryptography;

using Portal.Cms.Referrals.Sealing;

namespace Portal.Tests.Referrals;

/// <summary>What opens a sealed file: an X25519 key or a passphrase.</summary>
internal sealed class Identity
{
    private const string Prefix = "age-secret-key-";

    private Identity(Key? key, string? passphrase) => (Key, Passphrase) = (key, passphrase);

    public Key? Key { get; }

    public string? Passphrase { get; }

    public Recipient Recipient => Recipient.Of(Key!.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public static Identity New() => new(Key.Create(KeyAgreementAlgorithm.X25519, Exportable), null);

    public static Identity Parse(string text)
    {
        var (prefix, bytes) = Bech32.Read(text);
        if (!prefix.Equals(Prefix, StringComparison.OrdinalIgnoreCase)) throw new FormatException("No identity with an X25519 key.");
        return new(Key.Import(KeyAgreementAlgorithm.X25519, bytes, KeyBlobFormat.RawPrivateKey, Exportable), null);
    }

    public static Identity Of(string passphrase) => new(null, passphrase);

    /// <summary>As a file of the age program holds it.</summary>
    public override string ToString() => Bech32.Write(Prefix, Key!.Export(KeyBlobFormat.RawPrivateKey)).ToUpperInvariant();

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
