using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Sealing;

namespace Portal.Cms.Referrals.Intake;

/// <summary>Takes messages that were sealed in a browser. Nothing here can read one.</summary>
internal sealed partial class SealedPosts(ReferralWriter writer, Challenges challenges, HumanCheck human)
{
    /// <summary>Bytes; the largest sealed file to the most recipients has 39,142.</summary>
    private const int MostBytes = 40 * 1024;

    /// <summary>Seconds after which somebody who found the queue full may come again.</summary>
    private const string SoonAgain = "5";

    public async Task AnswerAsync(HttpContext context, IntakeSite site)
    {
        var headers = context.Request.Headers;
        if (context.Request.ContentType is not { } type || !type.Split(';')[0].Trim().Equals("application/age", StringComparison.OrdinalIgnoreCase))
        {
            await TellAsync(context, StatusCodes.Status415UnsupportedMediaType, new { problem = "Send application/age." });
            return;
        }

        var (group, urgent) = (headers["X-Group"].ToString(), headers["X-Urgent"].ToString());
        var (key, keySet) = (headers["Idempotency-Key"].ToString(), headers["X-Keyset"].ToString());
        if (group is not ("team" or "lead") || urgent is not ("0" or "1") || !Letters().IsMatch(key) || !Letters().IsMatch(keySet))
        {
            await TellAsync(context, StatusCodes.Status422UnprocessableEntity, new { problem = "X-Group is team or lead, X-Urgent 0 or 1, Idempotency-Key and X-Keyset 22 letters of base64url." });
            return;
        }

        using var body = await IntakeBody.ReadAsync(context.Request, MostBytes);
        if (body is null)
        {
            context.Response.Headers.Connection = "close"; // The rest of it is not waited for.
            await TellAsync(context, StatusCodes.Status413PayloadTooLarge, new { problem = "More than 40 KiB." });
            return;
        }

        // How many recipients there must be the writer knows; here it need only have the shape for as many as it has.
        var stanzas = SealedHeader.TryRead(body.Bytes, out var header, out var fault) ? header.Stanzas.Count : 0;
        if (!SealedFile.TryRead(body.Bytes, stanzas, out var shape, out var problem))
        {
            await TellAsync(context, StatusCodes.Status422UnprocessableEntity, new { problem = fault?.ToString() ?? problem });
            return;
        }

        var isProven = challenges.TryUse(headers["X-Proof"].ToString()); // Also where it does not count: it is good once.
        var isHuman = await human.VerdictAsync(site, headers["X-Human"].ToString()) ?? isProven;
        var result = await writer.WriteAsync(new()
        {
            RetryHash = SHA256.HashData(Encoding.ASCII.GetBytes(key)),
            KeySet = keySet,
            Group = group == "lead" ? ReferralGroup.Lead : ReferralGroup.Team,
            Urgent = urgent == "1" || group == "lead", // A worry about somebody who works here is one, whatever a page from before says.
            Unchecked = !isHuman,
            Promised = site.Promises,
            File = body.Bytes.ToArray(),
            Shape = shape,
        });
        await AnswerAsync(context, result, site);
    }

    /// <summary>The keys in force, as a script reads them.</summary>
    public static object Keys(KeySet keys, bool open) => new { id = keys.Id, open = open && keys.Team.Count > 0 && keys.Lead.Count > 0, team = keys.Team, lead = keys.Lead };

    public static Task TellAsync(HttpContext context, int status, object what)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var json = JsonSerializer.SerializeToUtf8Bytes(what, Names);
        context.Response.ContentLength = json.Length;
        return context.Response.Body.WriteAsync(json).AsTask();
    }

    /// <summary>Nobody takes messages now, or the database does not.</summary>
    public static Task TellClosedAsync(HttpContext context, bool closed, IntakeSite? site) =>
        TellAsync(context, StatusCodes.Status503ServiceUnavailable, new { closed, phones = site?.Phones ?? [] });

    public static Task TellBusyAsync(HttpContext context, long seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return TellAsync(context, StatusCodes.Status429TooManyRequests, new { problem = "Too many at the moment." });
    }

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    private static Task AnswerAsync(HttpContext context, WriteResult result, IntakeSite? site)
    {
        switch (result.Outcome)
        {
            case WriteOutcome.Stored:
                return TellAsync(context, StatusCodes.Status201Created, new { reference = result.Reference });
            case WriteOutcome.Already:
                return TellAsync(context, StatusCodes.Status200OK, new { reference = result.Reference });
            case WriteOutcome.WrongKeys:
                return TellAsync(context, StatusCodes.Status409Conflict, Keys(result.Keys!, open: true)); // Comes with them; a closed form is told first.
            case WriteOutcome.WrongShape:
                return TellAsync(context, StatusCodes.Status422UnprocessableEntity, new { problem = "It has another number of stanzas than its group has recipients." });
            case WriteOutcome.Closed:
                return TellClosedAsync(context, closed: true, site);
            case WriteOutcome.Busy:
                context.Response.Headers.RetryAfter = SoonAgain;
                return TellAsync(context, StatusCodes.Status429TooManyRequests, new { problem = "Too many at the moment." });
            default:
                return TellClosedAsync(context, closed: false, site);
        }
    }

    /// <summary>16 bytes in base64url.</summary>
    [GeneratedRegex("^[A-Za-z0-9_-]{22}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Letters();
}
