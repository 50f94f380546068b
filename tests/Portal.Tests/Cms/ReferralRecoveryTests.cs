using System.Net;
using System.Text;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Referrals.Keys;
using Portal.Cms.Staff;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The recovery key counts when somebody has opened a file with it, and not before.</summary>
public sealed class ReferralRecoveryTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private const string Page = "/referrals/keys/recovery";

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly ReferralWorld world = ReferralWorld.Of(cms);

    public async ValueTask InitializeAsync() => await world.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_word_of_the_newest_test_file_makes_the_key_count_and_ends_the_old_one()
    {
        var (lead, old) = await LeadAsync();
        using (lead)
        {
            var key = Identity.New();
            using var added = await lead.SubmitAsync(Page, "add", ("recipient", $" {key.Recipient} "));
            var first = await WordAsync(lead, key);
            var second = await WordAsync(lead, key);
            using var stale = await lead.SubmitAsync(Page, "check", ("word", first));
            var before = await KeySets.RecoveryAsync(cms.Database(), Cancel);
            using var right = await lead.SubmitAsync(Page, "check", ("word", second.Replace('-', ' ').ToLowerInvariant()));

            Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
            Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", second);
            Assert.NotEqual(first, second);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
            Assert.Equal(old.Recipient.ToString(), before);
            Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
            var set = await KeySets.CurrentAsync(cms.Database(), Cancel);
            Assert.Contains(key.Recipient.ToString(), set.Lead);
            Assert.DoesNotContain(old.Recipient.ToString(), set.Lead);
            Assert.Null(await cms.Database().Set<RecoveryKey>().Where(each => each.EndedAt == null).Select(each => each.TestHash).SingleAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_secret_a_known_key_and_a_guess_are_refused()
    {
        var (lead, old) = await LeadAsync();
        using (lead)
        {
            var key = Identity.New();
            using var secret = await lead.SubmitAsync(Page, "add", ("recipient", key.ToString()));
            var page = await secret.Content.ReadAsStringAsync(Cancel);
            using var known = await lead.SubmitAsync(Page, "add", ("recipient", old.Recipient.ToString()));
            using var wrong = await lead.SubmitAsync(Page, "add", ("recipient", "age1qqq"));
            using var added = await lead.SubmitAsync(Page, "add", ("recipient", key.Recipient.ToString()));
            using var early = await lead.SubmitAsync(Page, "check", ("word", "AAAA-AAAA-AAAA"));
            await WordAsync(lead, key);
            using var guess = await lead.SubmitAsync(Page, "check", ("word", "AAAA-AAAA-AAAA"));

            Assert.All([secret, known, wrong, early, guess], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
            Assert.DoesNotContain(key.ToString(), page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("secret half", page, StringComparison.Ordinal);
            Assert.Equal(old.Recipient.ToString(), await KeySets.RecoveryAsync(cms.Database(), Cancel));
        }
    }

    private async Task<(HttpClient Client, Identity Recovery)> LeadAsync()
    {
        var account = await cms.PersonAsync(roles: ReferralWorld.Only(Role.SafeguardingLead));
        await world.KeyAsync(account.Id);
        return (await cms.SignInAsync(account), await world.RecoveryAsync());
    }

    private static async Task<string> WordAsync(HttpClient client, Identity key)
    {
        using var file = await client.SubmitAtAsync(Page, Page + "/test");
        Assert.Equal("recovery-test.age", file.Content.Headers.ContentDisposition?.FileName);
        var opening = Opener.Open(await file.Content.ReadAsByteArrayAsync(Cancel), key);
        Assert.Equal(Outcome.Success, opening.Outcome);
        return Encoding.ASCII.GetString(opening.Plain).Trim();
    }
}
