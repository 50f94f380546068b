using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

using Portal.Cms.Referrals.Intake;
using Portal.Content.Referrals;
using Portal.Theme;

namespace Portal.Journeys;

/// <summary>What came to the intake.</summary>
internal sealed record FormPost(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>What the intake is to answer a sealed message.</summary>
/// <param name="Status">0 hangs up.</param>
internal sealed record FormAnswer(int Status, string Body = "{}", string? RetryAfter = null)
{
    public static FormAnswer Stored { get; } = new(201, """{"reference":"K7MP-2QRT"}""");
}

/// <summary>Stands for the intake, on an origin of its own: keeps what is posted, and answers what it is told to.</summary>
internal sealed class FormIntake : IAsyncDisposable
{
    private const int Cost = 20;

    private WebApplication? app;

    public string Url { get; private set; } = string.Empty;

    public ConcurrentQueue<FormPost> Posts { get; } = new();

    /// <summary>Answers to come, one for each sealed message; then all are stored.</summary>
    public ConcurrentQueue<FormAnswer> Answers { get; } = new();

    /// <summary>What it says of its keys; null has it fail.</summary>
    public string? Keys { get; set; }

    /// <summary>False has the challenge fail.</summary>
    public bool Challenges { get; set; } = true;

    /// <summary>The site that may frame its page.</summary>
    public IntakeSite? Framed { get; set; }

    public static string Told(IntakeSetting keys, bool open = true) => JsonSerializer.Serialize(new { id = keys.KeySet, open, team = keys.Team, lead = keys.Lead });

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Url = app.Urls.First();
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }

    /// <summary>True where a proof is one of work that was asked for here.</summary>
    public static bool Proves(string proof)
    {
        using var payload = JsonDocument.Parse(Convert.FromBase64String(proof));
        var parameters = payload.RootElement.GetProperty("challenge").GetProperty("parameters");
        var solution = payload.RootElement.GetProperty("solution");
        byte[] counter = [0, 0, 0, 0];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(counter, solution.GetProperty("counter").GetUInt32());
        byte[] key = [.. Convert.FromHexString(parameters.GetProperty("salt").GetString()!), .. Convert.FromHexString(parameters.GetProperty("nonce").GetString()!), .. counter];
        for (var round = 0; round < parameters.GetProperty("cost").GetInt32(); round++) key = SHA256.HashData(key);
        var hex = Convert.ToHexStringLower(key);
        return payload.RootElement.GetProperty("challenge").GetProperty("signature").GetString() == "signed" && hex == solution.GetProperty("derivedKey").GetString() && hex.StartsWith("00", StringComparison.Ordinal);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.AccessControlAllowOrigin = request.Headers.Origin.ToString();
        response.Headers.CacheControl = "no-store";
        if (request.Method == "OPTIONS")
        {
            response.Headers.AccessControlAllowHeaders = "content-type, idempotency-key, x-keyset, x-group, x-urgent, x-proof, x-human";
            response.StatusCode = 204;
            return;
        }

        switch (request.Path.Value)
        {
            case "/intake/v1/keys" when Keys is { } keys:
                await response.WriteAsync(keys, context.RequestAborted);
                break;
            case "/intake/v1/challenge" when Challenges:
                var (nonce, salt) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
                await response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"parameters":{"algorithm":"SHA-256","cost":{{Cost}},"keyLength":32,"keyPrefix":"00","nonce":"{{nonce}}","salt":"{{salt}}"},"signature":"signed"}"""), context.RequestAborted);
                break;
            case "/intake/v1/human" when Framed?.Edition.Library.Settings.HumanCheck is { } key:
                IntakeHeaders.Set(response.Headers);
                IntakeHeaders.SetFrame(response.Headers, Framed.Origins);
                await IntakePages.HumanAsync(context, Framed.View(null), key);
                break;
            case { } path when path == IntakeView.Asset("human.js"):
                IntakeHeaders.Set(response.Headers);
                response.ContentType = "text/javascript";
                await response.Body.WriteAsync(ThemeAssets.Read("human.js"), context.RequestAborted);
                break;
            case "/intake/v1/sealed" or "/intake/v1/form":
                await TakeAsync(context);
                break;
            default:
                response.StatusCode = 404;
                break;
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        Posts.Enqueue(new(context.Request.Path.Value!, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        var answer = Answers.TryDequeue(out var told) ? told : FormAnswer.Stored;
        if (answer.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } after) context.Response.Headers.RetryAfter = after;
        await context.Response.WriteAsync(answer.Body, Encoding.UTF8, context.RequestAborted);
    }
}
