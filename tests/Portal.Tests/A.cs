using System.Text;

using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Building;

namespace Portal.Tests;

/// <summary>A small site in memory that is right in every respect, and the pieces to make one thing of it wrong.</summary>
internal static class A
{
    /// <summary>A Sunday before the small site's campaign, 12:00 in Kent.</summary>
    public static Instant Instant { get; } = Instant.FromUtc(2026, 11, 22, 12, 0);

    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    private static IReadOnlyList<KeyValuePair<string, string>> Bare { get; } = [.. SmallSite.Files()
        .Where(file => !file.Key.StartsWith("pages/", StringComparison.Ordinal))
        .Select(file => file.Key.StartsWith("strings/", StringComparison.Ordinal) ? KeyValuePair.Create(file.Key, "skip: Skip\n") : file)];

    private static ContentFiles Whole { get; } = ContentFiles.Of(SmallSite.Files());

    /// <summary>Settings, tables, words and a document of every kind; English, some Polish, Urdu and the simple version.</summary>
    public static ContentFiles Site() => Whole;

    /// <summary>The same with files replaced or added.</summary>
    public static ContentFiles Site(params IEnumerable<(string Path, string Text)> changes) =>
        Whole.With(changes.Select(change => (change.Path, Encoding.UTF8.GetBytes(change.Text))));

    /// <summary>Settings and tables of the small site with these documents alone, for what only reads.</summary>
    public static ContentFiles BareSite(params IEnumerable<(string Path, string Text)> documents) =>
        ContentFiles.Of(Bare.Concat(documents.Select(document => KeyValuePair.Create(document.Path, document.Text))));

    /// <summary>The same with one piece of one file exchanged, which must stand there.</summary>
    public static ContentFiles Site(string path, string old, string replacement)
    {
        var text = Whole.Text(path);
        if (!text.Contains(old, StringComparison.Ordinal)) throw new InvalidOperationException($"{path} of the small site does not hold '{old}'.");
        return Site((path, text.Replace(old, replacement, StringComparison.Ordinal)));
    }

    /// <summary>The small site with other settings, such as the live stage.</summary>
    public static ContentFiles LiveSite(string languages = "[]") => Site(("settings.yaml", SmallSite.Settings("live", languages)));

    /// <summary>A guide whose tab title is its heading.</summary>
    public static string Guide(string title, string body, string fields = "") => Text("guidance", title, body, "owner: Content team\nreviewed: 2026-11-01\n" + fields);

    /// <summary>A document of any kind.</summary>
    public static string Text(string kind, string title, string body, string fields = "") =>
        $"---\nkind: {kind}\ntitle: {title}\ntabTitle: {title}\nsummary: About {title}.\n{fields}---\n{body}";

    /// <summary>A translation that matches no English text until it is stamped.</summary>
    public static string Translation(string title, string body, string state = "machine-draft", string source = "unstamped") =>
        $"---\ntitle: {title}\ntabTitle: {title}\nsummary: {title}.\nsource: {source}\nstate: {state}\n{(state == "reviewed" ? "reviewedBy: Ewa Nowak\nreviewedOn: 2026-11-02\n" : string.Empty)}---\n{body}";

    public static string Point(string title, string fields, string type = "drop-in") =>
        Text("access-point", title, string.Empty, $"type: {type}\ndistrict: maidstone\nstanding: current\nhelplines: [main]\nconfidence: high\npublish: yes\n{fields}");

    public static string Line(string title, string number, string source = "seen", string ready = "true", string confidence = "high") =>
        Text("helpline", title, string.Empty, $"number: \"{number}\"\nnumberSource: {source}\nmode: voice\npurpose: national\nconfidence: {confidence}\npublishReady: {ready}\n");

    /// <summary>The content read, with no mistake on the way.</summary>
    public static ContentLibrary Library(ContentFiles files)
    {
        var reading = ContentReader.Read(files);
        if (reading.Problems.Count > 0) throw new InvalidOperationException(string.Join('\n', reading.Problems));
        return reading.Library!;
    }

    public static Edition Edition(ContentFiles files) => new(Library(files), Instant);

    public static Edition Edition(ContentFiles files, Instant at) => new(Library(files), at);

    /// <summary>One document of the small site, its text exchanged: read, with no mistake on the way.</summary>
    public static Document Document(string text, string id = "guides/extra") => Library(BareSite(($"pages/{id}/en.md", text))).Find(DocumentId.Parse(id))!.Base;

    public static SiteBuild Build(ContentFiles files, Instant? at = null) =>
        SiteBuilder.Build(files, new(at ?? Instant, BaseUrl: null, Path.Combine(Repository, "site", "output.cache")));

    /// <summary>A build that must succeed.</summary>
    public static SiteOutput Output(ContentFiles files, Instant? at = null)
    {
        var build = Build(files, at);
        return build.Output ?? throw new InvalidOperationException(string.Join('\n', build.Problems));
    }

    public static string Page(this SiteOutput output, string path) => Encoding.UTF8.GetString(output.Files[path]);

    public static Language Language(ContentLibrary library, string code) => library.Languages.First(language => language.Code == code);

    private static string FindRepository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Portal.sln"))) return at.FullName;
        throw new InvalidOperationException("The tests run from inside the repository.");
    }
}
