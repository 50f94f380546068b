using Portal.Content.Places;
using Xunit;

namespace Portal.Tests.Places;

public sealed class OutcodeTests
{
    [Theory]
    [InlineData("ME14", "ME14")]
    [InlineData("  me14 ", "ME14")]
    [InlineData("ME1", "ME1")]
    [InlineData("W1A", "W1A")]
    [InlineData("ME14 1LY", "ME14")]
    [InlineData("me141ly", "ME14")]
    [InlineData("ME1 4AB", "ME1")]
    [InlineData("ME14AB", "ME1")]
    [InlineData("ME1 4", "ME1")]
    [InlineData("ME14 1L", "ME14")]
    public void A_postcode_is_cut_to_its_first_half(string typed, string outcode) =>
        Assert.Equal(outcode, Outcode.Parse(typed).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Deal")]
    [InlineData("ME")]
    [InlineData("MEE1")]
    [InlineData("ME14 1LYX")]
    [InlineData("ME14\n1LY x")]
    [InlineData("ME١٤")]
    public void Anything_else_is_refused(string? typed) => Assert.False(Outcode.TryParse(typed, out _));

    [Fact]
    public void What_is_refused_is_named() =>
        Assert.Contains("'Deal'", Assert.Throws<FormatException>(() => Outcode.Parse("Deal")).Message, StringComparison.Ordinal);
}
