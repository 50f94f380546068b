using System.Text;
using System.Text.Json;

using Portal.Cms.Referrals.Sealing;

using Xunit;

namespace Portal.Tests.Referrals;

public sealed class PaddingTests
{
    [Theory]
    [InlineData(2, "small", 4096)]
    [InlineData(4096, "small", 4096)]
    [InlineData(4097, "medium", 16384)]
    [InlineData(16384, "medium", 16384)]
    [InlineData(16385, "large", 32768)]
    [InlineData(32768, "large", 32768)]
    public void A_text_is_padded_to_the_smallest_class_that_holds_it(int length, string name, int padded)
    {
        var json = Encoding.UTF8.GetBytes($"\"{new string('a', length - 2)}\"");

        var text = Padding.Pad(json);

        Assert.Equal((name, padded, padded), (SizeClass.Holding(length)!.Name, SizeClass.Holding(length)!.Length, text.Length));
        Assert.True(text.AsSpan(0, length).SequenceEqual(json));
        Assert.False(text.AsSpan(length).ContainsAnyExcept((byte)' '));
    }

    [Fact]
    public void A_padded_text_is_still_the_same_JSON()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new { message = "Ruf mich an — تماس" });

        Assert.Equal("Ruf mich an — تماس", JsonDocument.Parse(Padding.Pad(json)).RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public void A_larger_text_is_refused_with_both_numbers()
    {
        var refused = Assert.Throws<ArgumentException>(() => Padding.Pad(new byte[32769]));

        Assert.Contains("at most 32768 bytes; this one has 32769", refused.Message, StringComparison.Ordinal);
        Assert.Null(SizeClass.Holding(32769));
    }

    [Fact]
    public void An_empty_text_is_refused() => Assert.Throws<ArgumentException>(() => Padding.Pad([]));

    [Fact]
    public void A_sealed_length_tells_its_class_and_no_other_length_has_one()
    {
        for (var recipients = 1; recipients <= 64; recipients++)
        {
            var header = 70 + (98L * recipients);
            var lengths = new Dictionary<long, string> { [header + 16 + 4096 + 16] = "small", [header + 16 + 16384 + 16] = "medium", [header + 16 + 32768 + 16] = "large" };

            for (var length = 0L; length < 40_000; length += lengths.Keys.Any(one => Math.Abs(one - length) < 3) ? 1 : 2)
                Assert.Equal(lengths.GetValueOrDefault(length), SizeClass.OfSealed(length, recipients)?.Name);
        }
    }

    /// <summary>What intake takes is 40 KiB: the largest text to the most recipients stays below.</summary>
    [Fact]
    public void The_largest_sealed_text_to_the_most_recipients_stays_below_40_KiB() =>
        Assert.InRange(HeaderText.LengthFor(Sealer.MaxRecipients) + Payload.LengthOf(SizeClass.Large.Length), 1, 40 * 1024);
}
