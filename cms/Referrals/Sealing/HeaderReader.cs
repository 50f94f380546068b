using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>Reads a header line by line and takes only what could have been written by <see cref="HeaderText"/>.</summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> text = file[..Math.Min(file.Length, SealedHeader.MaxLength)];
    private readonly bool isCut = file.Length > SealedHeader.MaxLength;
    private readonly List<Stanza> stanzas = [];
    private ReadOnlySpan<byte> line;
    private int number;
    private int start;
    private int next;
    private string wrong = string.Empty;

    public bool TryRead([NotNullWhen(true)] out SealedHeader? header, [NotNullWhen(false)] out HeaderFault? fault)
    {
        header = ReadVersion() && ReadStanzas() && ReadMac(out var mac) ? new(stanzas, mac, next) : null;
        fault = header is null ? new(wrong, number, start) : null;
        return header is not null;
    }

    private bool ReadVersion()
    {
        if (!Next()) return false;
        if (line.SequenceEqual(Encoding.ASCII.GetBytes(HeaderText.Version))) return true;
        return Wrong(line.StartsWith("age-encryption.org/"u8) ? "a version other than v1" : "not the first line of an age file");
    }

    private bool ReadStanzas()
    {
        while (Next())
        {
            if (line.StartsWith("---"u8)) return stanzas.Count > 0 || Wrong("no stanza before the end");
            if (!line.StartsWith("-> "u8)) return Wrong("neither a stanza nor the end");
            if (stanzas.Count == SealedHeader.MaxStanzas) return Wrong($"more than {SealedHeader.MaxStanzas} stanzas");
            if (line.ContainsAnyExceptInRange((byte)' ', (byte)'~')) return Wrong("an argument with a character that is not visible ASCII");
            var arguments = Encoding.ASCII.GetString(line["-> ".Length..]).Split(' ');
            if (arguments.Contains(string.Empty)) return Wrong("an empty argument");
            if (!ReadBody(out var body)) return false;
            stanzas.Add(new(arguments, body));
        }

        return false;
    }

    private bool ReadBody([NotNullWhen(true)] out byte[]? body)
    {
        body = null;
        var digits = new List<byte>();
        do
        {
            if (!Next()) return false;
            if (line.Length > HeaderText.Columns) return Wrong($"more than {HeaderText.Columns} characters of a stanza's body");
            if (line.StartsWith("-"u8)) return Wrong("a stanza's body has no last line, shorter than the others or empty");
            digits.AddRange(line);
        }
        while (line.Length == HeaderText.Columns);

        body = RawBase64.Read([.. digits]);
        return body is not null || Wrong("a stanza's body is not base64 in its one right form, without '='");
    }

    private bool ReadMac([NotNullWhen(true)] out byte[]? mac)
    {
        mac = line.StartsWith("--- "u8) ? RawBase64.Read(line["--- ".Length..]) : null;
        if (mac is { Length: FileKey.MacLength }) return true;
        mac = null;
        return Wrong($"the three dashes are not followed by a space and {FileKey.MacLength} bytes in base64 in its one right form");
    }

    private bool Next()
    {
        number++;
        start = next;
        var rest = text[start..];
        var length = rest.IndexOf((byte)'\n');
        if (length < 0) return Wrong(isCut ? $"the header does not end within {SealedHeader.MaxLength} bytes" : "the file ends within its header");
        line = rest[..length];
        next = start + length + 1;
        return !line.Contains((byte)'\r') || Wrong("a carriage return, where lines end with a line feed alone");
    }

    private bool Wrong(string what)
    {
        wrong = what;
        return false;
    }
}
