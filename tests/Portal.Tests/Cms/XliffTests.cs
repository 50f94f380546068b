using System.Xml.Linq;

using CsCheck;

using Portal.Cms.Documents;
using Portal.Cms.Translations;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Units of documents as an agency gets them and sends them back.</summary>
public sealed class XliffTests
{
    private const string Basis = "First **bold** words, [help](/help-now/) or [](line:main).\n\n::: callout title=Third\nThird words.\n:::\n";

    private static readonly Language Polish = new("pl", "pl", "Polski", "Polish", IsRightToLeft: false);

    [Fact]
    public void Every_text_is_its_pieces_again() => Gen.OneOf("a", " ", "*", "**", "[", "]", "(", ")", "[](line:main)", "[b](/c/)", "\n", "  \n", "\\\n", "\u0007", "<", "&", "\u00A0", "🙂", "آپ", "\\", "- ").Array[0, 24].Select(string.Concat).Sample(text =>
    {
        var pieces = XliffText.Read(text);
        Assert.Equal(text, XliffText.Write(pieces));

        var codes = new XliffCodes();
        var xml = new XElement(XliffText.Core + "target", XliffText.ToXml(pieces, codes).ToList()).ToString(SaveOptions.DisableFormatting);
        var (read, mistake) = XliffText.FromXml(XElement.Parse(xml, LoadOptions.PreserveWhitespace), codes);
        Assert.Null(mistake);
        Assert.Equal(text, XliffText.Write(read!));
    }, iter: 2000);

    [Fact]
    public void Every_starter_translation_goes_out_and_comes_back_as_the_same_bytes()
    {
        var files = ContentFiles.FromFolder(System.IO.Path.Combine(A.Repository, "content"));
        var works = A.Library(files).Documents.SelectMany(set => set.Variants.Values.Where(variant => !variant.Language.IsSimple)
            .Select(variant => Work(variant.Language, set.Id.ToString(), set.Base.GetType(), files.Text(set.Base.File), files.Text(variant.File)))).ToList();
        Assert.True(works.Count > 100);

        Assert.All(works, work =>
        {
            var file = Exported(work);
            var units = XliffUnit.Of(TranslationForm.Of(work.EnglishText, work.Kind, work.Head));
            foreach (var unit in units) Assert.Equal(unit.Target, XliffTarget.Read(file.Descendants(XliffText.Core + "unit").Single(each => (string?)each.Attribute("id") == unit.Id), unit).Text ?? string.Empty);

            var (text, report) = XliffExchange.Take(work, file);
            Assert.Equal((0, 0), (report.Taken, report.Refused.Count));
            Assert.Equal(work.Head.ToString(), text.ToString());

            // What an agency sent, were it all new, is written as the same bytes too.
            var inputs = TranslationForm.Of(work.EnglishText, work.Kind, work.Head).Posted();
            inputs["state"] = TranslationWords.StateIn(work.Head);
            Assert.Equal(work.Head.ToString(), new TranslationInput(work.EnglishText, work.Kind, work.Head, new Dictionary<string, string>()).Read(inputs, confirm: true).ToString());
        });
    }

    [Fact]
    public void New_words_are_taken_and_need_review()
    {
        var work = Extra("Pierwsze **tłuste**, [pomoc](/help-now/) albo [](line:main).\n\n::: callout title=Trzecie\nTrzecie.\n:::\n");

        var (text, report) = XliffExchange.Take(work, Changed(work, "Pierwsze ", "Inne "));

        Assert.Equal((1, 0), (report.Taken, report.Refused.Count));
        Assert.Contains("Inne **tłuste**, [pomoc](/help-now/) albo [](line:main).", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("state: needs-review", text.ToString(), StringComparison.Ordinal);
        Assert.False(TranslationMatch.Of(work.EnglishText, work.Kind, text).IsStale);
    }

    [Fact]
    public void A_missing_translation_is_made_of_a_file()
    {
        var work = Extra(null);
        var file = Exported(work);
        foreach (var segment in file.Descendants(XliffText.Core + "segment"))
            segment.Add(new XElement(XliffText.Core + "target", segment.Element(XliffText.Core + "source")!.Nodes()));

        var (text, report) = XliffExchange.Take(work, file);

        Assert.Equal((6, 0), (report.Taken, report.Refused.Count));
        Assert.Equal(Basis, text.Body);
        Assert.False(TranslationMatch.Of(work.EnglishText, work.Kind, text).IsStale);
    }

    [Theory]
    [InlineData("a tag taken out")]
    [InlineData("a tag of another text")]
    [InlineData("a link typed as words")]
    [InlineData("another English text")]
    [InlineData("half a block")]
    public void A_unit_that_was_tampered_with_is_refused_and_the_text_stays(string how)
    {
        var work = Extra(how == "half a block" ? null : "Pierwsze **tłuste**, [pomoc](/help-now/) albo [](line:main).\n\n::: callout title=Trzecie\nTrzecie.\n:::\n");
        var file = Exported(work);
        var units = file.Descendants(XliffText.Core + "unit").ToList();
        var target = units.SelectMany(unit => unit.Descendants(XliffText.Core + "target")).FirstOrDefault(each => each.Value.StartsWith("Pierwsze", StringComparison.Ordinal));
        switch (how)
        {
            case "a tag taken out":
                target!.Elements(XliffText.Core + "ph").Remove();
                break;
            case "a tag of another text":
                target!.Add(new XElement(XliffText.Core + "ph", new XAttribute("id", "99")));
                break;
            case "a link typed as words":
                target!.Add(" [x](https://example.org/)");
                break;
            case "another English text":
                target!.FirstNode!.ReplaceWith(new XText("Inne "));
                work = work with { EnglishText = DocumentText.Parse(work.EnglishText.ToString().Replace("First", "Other", StringComparison.Ordinal)) };
                break;
            default:
                units.Single(unit => ((string)unit.Attribute("id")!).EndsWith(".title", StringComparison.Ordinal)).Element(XliffText.Core + "segment")!.Add(new XElement(XliffText.Core + "target", "Trzecie"));
                break;
        }

        var (text, report) = XliffExchange.Take(work, file);

        Assert.Equal((0, 1), (report.Taken, report.Refused.Count));
        Assert.Equal(work.Head.ToString(), text.ToString());
    }

    [Fact]
    public void A_stale_text_that_nobody_touched_stays_stale()
    {
        var work = Extra("Pierwsze **tłuste**, [pomoc](/help-now/) albo [](line:main).\n\n::: callout title=Trzecie\nTrzecie.\n:::\n");
        work = work with { EnglishText = DocumentText.Parse(work.EnglishText.ToString().Replace("Third words.", "Other words.", StringComparison.Ordinal)) };
        var file = Exported(work);

        Assert.Equal(0, XliffExchange.Take(work, file).Report.Taken);
        foreach (var segment in file.Descendants(XliffText.Core + "segment")) segment.SetAttributeValue("state", "final");
        var (text, report) = XliffExchange.Take(work, file);
        Assert.Equal(2, report.Taken);
        Assert.False(TranslationMatch.Of(work.EnglishText, work.Kind, text).IsStale);
    }

    private static XElement Exported(TranslationWork work) => XElement.Parse(new XElement(XliffText.Core + "file",
        XliffUnit.Of(TranslationForm.Of(work.EnglishText, work.Kind, work.Head)).Select(unit => unit.ToXml("en-GB", "pl", "translated", string.Empty))).ToString(SaveOptions.DisableFormatting), LoadOptions.PreserveWhitespace);

    private static XElement Changed(TranslationWork work, string old, string now) =>
        XElement.Parse(Exported(work).ToString(SaveOptions.DisableFormatting).Replace(old, now, StringComparison.Ordinal), LoadOptions.PreserveWhitespace);

    private static TranslationWork Extra(string? body)
    {
        var english = A.Guide("Extra", Basis);
        return Work(Polish, "guides/extra", typeof(Guidance), english, body is null ? "---\n---\n" : TranslationStamps.Write(DocumentText.Parse(A.Translation("Więcej", body)), DocumentText.Parse(english), typeof(Guidance)).ToString());
    }

    private static TranslationWork Work(Language language, string document, Type kind, string english, string translation)
    {
        var entry = new Entry { Path = $"pages/{document}/en.md", Document = document, Language = "en", Kind = "guidance", Title = document, UpdatedBy = "import" };
        return new(language, entry, DocumentText.Parse(english), kind, entry, DocumentText.Parse(translation), null, 1);
    }
}
