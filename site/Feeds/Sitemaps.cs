using System.Text;
using System.Xml;

using Portal.Content.Languages;
using Portal.Site.Map;

namespace Portal.Site.Feeds;

/// <summary>What search engines are told: the sitemaps with their languages, and robots.txt.</summary>
internal static class Sitemaps
{
    private const string Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    /// <summary>
    /// An index and a map for each language that has listed pages: one file of a large site would outgrow the protocol's
    /// limits (50,000 addresses, 50 MB) and the builder's memory.
    /// </summary>
    public static IEnumerable<(string Path, byte[] Bytes)> Write(SiteMap map)
    {
        var host = map.Edition.Library.Settings.BaseUrl;
        var parts = map.Pages.Where(page => !page.Unlisted).GroupBy(page => page.Language.Code).Select(pages => (Path: $"sitemap-{pages.Key}.xml", Pages: pages)).ToList();
        yield return ("sitemap.xml", Xml.Bytes(writer =>
        {
            writer.WriteStartElement("sitemapindex", Map);
            foreach (var (path, _) in parts)
            {
                writer.WriteStartElement("sitemap", Map);
                writer.WriteElementString("loc", Map, $"{host}/{path}");
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }));
        foreach (var (path, pages) in parts) yield return (path, Xml.Bytes(writer => Write(writer, map, pages, host)));
    }

    /// <summary>True for the path of a map.</summary>
    public static bool Has(string path) => path.StartsWith("sitemap", StringComparison.Ordinal) && path.EndsWith(".xml", StringComparison.Ordinal);

    /// <summary>True where the maps of both would have the same bytes, the settings being the same.</summary>
    public static bool IsSame(SiteMap one, SiteMap other) => one.Pages.Count == other.Pages.Count
        && one.Pages.Zip(other.Pages).All(pair => pair.First.Neutral == pair.Second.Neutral && pair.First.Language == pair.Second.Language && pair.First.Reviewed == pair.Second.Reviewed && pair.First.Unlisted == pair.Second.Unlisted);

    /// <summary>In the demonstration stage nothing is to be found.</summary>
    public static byte[] Robots(SiteMap map) => Encoding.UTF8.GetBytes(map.Edition.IsLive
        ? $"User-agent: *\nAllow: /\nSitemap: {map.Edition.Library.Settings.BaseUrl}/sitemap.xml\n"
        : "User-agent: *\nDisallow: /\n");

    private static void Write(XmlWriter writer, SiteMap map, IEnumerable<SitePage> pages, string host)
    {
        writer.WriteStartElement("urlset", Map);
        writer.WriteAttributeString("xmlns", "xhtml", null, Xhtml);
        foreach (var page in pages) Write(writer, map, page, host);
        writer.WriteEndElement();
    }

    private static void Write(XmlWriter writer, SiteMap map, SitePage page, string host)
    {
        writer.WriteStartElement("url", Map);
        writer.WriteElementString("loc", Map, host + page.Address);
        if (page.Reviewed is { } reviewed) writer.WriteElementString("lastmod", Map, reviewed.ToString("uuuu-MM-dd", null));
        if (!page.Language.IsSimple)
        {
            var pages = map.Alternates(page.Neutral).Where(each => !each.Language.IsSimple).ToList();
            if (pages.Count > 1)
            {
                foreach (var each in pages) WriteAlternate(writer, each.Language.Tag, host + each.Address);
                WriteAlternate(writer, "x-default", host + pages.First(each => each.Language == Language.Base).Address);
            }
        }

        writer.WriteEndElement();
    }

    private static void WriteAlternate(XmlWriter writer, string tag, string address)
    {
        writer.WriteStartElement("link", Xhtml);
        writer.WriteAttributeString("rel", "alternate");
        writer.WriteAttributeString("hreflang", tag);
        writer.WriteAttributeString("href", address);
        writer.WriteEndElement();
    }
}
