using System.Net;
using System.Text.Json;

using AngleSharp.Html.Parser;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Referrals.Intake;
using Portal.Cms.Referrals.Keys;
using Portal.Tests.Cms;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>The intake as a server: what it answers at all, to how many, and what it does where the form is closed or the database fails.</summary>
public sealed class IntakeHostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_answers_its_own_addresses_alone_and_the_staffs_host_none_of_them()
    {
        await using var intake = await IntakeServer.StartAsync();
        using var staff = intake.Cms.Visitor();

        foreach (var path in new[] { "/", "/sign-in", "/health", "/intake", "/intake/v1", "/intake/v2/keys", "/intake/v1/human", "/api/v1/page", "/assets/x", "/intake/assets/staff.css" })
            Assert.Equal(HttpStatusCode.NotFound, (await intake.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode);
        foreach (var path in new[] { "/intake/v1/sealed", "/intake/v1/form", "/intake/v1/confirm" })
        {
            using var answer = await intake.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (answer.StatusCode, string.Join(' ', answer.Content.Headers.Allow)));
            Assert.Equal(path != "/intake/v1/sealed", (await answer.Content.ReadAsStringAsync(Cancel)).Contains("0808 168 9111", StringComparison.Ordinal)); // From the history, by a person.
        }

        foreach (var path in new[] { "/intake/v1/keys", "/intake/v1/challenge", "/intake/v1/sealed" })
            Assert.Contains((await staff.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.Redirect, HttpStatusCode.MethodNotAllowed });
        Assert.DoesNotContain("intake/v1", (await staff.GetAsync(new Uri("/intake/v1/keys", UriKind.Relative), Cancel)).Headers.Location?.ToString().Split("next=")[0] ?? string.Empty, StringComparison.Ordinal);
        Assert.Contains($"The intake of messages is at {intake.Cms.Services.GetRequiredService<IntakeHost>().Address}", intake.Cms.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_says_that_nothing_is_kept_framed_or_allowed_and_sets_no_cookie()
    {
        await using var intake = await IntakeServer.StartAsync();
        HttpResponseMessage[] answers =
        [
            await intake.Client.GetAsync(new Uri("/nothing", UriKind.Relative), Cancel),
            await intake.Client.GetAsync(new Uri("/intake/v1/keys", UriKind.Relative), Cancel),
            await intake.Client.GetAsync(new Uri("/intake/v1/challenge", UriKind.Relative), Cancel),
            await intake.SendAsync(intake.Post()),
            await intake.SendAsync(intake.Post(headers: ("Origin", null))),
            await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers())),
            await intake.SendAsync(intake.Form("/intake/v1/form", [])),
            await intake.SendAsync(intake.Form("/intake/v1/confirm", [])),
        ];

        Assert.All(answers, answer =>
        {
            string Header(string name) => answer.Headers.GetValues(name).Single();
            Assert.StartsWith("default-src 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("http", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal(("no-store", "no-referrer", "same-origin", "nosniff"), (Header("Cache-Control"), Header("Referrer-Policy"), Header("Cross-Origin-Opener-Policy"), Header("X-Content-Type-Options")));
            Assert.Equal("max-age=63072000; includeSubDomains", Header("Strict-Transport-Security"));
            Assert.All(Header("Permissions-Policy").Split(", "), each => Assert.EndsWith("=()", each, StringComparison.Ordinal));
            Assert.Equal(answer.Headers.Contains("Access-Control-Allow-Origin") ? "cross-origin" : "same-origin", Header("Cross-Origin-Resource-Policy"));
            Assert.False(answer.Headers.Contains("Set-Cookie") || answer.Headers.Contains("Server"));
        });
        Assert.Contains("form-action 'self'", answers[5].Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_form_takes_nothing_and_tells_the_phones_but_knows_what_it_took()
    {
        await using var intake = await IntakeServer.StartAsync();
        var key = IntakeServer.NewKey();
        using var before = await intake.SendAsync(intake.Post(key: key));
        await intake.OpenAsync(false);

        using var refused = await intake.SendAsync(intake.Post());
        using var known = await intake.SendAsync(intake.Post(key: key));
        using var form = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "What I wrote"))));
        using var keys = JsonDocument.Parse(await intake.Client.GetStringAsync(new Uri("/intake/v1/keys", UriKind.Relative), Cancel));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        using var told = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancel));
        Assert.True(told.RootElement.GetProperty("closed").GetBoolean());
        Assert.Equal(["0808 168 9111", "999"], told.RootElement.GetProperty("phones").EnumerateArray().Select(phone => phone.GetProperty("number").GetString()));
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.False(keys.RootElement.GetProperty("open").GetBoolean());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, form.StatusCode);
        var page = await form.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("The form has just been closed.", page, StringComparison.Ordinal);
        Assert.Contains("0808 168 9111", page, StringComparison.Ordinal);
        Assert.Contains("What I wrote", page, StringComparison.Ordinal);
        Assert.Single(await intake.StoredAsync());
    }

    [Fact]
    public async Task Without_keys_nothing_is_taken()
    {
        await using var intake = await IntakeServer.StartAsync();
        await intake.Cms.Database().Set<RecoveryKey>().ExecuteDeleteAsync(Cancel);

        using var refused = await intake.SendAsync(intake.Post());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.StartsWith("""{"closed":true""", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Empty(await intake.StoredAsync());
    }

    [Fact]
    public async Task A_database_that_takes_nothing_is_told_as_unknown_and_the_words_stay_on_the_page()
    {
        await using var intake = await IntakeServer.StartAsync();
        await CmsTestDatabase.RefuseAsync(intake.Cms.Database(), "Referral");

        using var refused = await intake.SendAsync(intake.Post());
        using var form = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "What I wrote"))));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.StartsWith("""{"closed":false""", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, form.StatusCode);
        var page = await form.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("What I wrote", page, StringComparison.Ordinal);
        Assert.Contains(intake.Cms.Log, line => line.StartsWith("Messages could not be written", StringComparison.Ordinal));
        Assert.Empty(await intake.StoredAsync());
    }

    [Fact]
    public async Task A_block_of_addresses_has_its_share_and_no_address_is_kept()
    {
        const string house = "203.0.113.";
        await using var intake = await IntakeServer.StartAsync();
        for (var post = 0; post < IntakeLimit.MostSends; post++)
        {
            using var answer = await intake.SendAsync(intake.Post(headers: ("X-Forwarded-For", house + post)));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }

        using var more = await intake.SendAsync(intake.Post(headers: ("X-Forwarded-For", house + "200")));
        using var form = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "What I wrote")), ("X-Forwarded-For", house + "201")));
        using var elsewhere = await intake.SendAsync(intake.Post(headers: ("X-Forwarded-For", "203.0.114.1")));
        intake.Cms.Clock.Advance(more.Headers.RetryAfter!.Delta!.Value);
        using var later = await intake.SendAsync(intake.Post(headers: ("X-Forwarded-For", house + "202")));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (more.StatusCode, form.StatusCode));
        Assert.InRange(more.Headers.RetryAfter.Delta.Value.TotalSeconds, 1, 600);
        Assert.Contains("What I wrote", await form.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (elsewhere.StatusCode, later.StatusCode));
        Assert.DoesNotContain(intake.Cms.Log, line => line.Contains(house, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pressing_send_too_often_gives_the_page_again_and_the_button_still_counts()
    {
        await using var intake = await IntakeServer.StartAsync();
        using var form = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("page", "pl"))));
        var fields = Forms.Standing((await new HtmlParser().ParseDocumentAsync(await form.Content.ReadAsStringAsync(Cancel), Cancel)).QuerySelector("form")!).Select(field => KeyValuePair.Create(field.Name, field.Value)).ToList();
        for (var asked = 0; asked < IntakeLimit.MostAsks; asked++) intake.Cms.Services.GetRequiredService<IntakeLimit>().TryTake(IPAddress.Parse("203.0.113.9"), IntakeAct.Ask, out _);

        using var busy = await intake.SendAsync(intake.Form("/intake/v1/confirm", fields, ("X-Forwarded-For", "203.0.113.9")));
        var page = await new HtmlParser().ParseDocumentAsync(await busy.Content.ReadAsStringAsync(Cancel), Cancel);
        using var sent = await intake.SendAsync(intake.Form("/intake/v1/confirm", Forms.Standing(page.QuerySelector("form")!).Select(field => KeyValuePair.Create(field.Name, field.Value))));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (busy.StatusCode, sent.StatusCode));
        Assert.NotNull(busy.Headers.RetryAfter);
        Assert.Equal("pl", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("0808 168 9111", page.Body!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Nothing is published, or the database is away since the start: a page all the same, with the content's own number, and none where there is no content.</summary>
    [Fact]
    public async Task Before_anything_is_published_a_form_is_answered_with_a_page()
    {
        await using var cms = await CmsFixture.StartAsync(settings => settings with { IntakeUrl = "http://127.0.0.1:0" });
        using var client = new HttpClient { BaseAddress = new(cms.Services.GetRequiredService<IntakeHost>().Address) };
        foreach (var path in new[] { "/intake/v1/form", "/intake/v1/confirm" })
        {
            using var content = new FormUrlEncodedContent(IntakeServer.Answers());
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
            var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancel), Cancel);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            Assert.Equal(["tel:999"], page.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!));
        }

        using var sites = new IntakeSites(cms.Services.GetRequiredService<IServiceScopeFactory>(), new() { Content = Path.Combine(A.Repository, "content") }, cms.Clock);
        Assert.Equal(StarterSite.Map.Edition.Line(StarterSite.Library.Settings.MainLine, Portal.Content.Languages.Language.Base)!.Number, sites.Spare!.View(null).Number);
    }

    [Fact]
    public void A_block_is_the_same_in_both_ways_to_write_it_and_no_larger()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var limit = new IntakeLimit(new(clock), clock);
        for (var post = 0; post < IntakeLimit.MostSends; post++)
        {
            Assert.True(limit.TryTake(IPAddress.Parse("2001:db8:1:200::" + post), IntakeAct.Send, out _));
            Assert.True(limit.TryTake(IPAddress.Parse("198.51.100." + post), IntakeAct.Send, out _));
        }

        Assert.False(limit.TryTake(IPAddress.Parse("2001:db8:1:2ff::1"), IntakeAct.Send, out _));
        Assert.True(limit.TryTake(IPAddress.Parse("2001:db8:1:300::1"), IntakeAct.Send, out _));
        Assert.False(limit.TryTake(IPAddress.Parse("::ffff:198.51.100.9"), IntakeAct.Send, out _));
        Assert.True(limit.TryTake(IPAddress.Parse("198.51.100.9"), IntakeAct.Ask, out _));
    }

    [Fact]
    public async Task What_recognises_a_second_try_is_forgotten_after_two_days()
    {
        await using var intake = await IntakeServer.StartAsync();
        var key = IntakeServer.NewKey();
        using var first = await intake.SendAsync(intake.Post(key: key));
        var forgetting = intake.Cms.Services.GetRequiredService<RetryForgetting>();

        intake.Cms.Clock.Advance(TimeSpan.FromHours(46));
        await forgetting.RunAsync(Cancel);
        Assert.NotNull((await intake.StoredAsync()).Single().RetryHash);
        intake.Cms.Clock.Advance(TimeSpan.FromHours(2));
        await forgetting.RunAsync(Cancel);

        Assert.Null((await intake.StoredAsync()).Single().RetryHash);
    }

    [Fact]
    public async Task The_health_probe_writes_and_nothing_grows()
    {
        await using var cms = await CmsFixture.StartAsync();
        using var visitor = cms.Visitor();
        async Task<long> PagesAsync() => cms.Database().Database.IsSqlite() ? (await cms.Database().Database.SqlQuery<long>($"PRAGMA page_count").ToListAsync(Cancel)).Single() : 0;
        Assert.Equal("ok\n", await visitor.GetStringAsync(new Uri("/health", UriKind.Relative), Cancel));
        var (pages, rows) = (await PagesAsync(), await cms.Database().Audit.CountAsync(Cancel));

        for (var probe = 0; probe < 20; probe++) await visitor.GetStringAsync(new Uri("/health", UriKind.Relative), Cancel);

        Assert.Equal((pages, rows), (await PagesAsync(), await cms.Database().Audit.CountAsync(Cancel)));
    }
}
