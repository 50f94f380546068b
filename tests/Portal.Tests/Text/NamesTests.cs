using CsCheck;

using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Text;

public sealed class NamesTests
{
    [Theory]
    [InlineData("CouncilOffice", "council-office")]
    [InlineData("AToZ", "a-to-z")]
    [InlineData("Lgbt", "lgbt")]
    [InlineData("ChildrensSocialCare", "childrens-social-care")]
    [InlineData("Sha256", "sha256")]
    [InlineData("", "")]
    public void A_name_is_written_in_kebab_case(string name, string written) => Assert.Equal(written, Names.Kebab(name));

    [Fact]
    public void An_enum_value_is_written_like_its_name() => Assert.Equal("after-phone-check", Names.Kebab(PublishAccessPoint.AfterPhoneCheck));

    [Theory]
    [InlineData("guides/leaving-home", true)]
    [InlineData("who/16-and-17", true)]
    [InlineData("a/b/c/d", true)]
    [InlineData("a/b/c/d/e", false)]
    [InlineData("guides/leaving-home\n", false)]
    [InlineData("Guides", false)]
    [InlineData("a--b", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a/", false)]
    [InlineData("../a", false)]
    [InlineData("é", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_document_path_is_neutral_lower_case_words(string? text, bool fits) => Assert.Equal(fits, DocumentId.TryParse(text, out _));

    [Fact]
    public void A_document_path_and_its_address_lead_to_one_another() => Gen.OneOf("home", "guides", "guides/leaving-home", "a/b/c/d").Sample(text =>
    {
        var id = DocumentId.Parse(text);
        Assert.True(Addresses.TryDocument(Addresses.Of(id) + "#s2", out var found));
        Assert.Equal(id, found);
    });

    [Fact]
    public void A_path_has_a_slug_a_folder_and_an_order()
    {
        var id = DocumentId.Parse("guides/leaving-home");

        Assert.Equal(("leaving-home", "guides"), (id.Slug, id.Folder));
        Assert.Equal(("home", string.Empty), (DocumentId.Home.Slug, DocumentId.Home.Folder));
        Assert.True(id < DocumentId.Home && DocumentId.Home >= id && id <= DocumentId.Parse("guides/pets") && DocumentId.Home > id);
        Assert.Throws<FormatException>(() => DocumentId.Parse("No path"));
    }
}
