using System.Data.Common;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

using Portal.Cms.Database;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Sealing;
using Portal.Content.Referrals;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// Takes the form of a browser without a script: checks it, seals it at once, and keeps it as unconfirmed until a button
/// on the next page is pressed. The words exist in memory for one request. The bytes that were read, the JSON and its
/// padded copy are wiped; the texts between them cannot be (see <see cref="IntakeBody"/>), nor the page that shows them
/// again where something is missing. No check for humans is asked here: without a script nobody can pass one.
/// </summary>
internal sealed partial class FormPosts(IServiceScopeFactory scopes, ReferralWriter writer, FormTokens tokens)
{
    /// <summary>Bytes: the longest answers with every letter escaped.</summary>
    private const int MostBytes = 32 * 1024;

    private const int MostConfirmBytes = 1024;

    /// <summary>Times that a message is sealed anew because the keys changed meanwhile.</summary>
    private const int MostSeals = 3;

    /// <summary>The keys that were in force when somebody looked last. The writer has the last word: it takes nothing sealed to others, and tells which.</summary>
    private volatile Sealing? sealing;

    /// <param name="limited">Seconds until this block of addresses may send again; null where it may.</param>
    public async Task PostAsync(HttpContext context, IntakeSite site, long? limited)
    {
        if (!IsForm(context.Request))
        {
            await IntakePages.RefusedAsync(context, site.View(null), StatusCodes.Status415UnsupportedMediaType);
            return;
        }

        using var body = await IntakeBody.ReadAsync(context.Request, MostBytes);
        if (body is null)
        {
            context.Response.Headers.Connection = "close"; // The rest of it is not waited for.
            await IntakePages.RefusedAsync(context, site.View(null), StatusCodes.Status413PayloadTooLarge);
            return;
        }

        var fields = body.Fields();
        var view = site.View(fields.GetValueOrDefault("page"));
        var answers = ReferralAnswers.Check(fields, site.Districts, site.Languages);
        if (limited is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
            await AgainAsync(context, view, fields, answers, StatusCodes.Status429TooManyRequests, "form.failed.busy");
        }
        else if (answers.Mistakes.Count > 0)
        {
            await AgainAsync(context, view, fields, answers, StatusCodes.Status422UnprocessableEntity, null);
        }
        else
        {
            var json = answers.ToJson(view.Language.Code, NoticeOf(fields));
            try
            {
                var token = tokens.TokenOf(json, fields.GetValueOrDefault(FormAgain.Try));
                fields[FormAgain.Try] = tokens.Carry(token, json);
                await StoreAsync(context, view, fields, answers, json, token);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(json);
            }
        }
    }

    /// <summary>A form that another site may have posted, or that no page of ours made: nothing of it is kept, and whoever sees it is told so in the language it names, with the number to ring.</summary>
    public static async Task RefuseAsync(HttpContext context, IntakeSite site, int status)
    {
        using var body = IsForm(context.Request) ? await IntakeBody.ReadAsync(context.Request, MostBytes) : null;
        await IntakePages.RefusedAsync(context, site.View(body?.Fields().GetValueOrDefault("page")), status);
    }

    /// <summary>The button on the second page was pressed.</summary>
    /// <param name="limited">As for a form.</param>
    public async Task ConfirmAsync(HttpContext context, IntakeSite site, long? limited)
    {
        using var body = IsForm(context.Request) ? await IntakeBody.ReadAsync(context.Request, MostConfirmBytes) : null;
        var fields = body?.Fields() ?? [];
        var view = site.View(fields.GetValueOrDefault("page"));
        if (!FormTokens.IsToken(fields.GetValueOrDefault("token")))
        {
            await IntakePages.RefusedAsync(context, view, StatusCodes.Status422UnprocessableEntity);
            return;
        }

        var (token, stamp) = (fields["token"], fields.GetValueOrDefault("at") ?? string.Empty);
        if (limited is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
            await IntakePages.ConfirmAsync(context, view, token, stamp, StatusCodes.Status429TooManyRequests);
            return;
        }

        var result = await writer.ConfirmAsync(FormTokens.ConfirmHash(token), FormTokens.RetryHash(token), tokens.IsTooFast(fields.GetValueOrDefault("at")));
        await (result.Outcome switch
        {
            WriteOutcome.Stored or WriteOutcome.Already => IntakePages.SentAsync(context, view, result.Reference, result.Urgent),
            WriteOutcome.Unknown => IntakePages.UsedAsync(context, view, StatusCodes.Status410Gone),
            _ => IntakePages.ConfirmAsync(context, view, token, stamp, StatusCodes.Status503ServiceUnavailable),
        });
    }

    private async Task StoreAsync(HttpContext context, IntakeView view, Dictionary<string, string> fields, ReferralAnswers answers, byte[] json, string token)
    {
        var group = answers.IsForLead ? ReferralGroup.Lead : ReferralGroup.Team;
        var result = WriteResult.Failed;
        for (var seals = 0; seals < MostSeals; seals++)
        {
            if (sealing is not { } current)
            {
                if (await AskAsync() is not { } keys)
                {
                    await AgainAsync(context, view, fields, answers, StatusCodes.Status503ServiceUnavailable, "form.failed.network");
                    return;
                }

                sealing = current = new(keys);
            }

            if (current.To(group) is not { Length: > 0 } recipients)
            {
                sealing = null; // Asked again by the next.
                await AgainAsync(context, view, fields, answers, StatusCodes.Status503ServiceUnavailable, "form.failed.closed");
                return;
            }

            var file = Seal(json, recipients);
            if (!SealedFile.TryRead(file, recipients.Length, out var shape, out _)) throw new InvalidOperationException("What was sealed here has no right shape.");
            result = await writer.WriteAsync(new()
            {
                RetryHash = FormTokens.RetryHash(token),
                ConfirmHash = FormTokens.ConfirmHash(token),
                KeySet = current.KeySet.Id,
                Group = group,
                Urgent = answers.IsUrgent,
                Promised = view.Promises,
                Unchecked = fields.GetValueOrDefault("website") is { Length: > 0 } || (fields.GetValueOrDefault("at") is { } at && tokens.IsTooFast(at)),
                File = file,
                Shape = shape,
            });
            if (result.Outcome != WriteOutcome.WrongKeys) break;
            sealing = new(result.Keys!); // Comes with them.
        }

        await (result.Outcome switch
        {
            WriteOutcome.Stored or WriteOutcome.Already => IntakePages.ConfirmAsync(context, view, token, tokens.Stamp(), StatusCodes.Status200OK),
            WriteOutcome.Closed => AgainAsync(context, view, fields, answers, StatusCodes.Status503ServiceUnavailable, "form.failed.closed"),
            WriteOutcome.Busy => AgainAsync(context, view, fields, answers, StatusCodes.Status429TooManyRequests, "form.failed.busy"),
            _ => AgainAsync(context, view, fields, answers, StatusCodes.Status503ServiceUnavailable, "form.failed.network"),
        });
    }

    private Task AgainAsync(HttpContext context, IntakeView view, IReadOnlyDictionary<string, string> fields, ReferralAnswers answers, int status, string? failure) =>
        IntakePages.AgainAsync(context, view, new(fields, answers.Route, answers.Mistakes, tokens.Stamp(), failure), status);

    /// <summary>The keys in force; null where the database fails.</summary>
    private async Task<KeySet?> AskAsync()
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await KeySets.CurrentAsync(scope.ServiceProvider.GetRequiredService<CmsDatabase>());
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string NoticeOf(Dictionary<string, string> fields) => fields.GetValueOrDefault("notice") is { } notice && Version().IsMatch(notice) ? notice : string.Empty;

    private static byte[] Seal(byte[] json, Recipient[] recipients)
    {
        var padded = Padding.Pad(json);
        try
        {
            return Sealer.Seal(padded, recipients);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    private static bool IsForm(HttpRequest request) => request.ContentType is { } type && type.Split(';')[0].Trim().Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    /// <summary>What the version of a notice looks like: a day.</summary>
    [GeneratedRegex("^[0-9A-Za-z.-]{1,20}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();

    /// <summary>A key set, its recipients read.</summary>
    private sealed class Sealing(KeySet keys)
    {
        private readonly Recipient[] team = [.. keys.Team.Select(Recipient.Parse)];
        private readonly Recipient[] lead = [.. keys.Lead.Select(Recipient.Parse)];

        public KeySet KeySet { get; } = keys;

        public Recipient[] To(ReferralGroup group) => group == ReferralGroup.Lead ? lead : team;
    }
}
