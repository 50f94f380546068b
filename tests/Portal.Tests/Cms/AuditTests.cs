using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

public sealed class AuditTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Tampering => new()
    {
        { "changed", "Row 3 was changed" },
        { "changed and hashed anew", "Row 4 was changed" },
        { "actor", "Row 3 was changed" },
        { "missing", "Row 3 is missing" },
        { "first missing", "Row 1 is missing" },
        { "last missing", "Row 6 is missing" },
        { "last changed and hashed anew", "Row 6 was exchanged" },
        { "added", "Row 7 was put in" },
        { "added before", "Row 0 was put in" },
        { "swapped", "Row 3 was changed" },
        { "no head", "is missing" },
        { "all missing", "Row 1 is missing" },
    };

    [Fact]
    public async Task An_untouched_log_is_whole()
    {
        await using var cms = await CmsFixture.StartAsync();
        await FillAsync(cms);
        var verdict = await VerifyAsync(cms);

        Assert.Null(verdict.Fault);
        Assert.Equal(6, verdict.Rows);
    }

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task The_verifier_finds_tampering(string kind, string fault)
    {
        await using var cms = await CmsFixture.StartAsync();
        await FillAsync(cms);
        await using (var database = cms.Database()) await TamperAsync(database, kind);

        Assert.Contains(fault, (await VerifyAsync(cms)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writers_at_the_same_time_make_one_whole_chain()
    {
        await using var cms = await CmsFixture.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            async () =>
            {
                for (var n = 0; n < 5; n++) await AddAsync(cms, $"act.{writer}.{n}");
            },
            Cancel)));
        var verdict = await VerifyAsync(cms);

        Assert.Null(verdict.Fault);
        Assert.Equal(41, verdict.Rows); // With the set-up link of the start.
    }

    [Fact]
    public async Task An_act_that_fails_leaves_no_row_and_a_row_that_fails_leaves_no_act()
    {
        await using var cms = await CmsFixture.StartAsync();
        var log = cms.Services.GetRequiredService<AuditLog>();
        await using var database = cms.Database();
        var grant = new Grant { AccountId = Guid.CreateVersion7(), Role = Role.Author };
        database.Grants.Add(grant);
        await database.SaveChangesAsync(Cancel);
        await using var other = cms.Database();
        other.Grants.Add(new() { AccountId = grant.AccountId, Role = Role.Author });
        log.Add(other, Actor.Portal, "staff.role.grant", "somebody");
        await Assert.ThrowsAsync<DbUpdateException>(() => other.SaveChangesAsync(Cancel));
        await using (await database.Database.BeginTransactionAsync(Cancel))
        {
            log.Add(database, Actor.Portal, "staff.role.grant", "somebody");
            await database.SaveChangesAsync(Cancel); // Not committed.
        }

        Assert.Equal(1, await database.Audit.CountAsync(Cancel));
        Assert.Null((await VerifyAsync(cms)).Fault);
    }

    [Fact]
    public async Task What_people_do_is_in_the_log_without_passphrases_codes_or_tokens()
    {
        await using var cms = await CmsFixture.StartAsync();
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var owner = await cms.SignInByFormsAsync(await cms.PersonAsync(roles: (Role.Owner, string.Empty)));
        using var refused = await cms.Visitor().SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", "my wrong passphrase"));
        using var invited = await owner.SubmitAsync("/staff", "invite", ("name", "Bo Fern"), ("email", "bo@example.org"), ("roles", nameof(Role.Author)));
        using var edited = await owner.SubmitAsync($"/staff/{person.Id}", "edit", ("roles", nameof(Role.Reviewer)), ("disabled", "true"));
        using var verified = await owner.SubmitAsync("/audit", "verify");
        var token = (await invited.DocumentAsync()).QuerySelector("code.link")!.TextContent.Split("token=")[1];
        await using var database = cms.Database();
        var rows = await database.Audit.AsNoTracking().ToListAsync(Cancel);
        var all = string.Join('\n', rows.Select(row => $"{row.Actor} {row.Act} {row.Subject} {row.Detail}"));

        foreach (var act in new[] { "sign-in.begin", "sign-in.complete", "sign-in.refuse", "staff.invite", "staff.role.grant", "staff.role.withdraw", "staff.disable", "audit.verify" }) Assert.Contains(rows, row => row.Act == act);
        foreach (var secret in new[] { token, "my wrong passphrase", CmsFixture.Passphrase, cms.Code(), "@example.org" }) Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        Assert.Contains("The chain is whole", (await verified.DocumentAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_paged_and_filtered()
    {
        await using var cms = await CmsFixture.StartAsync();
        using var client = await cms.ClientAsync(Role.Auditor);
        for (var n = 1; n <= 60; n++) await AddAsync(cms, n % 2 == 0 ? "document.publish" : "document.save", $"guides/{n}");
        var first = await client.PageAsync("/audit?act=document");
        var second = await client.PageAsync("/audit?act=document&page=2");
        var one = await client.PageAsync("/audit?act=document.publish&actor=port&subject=guides/12");

        Assert.Equal(50, first.QuerySelectorAll("table.list tbody tr").Length);
        Assert.Equal(10, second.QuerySelectorAll("table.list tbody tr").Length);
        Assert.Equal("guides/12", Assert.Single(one.QuerySelectorAll("table.list tbody tr")).Children[4].TextContent);
    }

    [Fact]
    public async Task A_broken_chain_is_shown()
    {
        await using var cms = await CmsFixture.StartAsync();
        using var client = await cms.ClientAsync(Role.Auditor);
        await using (var database = cms.Database()) await database.Audit.Where(row => row.Number == 1).ExecuteDeleteAsync(Cancel);
        using var verified = await client.SubmitAsync("/audit", "verify");

        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        Assert.Contains("The chain is broken. Row 1 is missing", (await verified.DocumentAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task FillAsync(CmsFixture cms)
    {
        for (var n = 2; n <= 6; n++) await AddAsync(cms, "document.publish", $"guides/{n}"); // Row 1 is the set-up link of the start.
    }

    private static async Task AddAsync(CmsFixture cms, string act, string subject = "subject")
    {
        await using var scope = cms.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        scope.ServiceProvider.GetRequiredService<AuditLog>().Add(database, Actor.Portal, act, subject);
        await database.SaveChangesAsync(Cancel);
    }

    private static async Task<AuditVerdict> VerifyAsync(CmsFixture cms)
    {
        await using var database = cms.Database();
        return await new AuditVerifier(database).VerifyAsync(Cancel);
    }

    private static async Task TamperAsync(CmsDatabase database, string kind)
    {
        var rows = await database.Audit.AsNoTracking().OrderBy(row => row.Number).ToListAsync(Cancel);
        var at = database.Audit.Where(row => row.Number == 3);
        switch (kind)
        {
            case "changed": await at.ExecuteUpdateAsync(set => set.SetProperty(row => row.Subject, "elsewhere"), Cancel); break;
            case "actor": await at.ExecuteUpdateAsync(set => set.SetProperty(row => row.ActorId, Guid.Empty), Cancel); break;
            case "changed and hashed anew": await RewriteAsync(3); break;
            case "last changed and hashed anew": await RewriteAsync(6); break;
            case "missing": await at.ExecuteDeleteAsync(Cancel); break;
            case "first missing": await database.Audit.Where(row => row.Number == 1).ExecuteDeleteAsync(Cancel); break;
            case "last missing": await database.Audit.Where(row => row.Number == 6).ExecuteDeleteAsync(Cancel); break;
            case "all missing": await database.Audit.ExecuteDeleteAsync(Cancel); break;
            case "no head": await database.AuditHeads.ExecuteDeleteAsync(Cancel); break;
            case "added": await PutAsync(Copy(rows[5], 7, rows[5].Hash)); break;
            case "added before": await PutAsync(Copy(rows[0], 0, AuditChain.Beginning)); break;
            case "swapped":
                await database.Audit.Where(row => row.Number == 3 || row.Number == 4).ExecuteDeleteAsync(Cancel);
                database.Audit.AddRange(With(rows[3], 3, rows[3].Hash), With(rows[2], 4, rows[2].Hash));
                await database.SaveChangesAsync(Cancel);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }

        async Task RewriteAsync(int number)
        {
            await database.Audit.Where(row => row.Number == number).ExecuteDeleteAsync(Cancel);
            await PutAsync(Copy(rows[1], number, rows[number - 2].Hash));
        }

        async Task PutAsync(AuditRow row)
        {
            database.Audit.Add(row);
            await database.SaveChangesAsync(Cancel);
        }
    }

    private static AuditRow Copy(AuditRow row, long number, string previous) => With(row, number, AuditChain.Hash(previous, With(row, number, string.Empty)));

    private static AuditRow With(AuditRow row, long number, string hash) =>
        new() { Number = number, At = row.At, ActorId = row.ActorId, Actor = row.Actor, Act = row.Act, Subject = row.Subject + "x", Detail = row.Detail, Hash = hash };
}
