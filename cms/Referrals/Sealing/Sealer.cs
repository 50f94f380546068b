using System.Security.Cryptography;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>
/// Seals a text so that each of its recipients can open it and nobody else, this server included: an age v1 file with one
/// X25519 stanza for each recipient. There is nothing here that opens: identities stay with the people they belong to.
/// </summary>
internal static class Sealer
{
    public const int MaxRecipients = SealedHeader.MaxStanzas;

    /// <summary>Two seals of one text have nothing in common but their length.</summary>
    /// <param name="plain">As it is, any length from 0. Wiping it is up to its owner; no copy of it is made here.</param>
    /// <exception cref="ArgumentException">There is no recipient, one is named twice, or they are more than <see cref="MaxRecipients"/>.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> plain, IReadOnlyCollection<Recipient> recipients)
    {
        if (recipients.Count is 0 or > MaxRecipients) throw new ArgumentException($"A text is sealed to 1 to {MaxRecipients} recipients, not to {recipients.Count}.", nameof(recipients));
        if (recipients.Distinct().Count() != recipients.Count) throw new ArgumentException("A recipient is named twice.", nameof(recipients));

        using var fileKey = new FileKey();
        var covered = HeaderText.UpToMac(recipients.Select(fileKey.WrapFor));
        byte[] header = [.. covered, .. HeaderText.AfterDashes(fileKey.Mac(covered))];

        var file = new byte[checked(header.Length + Payload.LengthOf(plain.Length))];
        header.CopyTo(file, 0);
        var nonce = file.AsSpan(header.Length, Payload.NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var key = fileKey.PayloadKey(nonce);
        Payload.Seal(plain, key, file.AsSpan(header.Length + Payload.NonceLength));
        return file;
    }
}
