using System.Text;

using Portal.Content.Problems;
using Portal.Content.Reading;

namespace Portal.Tests.Rules;

/// <summary>Every rule broken in every way it knows.</summary>
internal static class Breaches
{
    private const string Extra = "pages/guides/extra/en.md";
    private const string Hall = "pages/places/hall/en.md";
    private const string Home = "pages/home/en.md";

    public static IReadOnlyList<Breach> All { get; } = [.. Names(), .. LinksAndLines(), .. Places(), .. Wording(), .. TimesAndSettings(), .. ReviewBreaches.All];

    private static IEnumerable<Breach> Names()
    {
        const string neutral = "Tab titles, paths and file names are neutral";
        yield return new(neutral, With("pages/guides/abuse-at-home/en.md", A.Guide("Extra", "Words.\n")), "pages/guides/abuse-at-home/en.md", "The path holds the word 'abuse'");
        yield return new(neutral, With(Extra, A.Guide("Safe house", "Words.\n")), Extra, "The tab title 'Safe house' holds the word 'safe house'");
        yield return new(neutral, A.Site("pages/home/pl.md", "tabTitle: Początek", "tabTitle: Stop PRZEMOCY"), "pages/home/pl.md", "holds the word 'przemoc'");
        yield return new(neutral, A.Site("pages/home/ur.md", "tabTitle: آغاز", "tabTitle: Abuse"), "pages/home/ur.md", "holds the word 'abuse'");
        yield return new(neutral, With("media/kit/victim-support.txt", "Words."), "media/kit/victim-support.txt", "The file name holds the word 'victim'");
        yield return new(neutral, A.Site("pages/what-helps/en.md", "more", "refuge"), "pages/what-helps/en.md", "The question's id 'refuge'");

        const string distinct = "Tab titles are distinct in each language";
        yield return new(distinct, With(Extra, A.Guide("Start", "Words.\n")), Home, "stands in pages/guides/extra/en.md too");
        yield return new(distinct, A.Site("pages/help-now/pl.md", "tabTitle: Pomoc teraz", "tabTitle: POCZĄTEK"), "pages/home/pl.md", "The tab title 'POCZĄTEK' stands in pages/help-now/pl.md");

        const string address = "No two documents claim one address";
        yield return new(address, With("pages/find-help/thanet/en.md", A.Guide("Extra", "Words.\n")), "pages/find-help/thanet/en.md", "is taken by data/districts.yaml");
        yield return new(address, With("pages/what-helps/more/en.md", A.Guide("Extra", "Words.\n")), "pages/what-helps/more/en.md", "The address /what-helps/more/ is taken by pages/what-helps/en.md");
        yield return new(address, With("pages/campaigns/sixteen-days/poster/en.md", A.Guide("Extra", "Words.\n")), "pages/campaigns/sixteen-days/poster/en.md", "is taken");
        yield return new(address, With("pages/pl/extra/en.md", A.Guide("Extra", "Words.\n")), "pages/pl/extra/en.md", "begins with 'pl'");
        yield return new(address, With("pages/simple/en.md", A.Guide("Extra", "Words.\n")), "pages/simple/en.md", "begins with 'simple'");
    }

    private static IEnumerable<Breach> LinksAndLines()
    {
        const string links = "Every internal link resolves";
        yield return new(links, With(Extra, A.Guide("Extra", "Words.\n\nMore [words](/nowhere/).\n")), Extra, "The link to /nowhere/ leads nowhere", 11);
        yield return new(links, With(Extra, A.Guide("Extra", "[words](/help-now)\n")), Extra, "/help-now leads nowhere", 9);
        yield return new(links, With(Extra, A.Guide("Extra", "[words](/guides/relationships/#s9)\n")), Extra, "has no heading 's9'", 9);
        const string part = "/guides/safer-devices/#s1";
        yield return new(links, A.Site("pages/home/pl.md", "Ty decydujesz.", $"[Ty]({part})"), "pages/home/pl.md", "The page /guides/safer-devices/ has no heading 's1' in pages/guides/safer-devices/pl.md", 8);
        yield return new(links, A.Site(("pages/guides/safer-devices/en-simple.md", A.Translation("Phones, in short", "Words.\n")), ("pages/help-now/en-simple.md", A.Translation("Help now, in short", $"[Phones]({part})\n"))), "pages/help-now/en-simple.md", "has no heading 's1' in pages/guides/safer-devices/en-simple.md", 8);
        yield return new(links, With(Extra, A.Guide("Extra", "::: action href=/guides/relationships/#s2 label=Go\n:::\n")), Extra, "has no heading 's2' in pages/guides/relationships/en.md", 9);
        yield return new(links, With(Extra, A.Guide("Extra", "[words](/find-help/thanet/#s1)\n")), Extra, "The page /find-help/thanet/ has no heading 's1'", 9);
        yield return new(links, A.Site("pages/what-helps/en.md", "go: /help-now/", "go: /help-now/#s1"), "pages/what-helps/en.md", "has no heading 's1' in pages/help-now/en.md");
        yield return new(links, A.Site("pages/campaigns/sixteen-days/en.md", "href: /guides/", "href: /guides/#s1"), "pages/campaigns/sixteen-days/en.md", "has no heading 's1'");
        yield return new(links, With(Extra, A.Guide("Extra", "::: action href=/nowhere/ label=Go\n:::\n")), Extra, "leads nowhere", 9);
        yield return new(links, With(Extra, A.Guide("Extra", "[words](/notices/new-number/)\n")).With([("pages/notices/new-number/en.md", Encoding.UTF8.GetBytes(A.Text("notice", "A new number", "Words.\n", "from: 2026-12-01\non: [everywhere]\n")))]), Extra, "leads nowhere", 9);
        yield return new(links, A.Site("pages/home/pl.md", "Ty decydujesz.", "[Ty](/nowhere/)"), "pages/home/pl.md", "leads nowhere", 8);
        yield return new(links, With(Extra, A.Guide("Extra", "Words.\n", "related: [guides/none]\n")), Extra, "The related page guides/none does not exist");
        yield return new(links, A.Site("pages/what-helps/en.md", "go: /help-now/", "go: /nowhere/"), "pages/what-helps/en.md", "The address /nowhere/ leads nowhere");
        yield return new(links, A.Site("pages/campaigns/sixteen-days/en.md", "link: /help-now/", "link: /nowhere/"), "pages/campaigns/sixteen-days/en.md", "leads nowhere");
        yield return new(links, A.Site("pages/notices/new-number/en.md", "[help-now]", "[nowhere]"), "pages/notices/new-number/en.md", "The notice stands on nowhere");

        const string https = "Links to other sites are https";
        yield return new(https, A.Site("pages/lines/main/en.md", "mode: voice", "url: http://example.org\nmode: voice"), "pages/lines/main/en.md", "'http://example.org' is not an https address");
        yield return new(https, A.Site("pages/partners/charity/en.md", "role: lead", "url: example.org\nrole: lead"), "pages/partners/charity/en.md", "is not an https address");
        yield return new(https, With(Extra, A.Guide("Extra", "Words.\n", "sources: [{name: A law, url: \"javascript:x\", confidence: high}]\n")), Extra, "is not an https address");

        const string once = "A telephone number is written in its helpline alone";
        yield return new(once, With(Extra, A.Guide("Extra", "Ring us.\n\n::: callout\nRing 0808 168 9111.\n:::\n")), Extra, "'0808 168 9111' looks like a telephone number", 11);
        yield return new(once, With(Extra, A.Guide("Extra", "Ring +44 20 7946 0018 now.\n")), Extra, "looks like a telephone number", 9);
        yield return new(once, With(Extra, A.Guide("Extra", "Words.\n").Replace("summary: About Extra.", "summary: Ring 01622 123456.", StringComparison.Ordinal)), Extra, "looks like a telephone number");
        yield return new(once, A.Site("pages/professionals/schools/en.md", "who: Teachers.", "who: Ring 01622 123456."), "pages/professionals/schools/en.md", "looks like a telephone number");
        yield return new(once, A.Site("pages/home/pl.md", "Ty decydujesz.", "Dzwoń 0808-168-9111."), "pages/home/pl.md", "looks like a telephone number", 8);

        const string lines = "Only publishable lines are referred to";
        yield return new(lines, With(Extra, A.Guide("Extra", "Words.\n\n[](line:none)\n")), Extra, "The line 'none' does not exist", 11);
        yield return new(lines, With(Extra, A.Guide("Extra", "::: contact line=none\n:::\n")), Extra, "The line 'none' does not exist", 9);
        yield return new(lines, Line(A.Line("Extra line", "01622 123456", source: "recalled")), Extra, "may not be published", 9);
        yield return new(lines, Line(A.Line("Extra line", "01622 123456", ready: "false")), Extra, "may not be published", 9);
        yield return new(lines, Line(A.Line("Extra line", "01622 123456", confidence: "recalled")), Extra, "may not be published", 9);
        yield return new(lines, Line(A.Text("helpline", "Extra line", "Words.\n", "mode: web\npurpose: national\nconfidence: high\npublishReady: true\n")), Extra, "has no number to show", 9);
        yield return new(lines, A.Site(Hall, "helplines: [main]", "helplines: [main, none]"), Hall, "The line 'none' does not exist");
        yield return new(lines, A.Site("pages/services/outreach/en.md", "helplines: [main]", "helplines: [none]"), "pages/services/outreach/en.md", "The line 'none'");
        yield return new(lines, A.Site("pages/professionals/schools/en.md", "contacts: [main]", "contacts: [none]"), "pages/professionals/schools/en.md", "The line 'none'");
        yield return new(lines, A.Site("settings.yaml", "mainLine: main", "mainLine: none"), "settings.yaml", "The line 'none' does not exist");
    }

    private static IEnumerable<Breach> Places()
    {
        const string refuge = "A refuge holds no place";
        const string path = "pages/places/safe-place/en.md";
        foreach (var field in new[] { "address: {line1: A street, town: Maidstone}", "coordinates: {latitude: 51.1, longitude: 0.5, confidence: high}", "outcode: ME14", "town: Maidstone" })
            yield return new(refuge, With(path, A.Point("A place to stay", field + "\n", "refuge")), path, "A refuge holds an address, coordinates, an outcode or a town");
        yield return new(refuge, With(path, A.Point("A place to stay", "town: Maidstone\nconfidential: true\n", "refuge")), path, "A refuge holds");

        const string facts = "Places name a known district and their hours make sense";
        yield return new(facts, A.Site(Hall, "district: maidstone", "district: atlantis"), Hall, "'atlantis' is no district");
        yield return new(facts, A.Site(Hall, "helplines: [main]\n", string.Empty), Hall, "no line to ring first");
        yield return new(facts, A.Site(Hall, "days: [fri]", "days: []"), Hall, "The hours are wrong");
        yield return new(facts, A.Site("pages/lines/main/en.md", "always: true", "always: true\n  byAppointment: true"), "pages/lines/main/en.md", "The hours are wrong");

        const string media = "Media that a document names exists";
        yield return new(media, With(Extra, A.Guide("Extra", "Words.\n\n::: image media=none.png alt=A\n:::\n")), Extra, "The file media/none.png does not exist", 11);
        yield return new(media, With(Extra, A.Guide("Extra", "::: download media=none.txt label=L\n:::\n")), Extra, "media/none.txt", 9);
        yield return new(media, With(Extra, A.Guide("Extra", "::: video media=none.mp4 captions=kit/words.txt title=T\nWords.\n:::\n")), Extra, "media/none.mp4", 9);
        yield return new(media, With(Extra, A.Guide("Extra", "Words.\n", "bsl: {video: none.mp4, captions: kit/words.txt, transcript: Words.}\n")), Extra, "media/none.mp4");
        yield return new(media, A.Site("pages/campaigns/sixteen-days/en.md", "[kit/words.txt]", "[kit/none.txt]"), "pages/campaigns/sixteen-days/en.md", "media/kit/none.txt");

        const string decisions = "A decision table leads somewhere";
        const string table = "pages/what-helps/en.md";
        yield return new(decisions, A.Site(table, "view: triage", "view: standard"), table, "A triage page has questions");
        yield return new(decisions, A.Site("pages/about/en.md", "view: standard", "view: triage"), "pages/about/en.md", "A triage page has questions");
        yield return new(decisions, A.Site(table, "go: /help-now/", "go: /help-now/, then: more"), table, "needs 'go' or 'then', not both");
        yield return new(decisions, A.Site(table, ", go: /help-now/", string.Empty), table, "needs 'go' or 'then'");
        yield return new(decisions, A.Site(table, "then: more", "then: none"), table, "leads to the question 'none', which does not exist");
        yield return new(decisions, A.Site(table, "then: more", "go: /guides/"), table, "No answer leads to the question 'more'");
    }

    private static IEnumerable<Breach> Wording()
    {
        const string strings = "Every translation has every interface string";
        yield return new(strings, A.Site("strings/pl.yaml", "demoLabel:", "demoLabell:"), "strings/pl.yaml", "The string 'demoLabel' is missing");
        yield return new(strings, A.Site("strings/pl.yaml", "demoLabel:", "demoLabell:"), "strings/pl.yaml", "The string 'demoLabell' is not in strings/en.yaml");
        yield return new(strings, A.Site("strings/ur.yaml", "{district}", "{place}"), "strings/ur.yaml", "has {place} where English has {district}");
        yield return new(strings, With("strings/pl.yaml", A.Site().Text("strings/pl.yaml").Replace("few:", "fev:", StringComparison.Ordinal)), "strings/pl.yaml", "is missing");

        const string lengths = "Tab titles and summaries have their length";
        yield return new(lengths, With(Extra, A.Guide(new string('x', 41), "Words.\n")), Extra, "The tab title has 41 characters");
        yield return new(lengths, With(Extra, A.Guide("xx", "Words.\n")), Extra, "The tab title has 2 characters");
        yield return new(lengths, With(Extra, A.Guide("Extra", "Words.\n").Replace("About Extra.", new string('x', 161), StringComparison.Ordinal)), Extra, "The summary has 161 characters");

        const string tone = "Wording is trauma-informed";
        yield return new(tone, With(Extra, A.Guide("Extra", "Words.\n\n## More\n\nLeave your abuser.\n")), Extra, "The wording 'your abuser' stands here", 11, Weight.Warning);
        yield return new(tone, With(Extra, A.Guide("Extra", string.Join(' ', Enumerable.Repeat("word", 26)) + ".\n")), Extra, "A sentence has more than 25 words", 9, Weight.Warning);

        const string clauses = "Every clause has its pages";
        yield return new(clauses, A.Site("data/clauses.yaml", "lines/main", "lines/none"), "data/clauses.yaml", "Clause 1.1 asks for lines/none");
        yield return new(clauses, A.Site("data/clauses.yaml", "[help-now, lines/main]", "[]"), "data/clauses.yaml", "Clause 1.1 has no page");

        const string topics = "The five topics of clause 1.4 are reviewed in English";
        foreach (var topic in new[] { "relationships", "unwanted-contact", "family-pressure", "marriage-choice", "girls-health" })
        {
            yield return new(topics, A.Site().Without($"pages/guides/{topic}/en.md"), "data/clauses.yaml", $"The guide guides/{topic} is missing");
            yield return new(topics, A.Site($"pages/guides/{topic}/en.md", "reviewed: 2026-11-01\n", string.Empty), $"pages/guides/{topic}/en.md", "The guide is not reviewed");
        }

        const string caveat = "Advice on devices begins with its caveat";
        const string devices = "pages/guides/safer-devices/en.md";
        yield return new(caveat, A.Site(devices, "tone=important", "tone=calm"), devices, "does not begin with the warning");
        yield return new(caveat, With(devices, A.Guide("Phones", "## One\n\nWords.\n\n## Two\n\n::: callout tone=important\nSomeone may watch.\n:::\n")), devices, "does not begin with the warning");
        yield return new(caveat, A.Site("pages/guides/safer-devices/pl.md", "tone=important", "tone=calm"), "pages/guides/safer-devices/pl.md", "does not begin with the warning");

        yield return new("Translations follow their English text", A.Site(), "pages/home/pl.md", "The English text has changed", 0, Weight.Warning);
    }

    private static IEnumerable<Breach> TimesAndSettings()
    {
        const string reviews = "Review dates are kept";
        yield return new(reviews, With(Extra, A.Text("guidance", "Extra", "Words.\n")), Extra, "The owner or the day of the last review is missing");
        yield return new(reviews, A.Site("pages/professionals/schools/en.md", "owner: Content team\n", string.Empty), "pages/professionals/schools/en.md", "The owner or the day");
        yield return new(reviews, With(Extra, A.Guide("Extra", "Words.\n", "reviewBy: 2026-11-21\n")), Extra, "The review was due by 2026-11-21", 0, Weight.Warning);
        yield return new(reviews, A.Site(Hall, "verifiedOn: 2026-11-01", "verifiedOn: 2026-08-24"), Hall, "was not confirmed in the last 90 days", 0, Weight.Warning);

        const string periods = "Campaigns and notices run forwards";
        yield return new(periods, A.Site("pages/campaigns/sixteen-days/en.md", "ends: 2026-12-10", "ends: 2026-11-24"), "pages/campaigns/sixteen-days/en.md", "The campaign ends before it starts");
        yield return new(periods, A.Site("pages/notices/new-number/en.md", "until: 2026-11-30", "until: 2026-10-30"), "pages/notices/new-number/en.md", "The notice ends before it begins");

        const string leave = "The leave button leads to an allowed page";
        const string weather = "https://www.bbc.co.uk/weather";
        yield return new(leave, A.Site("settings.yaml", weather, "http://www.bbc.co.uk/weather"), "settings.yaml", "is not an https address");
        yield return new(leave, A.Site("settings.yaml", weather, "/weather/"), "settings.yaml", "is not an https address");
        yield return new(leave, A.Site("settings.yaml", weather, "https://www.example.org/"), "settings.yaml", "'www.example.org' is not allowed");
        yield return new(leave, A.Site("settings.yaml", weather, weather + "?from=us"), "settings.yaml", "carries a query or fragment");
        yield return new(leave, A.Site("settings.yaml", "  allowed:", "  second: https://www.example.org\n  allowed:"), "settings.yaml", "'www.example.org' is not allowed");

        const string navigation = "The navigation is short and leads to pages";
        yield return new(navigation, Navigation("address: /help-now/, words: nav.help", "address: /nowhere/, words: nav.help"), "data/navigation.yaml", "The link to /nowhere/ leads nowhere", Weight: Weight.Warning);
        yield return new(navigation, Navigation("words: nav.help", "words: nav.none"), "data/navigation.yaml", "has no words 'nav.none'");
        yield return new(navigation, Navigation("address: /find-help/", "address: /help-now/"), "data/navigation.yaml", "'main' leads to /help-now/ twice");
        yield return new(navigation, Navigation("main:\n", "main:\n" + string.Concat(Enumerable.Repeat("  - {address: /status/, words: nav.status}\n", 3))), "data/navigation.yaml", "'main' has 7 links, 6 at most fit");

        const string redirects = "A redirect leads from an old address to a page";
        foreach (var from in new[] { "old/", "/old", "//old/", "https://localhelp.example/old/", "/old/#s1", "/old/?a=b", "/old page/", "/old/*", "/../old/", "\"/old/\\n/new/\"" })
            yield return new(redirects, Redirects($"from: {from}, to: /guides/"), "settings.yaml", "is no address of this site");
        foreach (var to in new[] { "guides/", "/guides", "//guides/", "https://www.example.org/", "/guides/#s1", "/guides/?a=b" })
            yield return new(redirects, Redirects($"from: /old/, to: \"{to}\""), "settings.yaml", $"'{to}' is no address of this site");
        foreach (var page in new[] { "/help-now/", "/Help-Now/", "/", "/pl/", "/pl/help-now/", "/simple/help-now/", "/find-help/thanet/", "/ur/find-help/thanet/", "/what-helps/more/", "/campaigns/sixteen-days/poster/" })
            yield return new(redirects, Redirects($"from: {page}, to: /guides/"), "settings.yaml", $"The redirect from {page} hides a page");
        foreach (var nowhere in new[] { "/new/", "/pl/guides/", "/simple/find-help/thanet/", "/pl/what-helps/more/" })
            yield return new(redirects, Redirects($"from: /old/, to: {nowhere}"), "settings.yaml", $"The redirect from /old/ leads to {nowhere}, which does not exist");
        yield return new(redirects, Redirects("from: /my-refuge/, to: /guides/"), "settings.yaml", "The redirect's address '/my-refuge/' holds the word 'refuge'");
        yield return new(redirects, Redirects("from: /old/, to: /guides/}, {from: /old/, to: /help-now/"), "settings.yaml", "The address /old/ is redirected twice");
        yield return new(redirects, Redirects("from: /old/, to: /older/}, {from: /older/, to: /guides/"), "settings.yaml", "The redirect from /old/ leads to /older/, which is redirected itself");
        yield return new(redirects, Redirects("from: /old/, to: /older/}, {from: /older/, to: /old/"), "settings.yaml", "The redirect from /older/ leads back to itself");
        yield return new(redirects, Redirects("from: /old/, to: /old/"), "settings.yaml", "The redirect from /old/ leads back to itself");

        const string live = "The live stage has what it needs";
        yield return new(live, A.Site("settings.yaml", "https://localhelp.example", "https://localhelp.example/"), "settings.yaml", "is not the site's address");
        yield return new(live, A.Site("settings.yaml", "https://localhelp.example", "http://localhelp.example"), "settings.yaml", "is not the site's address");
        yield return new(live, A.Site("settings.yaml", "https://localhelp.example", "https://localhelp.example/path"), "settings.yaml", "is not the site's address");
        yield return new(live, With("settings.yaml", SmallSite.Settings("live").Replace("https://localhelp.example", "http://127.0.0.1:5081", StringComparison.Ordinal)), "settings.yaml", "is not the site's address");
        yield return new(live, A.Site(("settings.yaml", SmallSite.Settings("live")), ("pages/privacy/en.md", A.Text("policy", "Privacy", "Words.\n", "version: 2026-11-01\n"))), "pages/privacy/en.md", "needs a reviewed privacy notice");
        foreach (var key in new[] { "operator", "controller", "contact", "postalAddress", "logDays" })
            yield return new(live, With("settings.yaml", string.Join('\n', SmallSite.Settings("live").Split('\n').Where(line => !line.StartsWith(key, StringComparison.Ordinal)))), "settings.yaml", $"The live stage needs '{key}'");
    }

    private static ContentFiles With(string path, string text) => A.Site((path, text));

    private static ContentFiles Navigation(string old, string changed) => A.Site("data/navigation.yaml", old, changed);

    private static ContentFiles Redirects(string redirects) => A.Site("settings.yaml", "  - {from: /old/, to: /guides/}", $"  [{{{redirects}}}]");

    /// <summary>A line that a guide refers to.</summary>
    private static ContentFiles Line(string text) => A.Site(("pages/lines/extra/en.md", text), (Extra, A.Guide("Extra", "[](line:extra)\n")));
}
