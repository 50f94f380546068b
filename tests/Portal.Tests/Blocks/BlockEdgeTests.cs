using Portal.Content.Blocks;
using Portal.Content.Problems;
using Portal.Content.Reading;
using Portal.Theme.Components;

using Xunit;

namespace Portal.Tests.Blocks;

public sealed class BlockEdgeTests
{
    private const string Extra = "pages/guides/extra/en.md";

    [Theory]
    [InlineData("::: action href=javascript:alert(1) label=Go\n:::\n", "is not a link this site may have")]
    [InlineData("::: action href=http://example.org label=Go\n:::\n", "is not a link this site may have")]
    [InlineData("::: action href=//example.org/ label=Go\n:::\n", "is not a link this site may have")]
    [InlineData("::: action href=line:main label=Go\n:::\n", "is not a link this site may have")]
    [InlineData("::: action href=\"/help-now/?a=b\" label=Go\n:::\n", "A link carries a query")]
    [InlineData("::: picture icon=unicorn\nWords.\n:::\n", "There is no icon 'unicorn'")]
    [InlineData("Words &#xE000;1&#xE002; more.\n", "A private-use character")]
    [InlineData("Words &#57345; more.\n", "A private-use character")]
    public void A_mistake_is_told_with_its_line(string body, string what)
    {
        var problem = Assert.Single(ContentReader.Read(A.Site((Extra, A.Guide("Extra", body)))).Problems.DistinctBy(each => each.What));

        Assert.Equal((Extra, 9), (problem.File, problem.Line));
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/help-now/#s1")]
    [InlineData("https://www.gov.uk/")]
    public void An_action_leads_to_a_page_or_by_https_to_a_site(string href) =>
        Assert.Equal([], ContentReader.Read(A.Site((Extra, A.Guide("Extra", $"::: action href={href} label=Go\n:::\n")))).Problems);

    [Fact]
    public void A_text_with_a_private_use_letter_is_still_whole_html()
    {
        var reading = ContentReader.Read(A.BareSite((Extra, A.Guide("Extra", "[Help](/help-now/) &#xE000; more.\n"))));
        var text = reading.Library!.Documents.Single().Base.Body.Texts.Single();

        Assert.Contains("<a>Help</a> \uFFFD more", text.Html(_ => new("<a>", "</a>")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_heading_in_a_field_is_refused()
    {
        var problem = Assert.Single(ContentReader.Read(A.Site("pages/professionals/schools/en.md", "who: Teachers.", "who: |\n  ## Teachers")).Problems);

        Assert.Equal(("pages/professionals/schools/en.md", 12, Weight.Error), (problem.File, problem.Line, problem.Weight));
        Assert.Contains("A heading stands in a field", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_icon_an_author_may_name_is_drawn_and_described()
    {
        var guide = File.ReadAllText(Path.Combine(A.Repository, "docs", "authoring.md"));

        Assert.Equal([], PictureIcons.Names.Except(IconShapes.Names));
        Assert.Contains($"Icons: {string.Join(", ", PictureIcons.Names)}.", guide, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0808 168 9111", "tel:+448081689111")]
    [InlineData("+44 808 168 9111", "tel:+448081689111")]
    [InlineData("+353 1 234 5678", "tel:+35312345678")]
    [InlineData("116 123", "tel:116123")]
    public void A_number_becomes_an_address_that_dials_it(string number, string uri) => Assert.Equal(uri, Telephone.Uri(number));
}
