using Portal.Content.Documents;
using Portal.Content.Text;
using Portal.Site.Layout;

namespace Portal.Site.FindHelp;

/// <summary>Which access points a list shows, in which order.</summary>
internal static class Points
{
    /// <summary>Public points of a district and type; those with a door first, then what is reached from afar, what is for everyone before what is for some.</summary>
    public static IReadOnlyList<AccessPoint> Of(PageContext context, string? district, string? type) =>
        [.. context.All<AccessPoint>()
            .Where(point => district is null || point.District == district || point.District == "all")
            .Where(point => type is null || Names.Kebab(point.Type) == type)
            .OrderBy(point => point.Type).ThenBy(point => point.District == "all").ThenByDescending(IsForEveryone).ThenBy(point => point.Title, StringComparer.Ordinal)];

    private static bool IsForEveryone(AccessPoint point) => point.OpenTo.Count == 0 || point.OpenTo.Contains(OpenTo.Everyone);
}
