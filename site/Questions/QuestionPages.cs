using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Questions;

/// <summary>A decision table as pages: the first question is the document's own page, each other one a page below it.</summary>
internal static class QuestionPages
{
    public static IEnumerable<SitePage> Of(Page page) => page.Questions.Select((question, at) => at == 0
        ? GuidePages.Of(page, typeof(QuestionView)) with { Model = Model(page, question) }
        : GuidePages.Of(page, typeof(QuestionView)) with
        {
            Neutral = $"{Addresses.Of(page.Id)}{question.Id}/",
            TabTitle = $"{page.TabTitle} ({at + 1})",
            Description = question.Ask.Length <= 160 ? question.Ask : page.Summary,
            Model = Model(page, question),
        });

    private static Dictionary<string, object?> Model(Page page, Question question) => new() { ["Document"] = page, ["Row"] = question };
}
