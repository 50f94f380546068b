using System.Globalization;

using Microsoft.AspNetCore.Antiforgery;

using Portal.Cms.Staff;
using Portal.Content.Text;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>Where the forms of <see cref="ReferralActs"/> go. Each leads back to the page it stood on, which tells what came of it.</summary>
internal static class ActRoutes
{
    public static void MapActs(this IEndpointRouteBuilder app)
    {
        Map(app, "assign", (desk, id, version, form, cancel) => desk.AssignAsync(id, version, Guid.TryParse(form["to"], out var to) ? to : null, cancel));
        Map(app, "attempt", (desk, id, version, form, cancel) => desk.AttemptAsync(id, version, Choice<ContactChannel>(form, "channel"), Choice<ContactOutcome>(form, "result"), cancel));
        Map(app, "need", (desk, id, version, form, cancel) => desk.JudgeAsync(id, version, Choice<ReferralNeed>(form, "need"), cancel));
        Map(app, "facts", (desk, id, version, form, cancel) => desk.ConfirmAsync(id, version, new(Text(form, "source"), Text(form, "district"), Text(form, "ageBand"), Text(form, "language"), Text(form, "outcome")), cancel));
        Map(app, "hand-over", (desk, id, version, _, cancel) => desk.HandOverAsync(id, version, cancel));
        Map(app, "close", (desk, id, version, form, cancel) => desk.CloseAsync(id, version, Text(form, "outcome"), cancel));
        Map(app, "reopen", (desk, id, version, _, cancel) => desk.ReopenAsync(id, version, cancel));
        Map(app, "keep", (desk, id, version, form, cancel) => desk.KeepAsync(id, version, Choice<KeepReason>(form, "reason"), (int)Number(form, "days"), cancel));
    }

    private static void Map(IEndpointRouteBuilder app, string act, Act run) => app.MapPost($"/referrals/{{id:guid}}/{act}", async Task<IResult> (Guid id, HttpContext context, ReferralDesk desk, IAntiforgery antiforgery) =>
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest("The form is out of date. Go back and load the page again.");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await run(desk, id, Number(form, "version"), form, context.RequestAborted) switch
        {
            ActResult.Missing => Results.NotFound(),
            ActResult.Done when await desk.FindAsync(id, context.RequestAborted) is null => Results.LocalRedirect("/referrals?given=away"), // What a worker gave away is no longer theirs to see.
            ActResult.Done => Results.LocalRedirect($"{Back(id, form)}?done={act}#acts"),
            var result => Results.LocalRedirect($"{Back(id, form)}?problem={Names.Kebab(result)}#acts"),
        };
    }).RequireAuthorization(Permissions.Refer);

    /// <summary>The two pages that have the forms; nothing that a form says leads anywhere else.</summary>
    private static string Back(Guid id, IFormCollection form) => form["back"] == "message" ? $"/referrals/{id}" : $"/referrals/{id}/acts";

    private static string Text(IFormCollection form, string name) => form[name].ToString();

    private static long Number(IFormCollection form, string name) => long.TryParse(form[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number : -1;

    /// <summary>The choice of a name; null for any other text, which the desk refuses after it has asked who may.</summary>
    private static T? Choice<T>(IFormCollection form, string name)
        where T : struct, Enum => Enum.GetValues<T>().Where(value => value.ToString() == form[name]).Select(value => (T?)value).FirstOrDefault();

    private delegate Task<ActResult> Act(ReferralDesk desk, Guid id, long version, IFormCollection form, CancellationToken cancel);
}
