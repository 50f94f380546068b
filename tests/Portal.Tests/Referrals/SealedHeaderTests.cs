using System.Text;

using CsCheck;

using Portal.Cms.Referrals.Sealing;

using Xunit;

namespace Portal.Tests.Referrals;

public sealed class SealedHeaderTests
{
    private const string Version = "age-encryption.org/v1\n";
    private const string Share = "-> X25519 XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE\n";
    private const string Body = "qRS0AMjdjPvZ/WT08U2KL4G+PIooA3hy38SvLpvaC1E\n";
    private const string End = "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s\n";
    private const string Line = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";
    private const string Whole = Version + Share + Body + End;

    private static readonly Gen<Stanza> Stanzas = Gen.Select(
        Gen.Char['!', '~'].Array[1, 12].Select(letters => new string(letters)).Array[1, 5],
        Gen.OneOf(Gen.Byte.Array[0, 100], Gen.OneOf(0, 47, 48, 49, 96, 144).SelectMany(length => Gen.Byte.Array[length])))
        .Select((arguments, body) => new Stanza(arguments, body));

    [Fact]
    public void A_header_is_read_up_to_its_payload()
    {
        Assert.True(SealedHeader.TryRead(Encoding.ASCII.GetBytes(Whole + "\n-> payload"), out var header, out var fault));
        var stanza = Assert.Single(header.Stanzas);

        Assert.Null(fault);
        Assert.Equal(["X25519", "XEl0dJ6y3C7KZkgmgWUicg63EyXJiwBJW8PdYJ/cYBE"], stanza.Arguments);
        Assert.Equal((32, 32, Whole.Length), (stanza.Body.Length, header.Mac.Length, header.Length));
    }

    [Fact]
    public void What_is_written_is_read_again() => Gen.Select(Stanzas.Array[1, 64], Gen.Byte.Array[32], Gen.Byte.Array[0, 20]).Where((stanzas, _, _) => HeaderText.UpToMac(stanzas).Length < 16000).Sample((stanzas, mac, payload) =>
    {
        var written = new SealedHeader(stanzas, mac, 0).Write();

        Assert.True(SealedHeader.TryRead([.. written, .. payload], out var read, out var fault), fault?.ToString());
        Assert.Equal(written.Length, read.Length);
        Assert.True(read.Mac.Span.SequenceEqual(mac));
        Assert.Equal(stanzas.Select(stanza => stanza.Arguments), read.Stanzas.Select(stanza => stanza.Arguments));
        Assert.Equal(stanzas.Select(stanza => Convert.ToHexString(stanza.Body.Span)), read.Stanzas.Select(stanza => Convert.ToHexString(stanza.Body.Span)));
        Assert.All(Encoding.ASCII.GetString(written).Split('\n').Where(line => !line.StartsWith('-')), line => Assert.InRange(line.Length, 0, 64));
    });

    [Theory]
    [InlineData("", 1, 0, "ends within")]
    [InlineData("age-encryption.org/v1", 1, 0, "ends within")]
    [InlineData("age-encryption.org/v2\n" + Share + Body + End, 1, 0, "version")]
    [InlineData(" " + Whole, 1, 0, "first line")]
    [InlineData("-----BEGIN AGE ENCRYPTED FILE-----\n", 1, 0, "first line")]
    [InlineData("age-encryption.org/v1\r\n" + Share + Body + End, 1, 0, "carriage return")]
    [InlineData(Version + End, 2, 22, "no stanza")]
    [InlineData(Version + Share + Body, 4, 120, "ends within")]
    [InlineData(Version + "->X25519 AAAA\n" + Body + End, 2, 22, "neither")]
    [InlineData(Version + "\n" + End, 2, 22, "neither")]
    [InlineData(Version + "-> \n" + Body + End, 2, 22, "empty argument")]
    [InlineData(Version + "-> a  b\n" + Body + End, 2, 22, "empty argument")]
    [InlineData(Version + "-> a \n" + Body + End, 2, 22, "empty argument")]
    [InlineData(Version + "-> a\tb\n" + Body + End, 2, 22, "visible ASCII")]
    [InlineData(Version + "-> a\u007F\n" + Body + End, 2, 22, "visible ASCII")]
    [InlineData(Version + "-> a\u00e9\n" + Body + End, 2, 22, "visible ASCII")]
    [InlineData(Version + "-> a\r\n" + Body + End, 2, 22, "carriage return")]
    [InlineData(Version + "-> a\nAAAA\r\n" + End, 3, 27, "carriage return")]
    [InlineData(Version + Share + End, 3, 76, "no last line")]
    [InlineData(Version + "-> a\n" + Line + End, 4, 92, "no last line")]
    [InlineData(Version + "-> a\nA" + Line + End, 3, 27, "more than 64")]
    [InlineData(Version + "-> a\nAA==\n" + End, 3, 27, "base64")]
    [InlineData(Version + "-> a\nA\n" + End, 3, 27, "base64")]
    [InlineData(Version + "-> a\nAB\n" + End, 3, 27, "base64")]
    [InlineData(Version + "-> a\nAA_A\n" + End, 3, 27, "base64")]
    [InlineData(Version + "-> a\nAA A\n" + End, 3, 27, "base64")]
    [InlineData(Version + Share + Body + "AAAA\n" + End, 4, 120, "neither")]
    [InlineData(Version + Share + Body + "---\n", 4, 120, "three dashes")]
    [InlineData(Version + Share + Body + "---HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s\n", 4, 120, "three dashes")]
    [InlineData(Version + Share + Body + "---  HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s\n", 4, 120, "three dashes")]
    [InlineData(Version + Share + Body + "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75t\n", 4, 120, "three dashes")]
    [InlineData(Version + Share + Body + "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s \n", 4, 120, "three dashes")]
    [InlineData(Version + Share + Body + "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG\n", 4, 120, "three dashes")]
    [InlineData(Version + Share + Body + "--- HK2NmOBN9Dpq0Gw6xMCuhFcQlQLvZ/wQUi/2scLG75s", 4, 120, "ends within")]
    public void What_is_no_header_is_refused_with_place_and_reason(string text, int line, int offset, string reason)
    {
        Assert.False(SealedHeader.TryRead(Encoding.Latin1.GetBytes(text), out var header, out var fault));

        Assert.Null(header);
        Assert.Equal((line, offset), (fault.Line, fault.Offset));
        Assert.Contains(reason, fault.What, StringComparison.Ordinal);
        Assert.Contains($"Line {line} of the header, at byte {offset}: ", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void At_most_64_stanzas_are_read(int count, bool taken)
    {
        Assert.Equal(taken, SealedHeader.TryRead(Encoding.ASCII.GetBytes(Version + string.Concat(Enumerable.Repeat(Share + Body, count)) + End), out _, out var fault));

        if (!taken) Assert.Equal((130, "more than 64 stanzas"), (fault!.Line, fault.What));
    }

    [Theory]
    [InlineData(16 * 1024, true)]
    [InlineData((16 * 1024) + 1, false)]
    public void A_header_has_at_most_16_KiB(int length, bool taken)
    {
        var argument = new string('a', length - (Version + "-> \n" + Body + End).Length);
        var text = Version + "-> " + argument + "\n" + Body + End;

        Assert.Equal(taken, SealedHeader.TryRead(Encoding.ASCII.GetBytes(text + Line), out _, out var fault));

        Assert.Equal(length, text.Length);
        if (!taken) Assert.Contains("16384", fault!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_without_end_is_not_looked_for_beyond_the_limit() =>
        Assert.False(SealedHeader.TryRead([.. Encoding.ASCII.GetBytes(Version + "-> "), .. Enumerable.Repeat((byte)'a', 1 << 20), .. "\n"u8], out _, out _));

    [Fact]
    public void A_stanza_that_could_not_be_read_again_cannot_be_made() =>
        Assert.All<string[]>([[], [""], ["a", ""], ["a b"], ["a\n"], ["\u00e9"]], arguments => Assert.Throws<ArgumentException>(() => new Stanza(arguments, Array.Empty<byte>())));

    /// <summary>What a reader of hostile bytes owes: a header that writes back those very bytes, or one clear fault; no third thing.</summary>
    [Fact]
    public void Damaged_headers_are_read_to_the_byte_or_refused()
    {
        var taken = 0;
        var refused = 0;
        byte[] whole = [.. Encoding.ASCII.GetBytes(Version + Share + Body + "-> grease a b\n" + Line + Line + "\n" + "-> c\nAAA\n" + End), 1, 2, 3, 10];
        var pieces = Gen.OneOf(
            Gen.Byte.Array[1, 3],
            Gen.OneOf("\n", "\r\n", " ", "=", "-> ", "---", "--- ", "\n\n", "A", Share, Body, Line, End, Version, "age-encryption.org/", "\0").Select(Encoding.ASCII.GetBytes));
        var change = Gen.Select(Gen.Int[0, whole.Length], Gen.OneOf(0, 0, 1, 1, 2, 44, 65), pieces, Gen.Int[0, 3]);
        change.Array[1, 3].Sample(
            changes =>
            {
                var bytes = changes.Aggregate(whole, (text, one) => Changed(text, one.Item1, one.Item2, one.Item3, one.Item4));
                if (SealedHeader.TryRead(bytes, out var header, out var fault))
                {
                    Interlocked.Increment(ref taken);
                    return fault is null && header.Length <= bytes.Length && header.Write().AsSpan().SequenceEqual(bytes.AsSpan(..header.Length));
                }

                Interlocked.Increment(ref refused);
                return header is null && fault.What.Length > 0 && fault.Line > 0 && fault.Offset >= 0 && fault.Offset <= bytes.Length;
            },
            iter: 20000);

        // Both ends of it were met, often.
        Assert.InRange(taken, 300, 19700);
        Assert.InRange(refused, 300, 19700);
    }

    [Fact]
    public void Bytes_of_chance_are_refused_and_nothing_is_thrown() =>
        Gen.Byte.Array[0, 200].Sample(bytes => !SealedHeader.TryRead(bytes, out _, out var fault) && fault is not null && !SealedHeader.TryRead([.. Encoding.ASCII.GetBytes(Version), .. bytes], out _, out fault) && fault is not null);

    private static byte[] Changed(byte[] text, int place, int removed, byte[] piece, int kind)
    {
        var at = Math.Min(place, text.Length);
        var rest = text.AsSpan(Math.Min(at + removed, text.Length));
        return kind switch
        {
            0 => text[..at], // Cut off.
            1 => [.. text[..at], .. rest], // Something left out.
            2 => [.. text[..at], .. piece, .. text[at..]], // Something put in.
            _ => [.. text[..at], .. piece, .. rest], // One for another.
        };
    }
}
