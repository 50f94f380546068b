using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Keys;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>Keys that change while people write.</summary>
public sealed class IntakeKeyChangeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_is_sealed_to_who_may_read_now_and_one_sealed_in_a_browser_is_told()
    {
        await using var intake = await IntakeServer.StartAsync();
        using var before = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "Before"))));
        var gone = intake.Worker.Recipient.ToString();
        await intake.Cms.Database().Set<KeyMember>().Where(member => member.Recipient == gone).ExecuteUpdateAsync(set => set.SetProperty(member => member.EndedAt, intake.Cms.Now), Cancel);

        using var after = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "After"))));
        using var stale = await intake.SendAsync(intake.Post());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (before.StatusCode, after.StatusCode, stale.StatusCode));
        var rows = await intake.StoredAsync();
        Assert.Equal(2, rows.Count);
        Outcome Opened(Referral row, Identity identity) => Opener.Open([.. row.Header!, .. row.Payload!], identity).Outcome;
        Assert.Single(rows, row => Opened(row, intake.Worker) == Outcome.Success);
        Assert.All(rows, row => Assert.Equal(Outcome.Success, Opened(row, intake.Recovery)));
        Assert.All(rows, row => Assert.Equal(row.Readers.Split(' ').Length, row.Readers.Split(' ').Distinct().Count()));
        Assert.DoesNotContain(gone, rows.Single(row => row.KeySet != intake.Keys.Id).Readers, StringComparison.Ordinal);
    }
}
