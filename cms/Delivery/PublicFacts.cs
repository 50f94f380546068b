using Portal.Content.Documents;
using Portal.Content.Publishing;

namespace Portal.Cms.Delivery;

/// <summary>
/// A document without what is public on no page: a night number nobody saw, a point we are not sure of, a source that is
/// only remembered, the id of a line or a document that is not public. Fields marked for the editors are left out later.
/// </summary>
internal static class PublicFacts
{
    public static Document Of(Document document, Edition edition)
    {
        var facts = document switch
        {
            AccessPoint { Type: AccessPointType.Refuge } refuge => refuge with { Address = null, Coordinates = null, Outcode = null, Town = null, Travel = null, Helplines = Lines(refuge.Helplines) },
            AccessPoint point => point with { Coordinates = point.PublishableCoordinates is null ? null : point.Coordinates, Helplines = Lines(point.Helplines) },
            Helpline line => line with { Night = line.PublishableNight },
            Service service => service with { Helplines = Lines(service.Helplines), Organisations = [.. service.Organisations.Where(id => edition.All<Organisation>().Any(organisation => organisation.Id.Slug == id))] },
            Pathway pathway => pathway with { Contacts = Lines(pathway.Contacts) },
            Campaign { Poster: { Line: { } line } poster } campaign when !IsPublic(line) => campaign with { Poster = poster with { Line = null } },
            _ => document,
        };
        return facts with { Sources = [.. document.Sources.Where(source => source.Confidence != Confidence.Recalled)] };

        IReadOnlyList<string> Lines(IReadOnlyList<string> ids) => [.. ids.Where(IsPublic)];

        bool IsPublic(string line) => edition.Line(line, document.Language) is not null;
    }
}
