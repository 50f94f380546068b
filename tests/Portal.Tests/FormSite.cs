using System.Text;
using System.Text.Json;

using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using NodaTime;

using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Referrals;
using Portal.Site.Building;
using Portal.Site.Hosting;
using Portal.Site.Map;
using Portal.Site.Rendering;

namespace Portal.Tests;

/// <summary>
/// The pages about the form, of the starter content with an intake. Those pages alone are drawn, beside every asset: a
/// whole site is not needed to look at one form.
/// </summary>
internal sealed class FormSite
{
    /// <summary>Neutral addresses of the pages that are drawn.</summary>
    private static readonly string[] Neutral = ["/", "/contact/", "/contact/write/", "/privacy/", "/leaving-this-site/"];

    /// <summary>A Thursday, 10:00 in Kent.</summary>
    private static readonly Instant At = Instant.FromUtc(2026, 11, 26, 10, 0);

    private static readonly ContentFiles Starter = ContentFiles.FromFolder(System.IO.Path.Combine(A.Repository, "content"));

    /// <summary>One member of the team, and the recovery key that both groups have. What they open nobody can.</summary>
    public static IntakeSetting Keys { get; } = KeysOf(
        ["age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj", "age1y8j2n3j8x7fme5l8zhs2qacfxgwh7kam4em4emunufkedfxmfe6smkjfau"],
        ["age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"]);

    private FormSite(SiteMap map, IReadOnlyDictionary<string, byte[]> files, HostRules rules) => (Map, Files, Rules) = (map, files, rules);

    public SiteMap Map { get; }

    /// <summary>Every asset and the drawn pages, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    public HostRules Rules { get; }

    /// <summary>A page, parsed.</summary>
    public IHtmlDocument Page(string neutral, string language = "en") => new HtmlParser().ParseDocument(Encoding.UTF8.GetString(Files[Path(neutral, language)]));

    /// <summary>A word of the file that the form's script fetches, by its names.</summary>
    public string Rest(string language, string group, string name)
    {
        using var file = JsonDocument.Parse(Files[Page("/contact/write/", language).QuerySelector("[data-ask]")!.GetAttribute("data-rest")![1..]]);
        return file.RootElement.GetProperty(group).GetProperty(name).GetString()!;
    }

    /// <summary>Path of a page's file.</summary>
    public string Path(string neutral, string language = "en") => Map.Find(neutral, Map.Edition.Languages.First(each => each.Code == language))!.OutputPath;

    public static IntakeSetting KeysOf(IReadOnlyList<string> team, IReadOnlyList<string> lead) =>
        new() { KeySet = IntakeSetting.IdOf(team, lead), Open = true, Team = team, Lead = lead, UrgentHours = 24, OtherHours = 72 };

    /// <param name="intake">Its origin; null where the site has none.</param>
    /// <param name="keys">What the intake says; null where it wrote nothing.</param>
    /// <param name="settings">Changes the settings' text.</param>
    public static FormSite Of(string? intake, IntakeSetting? keys, Func<string, string>? settings = null)
    {
        var text = Starter.Text("settings.yaml").Replace("\nintake:\n", intake is null ? "\nintake:\n" : $"\nintake: {intake}\n", StringComparison.Ordinal);
        var files = Starter.With(("settings.yaml", Encoding.UTF8.GetBytes(settings is null ? text : settings(text))));
        if (keys is not null) files = files.With((IntakeSetting.File, Encoding.UTF8.GetBytes(Yaml(keys))));
        var reading = ContentReader.Read(files);
        if (reading.Library is not { } library || reading.Problems.Any(problem => problem.Weight == Weight.Error)) throw new InvalidOperationException(string.Join('\n', reading.Problems));

        var map = new SiteMap(new Edition(library, At));
        var output = new SiteOutput();
        var problems = new List<Problem>();
        var assets = AssetBuilder.Add(map.Edition, output, System.IO.Path.Combine(A.Repository, "site", "output.cache"), problems) ?? throw new InvalidOperationException(string.Join('\n', problems));
        using var renderer = new PageRenderer();
        foreach (var page in map.Pages.Where(page => Neutral.Contains(page.Neutral))) output.Add(page.OutputPath, SiteBuilder.Render(renderer, map, page, assets));
        return new(map, output.Files, HostRules.Of(map));
    }

    private static string Yaml(IntakeSetting keys) => $"""
        keySet: {keys.KeySet}
        open: {(keys.Open ? "true" : "false")}
        team: [{string.Join(", ", keys.Team)}]
        lead: [{string.Join(", ", keys.Lead)}]
        {(keys.UrgentHours is { } urgent ? $"urgentHours: {urgent}" : string.Empty)}
        {(keys.OtherHours is { } other ? $"otherHours: {other}" : string.Empty)}
        daysAfterHandOver: {keys.DaysAfterHandOver}
        daysAfterReading: {keys.DaysAfterReading}

        """;
}
