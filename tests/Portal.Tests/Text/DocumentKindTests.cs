using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Text;

public sealed class DocumentKindTests
{
    [Fact]
    public void Every_kind_has_a_starter_document_that_can_be_read()
    {
        var found = StarterSite.Library.Documents.Select(set => set.Base.GetType()).ToHashSet();

        Assert.Equal([], DocumentKind.All.Where(kind => !found.Contains(kind.Type)).Select(kind => kind.Name));
    }

    [Fact]
    public void Every_kind_has_a_document_in_the_small_site()
    {
        var found = A.Library(A.Site()).Documents.Select(set => set.Base.GetType()).ToHashSet();

        Assert.Equal([], DocumentKind.All.Where(kind => !found.Contains(kind.Type)).Select(kind => kind.Name));
    }

    [Fact]
    public void The_kinds_are_those_of_the_format() =>
        Assert.Equal(
            ["access-point", "campaign", "guidance", "helpline", "notice", "organisation", "page", "pathway", "policy", "service", "update"],
            DocumentKind.All.Select(kind => kind.Name));

    [Fact]
    public void The_format_describes_every_field_of_every_kind()
    {
        var guide = File.ReadAllText(Path.Combine(A.Repository, "docs", "authoring.md"));

        Assert.Equal([], DocumentKind.All.SelectMany(kind => FieldMap.Of(kind.Type).Fields.Select(field => field.Key)).Distinct()
            .Where(key => !guide.Contains($"`{key}`", StringComparison.Ordinal) && !guide.Contains($"`{key}:", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_stamp_follows_the_words_and_not_the_facts()
    {
        var text = A.Guide("Extra", "Words.\n\n## More\n");
        string Of(string changed) => Stamp.Of(DocumentText.Parse(changed), typeof(Guidance));

        Assert.Matches("^[0-9a-f]{12}$", Of(text));
        Assert.Equal(Of(text), Of(text.Replace("Content team", "Another team", StringComparison.Ordinal)));
        Assert.Equal(Of(text), Of(text.Replace("\n", "\r\n", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal) + "\n\n"));
        Assert.NotEqual(Of(text), Of(text.Replace("Words", "Other words", StringComparison.Ordinal)));
        Assert.NotEqual(Of(text), Of(text.Replace("title: Extra", "title: Other", StringComparison.Ordinal)));
    }
}
