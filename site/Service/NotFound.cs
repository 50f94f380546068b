using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Site.Map;

namespace Portal.Site.Service;

/// <summary>The page a host shows for an address that does not exist.</summary>
internal static class NotFound
{
    public const string Address = "/404.html";

    public static SitePage Page(Edition edition) => new(Address, Language.Base, typeof(NotFoundView))
    {
        TabTitle = edition.Library.Strings[Language.Base.Code]["notFound.tab"],
        Description = edition.Library.Strings[Language.Base.Code]["notFound.text"],
        Styles = ["lists"],
        Unlisted = true,
    };
}
