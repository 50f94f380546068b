using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Who may send a new header for a message, and what it must look like. What is in it only a browser can tell.</summary>
public sealed class ReferralRewrapTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly ReferralWorld world = ReferralWorld.Of(cms);

    private Account lead = null!; // Set before each test.
    private Account worker = null!; // Set before each test.
    private Referral message = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        await world.ClearAsync();
        await world.RecoveryAsync();
        lead = await cms.PersonAsync(roles: ReferralWorld.Only(Role.SafeguardingLead));
        worker = await cms.PersonAsync(roles: ReferralWorld.Only(Role.ReferralWorker));
        await world.KeyAsync(lead.Id);
        message = await world.MessageAsync();
        await world.KeyAsync(worker.Id); // Comes later, and waits to be let in.
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Somebody_with_access_sends_a_header_for_exactly_the_present_readers()
    {
        using var client = await cms.SignInAsync(lead);
        var waiting = Assert.Single(await WaitingAsync(client));
        var readers = waiting.GetProperty("readers").EnumerateArray().Select(each => each.GetString()!).ToList();
        var header = HeaderFor(readers);

        var status = await SendAsync(client, message.Version, readers, header);

        var after = await MessageAsync();
        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(message.Reference, waiting.GetProperty("reference").GetString());
        Assert.Equal(message.Header, Convert.FromBase64String(waiting.GetProperty("header").GetString()!));
        Assert.Equal((await KeySets.CurrentAsync(cms.Database(), Cancel)).Team, readers);
        Assert.Equal(header, after.Header);
        Assert.Equal(message.Payload, after.Payload);
        Assert.Equal((Rewrapping.Line(readers), message.Version + 1, ReferralState.New), (after.Readers, after.Version, after.State));
        Assert.Equal("3 readers: 1 let in, 0 taken out", await cms.Database().Audit.Where(row => row.Act == "referral.rewrap" && row.Subject == message.Id.ToString()).Select(row => row.Detail).SingleAsync(Cancel));
        Assert.Empty(await WaitingAsync(client));
    }

    [Fact]
    public async Task Who_left_is_taken_out_of_what_waits()
    {
        using var client = await cms.SignInAsync(lead);
        var all = await world.MessageAsync();
        await cms.Database().Set<KeyMember>().Where(member => member.AccountId == worker.Id).ExecuteUpdateAsync(set => set.SetProperty(member => member.EndedAt, cms.Now), Cancel);

        var waiting = Assert.Single(await WaitingAsync(client));

        Assert.Equal(all.Id, waiting.GetProperty("id").GetGuid());
        Assert.Equal(2, waiting.GetProperty("readers").GetArrayLength());
        Assert.Contains($"for {worker.Name} to be taken out", (await client.PageAsync("/referrals/keys/readers")).QuerySelector(".readers")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_without_access_sends_one()
    {
        var readers = (await KeySets.CurrentAsync(cms.Database(), Cancel)).Team;
        var aside = await world.MessageAsync(group: ReferralGroup.Lead);
        using var waits = await cms.SignInAsync(worker); // Has a key, and this message is not for it.
        using var without = await cms.ClientAsync(Role.SafeguardingLead);
        using var auditor = await cms.ClientAsync(Role.ReferralAuditor);

        Assert.Empty(await WaitingAsync(waits));
        Assert.Empty(await WaitingAsync(without));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(waits, message.Version, readers, HeaderFor(readers)));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(waits, aside.Version, readers, HeaderFor(readers), aside.Id));
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(without, message.Version, readers, HeaderFor(readers)));
        using var none = await auditor.OpenAsync("/referrals/keys/waiting");
        Assert.Equal(HttpStatusCode.Forbidden, none.StatusCode);
        Assert.Equal(message.Header, (await MessageAsync()).Header);
    }

    [Fact]
    public async Task Wrong_readers_an_old_version_and_no_header_are_refused()
    {
        using var client = await cms.SignInAsync(lead);
        var readers = (await KeySets.CurrentAsync(cms.Database(), Cancel)).Team;
        var others = readers.Take(2).Append(Identity.New().Recipient.ToString()).ToList();
        var good = HeaderFor(readers);
        byte[] longer = [.. good, (byte)'\n'];

        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(client, message.Version, others, HeaderFor(others)));
        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(client, message.Version, [.. readers.Take(2)], HeaderFor([.. readers.Take(2)])));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await SendAsync(client, message.Version + 1, readers, good));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(client, message.Version, readers, HeaderFor([.. readers.Take(2)])));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(client, message.Version, readers, longer));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(client, message.Version, readers, good[..^1]));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(client, message.Version, readers, good, RandomKey.New()));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(client, message.Version, readers, good, token: "forged"));
        Assert.Equal(message.Header, (await MessageAsync()).Header);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(client, message.Version, readers, good));
    }

    [Fact]
    public async Task A_lost_role_ends_access_before_any_header_is_made_anew()
    {
        var aside = await world.MessageAsync(group: ReferralGroup.Lead);
        await cms.Database().Grants.Where(grant => grant.AccountId == lead.Id).ExecuteDeleteAsync(Cancel);
        var database = cms.Database();
        database.Grants.Add(new() { AccountId = lead.Id, Role = Role.ReferralWorker });
        await database.SaveChangesAsync(Cancel);
        var other = await cms.PersonAsync(roles: ReferralWorld.Only(Role.SafeguardingLead));
        await world.KeyAsync(other.Id);
        using var client = await cms.SignInAsync(lead);
        var readers = (await KeySets.CurrentAsync(cms.Database(), Cancel)).Lead;

        Assert.DoesNotContain(await WaitingAsync(client), each => each.GetProperty("id").GetGuid() == aside.Id);
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(client, aside.Version, readers, HeaderFor(readers), aside.Id));
    }

    private static async Task<List<JsonElement>> WaitingAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(new Uri("/referrals/keys/waiting", UriKind.Relative), Cancel)).EnumerateArray()];

    /// <summary>Of another text: the server cannot tell, and only its shape is judged here.</summary>
    private static byte[] HeaderFor(IReadOnlyList<string> readers) => Sealer.Seal("x"u8, [.. readers.Select(Recipient.Parse)])[..HeaderText.LengthFor(readers.Count)];

    private async Task<HttpStatusCode> SendAsync(HttpClient client, long version, IReadOnlyList<string> readers, byte[] header, Guid? id = null, string? token = null)
    {
        token ??= (await client.PageAsync("/account")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("version", version.ToString(CultureInfo.InvariantCulture)), new("header", Convert.ToBase64String(header)), .. readers.Select(reader => KeyValuePair.Create("readers", reader))]);
        using var answer = await client.PostAsync(new Uri($"/referrals/{id ?? message.Id}/header", UriKind.Relative), content, Cancel);
        return answer.StatusCode;
    }

    private Task<Referral> MessageAsync() => cms.Database().Set<Referral>().AsNoTracking().SingleAsync(each => each.Id == message.Id, Cancel);
}
