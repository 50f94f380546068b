using System.Text;

using Portal.Cms.Referrals.Sealing;

using Xunit;

namespace Portal.Tests.Referrals;

public sealed class SealedFileTests
{
    private static readonly Recipient[] Recipients = [.. Enumerable.Range(0, 3).Select(_ => Identity.New().Recipient)];

    [Theory]
    [InlineData(10, "small")]
    [InlineData(5000, "medium")]
    [InlineData(30000, "large")]
    public void A_sealed_text_is_taken_with_its_class(int length, string name)
    {
        var file = Sealer.Seal(Padding.Pad(new byte[length]), Recipients);

        Assert.True(SealedFile.TryRead(file, 3, out var read, out var problem), problem);
        Assert.Equal((name, 3), (read.Size.Name, read.Header.Stanzas.Count));
        Assert.Equal(read.Size, SizeClass.OfSealed(file.Length, 3));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(0)]
    public void A_file_for_another_number_of_recipients_is_refused(int recipients) =>
        Assert.Contains($"3 stanzas where the key set has {recipients}", Problem(Small(), recipients), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_sealed_file_is_refused()
    {
        Assert.Contains("Line 1", Problem("{\"message\":\"words\"}\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("Line 1", Problem([]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-4128)]
    public void A_payload_of_no_size_class_is_refused(int more)
    {
        var file = Small();

        Assert.Contains($"payload has {4128 + more} bytes", Problem(more < 0 ? file[..^-more] : [.. file, .. new byte[more]]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_was_not_padded_is_refused() => Assert.Contains("size class", Problem(Sealer.Seal("{}"u8, Recipients)), StringComparison.Ordinal);

    /// <summary>Also what age would pass over: nothing that we seal with adds one, and a place for anything is a place for a text in the open.</summary>
    [Fact]
    public void A_stanza_besides_is_refused()
    {
        var stanzas = Stanzas();

        Assert.Contains("4 stanzas", Problem(With([.. stanzas, new(["x-grease", "a"], new byte[8])])), StringComparison.Ordinal);
        Assert.Contains("4 stanzas", Problem(With([.. stanzas, new(["scrypt", "bAAAAAAAAAAAAAAAAAAAAA", "18"], new byte[32])])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stanza_of_another_type_or_shape_is_refused()
    {
        var stanzas = Stanzas();
        var share = stanzas[0].Arguments[1];
        Stanza[] others =
        [
            new(["x-grease", share], new byte[32]),
            new(["x25519", share], new byte[32]),
            new(["X25519"], new byte[32]),
            new(["X25519", share, "a"], new byte[32]),
            new(["X25519", share], new byte[31]),
            new(["X25519", share], new byte[33]),
            new(["X25519", share[..^1]], new byte[32]),
            new(["X25519", share + "A"], new byte[32]),
            new(["X25519", share[..^1] + "="], new byte[32]),
        ];

        Assert.All(others, other => Assert.Contains("right shape", Problem(With([other, .. stanzas[1..]])), StringComparison.Ordinal));
    }

    [Fact]
    public void Two_stanzas_with_the_same_share_are_refused() =>
        Assert.Contains("same share", Problem(With([.. Stanzas()[..2], Stanzas()[1]])), StringComparison.Ordinal);

    [Theory]
    [InlineData("words\n")]
    [InlineData("age-encryption.org/words\n")]
    [InlineData("age-encryption.org/v1\nwords\n")]
    [InlineData("age-encryption.org/v1\n-> words\u0007\n")]
    [InlineData("age-encryption.org/v1\n-> words\nwords!\n")]
    [InlineData("age-encryption.org/v1\n-> words\n\n--- words\n")]
    public void A_problem_repeats_nothing_of_the_file(string text) => Assert.DoesNotContain("words", Problem(Encoding.ASCII.GetBytes(text)), StringComparison.Ordinal);

    private static readonly byte[] File = Sealer.Seal(Padding.Pad("{}"u8), Recipients);

    private static byte[] Small() => [.. File];

    private static Stanza[] Stanzas()
    {
        Assert.True(SealedHeader.TryRead(File, out var header, out _));
        return [.. header.Stanzas];
    }

    /// <summary>The payload under another header.</summary>
    private static byte[] With(IReadOnlyList<Stanza> stanzas)
    {
        Assert.True(SealedHeader.TryRead(File, out var header, out _));
        return [.. (header with { Stanzas = stanzas }).Write(), .. File[header.Length..]];
    }

    private static string Problem(byte[] file, int recipients = 3)
    {
        Assert.False(SealedFile.TryRead(file, recipients, out var read, out var problem));
        Assert.Null(read);
        return problem;
    }
}
