using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Site.Map;

namespace Portal.Site.Guides;

/// <summary>Guides, policies and plain pages: a document's words with what its view adds.</summary>
internal static class GuidePages
{
    public static SitePage Of(Document document) => Of(document, ViewOf(document));

    /// <summary>The page of a document with a view that takes the document as its <c>Document</c> parameter.</summary>
    public static SitePage Of(Document document, Type view) => new(Addresses.Of(document.Id), document.Language, view)
    {
        TabTitle = document.TabTitle,
        Description = document.Summary,
        Document = document.Id,
        Reviewed = document.Reviewed,
        Model = new Dictionary<string, object?> { ["Document"] = document },
        Styles = Styles(document),
        Scripts = TakesText(document) ? ["plan"] : [],
        TakesText = TakesText(document),
    };

    /// <summary>The sheets a document's blocks ask for beside the one every page has.</summary>
    private static List<string> Styles(Document document)
    {
        var styles = new List<string>();
        var isPlain = document.Body.Blocks.All(block => block is Block.Prose or Block.Callout or Block.Contact or Block.Places or Block.Action or Block.Download or Block.Picture);
        if (!isPlain || document.Bsl is not null || document.Responsible || document is Page { View: PageView.Triage or PageView.Updates or PageView.Status }) styles.Add("blocks");
        if (document is Page { View: PageView.Section or PageView.Campaigns }) styles.Add("lists");
        if (document.Body.Blocks.Any(block => block is Block.Picture)) styles.Add("simple");
        return styles;
    }

    /// <summary>What is ticked or written is never kept, wherever such a block stands: wiped on leaving, not stored by the host's order.</summary>
    private static bool TakesText(Document document) => document.Body.Blocks.Any(block => block is Block.Checklist or Block.Write);

    private static Type ViewOf(Document document) => document switch
    {
        Page { View: PageView.Section } => typeof(SectionView),
        Page { View: PageView.Plan } => typeof(PlanView),
        Page { View: PageView.Signs } => typeof(SignsView),
        Page or Guidance or Policy => typeof(GuideView),
        _ => throw new InvalidOperationException($"{document.GetType().Name} is no guide."),
    };
}
