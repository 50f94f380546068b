using System.Text;
using System.Text.RegularExpressions;

using AngleSharp.Dom;
using AngleSharp.Html.Dom;

using Xunit;

namespace Portal.Tests.Pages;

/// <summary>With every setting as it comes, no file of the site makes a browser ask another host for anything.</summary>
public sealed partial class ForeignHostTests
{
    private const string Intake = "https://write.example";

    /// <summary>Attributes whose address a browser fetches by itself.</summary>
    private static readonly string[] Fetched = ["src", "srcset", "poster", "data", "background", "ping", "manifest", "imagesrcset", "xlink:href", "data-module", "data-rest"];

    /// <summary>Links that say something of the page and are not fetched.</summary>
    private static readonly string[] Said = ["canonical", "alternate"];

    private static readonly Lazy<FormSite> Form = new(() => FormSite.Of(Intake, FormSite.Keys));

    [Fact]
    public void No_page_fetches_anything_from_elsewhere()
    {
        var pages = StarterSite.Pages.Select(page => (page.Path, page.Html)).Concat(Form.Value.Map.Pages.Where(page => page.Neutral == "/contact/write/").Select(page => (Path: "form/" + page.OutputPath, Html: Form.Value.Page(page.Neutral, page.Language.Code))));

        Assert.Equal([], pages.AsParallel().SelectMany(page => Foreign(page.Html).Select(address => $"{page.Path}: {address}")));
    }

    [Fact]
    public void No_sheet_or_script_names_another_host_and_no_policy_allows_one()
    {
        var assets = Form.Value.Files.Where(file => file.Key.EndsWith(".css", StringComparison.Ordinal) || file.Key.EndsWith(".js", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(assets);
        Assert.Equal([], assets.SelectMany(file => Address().Matches(Encoding.UTF8.GetString(file.Value)).Select(match => $"{file.Key}: {match.Value}")));
        Assert.DoesNotContain("//", StarterSite.Output.Page("_headers").Split('\n').Single(line => line.Contains("Content-Security-Policy", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal([Intake], Address().Matches(Form.Value.Rules.HeadersFor("/").Single(header => header.Name == "Content-Security-Policy").Value).Select(match => match.Value).Distinct());
    }

    [Fact]
    public void No_file_names_the_third_party_of_the_check_for_humans()
    {
        var files = StarterSite.Output.Files.Concat(Form.Value.Files).Where(file => Path.GetExtension(file.Key) is ".html" or ".css" or ".js" or ".json" or ".xml" or ".txt" or "");

        Assert.Equal([], files.AsParallel().Where(file => Asks().IsMatch(Encoding.UTF8.GetString(file.Value))).Select(file => file.Key));
    }

    /// <summary>What is fetched and does not begin at the site's own root.</summary>
    private static IEnumerable<string> Foreign(IHtmlDocument page)
    {
        foreach (var element in page.All)
        {
            foreach (var attribute in element.Attributes.Where(each => Fetched.Contains(each.Name)))
                foreach (var address in attribute.Name.EndsWith("srcset", StringComparison.Ordinal) ? attribute.Value.Split(',').Select(each => each.Trim()) : [attribute.Value])
                    if (!IsOwn(address)) yield return $"{element.LocalName} {attribute.Name}={address}";
            if (element is IHtmlLinkElement link && !Said.Contains(link.Relation) && !IsOwn(link.GetAttribute("href")!)) yield return $"link {link.Relation}={link.GetAttribute("href")}";
            if (element is IHtmlInlineFrameElement or IHtmlObjectElement or IHtmlEmbedElement or IHtmlBaseElement) yield return element.LocalName;
            if (element.HasAttribute("style")) yield return "style";
        }
    }

    private static bool IsOwn(string address) => address == "data:," || (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal));

    /// <summary>A host; the names of XML's own languages are no address.</summary>
    [GeneratedRegex("https?://(?!www\\.w3\\.org/)[A-Za-z0-9.-]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex("recaptcha|gstatic|google\\.com", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Asks();
}
