using System.IO.Compression;
using System.Text;

using NetVips;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What a document says of its maker is gone; where that cannot be, it is refused with what to do.</summary>
public sealed class DocumentCleaningTests
{
    private const string W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";
    private const string X = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
    private const string P = "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main'";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Who = CleaningSamples.Name;

    /// <summary>Parts that name somebody, each by itself in a document.</summary>
    public static TheoryData<string, string> Naming => new()
    {
        { "word/comments.xml", $"<w:comments {W}><w:comment w:id='0'/></w:comments>" },
        { "word/document.xml", $"<w:document {W}><w:ins w:author='{Who}'/></w:document>" },
        { "word/header1.xml", $"<w:hdr {W}><w:moveFrom w:author='{Who}'/></w:hdr>" },
        { "word/styles.xml", $"<w:styles {W}><w:rPrChange w:author='{Who}'/></w:styles>" },
        { "xl/comments1.xml", $"<comments {X}><authors><author>{Who}</author></authors></comments>" },
        { "xl/threadedComments/threadedComment1.xml", "<ThreadedComments xmlns='http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments'><threadedComment/></ThreadedComments>" },
        { "xl/revisions/revisionHeaders.xml", $"<headers {X}><header userName='{Who}'/></headers>" },
        { "ppt/comments/comment1.xml", $"<p:cmLst {P}><p:cm authorId='0'/></p:cmLst>" },
    };

    /// <summary>Parts that are cleaned, and what must be left of each; null where the part goes.</summary>
    public static TheoryData<string, string, string?> Cleaned => new()
    {
        { "docProps/app.xml", $"<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'><Pages>2</Pages><Company>{Who}</Company><Manager>{Who}</Manager><Template>C:\\{Who}</Template><HyperlinkBase>{Who}</HyperlinkBase></Properties>", "<Pages>2</Pages></Properties>" },
        { "docProps/custom.xml", $"<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties'><property>{Who}</property></Properties>", "custom-properties\"></Properties>" },
        { "package/core.psmdcp", $"<coreProperties><creator>{Who}</creator><title>Words</title></coreProperties>", "<coreProperties><title>Words</title></coreProperties>" },
        { "word/people.xml", $"<w15:people xmlns:w15='http://schemas.microsoft.com/office/word/2012/wordml'><w15:person w15:author='{Who}'/></w15:people>", "wordml\"></w15:people>" },
        { "ppt/commentAuthors.xml", $"<p:cmAuthorLst {P}><p:cmAuthor name='{Who}'/></p:cmAuthorLst>", "></p:cmAuthorLst>" },
        { "xl/persons/person.xml", $"<personList xmlns='http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments'><person displayName='{Who}'/></personList>", "></personList>" },
        { "customXml/item1.xml", $"<p:properties xmlns:p='http://schemas.microsoft.com/office/2006/metadata/properties'><DisplayName>{Who}</DisplayName></p:properties>", "></p:properties>" },
        { "xl/workbook2.xml", $"<workbook {X}><fileSharing userName='{Who}'/><x:absPath xmlns:x='y' url='C:\\Users\\{Who}\\'/><sheets/></workbook>", "<fileSharing /><x:absPath xmlns:x=\"y\" url=\"\" /><sheets /></workbook>" },
        { "xl/pivotCache/p.xml", $"<pivotCacheDefinition {X} refreshedBy='{Who}' recordCount='1'/>", "recordCount=\"1\" />" },
        { "word/settings.xml", $"<w:settings {W}><w:attachedTemplate w:id='{Who}'/><w:zoom w:percent='100'/></w:settings>", "<w:zoom w:percent=\"100\" /></w:settings>" },
        { "word/_rels/settings.xml.rels", $"<Relationships><Relationship Type='{Relations}/attachedTemplate' Target='file:///C:/{Who}/a.dotx' TargetMode='External'/><Relationship Type='{Relations}/image' Target='C:\\{Who}\\a.png' TargetMode='External'/><Relationship Type='x/styles' Target='styles.xml'/></Relationships>", $"<Relationships><Relationship Type=\"{Relations}/image\" Target=\"about:blank\" TargetMode=\"External\" /><Relationship Type=\"x/styles\" Target=\"styles.xml\" /></Relationships>" },
        { "word/footer1.xml", $"<w:ftr {W}><!-- {Who} --><w:t xml:space='preserve'> Words &amp; more </w:t></w:ftr>", "<w:t xml:space=\"preserve\"> Words &amp; more </w:t></w:ftr>" },
        { "docProps/thumbnail.jpeg", Who, null },
        { "xl/printerSettings/printerSettings1.bin", Who, null },
        { "ppt/changesInfos/changesInfo1.xml", $"<a>{Who}</a>", null },
    };

    public static TheoryData<string, string> Told => new()
    {
        { $"5 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\n{Packed($"<< /Author ({Who}) >>")}\nendstream endobj", $"names '{Who}' in a packed part of its properties. Take it out under File, Properties" },
        { $"5 0 obj << /Type /Metadata /Filter [/FlateDecode] >>\nstream\n{Packed($"<rdf:RDF><dc:creator><rdf:Seq><rdf:li>{Who}</rdf:li></rdf:Seq></dc:creator></rdf:RDF>")}\nendstream endobj", $"names '{Who}' in a packed part" },
        { $"5 0 obj << /Filter /FlateDecode >>\nstream\n{Packed("x exif:GPSLatitude=\"51,16N\"")}\nendstream endobj", "holds a photograph that says" },
        { $"5 0 obj << /Subtype /Image /Filter [/FlateDecode /DCTDecode] >>\nstream\n{Packed("\u00FF\u00D8\u00FF\u00E1\0\u0020Exif\0\0II*\0")}\nendstream endobj", "holds a photograph that says" },
        { "5 0 obj << /Type /ObjStm /Filter /LZWDecode >>\nstream\nx\nendstream endobj", "packed in an unusual way" },
        { "1 0 obj << /Author 9 0 R >> endobj", "names its author in a packed part" },
        { $"1 0 obj << /ByteRange [0 1 2 3] /Author ({Who}) >> endobj", "is signed, and names that must go would break the signature. Print it to PDF" },
        { $"1 0 obj << /Type /Annot /Subtype /Highlight /T ({Who}) >> endobj", "has comments, which name people. Delete them, or print it to PDF without them" },
        { "1 0 obj << /Type /EmbeddedFile >> endobj", "has files attached to it" },
        { $"1 0 obj << /Author ({Who} endobj", "have no end" },
    };

    [Fact]
    public void A_word_document_keeps_what_it_is_about_and_not_who_wrote_it()
    {
        var sent = Word();

        var kept = FileCleaningTests.Kept(sent);
        using var archive = new ZipArchive(new MemoryStream(kept));

        Assert.Equal(["title", "subject", "keywords", "description", "language", "category"], System.Xml.Linq.XDocument.Parse(Part(archive, "docProps/core.xml")).Root!.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(Body, Part(archive, "word/document.xml"));
        Assert.All(archive.Entries, entry => Assert.Equal((1980, 1, 1), (entry.LastWriteTime.Year, entry.LastWriteTime.Month, entry.LastWriteTime.Day)));
        Assert.DoesNotContain("thumbnail", Part(archive, "_rels/.rels"), StringComparison.Ordinal);
        foreach (var picture in new[] { "word/media/image1.jpg", "word/media/image2.png" })
        {
            using var before = Image.NewFromBuffer(Bytes(new(new MemoryStream(sent)), picture));
            using var after = Image.NewFromBuffer(Bytes(archive, picture));
            Assert.Equal(before.WriteToMemory<byte>(), after.WriteToMemory<byte>());
            Assert.False(FileCleaningTests.Says(Bytes(archive, picture), Who) || FileCleaningTests.Says(Bytes(archive, picture), CleaningSamples.Place));
        }

        using var inner = new ZipArchive(new MemoryStream(Bytes(archive, "word/embeddings/sheet.xlsx")));
        Assert.DoesNotContain(Who, Part(inner, "docProps/core.xml"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cleaned))]
    public void A_part_keeps_what_readers_need(string name, string text, string? left)
    {
        using var archive = new ZipArchive(new MemoryStream(FileCleaningTests.Kept(MediaSamples.Word(extra: name, content: text))));

        if (left is null)
        {
            Assert.Null(archive.GetEntry(name));
            return;
        }

        var kept = Part(archive, name);
        Assert.EndsWith(left, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Who, kept, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Naming))]
    public void Comments_and_tracked_changes_are_refused(string name, string text) =>
        Assert.Equal("has comments or tracked changes, which name people. Accept or delete them all, then upload it again.", FileCleaningTests.Refused(MediaSamples.Word(extra: name, content: text)));

    [Fact]
    public void A_document_that_cannot_be_looked_into_is_refused()
    {
        Assert.Contains("is signed", FileCleaningTests.Refused(MediaSamples.Word(extra: "_xmlsignatures/sig1.xml")), StringComparison.Ordinal);
        Assert.Contains("an object of another program", FileCleaningTests.Refused(MediaSamples.Word(extra: "word/embeddings/oleObject1.bin", content: "\u00D0\u00CF\u0011\u00E0")), StringComparison.Ordinal);
        Assert.Contains("cannot be read", FileCleaningTests.Refused(MediaSamples.Word(extra: "word/styles.xml", content: "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")), StringComparison.Ordinal);
        Assert.Contains("unpacks to more", FileCleaningTests.Refused(Bomb()), StringComparison.Ordinal);
        Assert.Contains("has a PDF document inside it that has files attached", FileCleaningTests.Refused(MediaSamples.Word(extra: "word/embeddings/a.bin", content: "%PDF-1.4 /EmbeddedFile")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pdf_loses_its_maker_without_a_byte_moving()
    {
        var sent = Pdf();

        var kept = FileCleaningTests.Kept(sent);
        var text = Encoding.Latin1.GetString(kept);

        Assert.Equal(sent.Length, kept.Length);
        Assert.Equal(sent.AsSpan().IndexOf("xref"u8), kept.AsSpan().IndexOf("xref"u8));
        Assert.Contains("/Title (Words to share)", text, StringComparison.Ordinal);
        Assert.Contains("Words in XMP", text, StringComparison.Ordinal);
        Assert.Contains("<pdfaid:part>2</pdfaid:part>", text, StringComparison.Ordinal);
        Assert.Matches(@"/Author \( +\)/Creator < +>/Producer 7 0 R /CreationDate\( +\)\s+/#4dodDate \( +\) /Own\( +\) >>", text);
        Assert.DoesNotMatch("2026|Writer|Camera|uuid:", text);
        using var before = Image.NewFromBuffer(CleaningSamples.Photograph());
        using var after = Image.NewFromBuffer(kept[kept.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])..]);
        Assert.Equal(before.WriteToMemory<byte>(), after.WriteToMemory<byte>());
    }

    [Fact]
    public void A_pdf_that_names_nobody_stays_to_the_byte_even_signed()
    {
        var sent = MediaSamples.Text("%PDF-1.7\n1 0 obj << /Title (Words) /ByteRange [0 1] /Author () >> endobj");

        Assert.Equal(sent, FileCleaningTests.Kept(sent));
    }

    [Theory]
    [MemberData(nameof(Told))]
    public void A_pdf_that_would_go_on_naming_somebody_is_refused(string body, string refusal) =>
        Assert.Contains(refusal, FileCleaningTests.Refused(MediaSamples.Text("%PDF-1.7\n" + body)), StringComparison.Ordinal);

    internal static byte[] Pdf() =>
    [
        .. MediaSamples.Text($$"""
            %PDF-1.7
            1 0 obj
            << /Title (Words to share) /Author (({{Who}}\) \( (x)))/Creator <{{Convert.ToHexString([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Writer")])}}>/Producer 7 0 R /CreationDate(D:20261123120000Z)
            /#4dodDate (D:20261123120000Z) /Own({{CleaningSamples.Place}}) >>
            endobj
            7 0 obj
            (Writer of {{Who}})
            endobj
            2 0 obj << /Type /Metadata /Subtype /XML /Length 999 >>
            stream
            <?xpacket begin='' id='W5M0'?><x:xmpmeta><rdf:RDF xmlns:rdf='a'><rdf:Description rdf:about='' xmp:CreatorTool='Writer' xmpMM:DocumentID="uuid:1"><dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Words in XMP</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>{{Who}}</rdf:li></rdf:Seq></dc:creator><xmp:CreateDate>2026-11-23</xmp:CreateDate><pdf:Producer>Writer</pdf:Producer><xmpMM:History><rdf:Seq><rdf:li stEvt:softwareAgent='Camera' stEvt:when='2026'/></rdf:Seq></xmpMM:History><exif:GPSLatitude>{{CleaningSamples.Place}}</exif:GPSLatitude><pdfaid:part>2</pdfaid:part></rdf:Description></rdf:RDF></x:xmpmeta>
            endstream endobj
            3 0 obj << /Subtype /Image /Filter /DCTDecode >>
            stream

            """),
        .. CleaningSamples.Photograph(),
        .. MediaSamples.Text($"\nendstream endobj\n4 0 obj << /Filter /FlateDecode >>\nstream\n{Packed("BT (Words) Tj ET")}\nendstream endobj\nxref\ntrailer << /Info 1 0 R >>\n%%EOF\n"),
    ];

    internal static byte[] Word()
    {
        var core = $"<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:t='t'><dc:title>Words</dc:title><dc:subject>S</dc:subject><dc:creator>{Who}</dc:creator><cp:keywords>K</cp:keywords><dc:description>D</dc:description><cp:lastModifiedBy>{Who}</cp:lastModifiedBy><cp:revision>3</cp:revision><t:created>2026-11-23</t:created><dc:language>en-GB</dc:language><cp:category>C</cp:category></cp:coreProperties>";
        var sheet = MediaSamples.Archive(("xl/workbook.xml", $"<workbook {X}/>"), ("docProps/core.xml", core));
        (string, byte[])[] parts =
        [
            ("[Content_Types].xml", "<Types><Override PartName='/docProps/thumbnail.jpeg'/></Types>"u8.ToArray()), ("_rels/.rels", MediaSamples.Text($"<Relationships><Relationship Type='{Relations}/metadata/thumbnail' Target='docProps/thumbnail.jpeg'/></Relationships>")),
            ("word/document.xml", MediaSamples.Text(Body)), ("docProps/core.xml", MediaSamples.Text(core)), ("docProps/thumbnail.jpeg", CleaningSamples.Photograph()),
            ("word/media/image1.jpg", CleaningSamples.Photograph()), ("word/media/image2.png", CleaningSamples.Png()), ("word/embeddings/sheet.xlsx", sheet),
        ];
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.Comment = Who;
            foreach (var (name, bytes) in parts)
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                stream.Write(bytes);
            }
        }

        return memory.ToArray();
    }

    private static string Body => $"<w:document {W}><w:body><w:p><w:r><w:t>Words to share</w:t></w:r></w:p></w:body></w:document>";

    private static byte[] Bomb()
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, megabytes) in new[] { ("word/document.xml", 0), ("word/media/a.bin", 1), ("word/media/b.bin", 150) })
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                stream.Write("<w/>"u8);
                for (var at = 0; at < megabytes; at++) stream.Write(new byte[1_000_000]);
            }
        }

        return memory.ToArray();
    }

    private static string Packed(string text) => Encoding.Latin1.GetString(CleaningSamples.Packed(text));

    private static string Part(ZipArchive archive, string name) => Encoding.UTF8.GetString(Bytes(archive, name));

    private static byte[] Bytes(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name)!.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
