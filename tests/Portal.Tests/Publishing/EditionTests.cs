using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Publishing;

public sealed class EditionTests
{
    private const string Checked = "[{code: pl, coreBy: Ewa Nowak, coreOn: 2026-11-01}]";
    private const string WordsChecked = "[{code: pl, coreBy: Ewa Nowak, coreOn: 2026-11-01, wordsBy: Ewa Nowak, wordsOn: 2026-11-01}]";

    private static readonly DocumentId HomeId = DocumentId.Home;

    [Theory]
    [InlineData("machine-draft", true, false)]
    [InlineData("needs-review", true, false)]
    [InlineData("reviewed", true, true)]
    public void A_translation_is_shown_by_its_state_and_the_stage(string state, bool demonstration, bool live)
    {
        var home = ("pages/home/pl.md", A.Translation("Początek", "Ty decydujesz.\n", state, HomeStamp));

        Assert.Equal(demonstration, Has(A.Site([home]), "pl"));
        Assert.Equal(live, Has(A.Site([home, ("settings.yaml", SmallSite.Settings("live", Checked))]), "pl"));
    }

    [Fact]
    public void A_reviewed_translation_whose_english_text_has_changed_is_hidden_in_the_live_stage()
    {
        var stale = ("pages/home/pl.md", A.Translation("Początek", "Ty decydujesz.\n", "reviewed", "000000000000"));

        Assert.True(Has(A.Site([stale]), "pl"));
        Assert.False(Has(A.Site([stale, ("settings.yaml", SmallSite.Settings("live", Checked))]), "pl"));
    }

    [Fact]
    public void A_reviewed_translation_waits_until_the_core_of_its_language_is_checked()
    {
        var home = ("pages/home/pl.md", A.Translation("Początek", "Ty decydujesz.\n", "reviewed", HomeStamp));

        Assert.False(Has(A.Site([home, ("settings.yaml", SmallSite.Settings("live"))]), "pl"));
        Assert.False(Has(A.Site([home, ("settings.yaml", SmallSite.Settings("live", "[{code: pl, coreBy: Ewa Nowak}]"))]), "pl"));
    }

    [Fact]
    public void The_live_stage_opens_a_language_with_its_core_and_its_words_later()
    {
        var closed = A.Edition(A.LiveSite());
        var core = A.Edition(A.LiveSite(Checked));
        var words = A.Edition(A.LiveSite(WordsChecked));
        var polish = A.Language(core.Library, "pl");

        Assert.Equal(["en"], closed.Languages.Select(language => language.Code));
        Assert.Equal(["en", "pl"], core.Languages.Select(language => language.Code));
        Assert.Equal([true, false, true], new[] { A.Edition(A.Site()), core, words }.Select(edition => edition.WordsArePublic(polish)));
        Assert.True(core.WordsArePublic(Language.Base) && core.WordsArePublic(Language.Simple));
    }

    [Fact]
    public void The_demonstration_stage_has_every_language_with_a_page() =>
        Assert.Equal(["en", "pl", "ur", "en-simple"], A.Edition(A.Site()).Languages.Select(language => language.Code));

    [Fact]
    public void What_a_language_lacks_is_found_in_english()
    {
        var edition = A.Edition(A.Site());
        var urdu = A.Language(edition.Library, "ur");

        Assert.Equal("ur", edition.Nearest(HomeId, urdu)!.Language.Code);
        Assert.Equal("en", edition.Nearest(DocumentId.Parse("privacy"), urdu)!.Language.Code);
        Assert.Null(edition.Find(DocumentId.Parse("privacy"), urdu));
        Assert.Null(edition.Nearest(DocumentId.Parse("none"), urdu));
        Assert.Equal(["en", "pl", "en-simple"], edition.LanguagesOf(DocumentId.Parse("help-now")).Select(language => language.Code));
    }

    /// <summary>Fields, then whether the point is shown in the demonstration stage, marked there, and shown in the live stage.</summary>
    public static TheoryData<string, bool, bool, bool> Points => new()
    {
        { "verifiedOn: 2026-11-01", true, false, true },
        { "verifiedOn: 2026-11-22", true, false, true },
        { "verifiedOn: 2026-08-25", true, false, true }, // 89 days before.
        { "verifiedOn: 2026-08-24", true, true, false }, // 90 days before.
        { "verifiedOn: 2026-11-23", true, true, false }, // Tomorrow: nobody has rung yet.
        { "", true, true, false },
        { "publish=after-phone-check", true, true, false },
        { "publish=no\nverifiedOn: 2026-11-01", false, false, false },
        { "standing=historic\nverifiedOn: 2026-11-01", false, false, false },
        { "standing=no-venue\nverifiedOn: 2026-11-01", false, false, false },
        { "confidential: true\nverifiedOn: 2026-11-01", false, false, false },
        { "type=remote", true, false, true },
        { "type=refuge\nverifiedOn: 2026-11-01", true, false, true },
        { "type=refuge\nconfidential: true\nverifiedOn: 2026-11-01", false, false, false },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public void A_place_is_shown_by_its_facts_and_the_stage(string fields, bool demonstration, bool marked, bool live)
    {
        var text = A.Point("Extra", string.Concat(fields.Split('\n').Where(line => line.Contains(": ", StringComparison.Ordinal)).Select(line => line + "\n")));
        foreach (var change in fields.Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal)).Select(line => line.Split('=')))
            text = string.Join('\n', text.Split('\n').Select(line => line.StartsWith(change[0] + ":", StringComparison.Ordinal) ? $"{change[0]}: {change[1]}" : line));
        var files = new[] { ("pages/places/extra/en.md", text) };
        var id = DocumentId.Parse("places/extra");

        var shown = A.Edition(A.Site(files));
        Assert.Equal(demonstration, shown.Find(id, Language.Base) is not null);
        if (demonstration) Assert.Equal(marked, shown.IsUnconfirmed((AccessPoint)shown.Find(id, Language.Base)!));
        Assert.Equal(live, A.Edition(A.Site([.. files, ("settings.yaml", SmallSite.Settings("live"))])).Find(id, Language.Base) is not null);
    }

    [Theory]
    [InlineData("seen", "true", "high", true)]
    [InlineData("seen", "true", "low", true)]
    [InlineData("recalled", "true", "high", false)]
    [InlineData("seen", "false", "high", false)]
    [InlineData("seen", "true", "recalled", false)]
    public void A_line_is_shown_where_its_number_was_seen_and_released_in_both_stages(string source, string ready, string confidence, bool shown)
    {
        var line = ("pages/lines/extra/en.md", A.Line("Extra", "01622 000000", source, ready, confidence));

        Assert.Equal(shown, A.Edition(A.Site([line])).Line("extra", Language.Base) is not null);
        Assert.Equal(shown, A.Edition(A.Site([line, ("settings.yaml", SmallSite.Settings("live"))])).Line("extra", Language.Base) is not null);
    }

    [Theory]
    [InlineData("nightSource: seen\n", true)]
    [InlineData("nightSource: recalled\n", false)]
    [InlineData("", false)]
    public void A_night_number_is_shown_where_it_was_seen(string field, bool shown)
    {
        var edition = A.Edition(A.Site("pages/lines/main/en.md", "mode: voice\n", $"night: \"01622 000000\"\n{field}mode: voice\n"));

        Assert.Equal(shown, edition.Line("main", Language.Base)!.PublishableNight is not null);
    }

    [Theory]
    [InlineData("high", "true", true)]
    [InlineData("medium", "true", true)]
    [InlineData("low", "true", false)]
    [InlineData("recalled", "true", false)]
    [InlineData("high", "false", false)]
    public void An_organisation_is_shown_where_it_is_sure_and_released(string confidence, string ready, bool shown)
    {
        var text = A.Text("organisation", "Extra", "Words.\n", $"role: partner\nconfidence: {confidence}\npublishReady: {ready}\n");

        Assert.Equal(shown, A.Edition(A.Site(("pages/partners/extra/en.md", text))).Find(DocumentId.Parse("partners/extra"), Language.Base) is not null);
    }

    /// <summary>Both ends of both days, in winter (Kent is at UTC) and in summer (an hour ahead).</summary>
    public static TheoryData<string, string, string, CampaignPhase> Moments => new()
    {
        { "2026-11-25", "2026-12-10", "2026-11-24T23:59:59Z", CampaignPhase.Coming },
        { "2026-11-25", "2026-12-10", "2026-11-25T00:00:00Z", CampaignPhase.Running },
        { "2026-11-25", "2026-12-10", "2026-12-10T23:59:59Z", CampaignPhase.Running },
        { "2026-11-25", "2026-12-10", "2026-12-11T00:00:00Z", CampaignPhase.Past },
        { "2026-07-01", "2026-07-31", "2026-06-30T22:59:59Z", CampaignPhase.Coming },
        { "2026-07-01", "2026-07-31", "2026-06-30T23:00:00Z", CampaignPhase.Running },
        { "2026-07-01", "2026-07-31", "2026-07-31T22:59:59Z", CampaignPhase.Running },
        { "2026-07-01", "2026-07-31", "2026-07-31T23:00:00Z", CampaignPhase.Past },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void A_campaign_runs_on_both_its_days_in_kents_own_time(string starts, string ends, string at, CampaignPhase phase)
    {
        var edition = A.Edition(A.Site(("pages/campaigns/extra/en.md", A.Text("campaign", "Extra", "Words.\n", $"starts: {starts}\nends: {ends}\n"))), Moment(at));

        Assert.Equal(phase, edition.All<Campaign>().Single(campaign => campaign.Title == "Extra").PhaseOn(edition.Day));
    }

    [Theory]
    [InlineData("2026-10-31T23:59:59Z", false)]
    [InlineData("2026-11-01T00:00:00Z", true)]
    [InlineData("2026-11-30T23:59:59Z", true)]
    [InlineData("2026-12-01T00:00:00Z", false)]
    public void A_notice_stands_between_its_days(string at, bool shown) =>
        Assert.Equal(shown, A.Edition(A.Site(), Moment(at)).Find(DocumentId.Parse("notices/new-number"), Language.Base) is not null);

    [Fact]
    public void A_notice_without_an_end_stays() =>
        Assert.NotNull(A.Edition(A.Site("pages/notices/new-number/en.md", "until: 2026-11-30\n", string.Empty), Moment("2030-01-01T00:00:00Z")).Find(DocumentId.Parse("notices/new-number"), Language.Base));

    [Theory]
    [InlineData("2026-11-19T23:59:59Z", false)]
    [InlineData("2026-11-20T00:00:00Z", true)]
    public void A_bulletin_appears_on_its_day(string at, bool shown) =>
        Assert.Equal(shown, A.Edition(A.Site(), Moment(at)).Find(DocumentId.Parse("updates/first"), Language.Base) is not null);

    private static string HomeStamp => A.Library(A.Site()).Find(HomeId)!.Stamp;

    private static bool Has(ContentFiles files, string code)
    {
        var edition = A.Edition(files);
        return edition.Find(HomeId, A.Language(edition.Library, code)) is not null;
    }

    private static Instant Moment(string text) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;
}
