using System.Globalization;

using Portal.Cms.Database;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals.Keys;

/// <summary>The keys of those who open messages.</summary>
internal static class KeyServices
{
    private const string Text = "text/plain; charset=utf-8";

    public static IServiceCollection AddReferralKeys(this IServiceCollection services) =>
        services.AddScoped<KeyChange>().AddScoped<KeyDesk>().AddScoped<KeyList>().AddScoped<RecoveryDesk>().AddScoped<Rewrapping>().AddSingleton<KeyWatch>().AddHostedService(provider => provider.GetRequiredService<KeyWatch>());

    public static void MapReferralKeys(this IEndpointRouteBuilder app)
    {
        app.MapGet("/referrals/keys/common", () => Results.Text(PassphraseRules.CommonLines, Text)).RequireAuthorization(Permissions.Refer);
        app.MapGet("/referrals/keys/waiting", WaitingAsync).RequireAuthorization(Permissions.Refer);
        app.MapPost("/referrals/keys/recovery/test", TestFileAsync).RequireAuthorization(Permissions.ReferLead).AddEndpointFilter(StaffServices.CheckTokenAsync);
        app.MapPost("/referrals/{id:guid}/header", TakeAsync).RequireAuthorization(Permissions.Refer).AddEndpointFilter(StaffServices.CheckTokenAsync);
    }

    /// <summary>The headers that whoever asks can make anew, and whom for. No payload: nothing can be read of them.</summary>
    private static async Task<IResult> WaitingAsync(CmsDatabase database, Rewrapping rewrapping, StaffUser user, CancellationToken cancel)
    {
        var set = await KeySets.CurrentAsync(database, cancel);
        var own = await rewrapping.OwnAsync(user.Id, cancel);
        var mine = (await rewrapping.WaitingAsync(set, cancel)).Where(message => own is not null && Rewrapping.MayOpen(user, message.Group) && message.Readers.Split(Rewrapping.Between).Contains(own));
        return Results.Json(mine.Select(message => new { message.Id, message.Reference, message.Version, Readers = set.Of(message.Group), Header = Convert.ToBase64String(message.Header) }));
    }

    private static async Task<IResult> TakeAsync(Guid id, HttpContext context, Rewrapping rewrapping, StaffUser user)
    {
        var posted = await context.Request.ReadFormAsync(context.RequestAborted);
        var header = new byte[posted["header"].ToString().Length];
        if (!long.TryParse(posted["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) || !Convert.TryFromBase64String(posted["header"].ToString(), header, out var length)) return Results.BadRequest();
        return Results.StatusCode(await rewrapping.TakeAsync(user, id, version, [.. posted["readers"].OfType<string>()], header[..length], context.RequestAborted) switch
        {
            Rewrapped.Done => StatusCodes.Status204NoContent,
            Rewrapped.Unknown => StatusCodes.Status404NotFound,
            Rewrapped.NoAccess => StatusCodes.Status403Forbidden,
            Rewrapped.OtherReaders => StatusCodes.Status409Conflict,
            Rewrapped.Stale => StatusCodes.Status412PreconditionFailed,
            _ => StatusCodes.Status422UnprocessableEntity,
        });
    }

    private static async Task<IResult> TestFileAsync(RecoveryDesk desk, CancellationToken cancel) => await desk.TestFileAsync(cancel) is { } file
        ? Results.Bytes(file, "application/octet-stream", "recovery-test.age")
        : Results.Redirect("/referrals/keys/recovery");
}
