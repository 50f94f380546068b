using System.Security.Cryptography;

using CsCheck;

using Portal.Cms.Referrals.Sealing;
using Portal.Tests.Architecture;

using Xunit;

namespace Portal.Tests.Referrals;

public sealed class SealerTests
{
    private static readonly Identity[] People = [.. Enumerable.Range(0, 8).Select(_ => Identity.New())];

    private static readonly Gen<int> Lengths = Gen.OneOf(
        Gen.Int[0, 2], Gen.Int[4095, 4097], Gen.Int[65534, 65538], Gen.Int[131070, 131074], Gen.Int[0, 200_000]);

    [Fact]
    public void What_is_sealed_is_opened_by_each_recipient_and_is_the_same() => Gen.Select(Lengths, Gen.Int[1, 8], Gen.Int[0, 7]).Sample(
        (length, recipients, opener) =>
        {
            var plain = Plain(length);
            var file = Sealer.Seal(plain, [.. People.Take(recipients).Select(person => person.Recipient)]);

            var opening = Opener.Open(file, People[opener % recipients]);

            Assert.Equal(HeaderText.LengthFor(recipients) + Payload.LengthOf(length), file.Length);
            return opening.Outcome == Outcome.Success && opening.Plain.AsSpan().SequenceEqual(plain);
        },
        iter: 60);

    [Theory]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    public void A_whole_mebibyte_is_sealed(int length)
    {
        var opening = Opener.Open(Sealer.Seal(Plain(length), [People[0].Recipient]), People[0]);

        Assert.True(opening.Plain.AsSpan().SequenceEqual(Plain(length)));
    }

    [Fact]
    public void The_most_recipients_fit()
    {
        var many = Enumerable.Range(0, 64).Select(_ => Identity.New()).ToList();
        var file = Sealer.Seal("{}"u8, [.. many.Select(person => person.Recipient)]);

        Assert.Equal("{}"u8, Opener.Open(file, many[^1]).Plain);
        Assert.Equal("{}"u8, Opener.Open(file, many[0]).Plain);
    }

    [Fact]
    public void Nobody_else_opens_it() =>
        Assert.Equal(Outcome.NoMatch, Opener.Open(Sealer.Seal("{}"u8, [People[0].Recipient, People[1].Recipient]), People[2..]).Outcome);

    [Fact]
    public void Two_seals_of_one_text_have_nothing_in_common()
    {
        var recipients = People.Take(3).Select(person => person.Recipient).ToList();
        var plain = Plain(4096);
        byte[][] files = [.. Enumerable.Range(0, 4).Select(_ => Sealer.Seal(plain, recipients))];

        // All that comes by chance or from it: shares, wrapped keys, MACs, nonces, chunks, in blocks of 16 bytes.
        var headers = files.Select(file => Opener.Open(file, People[0]).Header!).ToList();
        Assert.Distinct(headers.SelectMany(header => header.Stanzas).Select(stanza => stanza.Arguments[1]));
        Assert.Distinct(headers.SelectMany(header => header.Stanzas).Select(stanza => Convert.ToHexString(stanza.Body.Span)));
        Assert.Distinct(headers.Select(header => Convert.ToHexString(header.Mac.Span)));
        Assert.Distinct(files.SelectMany((file, at) => file[headers[at].Length..].Chunk(16)).Select(Convert.ToHexString));
        Assert.Distinct(files.Select(file => Convert.ToHexString(Opener.Open(file, People[0]).FileKey!)));
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused()
    {
        var file = Sealer.Seal("{\"message\":\"words\"}"u8, [People[0].Recipient, People[1].Recipient]);
        var opened = new List<int>();
        for (var bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] flipped = [.. file];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Opener.Open(flipped, People[0]) is not { Outcome: not Outcome.Success, Plain: [] }) opened.Add(bit);
        }

        Assert.Equal([], opened);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(65536 + 16)]
    public void A_file_cut_short_is_refused(int missing)
    {
        var file = Sealer.Seal(Plain(131072), [People[0].Recipient]);

        Assert.Equal(Outcome.PayloadFailure, Opener.Open(file.AsSpan(..^missing), People[0]).Outcome);
    }

    /// <summary>A second implementation begins with it.</summary>
    [Fact]
    public void The_example_in_the_description_of_the_format_opens()
    {
        var description = File.ReadAllText(Path.Combine(A.Repository, "docs", "sealed-referral.md"));
        var example = description.Split("In base64 (`base64 -d`):\n\n```\n")[1].Split("```")[0];
        var identity = description.Split('`').Single(piece => piece.StartsWith("AGE-SECRET-KEY-1GF", StringComparison.Ordinal));

        var opening = Opener.Open(Convert.FromBase64String(example), Identity.Parse(identity));

        Assert.Equal("{\"message\":\"an example\"}"u8, opening.Plain);
        Assert.Contains(Identity.Parse(identity).Recipient.ToString(), description, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_recipients_nothing_is_sealed() =>
        Assert.Contains("1 to 64", Assert.Throws<ArgumentException>(() => Sealer.Seal("{}"u8, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void To_more_than_64_nothing_is_sealed()
    {
        var many = Enumerable.Range(0, 65).Select(_ => Identity.New().Recipient).ToList();

        Assert.Contains("not to 65", Assert.Throws<ArgumentException>(() => Sealer.Seal("{}"u8, many)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void To_one_recipient_named_twice_nothing_is_sealed()
    {
        var again = Recipient.Parse(People[0].Recipient.ToString());

        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => Sealer.Seal("{}"u8, [People[0].Recipient, People[1].Recipient, again])).Message, StringComparison.Ordinal);
    }

    /// <summary>A wiped key leaves a text that the key itself no longer wraps.</summary>
    [Fact]
    public void A_file_key_is_wiped_with_its_end()
    {
        var key = new FileKey();
        var before = key.Mac("---"u8);
        key.Dispose();

        var zeros = HKDF.DeriveKey(HashAlgorithmName.SHA256, new byte[16], 32, [], "header"u8.ToArray());
        Assert.NotEqual(before, key.Mac("---"u8));
        Assert.Equal(HMACSHA256.HashData(zeros, "---"u8), key.Mac("---"u8));
    }

    /// <summary>Opening belongs to the people who hold identities: no code of the product could do it.</summary>
    [Fact]
    public void The_product_has_nothing_that_opens()
    {
        var sealing = Sources.In("cms").Where(file => file.Path.StartsWith("cms/Referrals/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(sealing);
        Assert.Equal([], sealing.Where(file => file.Text.Contains("Decrypt", StringComparison.Ordinal) || file.Text.Contains("AGE-SECRET", StringComparison.OrdinalIgnoreCase)).Select(file => file.Path));
        Assert.Equal([], Sources.In("content", "theme", "site", "cms").Except(sealing).Where(file => file.Text.Contains("NSec", StringComparison.Ordinal)).Select(file => file.Path));
    }

    private static byte[] Plain(int length)
    {
        var plain = new byte[length];
        for (var at = 0; at < length; at++) plain[at] = (byte)(at * 31 / 7);
        return plain;
    }
}
