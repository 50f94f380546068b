using CsCheck;

using Portal.Cms.Referrals.Sealing;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>The vectors are those of BIP 173; its limit of 90 characters does not hold here.</summary>
public sealed class Bech32Tests
{
    [Theory]
    [InlineData("A12UEL5L", "A", 0)]
    [InlineData("a12uel5l", "a", 0)]
    [InlineData("an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs", "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio", 0)]
    [InlineData("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", 20)]
    [InlineData("11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j", "1", 51)]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "split", 30)]
    [InlineData("?1ezyfcl", "?", 0)]
    public void What_is_right_is_read(string text, string prefix, int bytes)
    {
        var read = Bech32.Read(text);

        Assert.Equal((prefix, bytes), (read.Prefix, read.Bytes.Length));
        Assert.Equal(text.ToLowerInvariant(), Bech32.Write(prefix.ToLowerInvariant(), read.Bytes));
    }

    [Theory]
    [InlineData(" 1nwldj5", "space")]
    [InlineData("\u007F1axkwrx", "beyond ASCII")]
    [InlineData("\u00801eym55h", "beyond ASCII")]
    [InlineData("pzry9x0s0muk", "separator")]
    [InlineData("1pzry9x0s0muk", "separator")]
    [InlineData("10a06t8", "separator")]
    [InlineData("1qzzfhee", "separator")]
    [InlineData("", "separator")]
    [InlineData("x1b4n0q5v", "alphabet")]
    [InlineData("li1dgmt3", "cut off")]
    [InlineData("de1lg7wt\u00FF", "beyond ASCII")]
    [InlineData("A1G7SGD8", "checksum")]
    [InlineData("a12uel5m", "checksum")]
    [InlineData("A12uEL5L", "mixes")]
    public void What_is_wrong_is_refused_with_its_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Bech32.Read(text)).Message, StringComparison.Ordinal);

    /// <summary>The same bytes would have two texts.</summary>
    [Theory]
    [InlineData("a1qpamnt9j")]
    [InlineData("a1q3g6mn3")]
    public void Bits_that_belong_to_no_byte_are_refused(string text) =>
        Assert.Contains("bits", Assert.Throws<FormatException>(() => Bech32.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_written_is_read_again() => Gen.Byte.Array[0, 80].Sample(bytes => Bech32.Read(Bech32.Write("age", bytes)) is ("age", var read) && read.AsSpan().SequenceEqual(bytes));

    [Fact]
    public void One_wrong_character_is_always_seen() => Gen.Select(Gen.Byte.Array[32], Gen.Int[4, 61], Gen.Char['a', 'z']).Sample((bytes, at, letter) =>
    {
        var text = Bech32.Write("age", bytes);
        return text[at] == letter || Record.Exception(() => Bech32.Read(text[..at] + letter + text[(at + 1)..])) is FormatException;
    });
}
