using System.Globalization;
using System.Text.Json;

using Portal.Cms.Hosting;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// Asks reCAPTCHA (version 3) whether a person sent a message, where the service has chosen that: a site key in the site's
/// settings and a secret here. It is off without either, and then nobody is asked anything. Whatever it says, or where it
/// says nothing, the message is taken: the outcome is a label. It is told the token alone, never the visitor's address.
/// </summary>
internal sealed class HumanCheck(IHttpClientFactory clients, CmsSettings settings, TimeProvider time, ILogger<HumanCheck> log)
{
    public const string Client = "human-check";

    /// <summary>What the page's script names when it asks for a token.</summary>
    public const string Action = "contact";

    /// <summary>From 0, a program, to 1, a person.</summary>
    private const double LeastScore = 0.5;

    private const int LongestToken = 4_096;

    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);
    private static readonly Action<ILogger, string, Exception?> Failed = LoggerMessage.Define<string>(LogLevel.Warning, new(1, nameof(Failed)), "The check for humans did not pass: {Why}. The message was taken, with a label.");

    /// <summary>The visitor waits for it, so it waits no longer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(3);

    public static Uri Verifier { get; } = new("https://www.google.com/recaptcha/api/siteverify");

    /// <summary>True where it is off, or says that a person sent this.</summary>
    public async Task<bool> PassesAsync(IntakeSite? site, string token)
    {
        if (settings.HumanCheckSecret.Length == 0 || site?.Edition.Library.Settings is not { HumanCheck.Length: > 0 } published) return true;
        var why = await WhyNotAsync(token, new Uri(published.BaseUrl).Host);
        if (why is not null) Failed(log, why, null);
        return why is null;
    }

    /// <summary>What keeps it from passing, in words without anything of the token; null where nothing does.</summary>
    public async Task<string?> WhyNotAsync(string token, string host)
    {
        if (token.Length is 0 or > LongestToken) return "no token";
        try
        {
            using var client = clients.CreateClient(Client);
            using var question = new FormUrlEncodedContent([new("secret", settings.HumanCheckSecret), new("response", token)]);
            using var answer = await client.PostAsync((Uri?)null, question);
            if (!answer.IsSuccessStatusCode) return $"status {(int)answer.StatusCode}";
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
            return Judge(json.RootElement, host);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return error is HttpRequestException ? "not reached" : "no answer in time";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return "an answer that is none";
        }
    }

    private string? Judge(JsonElement answer, string host)
    {
        if (!answer.GetProperty("success").GetBoolean())
            return "refused: " + (answer.TryGetProperty("error-codes", out var codes) ? string.Join(", ", codes.EnumerateArray().Select(code => code.GetString())) : "no reason given");
        if (answer.GetProperty("hostname").GetString() != host) return "made on another host";
        if (answer.GetProperty("action").GetString() != Action) return "made for another action";
        var made = DateTimeOffset.Parse(answer.GetProperty("challenge_ts").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal); // Null is no date either.
        var age = time.GetUtcNow() - made;
        if (age > Oldest || age < -ClockDifference) return "too old";
        return answer.GetProperty("score").GetDouble() < LeastScore ? "a low score" : null;
    }
}
