using System.Globalization;
using System.Text.Json;

using Portal.Cms.Hosting;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// Asks reCAPTCHA (version 3) whether a person sent a message, where the service has chosen that: a site key in the site's
/// settings and a secret here. It is off without either, and then nobody is asked anything. Whatever it says, or where it
/// says nothing, the message is taken: the outcome is a label. It is told the token alone, never the visitor's address.
/// </summary>
/// <remarks>
/// What is labelled as not checked: where there is a verdict, a message that it speaks against, whatever its proof of work;
/// where there is none, a message whose proof of work fails too. There is none where it is off, where somebody left out the
/// tick (they may, and their browser may forbid it), and where the other side could not be asked or answered nothing about
/// the sender: nobody is worse off for having ticked. A form that was posted without a script is never asked for it.
/// </remarks>
internal sealed class HumanCheck(IHttpClientFactory clients, CmsSettings settings, TimeProvider time, ILogger<HumanCheck> log)
{
    public const string Client = "human-check";

    /// <summary>What the frame's script names when it asks for a token.</summary>
    public const string Action = "send";

    /// <summary>From 0, a program, to 1, a person.</summary>
    private const double LeastScore = 0.5;

    private const int LongestToken = 4_096;

    /// <summary>Reasons to refuse that are about the token; any other is about the secret or the question.</summary>
    private static readonly string[] OfToken = ["missing-input-response", "invalid-input-response", "timeout-or-duplicate"];

    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);
    private static readonly Action<ILogger, string, Exception?> Failed = LoggerMessage.Define<string>(LogLevel.Warning, new(1, nameof(Failed)), "The check for humans did not pass: {Why}. The message was taken.");

    /// <summary>The visitor waits for it, so it waits no longer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(3);

    public static Uri Verifier { get; } = new("https://www.google.com/recaptcha/api/siteverify");

    /// <summary>The site key, where both sides are set; null where it is off.</summary>
    public string? KeyOf(IntakeSite? site) =>
        settings.HumanCheckSecret.Length > 0 && site?.Edition.Library.Settings is { HumanCheck: { Length: > 0 } key, Intake: not null } ? key : null;

    /// <summary>True where it says that a person sent this, false where it says another thing of the sender; null where there is no verdict.</summary>
    public async Task<bool?> VerdictAsync(IntakeSite? site, string token)
    {
        if (token.Length == 0 || KeyOf(site) is null) return null;
        var answer = await AskAsync(token, new Uri(site!.Edition.Library.Settings.Intake!).IdnHost); // Both there: it is on. The frame that made the token stands at the intake.
        if (answer.Why is { } why) Failed(log, why, null);
        return answer.Verdict;
    }

    /// <param name="host">The host that the token must have been made on.</param>
    public async Task<HumanAnswer> AskAsync(string token, string host)
    {
        if (token.Length is 0 or > LongestToken) return new(false, "no token");
        try
        {
            using var client = clients.CreateClient(Client);
            using var question = new FormUrlEncodedContent([new("secret", settings.HumanCheckSecret), new("response", token)]);
            using var answer = await client.PostAsync((Uri?)null, question);
            if (!answer.IsSuccessStatusCode) return new(null, $"status {(int)answer.StatusCode}");
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            return Judge(json.RootElement, host);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return new(null, error is HttpRequestException ? "not reached" : "no answer in time");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return new(null, "an answer that is none");
        }
    }

    private HumanAnswer Judge(JsonElement answer, string host)
    {
        if (!answer.GetProperty("success").GetBoolean())
        {
            var codes = answer.TryGetProperty("error-codes", out var given) ? given.EnumerateArray().Select(code => code.GetString() ?? string.Empty).ToList() : [];
            return new(codes.Count > 0 && codes.All(OfToken.Contains) ? false : null, "refused: " + (codes.Count > 0 ? string.Join(", ", codes) : "no reason given"));
        }

        if (answer.GetProperty("hostname").GetString() != host) return new(false, "made on another host");
        if (answer.GetProperty("action").GetString() != Action) return new(false, "made for another action");
        var made = DateTimeOffset.Parse(answer.GetProperty("challenge_ts").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal); // Null is no date either.
        var age = time.GetUtcNow() - made;
        if (age > Oldest || age < -ClockDifference) return new(false, "too old");
        return answer.GetProperty("score").GetDouble() < LeastScore ? new(false, "a low score") : new(true, null);
    }
}

/// <summary>What came of asking.</summary>
/// <param name="Verdict">Null where the answer says nothing about the sender.</param>
/// <param name="Why">What kept it from passing, in words without anything of the token; null where nothing did.</param>
internal sealed record HumanAnswer(bool? Verdict, string? Why);
