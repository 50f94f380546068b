using Portal.Cms.Referrals.Sealing;

using Xunit;

namespace Portal.Tests.Referrals;

public sealed class RecipientTests
{
    private const string Known = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";
    private const string KnownIdentity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

    /// <summary>Prime 2^255 - 19, in little-endian order as X25519 has it.</summary>
    private static readonly byte[] Prime = [0xED, .. Enumerable.Repeat((byte)0xFF, 30), 0x7F];

    [Fact]
    public void A_recipient_is_written_as_it_was_read() => Assert.Equal(Known, Recipient.Parse(Known).ToString());

    [Fact]
    public void It_is_the_one_of_its_identity() => Assert.Equal(Recipient.Parse(Known), Identity.Parse(KnownIdentity).Recipient);

    [Fact]
    public void Recipients_of_the_same_key_are_equal()
    {
        var one = Identity.New();

        Assert.Equal(one.Recipient, Recipient.Parse(one.Recipient.ToString()));
        Assert.Equal(one.Recipient.GetHashCode(), Recipient.Parse(one.Recipient.ToString()).GetHashCode());
        Assert.NotEqual(one.Recipient, Identity.New().Recipient);
    }

    [Theory]
    [InlineData("", "separator")]
    [InlineData("AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ", "lower case")]
    [InlineData("age1Zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj", "mixes")]
    [InlineData("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwq", "checksum")]
    [InlineData("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujw", "checksum")]
    [InlineData(" " + Known, "space")]
    [InlineData(Known + "\n", "space")]
    [InlineData(KnownIdentity, "a secret")]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "\"age1\"")]
    public void What_is_no_recipient_is_refused_with_its_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Recipient.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_identity_given_by_mistake_is_not_repeated() =>
        Assert.DoesNotContain("GFPYY", Assert.Throws<FormatException>(() => Recipient.Parse(KnownIdentity)).ToString(), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    public void Another_length_is_refused(int length) =>
        Assert.Contains($"{length} bytes", Assert.Throws<FormatException>(() => Recipient.Parse(Bech32.Write("age", new byte[length]))).Message, StringComparison.Ordinal);

    /// <summary>The points of order 1, 2, 4 and 8 that are written as X25519 writes one: whoever sees such a key can open.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void Points_of_low_order_are_refused(string point) =>
        Assert.Contains("low order", Assert.Throws<FormatException>(() => Recipient.Parse(Bech32.Write("age", Convert.FromHexString(point)))).Message, StringComparison.Ordinal);

    /// <summary>Its owner would derive over other bytes than the sealer, and never open.</summary>
    [Fact]
    public void A_key_beyond_the_prime_is_refused()
    {
        byte[] prime = [.. Prime];
        byte[] more = [.. Prime];
        more[0]++;
        byte[] marked = [.. Bech32.Read(Known).Bytes];
        marked[^1] |= 0x80;

        Assert.All([prime, more, marked], point => Assert.Contains("not written as", Assert.Throws<FormatException>(() => Recipient.Of(point)).Message, StringComparison.Ordinal));
        byte[] below = [.. Prime];
        below[0] -= 2;
        Assert.Equal(Recipient.Of(below), Recipient.Of(below));
    }
}
