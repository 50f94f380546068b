using System.Text;
using System.Xml.Linq;

using Portal.Content.Languages;
using Portal.Site.Map;

namespace Portal.Site.Feeds;

/// <summary>What search engines are told: the sitemap with its languages, and robots.txt.</summary>
internal static class Sitemaps
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    public static byte[] Write(SiteMap map)
    {
        var host = map.Edition.Library.Settings.BaseUrl;
        return Xml.Bytes(new XStreamingElement(Map + "urlset", new XAttribute(XNamespace.Xmlns + "xhtml", Xhtml),
            map.Pages.Where(page => !page.Unlisted).Select(page => new XElement(Map + "url",
                new XElement(Map + "loc", host + page.Address),
                page.Reviewed is { } reviewed ? new XElement(Map + "lastmod", reviewed.ToString("uuuu-MM-dd", null)) : null,
                Alternates(map, page, host)))));
    }

    /// <summary>In the demonstration stage nothing is to be found.</summary>
    public static byte[] Robots(SiteMap map) => Encoding.UTF8.GetBytes(map.Edition.IsLive
        ? $"User-agent: *\nAllow: /\nSitemap: {map.Edition.Library.Settings.BaseUrl}/sitemap.xml\n"
        : "User-agent: *\nDisallow: /\n");

    private static IEnumerable<XElement> Alternates(SiteMap map, SitePage page, string host)
    {
        var pages = map.Alternates(page.Neutral).Where(each => !each.Language.IsSimple).ToList();
        return pages.Count < 2 || page.Language.IsSimple ? [] : pages.Select(each => (each.Language.Tag, each.Address))
            .Append(("x-default", pages.First(each => each.Language == Language.Base).Address))
            .Select(each => new XElement(Xhtml + "link", new XAttribute("rel", "alternate"), new XAttribute("hreflang", each.Item1), new XAttribute("href", host + each.Item2)));
    }
}
