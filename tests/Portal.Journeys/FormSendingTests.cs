using System.Text;
using System.Text.Json;

using Portal.Content.Referrals;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>What leaves the browser with a script: one sealed file, which holds every answer, and no word besides.</summary>
[Collection(FormOrder.Name)]
public sealed class FormSendingTests(BrowserFixture browsers, FormFixture form)
{
    private const string Canary = "zqcanary";

    private static readonly string[] Numbers = ["07700 900461", "01632 960983", "07700%20900461", "01632%20960983"];

    /// <summary>Every field of every route is filled with words that must never be seen outside the seal.</summary>
    [Theory]
    [InlineData("me", "team")]
    [InlineData("someone", "team")]
    [InlineData("work", "team")]
    [InlineData("me", "lead")]
    public async Task Every_answer_is_inside_the_seal_and_none_outside(string route, string group)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        var length = await visitor.Page.EvaluateAsync<int>("history.length");
        string[] skipped = group == "lead" ? [] : ["worksHere"];
        var given = await visitor.FillAsync(route, Canary, skipped);

        Assert.Equal("K7MP-2QRT", await visitor.SendAsync());

        var post = Assert.Single(form.Intake.Posts);
        Assert.Equal(("/intake/v1/sealed", "application/age", form.Keys.KeySet, group, "1"), (post.Path, post.Headers["Content-Type"], post.Headers["X-Keyset"], post.Headers["X-Group"], post.Headers["X-Urgent"]));
        Assert.Matches("^[A-Za-z0-9_-]{22}$", post.Headers["Idempotency-Key"]);
        Assert.True(FormIntake.Proves(post.Headers["X-Proof"]));
        Assert.False(post.Headers.ContainsKey("Cookie") || post.Headers.ContainsKey("Referer"));
        AssertHolds(post, route, given, group == "lead" ? form.Lead : form.Member);
        Assert.Equal(Outcome.NoMatch, Opener.Open(post.Body, group == "lead" ? form.Member : form.Lead).Outcome);

        Assert.Equal(0, await visitor.Page.Locator("iframe, #human").CountAsync());
        Assert.Equal([], visitor.Requests.Where(request => !request.Url.StartsWith(form.Url + "/", StringComparison.Ordinal) && !request.Url.StartsWith(form.Intake.Url + "/intake/v1/", StringComparison.Ordinal) && request.Url != "data:,").Select(request => request.Url));
        Assert.Equal([], visitor.Requests.Where(request => request.Sent.Contains(Canary, StringComparison.OrdinalIgnoreCase) || Numbers.Any(number => request.Sent.Contains(number, StringComparison.Ordinal))).Select(request => request.Url));
        Assert.False(await visitor.HoldsAsync(Canary));
        Assert.False(await visitor.HoldsAsync("07700 900461"));
        Assert.Equal((form.Url + "/contact/write/", length), (visitor.Page.Url, await visitor.Page.EvaluateAsync<int>("history.length")));
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>(FirstViews.Kept));
        Assert.Equal("Thank you – Local Help Kent", await visitor.Page.TitleAsync());
        Assert.Empty(visitor.Complaints);
    }

    /// <summary>The age program opens it, and says what it holds without us.</summary>
    [Fact]
    public async Task The_program_opens_it_with_the_recovery_key()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, "/ur/contact/write/");
        await visitor.HurryAsync("کبوتر-message");
        await visitor.SendAsync();

        var run = await AgeProgram.OpenAsync(form.Intake.Posts.Single().Body, form.Recovery.ToString());

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Complained));
        Assert.Equal(4096, run.Said.Length);
        using var text = JsonDocument.Parse(run.Said);
        Assert.Equal(("ur", "کبوتر-message"), (text.RootElement.GetProperty("page").GetString(), text.RootElement.GetProperty("answers").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_quiet_message_is_not_marked_as_urgent()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        await visitor.SendAsync();

        Assert.Equal("0", form.Intake.Posts.Single().Headers["X-Urgent"]);
        Assert.Equal("We aim to do this within 72 hours.", await visitor.Page.InnerTextAsync("[data-urgent]:not([hidden])"));
    }

    /// <summary>The human check is a label and no more.</summary>
    [Fact]
    public async Task Without_a_challenge_it_goes_without_a_proof()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        form.Intake.Challenges = false;

        await visitor.SendAsync();

        Assert.False(form.Intake.Posts.Single().Headers.ContainsKey("X-Proof"));
    }

    /// <summary>Whatever the intake says of its keys: never to nobody, never to what is no key of theirs.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("""{"id":"x","open":true,"team":[],"lead":[]}""")]
    [InlineData("""{"id":"x","open":true,"team":"all"}""")]
    [InlineData("<html>")]
    public async Task Where_the_intake_names_no_keys_the_published_ones_hold(string told)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        form.Intake.Keys = told.Length == 0 ? null : told;

        await visitor.SendAsync();

        Assert.Equal(Outcome.Success, Opener.Open(form.Intake.Posts.Single().Body, form.Member).Outcome);
    }

    /// <summary>As the intake names them now, or when it refuses the set that a message was sealed to.</summary>
    [Theory, InlineData(true), InlineData(false)]
    public async Task Keys_that_changed_are_sealed_to_anew(bool refused)
    {
        var newcomer = Identity.New();
        var now = Tests.FormSite.KeysOf([$"{newcomer.Recipient}"], [$"{newcomer.Recipient}"]);
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        if (refused) form.Intake.Answers.Enqueue(new(409, FormIntake.Told(now)));
        else form.Intake.Keys = FormIntake.Told(now);

        await visitor.SendAsync();

        var posts = form.Intake.Posts.ToList();
        Assert.Equal(refused ? 2 : 1, posts.Count);
        Assert.Equal(posts.Count, posts.Select(post => post.Headers["Idempotency-Key"]).Distinct().Count());
        Assert.Equal(now.KeySet, posts[^1].Headers["X-Keyset"]);
        Assert.Equal(Outcome.NoMatch, Opener.Open(posts[^1].Body, form.Member, form.Recovery).Outcome);
        Assert.Equal(Outcome.Success, Opener.Open(posts[^1].Body, newcomer).Outcome);
    }

    private static void AssertHolds(FormPost post, string route, IReadOnlyDictionary<string, string> given, Identity reader)
    {
        var opening = Opener.Open(post.Body, reader);
        Assert.Equal(Outcome.Success, opening.Outcome);
        Assert.Contains(opening.Plain.Length, new[] { 4096, 16384, 32768 });
        using var text = JsonDocument.Parse(opening.Plain);
        Assert.Equal(["form", "route", "page", "notice", "answers"], text.RootElement.EnumerateObject().Select(part => part.Name));
        Assert.Equal((1, route, "en", "2026-11-23"), (text.RootElement.GetProperty("form").GetInt32(), text.RootElement.GetProperty("route").GetString(), text.RootElement.GetProperty("page").GetString(), text.RootElement.GetProperty("notice").GetString()));
        Assert.Equal(ReferralForm.Fields.Where(field => given.ContainsKey(field.Name)).Select(field => (field.Name, given[field.Name])), text.RootElement.GetProperty("answers").EnumerateObject().Select(answer => (answer.Name, answer.Value.GetString()!)));

        // The server's own text of the same answers says the same.
        var same = ReferralAnswers.Check(new Dictionary<string, string>(given) { ["route"] = route }, new HashSet<string> { "thanet" }, new HashSet<string> { "ne" });
        using var other = JsonDocument.Parse(same.ToJson("en", "2026-11-23"));
        Assert.True(JsonElement.DeepEquals(text.RootElement, other.RootElement), Encoding.UTF8.GetString(opening.Plain));
    }
}
