using Microsoft.AspNetCore.Components;

using Portal.Site.Rendering;

namespace Portal.Cms.Referrals.Intake;

/// <summary>Draws the pages that somebody without a script is led through, as the published site draws its own.</summary>
internal static class IntakePages
{
    /// <summary>The form with everything that was typed, and what to put right.</summary>
    public static Task AgainAsync(HttpContext context, IntakeView view, FormAgain form, int status) =>
        SendAsync<AgainPage>(context, status, (nameof(AgainPage.View), view), (nameof(AgainPage.Form), form));

    /// <summary>One button: the message is here and may be read; pressed, it counts as sent by a person.</summary>
    public static Task ConfirmAsync(HttpContext context, IntakeView view, string token, string stamp, int status) =>
        SendAsync<ConfirmPage>(context, status, (nameof(ConfirmPage.View), view), (nameof(ConfirmPage.Token), token), (nameof(ConfirmPage.Stamp), stamp), (nameof(ConfirmPage.Failed), status != StatusCodes.Status200OK));

    public static Task SentAsync(HttpContext context, IntakeView view, string reference, bool urgent) =>
        SendAsync<SentPage>(context, StatusCodes.Status200OK, (nameof(SentPage.View), view), (nameof(SentPage.Reference), reference), (nameof(SentPage.Urgent), urgent));

    /// <summary>What came was no form of ours, or too large: the number to ring.</summary>
    public static Task RefusedAsync(HttpContext context, IntakeView view, int status) => SendAsync<RefusedPage>(context, status, (nameof(RefusedPage.View), view));

    /// <summary>The second page's button was used, or is too old: whoever saw a reference has sent it.</summary>
    public static Task UsedAsync(HttpContext context, IntakeView view, int status) => SendAsync<UsedPage>(context, status, (nameof(UsedPage.View), view));

    /// <summary>Nothing was published, and no content is at hand either: 999 alone.</summary>
    public static Task BareAsync(HttpContext context, int status) => SendAsync<BarePage>(context, status);

    /// <summary>No page that anybody sees: the frame that asks a third party for a token.</summary>
    public static Task HumanAsync(HttpContext context, IntakeView view, string key) => SendAsync<HumanFrame>(context, StatusCodes.Status200OK, (nameof(HumanFrame.View), view), (nameof(HumanFrame.Key), key));

    private static async Task SendAsync<T>(HttpContext context, int status, params (string Name, object? Value)[] parameters)
        where T : ComponentBase
    {
        using var renderer = new PageRenderer();
        var page = renderer.Render(typeof(T), parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value));
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        await context.Response.Body.WriteAsync(page);
    }
}
