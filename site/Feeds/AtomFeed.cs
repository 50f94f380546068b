using System.Xml.Linq;

using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Site.Feeds;

/// <summary>Bulletins for partners as an Atom feed (RFC 4287). Dates come from the documents, never from a clock.</summary>
internal static class AtomFeed
{
    public const string Path = "/updates/feed.xml";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    public static byte[] Write(Edition edition)
    {
        var settings = edition.Library.Settings;
        var updates = edition.All<Update>().OrderByDescending(update => update.Published).ThenBy(update => update.Id).ToList();
        var list = edition.Find(DocumentId.Parse("updates"), Language.Base);
        return Xml.Bytes(new XDocument(new XElement(Atom + "feed",
            new XAttribute(XNamespace.Xml + "lang", Language.Base.Tag),
            new XElement(Atom + "title", $"{settings.Name}: {list?.TabTitle}"),
            new XElement(Atom + "id", settings.BaseUrl + Path),
            new XElement(Atom + "updated", At(updates.Count > 0 ? updates[0].Published : edition.Day)),
            new XElement(Atom + "author", new XElement(Atom + "name", settings.Name)),
            Link("self", settings.BaseUrl + Path),
            Link("alternate", settings.BaseUrl + "/updates/"),
            updates.Select(update => new XElement(Atom + "entry",
                new XElement(Atom + "title", update.Title),
                new XElement(Atom + "id", settings.BaseUrl + Addresses.Of(update.Id)),
                new XElement(Atom + "updated", At(update.Published)),
                Link("alternate", settings.BaseUrl + Addresses.Of(update.Id)),
                new XElement(Atom + "summary", update.Summary))))));
    }

    private static XElement Link(string relation, string href) =>
        new(Atom + "link", new XAttribute("rel", relation), new XAttribute("href", href));

    private static string At(LocalDate day) => $"{day:uuuu-MM-dd}T00:00:00Z";
}
