using System.Text.RegularExpressions;

using Xunit;

namespace Portal.Journeys;

/// <summary>Each mistake that must never be published: the build tells it with file and remedy and leaves the last good site.</summary>
public sealed class RefusalTests(RefusedSite site) : IClassFixture<RefusedSite>
{
    private const string About = "pages/about/en.md";
    private const string Extra = "pages/guides/extra/en.md";
    private const string Words = "Words.\n";

    private static readonly (string Mistake, string File, int Line, string What, Action<string> Make)[] Mistakes =
    [
        ("a file that is not text", About, 0, "The file is not UTF-8 text.", content => File.WriteAllBytes(Path.Combine(content, About), [0x2D, 0xFF, 0xFE])),
        ("a file that cannot be read", About, 0, "The file cannot be read", Unreadable),
        ("bad YAML, told where reading stops", About, 4, "This is not valid YAML", content => Change(content, About, text => text.Replace("\ntitle: ", "\ntitle: [", StringComparison.Ordinal))),
        ("an unknown key", Extra, 7, "'onwer' is not a field", content => Write(content, Extra, Guide(Words).Replace("owner:", "onwer:", StringComparison.Ordinal))),
        ("an address that is taken", "pages/find-help/thanet/en.md", 0, "The address /find-help/thanet/ is taken", content => Write(content, "pages/find-help/thanet/en.md", Guide(Words))),
        ("a word of the furniture that a language lacks", "strings/pl.yaml", 0, "The string 'skip' is missing", content => Change(content, "strings/pl.yaml", text => Regex.Replace(text, "(?m)^skip:.*\n", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1)))),
        ("a broken link", Extra, 11, "The link to /nowhere/ leads nowhere", content => Write(content, Extra, Guide("Words.\n\n[words](/nowhere/)\n"))),
        ("a picture without a description", Extra, 9, "An image needs ", content => Write(content, Extra, Guide("::: image media=pictures/bench.png\n:::\n"))),
        ("a script in a text", Extra, 11, "Raw HTML is not allowed", content => Write(content, Extra, Guide("Words.\n\n<script>alert(1)</script>\n"))),
        ("a refuge with an address", "pages/places/extra/en.md", 0, "A refuge holds an address", content => Write(content, "pages/places/extra/en.md", Refuge)),
        ("a telling word in a tab title", Extra, 0, "The tab title 'Domestic abuse' holds the word", content => Write(content, Extra, Guide(Words).Replace("tabTitle: Extra words", "tabTitle: Domestic abuse", StringComparison.Ordinal))),
        ("a telling word in a path", "pages/guides/abuse/en.md", 0, "The path holds the word", content => Write(content, "pages/guides/abuse/en.md", Guide(Words))),
        ("a telling word in a file name", "media/kit/domestic-abuse.txt", 0, "The file name holds the word", content => Write(content, "media/kit/domestic-abuse.txt", Words)),
        ("a redirect to nowhere", "settings.yaml", 0, "The redirect from /old/ leads to /nowhere/", content => Change(content, "settings.yaml", text => Regex.Replace(text, @"(?m)^redirects:.*$", "redirects: [{from: /old/, to: /nowhere/}]", RegexOptions.None, TimeSpan.FromSeconds(1)))),
    ];

    private const string Refuge = """
        ---
        kind: access-point
        title: A place to stay
        tabTitle: A place to stay, extra
        summary: A place to stay for a while.
        type: refuge
        district: maidstone
        standing: current
        address: {line1: A street, town: Maidstone}
        helplines: [vs-24h]
        confidence: high
        publish: yes
        ---

        """;

    public static TheoryData<int, string> Rows => [.. Mistakes.Select((mistake, at) => new TheoryDataRow<int, string>(at, mistake.Mistake))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_mistake_is_told_and_the_last_good_site_stays(int at, string mistake)
    {
        var (name, file, line, what, make) = Mistakes[at];
        Assert.Equal(name, mistake);
        var before = site.Files;

        var run = await site.BuildAsync(make);

        Assert.Equal(1, run.ExitCode);
        var place = line > 0 ? $"{file}:{line}" : file;
        Assert.Matches($@"(?m)^error: {Regex.Escape(place)}: {Regex.Escape(what)}.*[.?]$", run.Said);
        Assert.EndsWith(" errors. Nothing was written; the last good site is untouched.", run.Said, StringComparison.Ordinal);
        Assert.Equal(before, site.Files);
    }

    private static string Guide(string body) => $"---\nkind: guidance\ntitle: Extra words\ntabTitle: Extra words\nsummary: Extra words.\nreviewed: 2026-11-01\nowner: Content team\n---\n{body}";

    /// <summary>A link to a file that is not there can be listed and not read, by anybody.</summary>
    private static void Unreadable(string content)
    {
        var path = Path.Combine(content, About);
        File.Delete(path);
        File.CreateSymbolicLink(path, path + ".gone");
    }

    private static void Write(string content, string file, string text)
    {
        var path = Path.Combine(content, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static void Change(string content, string file, Func<string, string> change)
    {
        var before = File.ReadAllText(Path.Combine(content, file));
        var after = change(before);
        Assert.NotEqual(before, after);
        Write(content, file, after);
    }
}
