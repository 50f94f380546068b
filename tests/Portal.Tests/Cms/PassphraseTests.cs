using System.Buffers.Binary;

using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Hosting;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

public sealed class PassphraseTests
{
    [Fact]
    public void The_list_of_common_ones_is_long() => Assert.True(PassphraseRules.CommonCount >= 1000);

    [Theory]
    [InlineData("short words")]
    [InlineData("password1234")]
    [InlineData("Password2026!")]
    [InlineData("passwordpassword")]
    [InlineData("letmeinletmein99")]
    [InlineData("sunshine-dragon-1")]
    [InlineData("correct horse battery staple")]
    [InlineData("123456789012")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("qwertyuiop123")]
    [InlineData("ada.ember@example.org")]
    [InlineData("my name is Ada Ember")]
    [InlineData("ada.ember-likes-kites")]
    public void A_common_or_personal_passphrase_is_refused(string passphrase) => Assert.NotNull(PassphraseRules.Fault(passphrase, "Ada Ember", "ada.ember@example.org"));

    [Theory]
    [InlineData("kettle marmot violin")]
    [InlineData("zażółć gęślą jaźń")]
    [InlineData("tr0mbone ferry")]
    [InlineData("nothing but lower case")]
    public void No_kind_of_sign_is_asked_for(string passphrase) => Assert.Null(PassphraseRules.Fault(passphrase, "Ada Ember", "ada.ember@example.org"));

    [Fact]
    public void An_endless_passphrase_is_refused() => Assert.NotNull(PassphraseRules.Fault(string.Concat(Enumerable.Repeat("kettle marmot ", 20)), "Ada", "ada@example.org"));

    /// <summary>OWASP's figure for PBKDF2 with SHA-512. The other tests sign in with a weaker hash.</summary>
    [Fact]
    public async Task A_stolen_hash_costs_whoever_guesses_210_000_rounds_a_guess()
    {
        await using var app = CmsHost.Build(new());
        var hash = Convert.FromBase64String(app.Services.GetRequiredService<IPasswordHasher<Account>>().HashPassword(new() { Name = "Ada", Since = default }, "kettle marmot violin"));

        Assert.Equal(1, hash[0]); // The format that names its function and its rounds.
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1))); // HMAC with SHA-512.
        Assert.Equal(210_000u, BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)));
    }

    [Theory] // RFC 6238, appendix B, cut to six digits; the secret is "12345678901234567890".
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long second, string code)
    {
        const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var now = Instant.FromUnixTimeSeconds(second);

        Assert.Equal(code, OneTimeCode.At(Secret, OneTimeCode.Step(now)));
        Assert.NotNull(OneTimeCode.Match(Secret, code, now + Duration.FromSeconds(30)));
        Assert.Null(OneTimeCode.Match(Secret, code, now + Duration.FromSeconds(90)));
        Assert.Null(OneTimeCode.Match(Secret, string.Empty, now));
    }

    [Fact]
    public void A_new_secret_has_160_bits_and_is_never_the_same()
    {
        var secrets = Enumerable.Range(0, 20).Select(_ => OneTimeCode.NewSecret()).ToList();

        Assert.All(secrets, secret => Assert.Matches("^[A-Z2-7]{32}$", secret));
        Assert.Equal(20, secrets.Distinct().Count());
    }
}
