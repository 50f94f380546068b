using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Referrals.Intake;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>The work a browser does before it sends: what is right, in time and new passes; anything else is a label.</summary>
public sealed class IntakeProofTests(IntakeServer intake) : IClassFixture<IntakeServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_proof_is_good_once_and_a_message_without_one_is_taken_all_the_same()
    {
        var proof = Solve(await intake.Client.GetStringAsync(new Uri("/intake/v1/challenge", UriKind.Relative), Cancel));

        Assert.False(await LabelAsync(proof));
        Assert.True(await LabelAsync(proof)); // Once more.
        Assert.True(await LabelAsync(null));
        Assert.True(await LabelAsync("not base64"));
        Assert.True(await LabelAsync(Convert.ToBase64String("[]"u8)));
        Assert.True(await LabelAsync(new string('A', 5000)));
    }

    [Fact]
    public void A_proof_of_another_challenge_or_of_less_work_does_not_pass()
    {
        var challenges = intake.Cms.Services.GetRequiredService<Challenges>();
        var made = Encoding.ASCII.GetString(challenges.Create());
        var proof = JsonNode.Parse(Convert.FromBase64String(Solve(made)))!;
        foreach (var change in new Action<JsonNode>[]
        {
            each => each["challenge"]!["parameters"]!["keyPrefix"] = "00",
            each => each["challenge"]!["parameters"]!["expiresAt"] = 4_000_000_000,
            each => each["challenge"]!["parameters"]!["data"]!["key"] = "CfDJ8",
            each => each["challenge"]!["signature"] = new string('0', 64),
            each => each["solution"]!["counter"] = (uint)each["solution"]!["counter"]! + 1,
            each => each["solution"]!["derivedKey"] = new string('0', 64),
            each => each["solution"]!["counter"] = -1,
            each => each["solution"]!["counter"] = "1",
            each => ((JsonObject)each["challenge"]!).Remove("parameters"),
            each => ((JsonObject)each).Remove("solution"),
        })
        {
            var changed = proof.DeepClone();
            change(changed);
            Assert.False(challenges.TryUse(Convert.ToBase64String(Encoding.UTF8.GetBytes(changed.ToJsonString()))));
        }

        Assert.True(challenges.TryUse(Convert.ToBase64String(Encoding.UTF8.GetBytes(proof.ToJsonString()))));
    }

    [Fact]
    public void Another_instance_judges_it_too_and_nobody_after_ten_minutes()
    {
        var services = intake.Cms.Services;
        var other = ActivatorUtilities.CreateInstance<Challenges>(services);
        var (first, late) = (Solve(Encoding.ASCII.GetString(services.GetRequiredService<Challenges>().Create())), Solve(Encoding.ASCII.GetString(services.GetRequiredService<Challenges>().Create())));

        Assert.True(other.TryUse(first));
        intake.Cms.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        Assert.False(other.TryUse(late));
    }

    /// <summary>What a browser does: tries one number after the other.</summary>
    internal static string Solve(string challenge)
    {
        using var json = JsonDocument.Parse(challenge);
        var given = json.RootElement.GetProperty("parameters");
        byte[] text = [.. Convert.FromHexString(given.GetProperty("salt").GetString()!), .. Convert.FromHexString(given.GetProperty("nonce").GetString()!), 0, 0, 0, 0];
        for (var counter = 0U; ; counter++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(text.Length - 4), counter);
            var key = SHA256.HashData(text);
            for (var round = 1; round < given.GetProperty("cost").GetInt32(); round++) key = SHA256.HashData(key);
            var derived = Convert.ToHexStringLower(key);
            if (derived.StartsWith(given.GetProperty("keyPrefix").GetString()!, StringComparison.Ordinal))
                return Convert.ToBase64String(Encoding.ASCII.GetBytes($$$"""{"challenge":{{{challenge}}},"solution":{"counter":{{{counter}}},"derivedKey":"{{{derived}}}","time":12.5}}"""));
        }
    }

    /// <summary>Sends a message with a proof, and gives its label.</summary>
    private async Task<bool> LabelAsync(string? proof)
    {
        using var answer = await intake.SendAsync(intake.Post(headers: ("X-Proof", proof)));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return (await intake.StoredAsync(json.RootElement.GetProperty("reference").GetString()!)).Unchecked;
    }
}
