using AngleSharp.Html.Parser;

using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Text;

/// <summary>Which blocks of a translation still fit their English, and what a reader sees where one does not.</summary>
public sealed class TranslationMatchTests
{
    private const string English = "pages/guides/extra/en.md";
    private const string Polish = "pages/guides/extra/pl.md";
    private const string Urdu = "pages/guides/extra/ur.md";
    private const string First = "First words.\n";
    private const string Second = "## Second\n\nSecond words.\n";
    private const string Third = "::: callout title=Third\nThird words.\n:::\n";

    private static readonly string Basis = A.Guide("Extra", First + "\n" + Second + "\n" + Third);
    private static readonly string InPolish = Stamped(Basis, A.Translation("Więcej", "Pierwsze.\n\n## Drugie\n\nDrugie.\n\n::: callout title=Trzecie\nTrzecie.\n:::\n"));
    private static readonly string InUrdu = Stamped(Basis, A.Translation("مزید", "پہلا۔\n\n## دوسرا\n\nدوسرا۔\n\n::: callout title=تیسرا\nتیسرا۔\n:::\n"));

    [Fact]
    public void One_changed_block_is_stale_in_every_language_and_no_other()
    {
        var changed = Basis.Replace("Second words.", "Other words.", StringComparison.Ordinal);

        Assert.All([InPolish, InUrdu], text =>
        {
            var match = Match(changed, text);
            Assert.Equal([true, false, true], match.Blocks.Select(pair => pair.IsFresh));
            Assert.Equal(text.Split("\n## ")[1][..4], match.Blocks[1].Own!.Source[3..7]);
            Assert.Empty(match.StaleFields);
            Assert.Equal(1, match.Stale);
        });
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n\n")]
    public void Line_ends_and_blank_lines_make_nothing_stale(string end) =>
        Assert.False(Match(end == "\r\n" ? Basis.ReplaceLineEndings(end) : Basis.Replace("\n:::\n", "\n:::\n\n", StringComparison.Ordinal), InPolish).IsStale);

    [Fact]
    public void A_moved_block_keeps_its_translation_and_nothing_is_stale()
    {
        var moved = A.Guide("Extra", Third + "\n" + First + "\n" + Second);

        var document = Read((English, moved), (Polish, InPolish));

        Assert.False(document.Translation!.IsStale);
        Assert.Equal(["Trzecie.", "Pierwsze.", "Drugie\nDrugie."], document.Body.Texts.Select(text => text.Plain));
        Assert.All(document.Body.Blocks, block => Assert.False(block.IsBase));
    }

    [Fact]
    public void Blocks_that_say_the_same_twice_keep_their_translations_in_order()
    {
        var twice = A.Guide("Extra", Third + "\n" + Third + "\nLast.\n");
        var translation = Stamped(twice, A.Translation("Więcej", "::: callout title=Raz\nRaz.\n:::\n\n::: callout title=Dwa\nDwa.\n:::\n\nKoniec.\n"));

        Assert.Equal(["Raz.", "Koniec."], Read((English, A.Guide("Extra", Third + "\nLast.\n")), (Polish, translation)).Body.Texts.Select(text => text.Plain));
        Assert.Equal(["Raz.", "Dwa.", "Koniec."], Read((English, twice), (Polish, translation)).Body.Texts.Select(text => text.Plain));
    }

    [Fact]
    public void A_block_that_is_gone_in_English_is_gone_from_the_page_and_a_new_one_stands_in_English()
    {
        var document = Read((English, A.Guide("Extra", First + "\n" + Third + "\n::: quote\nNew words.\n:::\n")), (Polish, InPolish));

        Assert.Equal(["Pierwsze.", "Trzecie.", "New words."], document.Body.Texts.Select(text => text.Plain));
        Assert.Equal([false, false, true], document.Body.Blocks.Select(block => block.IsBase));
        Assert.True(document.Translation!.IsStale);
    }

    [Fact]
    public void A_changed_field_is_stale_alone_and_keeps_its_translated_words()
    {
        var changed = Basis.Replace("summary: About Extra.", "summary: Something else.", StringComparison.Ordinal);

        Assert.Equal(["summary"], Match(changed, InPolish).StaleFields);
        var document = Read((English, changed), (Polish, InPolish));
        Assert.True(document.Translation!.IsStale);
        Assert.Equal("Więcej.", document.Summary);
        Assert.All(document.Body.Blocks, block => Assert.False(block.IsBase));
    }

    [Fact]
    public void A_fact_that_changes_is_taken_from_the_English_text_and_makes_nothing_stale()
    {
        var before = A.Guide("Extra", First + "\n::: contact line=main\n:::\n");
        var translation = Stamped(before, A.Translation("Więcej", "Pierwsze.\n\n::: contact line=main\n:::\n"));

        var document = Read((English, before.Replace("line=main", "line=emergency", StringComparison.Ordinal)), (Polish, translation));

        Assert.False(document.Translation!.IsStale);
        Assert.Contains(document.Body.Blocks, block => block is Content.Blocks.Block.Contact { HelplineId: "emergency", IsBase: false });
    }

    [Fact]
    public void Reviewed_counts_only_while_nothing_is_stale()
    {
        var reviewed = Stamped(Basis, A.Translation("Więcej", "Pierwsze.\n\n## Drugie\n\nDrugie.\n\n::: callout title=Trzecie\nTrzecie.\n:::\n", "reviewed"));

        Assert.True(Read((English, Basis), (Polish, reviewed)).Translation!.IsReviewed);
        Assert.False(Read((English, Basis.Replace("Second words.", "Other.", StringComparison.Ordinal)), (Polish, reviewed)).Translation!.IsReviewed);
    }

    [Fact]
    public void Without_stamps_of_its_parts_a_translation_is_stale_as_a_whole()
    {
        var whole = DocumentText.Parse(InPolish).WithoutField("blocks").WithoutField("fields").ToString();

        Assert.False(Match(Basis, whole).IsStale);
        var document = Read((English, Basis.Replace("Second words.", "Other.", StringComparison.Ordinal)), (Polish, whole));
        Assert.True(document.Translation!.IsStale);
        Assert.Equal(["Pierwsze.", "Drugie\nDrugie.", "Trzecie."], document.Body.Texts.Select(text => text.Plain));
    }

    [Fact]
    public void On_the_page_a_stale_block_stands_in_English_with_its_language()
    {
        var output = A.Output(A.Site((English, Basis.Replace("Second words.", "Other words.", StringComparison.Ordinal)), (Polish, InPolish), (Urdu, InUrdu)));

        foreach (var code in new[] { "pl", "ur" })
        {
            var page = new HtmlParser().ParseDocument(output.Page($"{code}/guides/extra/index.html"));
            var english = Assert.Single(page.QuerySelectorAll("article [lang=en-GB][dir=ltr]"), part => part.TextContent.Contains("Other words.", StringComparison.Ordinal));
            Assert.DoesNotContain("Second words", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.NotNull(english.QuerySelector("h2#s1"));
            Assert.Contains(A.Library(A.Site()).WordsOf(A.Language(A.Library(A.Site()), code))["translation.stale"], page.Body.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_starter_translation_says_what_it_translates_and_is_fresh() => Assert.All(
        StarterSite.Library.Documents.SelectMany(set => set.Variants.Values.Where(variant => !variant.Language.IsSimple)), variant =>
        {
            Assert.NotNull(variant.Translation!.Fields);
            Assert.False(variant.Translation.IsStale, variant.File);
        });

    [Fact]
    public void Blocks_that_are_moved_or_rewritten_in_a_translation_keep_their_stamps()
    {
        var before = DocumentText.Parse(InPolish);
        var hashes = TranslationMatch.HashesOf(before);
        var moved = before.WithBody("::: callout title=Trzecie\nTrzecie.\n:::\n\nPierwsze, ale inne.\n\n## Drugie\n\nDrugie.\n");

        Assert.Equal([hashes[2], hashes[0], hashes[1]], TranslationMatch.HashesOf(TranslationStamps.Follow(before, moved)));
        Assert.Equal([hashes[0], TranslationStamps.Unknown, TranslationStamps.Unknown, hashes[2]],
            TranslationMatch.HashesOf(TranslationStamps.Follow(before, before.WithBody("Pierwsze.\n\n## A\n\nNowe.\n\n## B\n\nNowe.\n\n::: callout title=Trzecie\nTrzecie.\n:::\n"))));
    }

    private static TranslationMatch Match(string english, string translation) => TranslationMatch.Of(DocumentText.Parse(english), typeof(Guidance), DocumentText.Parse(translation));

    private static string Stamped(string english, string translation) => TranslationStamps.Write(DocumentText.Parse(translation), DocumentText.Parse(english), typeof(Guidance)).ToString();

    private static Document Read(params (string Path, string Text)[] files)
    {
        var reading = ContentReader.Read(A.BareSite(files));
        Assert.Equal([], reading.Problems);
        return reading.Library!.Find(DocumentId.Parse("guides/extra"))!.Variants["pl"];
    }
}
