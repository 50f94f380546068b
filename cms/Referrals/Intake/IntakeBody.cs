using System.Security.Cryptography;
using System.Text;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// What somebody posted, in memory that is pinned and wiped: the framework's own reader of forms may put one on the disk.
/// What cannot be wiped: the server's buffers of the connection, and the texts that <see cref="Fields"/> gives, which the
/// runtime never changes and takes back when it likes. They stay in this process's memory for a while, and nowhere else.
/// </summary>
internal sealed class IntakeBody : IDisposable
{
    /// <summary>The form has about thirty fields; more than this was not made by it.</summary>
    private const int MostFields = 100;

    private readonly byte[] bytes;

    private IntakeBody(byte[] bytes, int length) => (this.bytes, Length) = (bytes, length);

    public int Length { get; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    /// <summary>Reads to the end; null where it is longer than it may be.</summary>
    public static async Task<IntakeBody?> ReadAsync(HttpRequest request, int most)
    {
        if (request.ContentLength > most) return null;
        var room = GC.AllocateUninitializedArray<byte>((int)(request.ContentLength ?? most) + 1, pinned: true);
        var length = 0;
        try
        {
            while (length < room.Length && await request.Body.ReadAsync(room.AsMemory(length), request.HttpContext.RequestAborted) is var read and > 0) length += read;
        }
        catch
        {
            CryptographicOperations.ZeroMemory(room);
            throw;
        }

        var body = new IntakeBody(room, length);
        if (length < room.Length) return body;
        body.Dispose();
        return null;
    }

    /// <summary>Names and values of an urlencoded form; of a name that comes twice the first counts.</summary>
    public Dictionary<string, string> Fields()
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var scratch = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
        foreach (var part in Bytes.Split((byte)'&'))
        {
            var pair = Bytes[part];
            var equals = pair.IndexOf((byte)'=');
            if (equals <= 0 || fields.Count == MostFields) continue;
            fields.TryAdd(Decode(pair[..equals], scratch), Decode(pair[(equals + 1)..], scratch));
        }

        CryptographicOperations.ZeroMemory(scratch);
        return fields;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

    private static string Decode(ReadOnlySpan<byte> text, byte[] scratch)
    {
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var isEscape = text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit((char)text[at + 1]) && char.IsAsciiHexDigit((char)text[at + 2]);
            scratch[length++] = isEscape ? (byte)((Convert.FromHexString([(char)text[at + 1], (char)text[at + 2]]))[0]) : text[at] == '+' ? (byte)' ' : text[at];
            if (isEscape) at += 2;
        }

        return Encoding.UTF8.GetString(scratch, 0, length);
    }
}
