using Microsoft.Extensions.DependencyInjection;

using NetVips;

using Portal.Cms.Documents;
using Portal.Cms.Media;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What may come into the media library: told from the bytes, whatever a name says.</summary>
public sealed class MediaCheckTests(MediaCheckTests.Library library) : IClassFixture<MediaCheckTests.Library>
{
    private static readonly Dictionary<string, byte[]> Samples = new()
    {
        [".jpg"] = MediaSamples.Jpeg(),
        [".png"] = MediaSamples.Png(),
        [".webp"] = MediaSamples.WebP(),
        [".pdf"] = MediaSamples.Pdf(),
        [".docx"] = MediaSamples.Word(),
        [".xlsx"] = MediaSamples.Archive(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")),
        [".pptx"] = MediaSamples.Archive(("[Content_Types].xml", "<Types/>"), ("ppt/presentation.xml", "<presentation/>")),
        [".txt"] = "Words – to share\n"u8.ToArray(),
        [".vtt"] = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"u8.ToArray(),
        [".mp4"] = MediaSamples.Film(),
        [".webm"] = MediaSamples.WebM(),
        [".mp3"] = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, 0xFF, 0xFB, 0x90, 0, .. new byte[413]],
    };

    public static TheoryData<string> Endings => [.. Samples.Keys];

    public static TheoryData<string, string, byte[]> Refused => new()
    {
        { "a GIF picture", "a.gif", [.. "GIF89a"u8, 1, 0, 1, 0] },
        { "an AVIF picture", "a.avif", MediaSamples.Film("avif") },
        { "a HEIC picture", "a.heic", MediaSamples.Film("heic") },
        { "a QuickTime video", "a.mov", MediaSamples.Film("qt  ") },
        { "an SVG drawing", "a.svg", "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray() },
        { "a web page", "a.txt", "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray() },
        { "a web page", "a.txt", "Some words first <SCRIPT>alert(1)</SCRIPT>"u8.ToArray() },
        { "an Office document with macros", "a.docx", MediaSamples.Word(extra: "word/vbaProject.bin") },
        { "an Office document of the old kind", "a.doc", [0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0] },
        { "an archive", "a.zip", MediaSamples.Archive(("a.txt", "x")) },
        { "a broken archive", "a.docx", [.. "PK\u0003\u0004"u8, 1, 2, 3] },
        { "a program", "a.txt", [.. "MZ"u8, 0, 1] },
        { "does not know", "a.bin", [1, 2, 3, 4] },
        { "empty", "a.txt", [] },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void There_is_a_sample_of_every_type() => Assert.Equal(MediaType.All.Select(type => type.Ending), Samples.Keys);

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_file_is_told_by_its_bytes_and_refused_under_any_other_name(string ending)
    {
        var taken = await library.CheckAsync("name" + ending, Samples[ending]);
        Assert.Equal((string.Empty, ending), (taken.Refusal, taken.Type!.Ending));
        Assert.NotNull(taken.Bytes);

        foreach (var other in Samples.Keys.Where(other => other != ending).Append(".exe").Append(".svg"))
        {
            var refused = await library.CheckAsync("name" + other, Samples[ending]);
            Assert.Null(refused.Bytes);
            Assert.Contains($"it is {taken.Type.Spoken}. If that is right, change the ending of its name to {ending}", refused.Refusal, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_the_library_does_not_take_is_named_with_what_to_do(string what, string name, byte[] bytes)
    {
        var refused = await library.CheckAsync(name, bytes);

        Assert.Null(refused.Bytes);
        Assert.Contains(what, refused.Refusal, StringComparison.Ordinal);
        Assert.Matches(@"\. [A-Z].+\.$", refused.Refusal);
    }

    [Fact]
    public async Task A_picture_of_40_megapixels_is_refused_by_its_header_before_a_pixel_is_decoded()
    {
        var refused = await library.CheckAsync("large.png", MediaSamples.HeaderOfALargePng());

        Assert.Null(refused.Bytes);
        Assert.Contains("has 40 megapixels (8000 by 5000); at most 36 are taken", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_picture_is_refused()
    {
        var png = MediaSamples.Png(400, 400);

        Assert.Contains("is broken", (await library.CheckAsync("broken.png", png[..^40])).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_loses_its_place_and_its_maker_and_stands_upright()
    {
        var sent = MediaSamples.JpegWithPlace();
        Assert.Contains("Somebody Real", System.Text.Encoding.Latin1.GetString(sent), StringComparison.Ordinal);

        var kept = (await library.CheckAsync("photo.jpg", sent)).Bytes!;
        using var picture = Image.NewFromBuffer(kept);

        Assert.Equal((20, 40), (picture.Width, picture.Height));
        Assert.DoesNotContain("Somebody Real", System.Text.Encoding.Latin1.GetString(kept), StringComparison.Ordinal);
        Assert.DoesNotContain(picture.GetFields(), field => field.StartsWith("exif", StringComparison.Ordinal) || field is "orientation");
    }

    [Fact]
    public async Task A_film_a_recording_and_a_document_lose_their_place_and_their_maker()
    {
        foreach (var (name, sent) in new[] { ("a.mp4", CleaningSamples.Mp4()), ("a.webm", CleaningSamples.WebM()), ("a.mp3", CleaningSamples.Mp3()), ("a.pdf", DocumentCleaningTests.Pdf()), ("a.docx", DocumentCleaningTests.Word()) })
        {
            var kept = (await library.CheckAsync(name, sent)).Bytes!;
            Assert.All([CleaningSamples.Name, CleaningSamples.Place], words => Assert.False(FileCleaningTests.Says(kept, words), name));
        }

        Assert.StartsWith("'a.mp4' has a track of data", (await library.CheckAsync("a.mp4", CleaningSamples.Mp4("gpmd"))).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".webp")]
    public async Task What_stands_behind_the_end_of_a_picture_is_gone(string ending)
    {
        byte[] twofold = [.. Samples[ending], .. "<script>alert(1)</script>PK\u0003\u0004"u8];

        var kept = (await library.CheckAsync("photo" + ending, twofold)).Bytes!;

        Assert.Equal(-1, kept.AsSpan().IndexOf("<script>"u8));
    }

    [Fact]
    public async Task The_pixels_of_a_png_are_kept_exactly()
    {
        using var noise = Image.Gaussnoise(64, 48, sigma: 60, mean: 128);
        using var sent = noise.Cast(Enums.BandFormat.Uchar);
        using var kept = Image.NewFromBuffer((await library.CheckAsync("a.png", sent.PngsaveBuffer())).Bytes!);

        Assert.Equal(sent.WriteToMemory<byte>(), kept.WriteToMemory<byte>());
    }

    [Fact]
    public async Task A_title_inside_a_document_is_as_neutral_as_its_name()
    {
        foreach (var (name, bytes) in new[] { ("a.pdf", MediaSamples.Pdf("Domestic abuse")), ("a.pdf", MediaSamples.PackedPdf("Domestic abuse: help")), ("a.docx", MediaSamples.Word("Surviving abuse")) })
        {
            var refused = await library.CheckAsync(name, bytes);
            Assert.Null(refused.Bytes);
            Assert.Contains("with the word '", refused.Refusal, StringComparison.Ordinal);
            Assert.Contains("File, Properties", refused.Refusal, StringComparison.Ordinal);
        }

        Assert.NotNull((await library.CheckAsync("a.pdf", MediaSamples.PackedPdf("Words to share"))).Bytes);
        Assert.Contains("is locked", (await library.CheckAsync("a.pdf", MediaSamples.Text("%PDF-1.4\n<< /Encrypt 1 0 R >>"))).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_type_has_its_most_bytes()
    {
        var text = new byte[MediaType.MostText + 1];
        text.AsSpan().Fill((byte)'a');

        Assert.Contains("plain text may have at most 1 MB", (await library.CheckAsync("a.txt", text)).Refusal, StringComparison.Ordinal);
        Assert.NotNull((await library.CheckAsync("a.txt", text[1..])).Bytes);
    }

    [Theory]
    [InlineData("../../etc/passwd.txt")]
    [InlineData("/kit/words.txt")]
    [InlineData("kit//words.txt")]
    [InlineData("kit/./words.txt")]
    [InlineData("kit\\words.txt")]
    [InlineData("Kit/words.txt")]
    [InlineData("kit/words")]
    [InlineData("kit/words.txt\0.png")]
    [InlineData("kit/abuse-words.txt")]
    [InlineData("kit/07700900123.txt")]
    [InlineData("a/b/c/d/words.txt")]
    public async Task A_path_that_leads_out_or_gives_away_is_refused(string path) =>
        Assert.NotNull(MediaName.Fault(path, await library.SensitiveAsync()));

    [Theory]
    [InlineData("Ünïcode Words.final", "unicode-words-final")]
    [InlineData("  IMG_20261122_1011 (2)", "img-20261122-1011-2")]
    [InlineData("Women's guide", "womens-guide")]
    [InlineData("../..", "")]
    public void A_name_is_made_of_what_was_typed(string typed, string name) => Assert.Equal(name, MediaName.Slug(typed));

    [Fact]
    public void A_text_names_what_may_be_a_path_and_no_address()
    {
        const string text = "::: image media=pictures/a-1.png alt=\"x\"\n:::\ndownloads: [kit/words.txt, kit/b.pdf]\n[c](https://example.org/c.pdf) info@example.org video: d.mp4\n";

        Assert.Equal(["d.mp4", "kit/b.pdf", "kit/words.txt", "pictures/a-1.png"], MediaMentions.In(text).Order(StringComparer.Ordinal));
    }

    public sealed class Library : IAsyncLifetime
    {
        private readonly CmsFixture cms = new();

        public async ValueTask InitializeAsync()
        {
            await cms.InitializeAsync();
            await using var scope = cms.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site(), CancellationToken.None);
        }

        public ValueTask DisposeAsync() => cms.DisposeAsync();

        internal async Task<CheckedUpload> CheckAsync(string name, byte[] bytes)
        {
            await using var scope = cms.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<UploadCheck>().RunAsync(name, bytes, Cancel);
        }

        internal async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> SensitiveAsync()
        {
            await using var scope = cms.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<UploadCheck>().SensitiveWordsAsync(Cancel);
        }
    }
}
