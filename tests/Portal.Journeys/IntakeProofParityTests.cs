using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;

using Portal.Cms.Referrals.Intake;

using Xunit;

namespace Portal.Journeys;

/// <summary>Our proof of work is judged by the other implementation, in both directions.</summary>
public sealed class IntakeProofParityTests
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow()); // The other side looks at its own clock.
    private readonly Challenges challenges;

    public IntakeProofParityTests() => challenges = new(new EphemeralDataProtectionProvider(), clock);

    [Fact]
    public async Task The_other_side_solves_and_verifies_what_is_made_here()
    {
        var solved = await RunAsync("solve", Encoding.ASCII.GetString(challenges.Create()));
        using var verdict = JsonDocument.Parse(await RunAsync("verify", solved, challenges.Secret));
        using var otherSecret = JsonDocument.Parse(await RunAsync("verify", solved, "another secret"));

        Assert.True(verdict.RootElement.GetProperty("verified").GetBoolean());
        Assert.True(otherSecret.RootElement.GetProperty("invalidSignature").GetBoolean());
        Assert.True(challenges.TryUse(Convert.ToBase64String(Encoding.UTF8.GetBytes(solved))));
    }

    [Fact]
    public async Task What_the_other_side_makes_and_solves_passes_here()
    {
        using var ours = JsonDocument.Parse(challenges.Create());
        var parameters = ours.RootElement.GetProperty("parameters");
        var options = JsonSerializer.Serialize(new { algorithm = "SHA-256", cost = parameters.GetProperty("cost").GetInt32(), counter = 9_000, data = parameters.GetProperty("data"), expiresAt = parameters.GetProperty("expiresAt").GetInt64() });

        var made = await RunAsync("create", options, challenges.Secret);
        var foreign = await RunAsync("create", options, "another secret");

        Assert.True(challenges.TryUse(Convert.ToBase64String(Encoding.UTF8.GetBytes(await RunAsync("solve", made)))));
        Assert.False(challenges.TryUse(Convert.ToBase64String(Encoding.UTF8.GetBytes(await RunAsync("solve", foreign)))));
    }

    private static async Task<string> RunAsync(string act, string json, string secret = "")
    {
        var run = await HtmlTools.RunScriptAsync("altcha.mjs", act, json, secret);
        Assert.True(run.ExitCode == 0, run.Complained);
        return run.Said.Trim();
    }
}
