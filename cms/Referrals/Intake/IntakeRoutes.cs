using System.Data.Common;

using Microsoft.AspNetCore.Connections;

using Portal.Cms.Database;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Rota;
using Portal.Theme;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// What the intake's listener answers, and who may ask: the script and the form of the one published site. There is no
/// framework's routing here, so that nothing can be reached that does not stand below.
/// </summary>
internal sealed class IntakeRoutes(IServiceScopeFactory scopes, IntakeSites sites, IntakeLimit limit, Challenges challenges, SealedPosts sealedPosts, FormPosts forms, HumanCheck human, ILogger<IntakeRoutes> log)
{
    private static readonly string[] Assets = ["site.css", "forms.css", "page.js", "human.js"];
    private static readonly Dictionary<string, string> AssetsByPath = Assets.ToDictionary(IntakeView.Asset, name => name);
    private static readonly Action<ILogger, string, Exception?> Failed = LoggerMessage.Define<string>(LogLevel.Error, new(1, nameof(Failed)), "A request to the intake failed ({Why}). It was told to try again.");

    public async Task AnswerAsync(HttpContext context)
    {
        IntakeHeaders.Set(context.Response.Headers);
        try
        {
            await RouteAsync(context);
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            if (IsOfForm(context)) await TellFailedAsync(context, error.StatusCode);
            else context.Response.StatusCode = error.StatusCode;
        }
        catch (Exception error) when (error is OperationCanceledException or ConnectionResetException)
        {
            // The browser went away.
        }
#pragma warning disable CA1031 // Nothing of a request may reach the framework's log, which repeats what it finds.
        catch (Exception error) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            Failed(log, error.GetType().Name, null);
            if (IsOfForm(context)) await TellFailedAsync(context, StatusCodes.Status503ServiceUnavailable);
            else await SealedPosts.TellClosedAsync(context, closed: false, sites.Known);
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        return (path, context.Request.Method) switch
        {
            ("/intake/v1/sealed", "POST") => SealedAsync(context),
            ("/intake/v1/keys" or "/intake/v1/challenge", "GET") => AskAsync(context, path),
            ("/intake/v1/sealed" or "/intake/v1/keys" or "/intake/v1/challenge", "OPTIONS") => AheadAsync(context),
            ("/intake/v1/human", "GET") => HumanAsync(context),
            ("/intake/v1/form", "POST") => FormAsync(context),
            ("/intake/v1/confirm", "POST") => ConfirmAsync(context),
            ("/intake/v1/form" or "/intake/v1/confirm", _) => AskedAgainAsync(context),
            ("/intake/v1/sealed", _) => RefuseMethod(context, "POST"),
            ("/intake/v1/keys" or "/intake/v1/challenge", _) => RefuseMethod(context, "GET"),
            (_, "GET") when AssetsByPath.TryGetValue(path, out var asset) => AssetAsync(context, asset),
            _ => Refuse(context, StatusCodes.Status404NotFound),
        };
    }

    private async Task SealedAsync(HttpContext context)
    {
        if (await sites.FindAsync() is not { } site)
        {
            await SealedPosts.TellClosedAsync(context, closed: false, null); // Whose form it could be is not known.
            return;
        }

        if (!IsShared(context, site))
        {
            await SealedPosts.TellAsync(context, StatusCodes.Status403Forbidden, new { problem = "Another site may not send." });
            return;
        }

        if (limit.TryTake(context.Connection.RemoteIpAddress, IntakeAct.Send, out var wait)) await sealedPosts.AnswerAsync(context, site);
        else await SealedPosts.TellBusyAsync(context, wait);
    }

    private async Task AskAsync(HttpContext context, string path)
    {
        var site = await sites.FindAsync();
        if (!IsShared(context, site) && context.Request.Headers.Origin.Count > 0)
        {
            await SealedPosts.TellAsync(context, StatusCodes.Status403Forbidden, new { problem = "Another site may not ask." });
        }
        else if (!limit.TryTake(context.Connection.RemoteIpAddress, IntakeAct.Ask, out var wait))
        {
            await SealedPosts.TellBusyAsync(context, wait);
        }
        else if (path.EndsWith("/challenge", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(challenges.Create());
        }
        else
        {
            await KeysAsync(context, site);
        }
    }

    private async Task KeysAsync(HttpContext context, IntakeSite? site)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
            await SealedPosts.TellAsync(context, StatusCodes.Status200OK, SealedPosts.Keys(await KeySets.CurrentAsync(database), await FormDoor.IsOpenAsync(database)));
        }
        catch (DbException)
        {
            await SealedPosts.TellClosedAsync(context, closed: false, site);
        }
    }

    /// <summary>The frame of the check for humans; not there while that is off.</summary>
    private async Task HumanAsync(HttpContext context)
    {
        if (await sites.FindAsync() is not { } site || human.KeyOf(site) is not { } key)
        {
            await Refuse(context, StatusCodes.Status404NotFound);
        }
        else if (!limit.TryTake(context.Connection.RemoteIpAddress, IntakeAct.Ask, out var wait))
        {
            await SealedPosts.TellBusyAsync(context, wait);
        }
        else
        {
            IntakeHeaders.SetFrame(context.Response.Headers, site.Origins);
            await IntakePages.HumanAsync(context, site.View(null), key);
        }
    }

    private async Task AheadAsync(HttpContext context)
    {
        var isOurs = IsShared(context, await sites.FindAsync());
        if (isOurs) IntakeHeaders.ShareAhead(context.Response.Headers);
        context.Response.StatusCode = isOurs ? StatusCodes.Status204NoContent : StatusCodes.Status403Forbidden;
    }

    // Whoever posts a form is a person who sees what comes: always a page, with the number to ring.
    private async Task FormAsync(HttpContext context)
    {
        IntakeHeaders.SetPage(context.Response.Headers);
        if (await sites.FindAsync() is not { } site) await TellFailedAsync(context, StatusCodes.Status503ServiceUnavailable);
        else if (!IsOwnForm(context, site)) await FormPosts.RefuseAsync(context, site, StatusCodes.Status403Forbidden);
        else await forms.PostAsync(context, site, limit.TryTake(context.Connection.RemoteIpAddress, IntakeAct.Send, out var wait) ? null : wait);
    }

    private async Task ConfirmAsync(HttpContext context)
    {
        IntakeHeaders.SetPage(context.Response.Headers);
        if (await sites.FindAsync() is not { } site) await TellFailedAsync(context, StatusCodes.Status503ServiceUnavailable);
        else if (!IsOwnForm(context, site) || context.Request.Headers["Sec-Fetch-Site"] is not ([] or ["same-origin"])) await FormPosts.RefuseAsync(context, site, StatusCodes.Status403Forbidden);
        else await forms.ConfirmAsync(context, site, limit.TryTake(context.Connection.RemoteIpAddress, IntakeAct.Ask, out var wait) ? null : wait);
    }

    /// <summary>The address of a form's answer, asked for anew: from the history, or typed.</summary>
    private async Task AskedAgainAsync(HttpContext context)
    {
        IntakeHeaders.SetPage(context.Response.Headers);
        context.Response.Headers.Allow = "POST";
        if (await sites.FindAsync() is { } site) await IntakePages.UsedAsync(context, site.View(null), StatusCodes.Status405MethodNotAllowed);
        else await TellFailedAsync(context, StatusCodes.Status405MethodNotAllowed);
    }

    private static bool IsOfForm(HttpContext context) => context.Request.Path.Value is "/intake/v1/form" or "/intake/v1/confirm";

    /// <summary>A page in English, with the number that the site has, or its content where nothing was published; 999 in any case.</summary>
    private Task TellFailedAsync(HttpContext context, int status)
    {
        IntakeHeaders.SetPage(context.Response.Headers);
        return (sites.Known ?? sites.Spare) is { } site ? IntakePages.RefusedAsync(context, site.View(null), status) : IntakePages.BareAsync(context, status);
    }

    /// <summary>Whether a script of the site asks; its browser is then let to read the answer.</summary>
    private static bool IsShared(HttpContext context, IntakeSite? site)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (site is null || !site.Origins.Contains(origin)) return false;
        IntakeHeaders.Share(context.Response.Headers, origin);
        return true;
    }

    /// <summary>
    /// Whether a form was posted by a page of the site, or by one of ours. Their pages send no referrer, and browsers then
    /// say <c>Origin: null</c>: so does any page that hides where it stands, and one of these can make a browser post. What
    /// it posts stays unconfirmed, and labelled as such, until a person presses the button on our own page.
    /// </summary>
    private static bool IsOwnForm(HttpContext context, IntakeSite site)
    {
        var headers = context.Request.Headers;
        var origin = headers.Origin.ToString();
        return (origin == "null" || site.Origins.Contains(origin) || origin == $"{context.Request.Scheme}://{context.Request.Host}")
            && headers["Sec-Fetch-Mode"] is [] or ["navigate"] && headers["Sec-Fetch-Dest"] is [] or ["document"];
    }

    private static Task AssetAsync(HttpContext context, string name)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.ContentType = name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
        return context.Response.Body.WriteAsync(ThemeAssets.Read(name)).AsTask();
    }

    private static Task RefuseMethod(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return Refuse(context, StatusCodes.Status405MethodNotAllowed);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
