using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The settings, and the way from a demonstration to a site people rely on.</summary>
public sealed class SettingsTests : IAsyncLifetime
{
    private const string Path = "settings.yaml";

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cms = await CmsContent.StartAsync(A.Site(("settings.yaml", "# Head.\n" + SmallSite.Settings())));

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task An_Owner_changes_a_setting_and_a_second_person_makes_it_public()
    {
        var (owner, reviewer) = (await cms.ClientAsync(Role.Owner), await cms.ClientAsync(Role.Reviewer));
        var before = await cms.SavedAsync(Path);

        Assert.Equal("/settings?saved=yes", (await SaveAsync(owner, ("f.name", "Another name"))).Target());
        Assert.Equal(before.Replace("name: Local Help", "name: Another name", StringComparison.Ordinal), await cms.SavedAsync(Path));
        Assert.DoesNotContain("Another name", cms.Public("index.html")!, StringComparison.Ordinal);

        await cms.ApproveAsync(owner, reviewer, Path);
        Assert.Contains("Another name", cms.Public("index.html")!, StringComparison.Ordinal);
        Assert.Contains("Another", (await owner.PageAsync($"/documents/history/{Path}")).QuerySelector("ins")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_has_every_setting_but_the_redirects_and_keeps_those()
    {
        var owner = await cms.ClientAsync(Role.Owner);
        var page = await owner.PageAsync("/settings");

        Assert.NotNull(page.QuerySelector("[name='f.leave.url']"));
        Assert.NotNull(page.QuerySelector("[name='f.stage']"));
        Assert.Null(page.QuerySelector("[name^='f.redirects']"));
        await SaveAsync(owner, ("f.contact", "new@localhelp.example"));
        Assert.Contains("- {from: /old/, to: /guides/}", await cms.SavedAsync(Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_save_over_the_same_settings_gets_both()
    {
        var (one, other) = (await cms.ClientAsync(Role.Owner), await cms.ClientAsync(Role.Owner));
        var theirs = await other.PageAsync("/settings");
        await SaveAsync(one, ("f.contact", "one@localhelp.example"));

        var refused = await other.SubmitAsync(theirs, "/settings", "edit", ("f.contact", "other@localhelp.example"), ("act", "save"));
        var page = await refused.DocumentAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains("one", page.QuerySelector(".errors ins")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("other@localhelp.example", page.QuerySelector("[name='f.contact']")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, (await other.SubmitAsync(page, "/settings", "edit", ("act", "save"))).StatusCode);
    }

    [Theory]
    [InlineData(Role.Author)]
    [InlineData(Role.CommunicationsLead)]
    [InlineData(Role.Publisher)]
    public async Task Nobody_but_an_Owner_changes_the_settings(Role role)
    {
        var client = await cms.ClientAsync(role);

        Assert.Equal(HttpStatusCode.Forbidden, (await SaveAsync(client, ("f.name", "Another"))).StatusCode);
        Assert.Null((await client.PageAsync($"/documents/history/{Path}?revision=1")).QuerySelector("button:contains('Restore')"));
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel));
    }

    [Fact]
    public async Task The_live_stage_is_refused_with_everything_that_is_missing()
    {
        var owner = await cms.ClientAsync(Role.Owner);

        var refused = await SaveAsync(owner, ("f.stage", "live"), ("f.controller", ""), ("f.logDays", ""));
        var told = (await refused.DocumentAsync()).QuerySelectorAll(".errors li").Select(item => item.TextContent).ToList();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Collection(told.SkipLast(FormConditions.All.Count),
            line => Assert.Contains("There is a data controller", line, StringComparison.Ordinal),
            line => Assert.Contains("how long the host keeps address logs", line, StringComparison.Ordinal),
            line => Assert.Contains("answered in the last night's check", line, StringComparison.Ordinal));
        Assert.All(FormConditions.All.Zip(told.TakeLast(FormConditions.All.Count)), each => Assert.Contains(each.First.Name, each.Second, StringComparison.Ordinal));
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel));
    }

    [Fact]
    public async Task A_text_that_asks_for_the_live_stage_by_another_way_is_not_submitted_either()
    {
        var owner = await cms.ClientAsync(Role.Owner);
        await using (var database = cms.Database())
        {
            // As an import or a restored revision would bring it.
            var entry = await database.Entries.SingleAsync(each => each.Path == Path, Cancel);
            var live = new Portal.Cms.Documents.Revision { Id = Guid.CreateVersion7(), Path = Path, Number = 2, Text = SmallSite.Settings("live"), Author = "import", At = cms.Now };
            database.Revisions.Add(live);
            entry.Head = live.Id;
            await database.SaveChangesAsync(Cancel);
        }

        Assert.Contains("The live stage needs this: The leave button's page answered", (await owner.PageAsync("/documents/publish/" + Path)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.SubmitAsync("/documents/publish/" + Path, "submit")).StatusCode);
    }

    [Fact]
    public async Task The_live_stage_is_taken_once_everything_is_there()
    {
        var (owner, reviewer) = (await cms.ClientAsync(Role.Owner), await cms.ClientAsync(Role.Reviewer));
        await cms.ReadyAsync();
        await using (var database = cms.Database())
        {
            database.LeaveChecks.Add(new() { Night = "2026-12-01", At = cms.Now, First = "https://www.bbc.co.uk/weather" });
            await database.SaveChangesAsync(Cancel);
        }

        Assert.Equal("/settings?saved=yes", (await SaveAsync(owner, ("f.stage", "live"))).Target());
        await cms.ApproveAsync(owner, reviewer, Path);

        Assert.DoesNotContain("noindex", cms.Public("index.html")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_site_cannot_lose_its_settings_its_start_page_or_its_numbers()
    {
        var publisher = await cms.ClientAsync(Role.Publisher, Role.Owner);
        foreach (var path in new[] { Path, "data/tone.yaml", "strings/pl.yaml", "pages/home/en.md", "pages/lines/main/en.md", "pages/lines/emergency/en.md" })
            Assert.DoesNotContain("Take it off the site", (await publisher.PageAsync("/documents/publish/" + path)).Body!.TextContent, StringComparison.Ordinal);
        foreach (var path in new[] { "pages/home/pl.md", "pages/about/en.md" })
            Assert.Contains("Take it off the site", (await publisher.PageAsync("/documents/publish/" + path)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_document_is_found_with_its_editor()
    {
        var client = await cms.ClientAsync(Role.Author);

        Assert.Equal("/settings", (await client.PageAsync("/documents?kind=settings")).QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.Equal("/data/bank-holidays.yaml", (await client.PageAsync("/documents?q=bank")).QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.Equal("/data/tone.yaml", (await client.PageAsync("/documents/publish/data/tone.yaml")).QuerySelectorAll("nav a").Last(link => link.TextContent == "Tone").GetAttribute("href"));
        Assert.Contains("/data/navigation.yaml", (await client.PageAsync("/site")).QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href")));
    }

    private static Task<HttpResponseMessage> SaveAsync(HttpClient client, params (string Name, string Value)[] fields) => client.SubmitAsync("/settings", "edit", [.. fields, ("act", "save")]);
}
