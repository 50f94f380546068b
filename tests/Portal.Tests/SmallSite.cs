namespace Portal.Tests;

/// <summary>The files of the small site. The interface words are the starter content's own, since every view asks for them.</summary>
internal static class SmallSite
{
    private const string Words = "You choose what happens next.\n";

    public static IEnumerable<KeyValuePair<string, string>> Files() => Tables().Concat(Pages()).Select(file => KeyValuePair.Create(file.Path, file.Text));

    public static string Settings(string stage = "demonstration", string languages = "[]") => $$"""
        name: Local Help
        stage: {{stage}}
        baseUrl: https://localhelp.example
        leave:
          url: "https://www.bbc.co.uk/weather"
          allowed: [www.bbc.co.uk]
        operator: The operator
        controller: The controller
        contact: help@localhelp.example
        postalAddress: 1 High Street
        logDays: 7
        mainLine: main
        emergencyLine: emergency
        languages: {{languages}}
        redirects:
          - {from: /old/, to: /guides/}

        """;

    private static IEnumerable<(string Path, string Text)> Tables()
    {
        yield return ("settings.yaml", Settings());
        yield return ("data/districts.yaml", """
            districts:
              - {id: maidstone, name: Maidstone, gss: E07000110, latitude: 51.272, longitude: 0.529, towns: [Maidstone], tile: {column: 1, row: 1}}
              - {id: thanet, name: Thanet, gss: E07000114, latitude: 51.389, longitude: 1.386, towns: [Margate], tile: {column: 2, row: 1}}

            """);
        yield return ("data/towns.csv", "town,latitude,longitude,district,outcode,confidence\nMaidstone,51.272,0.529,maidstone,ME14,high\nMargate,51.389,1.386,thanet,,low\n");
        yield return ("data/outcodes.csv", "outcode,latitude,longitude,district,otherDistricts,hint,confidence\nME14,51.2861,0.5482,maidstone,,Maidstone,high\n");
        yield return ("data/neighbours.csv", "outcode,latitude,longitude,area\nBR1,51.41107,0.02192,bromley\n");
        yield return ("data/bank-holidays.yaml", "days:\n  - {date: 2026-12-25}\n  - {date: 2026-12-28}\n  - {date: 2027-01-01}\n");
        yield return ("data/navigation.yaml", "main:\n  - {address: /help-now/, words: nav.help}\n  - {address: /find-help/, words: nav.near}\n  - {address: /guides/, words: nav.guides}\n  - {address: /professionals/, words: nav.professionals}\nfooter:\n  - {address: /about/, words: nav.about}\n  - {address: /privacy/, words: nav.privacy}\n  - {address: /status/, words: nav.status}\n  - {address: /a-to-z/, words: nav.az}\n");
        yield return ("data/tone.yaml", "- word: \"your abuser\"\n  instead: \"the person who is hurting you\"\n");
        yield return ("data/clauses.yaml", "- clause: \"1.1\"\n  asks: Help now.\n  pages: [help-now, lines/main]\n");
        yield return ("data/sensitive-words.yaml", "en: [abuse, refuge, victim, \"safe house\"]\npl: [przemoc]\nur: [تشدد]\n");
        yield return ("data/languages.yaml", """
            languages:
              - {code: en, endonym: English, english: English, script: Latn, direction: ltr}
              - {code: pl, endonym: Polski, english: Polish, script: Latn, direction: ltr}
              - {code: ur, endonym: اردو, english: Urdu, script: Arab, direction: rtl}

            """);
        foreach (var code in new[] { "en", "pl", "ur" })
            yield return ($"strings/{code}.yaml", File.ReadAllText(Path.Combine(A.Repository, "content", "strings", code + ".yaml")));
        yield return ("media/kit/words.txt", "Words to share.\n");
    }

    private static IEnumerable<(string Path, string Text)> Pages()
    {
        foreach (var (path, view, title) in new[]
        {
            ("home", "home", "Start"), ("help-now", "help-now", "Help now"), ("lines", "lines", "Phone lines"), ("find-help", "find-help", "Near you"),
            ("is-this-happening", "signs", "Signs"), ("guides", "section", "Guides"), ("search", "search", "Search"), ("a-to-z", "a-to-z", "A to Z"), ("my-plan", "plan", "My plan"),
            ("campaigns", "campaigns", "What is on"), ("professionals", "professionals", "Work"), ("updates", "updates", "Bulletins"), ("status", "status", "News"),
            ("about/providers", "providers", "Partners"), ("contact-sheet", "contact-sheet", "Numbers"), ("professionals/kit", "standard", "Kit"), ("about", "standard", "About"),
        })
            yield return ($"pages/{path}/en.md", A.Text("page", title, Words, $"view: {view}\n"));

        foreach (var (slug, title) in new[]
        {
            ("relationships", "People close to you"), ("unwanted-contact", "Unwanted contact"), ("family-pressure", "Family pressure"),
            ("marriage-choice", "Your choice"), ("girls-health", "Health"),
        })
            yield return ($"pages/guides/{slug}/en.md", A.Guide(title, "You choose what happens next. See [help now](/help-now/) or ring [](line:main).\n\n## What you can do\n\nTake your time.\n"));

        yield return ("pages/guides/safer-devices/en.md", A.Guide("Phones", "::: callout tone=important\nSomeone may watch this device.\n:::\n\n## What you can do\n\nTake your time.\n"));
        yield return ("pages/lines/main/en.md", A.Text("helpline", "The main line", Words, "number: \"0808 168 9111\"\nnumberSource: seen\nmode: voice\npurpose: local\nhours:\n  always: true\nfree: true\nconfidence: high\npublishReady: true\n"));
        yield return ("pages/lines/emergency/en.md", A.Text("helpline", "Emergency", Words, "number: \"999\"\nnumberSource: seen\nmode: voice\npurpose: emergency\nconfidence: high\npublishReady: true\n"));
        yield return ("pages/places/hall/en.md", A.Point("Town hall", """
            address: {line1: Town hall, town: Maidstone, postcode: ME14 1XX}
            hours:
              weekly:
                - days: [fri]
                  opens: "10:00"
                  closes: "12:00"
              bankHolidays: closed
              confidence: high
            verifiedOn: 2026-11-01
            verifiedBy: Content team

            """));
        yield return ("pages/places/safe-place/en.md", A.Point("A place to stay", string.Empty, "refuge"));
        yield return ("pages/partners/charity/en.md", A.Text("organisation", "A charity", Words, "role: lead\nconfidence: high\npublishReady: true\n"));
        yield return ("pages/services/outreach/en.md", A.Text("service", "Outreach", Words, "owner: Content team\nreviewed: 2026-11-01\nclause: \"6.1\"\nreferral: Ring [](line:main).\norganisations: [charity]\nhelplines: [main]\n"));
        yield return ("pages/professionals/schools/en.md", A.Text("pathway", "Schools", Words, """
            owner: Content team
            reviewed: 2026-11-01
            roles: [education]
            risk: [any]
            contacts: [main]
            who: Teachers.
            when: When a child tells you something.
            how: Ring [](line:main).
            consent: Ask first.
            highRisk: Ring at once.

            """));
        yield return ("pages/campaigns/sixteen-days/en.md", A.Text("campaign", "Sixteen days", Words, """
            starts: 2026-11-25
            ends: 2026-12-10
            action: {label: Read the guides, href: /guides/}
            poster: {headline: Someone listens., text: Day and night., link: /help-now/}
            downloads: [kit/words.txt]

            """));
        yield return ("pages/notices/new-number/en.md", A.Text("notice", "A new number", Words, "from: 2026-11-01\nuntil: 2026-11-30\non: [help-now]\n"));
        yield return ("pages/updates/first/en.md", A.Text("update", "First bulletin", Words, "published: 2026-11-20\n"));
        yield return ("pages/privacy/en.md", A.Text("policy", "Privacy", Words, "owner: Content team\nreviewed: 2026-11-01\nversion: 2026-11-01\nresponsible: true\n"));
        yield return ("pages/what-helps/en.md", A.Text("page", "What helps", Words, """
            view: triage
            questions:
              - id: start
                ask: What would help?
                answers:
                  - {say: To talk, go: /help-now/}
                  - {say: Something else, then: more}
              - id: more
                ask: Where would it help?
                answers:
                  - {say: At home, go: /guides/}

            """));

        yield return ("pages/home/pl.md", A.Translation("Początek", "Ty decydujesz.\n"));
        yield return ("pages/home/ur.md", A.Translation("آغاز", "آپ فیصلہ کرتے ہیں۔\n"));
        yield return ("pages/guides/safer-devices/pl.md", A.Translation("Telefony", "::: callout tone=important\nKtoś może widzieć to urządzenie.\n:::\n\nZobacz [pomoc](/help-now/) albo [przewodnik](/guides/relationships/).\n"));
        yield return ("pages/help-now/pl.md", A.Translation("Pomoc teraz", "Ty decydujesz.\n"));
        yield return ("pages/help-now/en-simple.md", A.Translation("Help now, in short", "::: picture icon=phone\nYou can call 999.\n:::\n"));
    }
}
