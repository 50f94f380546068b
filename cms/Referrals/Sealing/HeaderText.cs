using System.Text;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>How a header is written. There is one way to write each.</summary>
internal static class HeaderText
{
    public const string Version = "age-encryption.org/v1";

    /// <summary>What a stanza starts with.</summary>
    public const string Arrow = "-> ";

    /// <summary>What the last line starts with; the MAC covers all up to here.</summary>
    public const string End = "---";

    /// <summary>Characters in each line of a body but the last, which has fewer, or none.</summary>
    public const int Columns = 64;

    /// <summary>Bytes of a header that wraps the file key for some X25519 recipients and nobody else.</summary>
    public static int LengthFor(int recipients) =>
        Version.Length + 1 + (recipients * X25519Stanza.TextLength) + End.Length + 1 + RawBase64.LengthOf(FileKey.MacLength) + 1;

    /// <summary>All that the MAC covers: the header up to and including the three dashes.</summary>
    public static byte[] UpToMac(IEnumerable<Stanza> stanzas)
    {
        var text = new StringBuilder(Version).Append('\n');
        foreach (var stanza in stanzas)
        {
            text.Append(Arrow).AppendJoin(' ', stanza.Arguments).Append('\n');
            var body = RawBase64.Write(stanza.Body.Span);
            var at = 0;
            for (; body.Length - at >= Columns; at += Columns) text.Append(body, at, Columns).Append('\n');
            text.Append(body, at, body.Length - at).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.Append(End).ToString());
    }

    /// <summary>What follows the three dashes.</summary>
    public static byte[] AfterDashes(ReadOnlySpan<byte> mac) => Encoding.ASCII.GetBytes($" {RawBase64.Write(mac)}\n");
}
