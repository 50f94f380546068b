using System.Text;

using CsCheck;

using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Text;

public sealed class DocumentWriterTests
{
    private const string Path = "pages/guides/extra/en.md";

    [Fact]
    public void A_written_document_reads_as_the_same_document_and_writes_the_same_bytes() => Gen.Select(ADocument.Any, ABody.Text).Sample((fields, body) =>
    {
        var document = Read(DocumentWriter.Write(fields) + body);
        Assert.Equal(Shape.Of(fields), Shape.Of(document with { Id = default, Body = fields.Body, Texts = fields.Texts }));

        var written = DocumentWriter.Write(document).ToString();
        var again = Read(written);
        Assert.Equal(Shape.Of(document), Shape.Of(again));
        Assert.Equal(written, DocumentWriter.Write(again).ToString());
    }, iter: 300);

    [Fact]
    public void Every_starter_document_survives_its_canonical_form()
    {
        var documents = StarterSite.Library.Documents.SelectMany(set => set.Variants.Values.Prepend(set.Base)).ToDictionary(document => document.File);
        var written = documents.ToDictionary(document => document.Key, document => DocumentWriter.Write(AsAWhole(document.Value)).ToString());

        var reading = ContentReader.Read(StarterSite.Files.With(written.Select(file => (file.Key, Encoding.UTF8.GetBytes(file.Value)))));

        Assert.Equal([], reading.Problems);
        foreach (var again in reading.Library!.Documents.SelectMany(set => set.Variants.Values.Prepend(set.Base)))
        {
            // The stamp of an English text follows its spelling, and so does whether a translation is stale.
            Assert.Equal(Shape.Of(documents[again.File] with { Translation = null }), Shape.Of(again with { Translation = null }));
            Assert.Equal(written[again.File], DocumentWriter.Write(again).ToString());
        }
    }

    /// <summary>Stamps of blocks follow the spelling too, and a block without its stamp would be read in English.</summary>
    private static Document AsAWhole(Document document) =>
        document.Translation is { } translation ? document with { Translation = translation with { Blocks = null, Fields = null } } : document;

    [Fact]
    public void The_canonical_form_reads_well() => Assert.Equal("""
        ---
        kind: access-point
        title: "Town hall: ground floor"
        tabTitle: Town hall
        summary: A place to talk.
        sources:
          - name: A law
            seen: 2026-11
            confidence: high
        topics: [money, drugs-and-alcohol]
        type: drop-in
        district: maidstone
        standing: current
        address:
          line1: "12"
          town: Maidstone
        helplines: [main]
        hours:
          weekly:
            - days: [mon, tue]
              opens: "09:00"
              closes: "16:30"
          bankHolidays: closed
          confidence: high
        accessibility: |
          Two steps.
          A bell.
        verifiedOn: 2026-11-01
        confidence: high
        publish: yes
        ---
        Words.

        ::: callout tone=calm title="If you are not sure"
        You can [ring](line:main).
        :::

        ## After

        Words.

        ::: write label=People
        :::

        """, DocumentWriter.Write(Read("""
        ---
        kind: access-point
        publish: "yes"
        confidence: high
        title: 'Town hall: ground floor'
        tabTitle: Town hall
        summary: "A place to talk."
        topics:
        - money
        - drugs-and-alcohol
        sources: [{name: A law, confidence: high, seen: 2026-11}]
        type: drop-in
        district: maidstone
        standing: current
        address: {town: Maidstone, line1: 12}
        helplines: [main]
        hours: {confidence: high, bankHolidays: closed, weekly: [{opens: 09:00, closes: "16:30", days: [mon, tue]}]}
        accessibility: "Two steps.\nA bell."
        verifiedOn: 2026-11-01
        confidential: false
        ---

        Words.
        :::  callout  title="If you are not sure"

        You can [ring](line:main).

        :::
        ## After

        Words.


        ::: write rows=2 label="People"
        :::
        """)).ToString());

    private static Document Read(string text)
    {
        var reading = ContentReader.Read(A.BareSite((Path, text)));
        Assert.Equal([], reading.Problems.Select(problem => $"{problem}\n{text}"));
        return reading.Library!.Find(DocumentId.Parse("guides/extra"))!.Base;
    }
}
