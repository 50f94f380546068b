using Portal.Content.Documents;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Lines;

/// <summary>Phone lines: all of them, each of them, the sheet to print.</summary>
internal static class LinePages
{
    public static SitePage Of(Page page) => page.View switch
    {
        PageView.HelpNow => GuidePages.Of(page, typeof(HelpNowView)),
        PageView.Lines => GuidePages.Of(page, typeof(LinesView)),
        PageView.ContactSheet => GuidePages.Of(page, typeof(ContactSheetView)).With(["paper"]),
        _ => throw new InvalidOperationException($"{page.View} is no view of phone lines."),
    };

    public static SitePage Of(Helpline line) => GuidePages.Of(line, typeof(LineView));
}
