using AngleSharp.Html.Parser;

using Xunit;

namespace Portal.Tests.Pages;

public sealed class ChecklistTests
{
    [Theory]
    [InlineData("a flat list", "- Keys\n- Money\n")]
    [InlineData("a loose list", "- Keys\n\n- Money\n")]
    [InlineData("a numbered list", "3. Keys\n4. Money\n")]
    [InlineData("a list in a list", "- Keys\n  - Money\n")]
    [InlineData("a loose list in a list", "- Keys\n\n  - Money\n")]
    public void Each_item_has_its_box_whatever_the_list(string what, string list) =>
        Assert.Equal((what, "Keys|Money"), (what, string.Join('|', Labels(list))));

    [Fact]
    public void Words_of_an_item_stay_together_with_their_links() =>
        Assert.Equal(["The <strong>keys</strong> of <a href=\"/guides/\">home</a>", "First. Then. Last", "Inner"], Labels("- The **keys** of\n  [home](/guides/)\n- First.\n\n  Then.\n\n  - Inner\n\n  Last\n"));

    private static IEnumerable<string> Labels(string list)
    {
        var page = new HtmlParser().ParseDocument(A.Output(A.Site(("pages/guides/extra/en.md", A.Guide("Extra", $"::: checklist title=Take\n{list}:::\n")))).Page("guides/extra/index.html"));
        return page.QuerySelectorAll(".p-checks label.p-choice > span").Select(label => label.InnerHtml.Trim());
    }
}
