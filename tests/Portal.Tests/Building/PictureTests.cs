using NetVips;

using Portal.Cms.Publishing;
using Portal.Content.Blocks;
using Portal.Content.Reading;
using Portal.Site.Building;
using Portal.Site.Media;
using Portal.Tests.Cms;

using Xunit;

namespace Portal.Tests.Building;

public sealed class PictureTests : IDisposable
{
    private const string Extra = "pages/guides/extra/en.md";

    private readonly Lazy<DirectoryInfo> cache = new(() => RamFolder.Create("portal-pictures-"));

    /// <summary>A cache of this test alone: what was made before it is not what it looks at.</summary>
    private string Cache => cache.Value.FullName;

    public void Dispose()
    {
        if (cache.IsValueCreated) cache.Value.Delete(recursive: true);
    }

    [Theory]
    [InlineData(90, 30, PictureShape.Whole, 0, 0, "0 0 90 30")]
    [InlineData(90, 30, PictureShape.Wide, 50, 50, "15 0 60 30")]
    [InlineData(90, 30, PictureShape.Wide, 0, 0, "0 0 60 30")]
    [InlineData(90, 30, PictureShape.Wide, 100, 100, "30 0 60 30")]
    [InlineData(40, 100, PictureShape.Wide, 50, 30, "0 20 40 20")]
    [InlineData(40, 100, PictureShape.Square, 50, 90, "0 60 40 40")]
    [InlineData(1, 1, PictureShape.Wide, 50, 50, "0 0 1 1")]
    public void A_part_has_its_shape_and_lies_around_the_focal_point(int width, int height, PictureShape shape, int x, int y, string expected)
    {
        var part = PicturePart.Of(width, height, shape, new() { X = x, Y = y });

        Assert.Equal(expected, $"{part.Left} {part.Top} {part.Width} {part.Height}");
    }

    [Fact]
    public void A_cut_picture_shows_what_lies_at_its_focal_point()
    {
        var (left, right) = (Colour(Site("x: 0, y: 50")), Colour(Site("x: 100, y: 50")));

        Assert.True(left < 60, $"black on the left, was {left}");
        Assert.True(right > 200, $"white on the right, was {right}");
    }

    [Fact]
    public void A_picture_is_published_in_the_shapes_that_texts_name_and_a_poster_shows_one()
    {
        var output = A.Output(A.Site((Extra, A.Guide("Extra", "::: video media=kit/a.mp4 captions=kit/a.vtt poster=kit/a.png title=T\nWords.\n:::\n")), ("media/kit/a.mp4", "film"), ("media/kit/a.vtt", "WEBVTT\n"))
            .With(("media/kit/a.png", Half()), ("media/kit/b.png", Half())));

        Assert.Contains("/assets/a-60.", output.Page("guides/extra/index.html"), StringComparison.Ordinal);
        Assert.Contains("files/kit/a.mp4", output.Files.Keys);
        Assert.DoesNotContain(output.Files.Keys, path => path.Contains("/b-", StringComparison.Ordinal));
    }

    /// <summary>Files that are imported are kept as they are, so what goes out is cleaned here or nowhere.</summary>
    [Fact]
    public void A_published_picture_stands_upright_and_says_nothing_of_place_time_or_maker()
    {
        var source = MediaSamples.JpegWithPlace();
        Assert.All(["Somebody Real", "Exif", "xmpmeta", "8BIM"], words => Assert.Contains(words, MediaSamples.Words(source), StringComparison.Ordinal));
        var files = A.Site((Extra, A.Guide("Extra", "::: image media=kit/a.jpg alt=A\n:::\n\n::: image media=kit/a.jpg alt=A shape=square\n:::\n"))).With(("media/kit/a.jpg", source));

        var made = SiteBuilder.Build(files, new(A.Instant, BaseUrl: null, Cache)).Output!.Files.Where(file => file.Key.StartsWith("assets/a-", StringComparison.Ordinal)).ToList();

        Assert.Equal([".avif", ".avif", ".jpg", ".jpg", ".webp", ".webp"], made.Select(file => Path.GetExtension(file.Key)).Order(StringComparer.Ordinal));
        Assert.All(made, file =>
        {
            using var picture = Image.NewFromBuffer(file.Value);
            using var top = picture.Crop(0, 0, picture.Width, 8);
            using var bottom = picture.Crop(0, picture.Height - 8, picture.Width, 8);
            Assert.Contains((picture.Width, picture.Height), new[] { (20, 40), (20, 20) });
            Assert.True(top.Avg() > 200 && bottom.Avg() < 60, $"{file.Key} is turned: {top.Avg()} over {bottom.Avg()}");
            Assert.DoesNotContain(picture.GetFields(), field => field.StartsWith("exif", StringComparison.Ordinal) || field is "xmp-data" or "iptc-data");
            Assert.All(["Somebody Real", "Exif", "xmpmeta", "8BIM"], words => Assert.DoesNotContain(words, MediaSamples.Words(file.Value), StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task Two_previews_never_encode_at_once()
    {
        const int files = 9; // Three widths in three formats.
        using var wide = Image.Black(700, 20);
        var edition = A.Edition(A.Site((Extra, A.Guide("Extra", "::: image media=kit/a.png alt=A\n:::\n"))).With(("media/kit/a.png", wide.PngsaveBuffer())));
        using var together = new Barrier(2);
        var (now, most) = (0, 0);

        await Task.WhenAll(Task.Run(() => Preview("one"), TestContext.Current.CancellationToken), Task.Run(() => Preview("two"), TestContext.Current.CancellationToken));

        Assert.Equal((0, 1), (now, most));

        // From its first file to its last a picture is being encoded; each preview has a cache of its own, so each encodes.
        void Preview(string own)
        {
            var made = 0;
            new SiteMemory().AssetsOf(edition, Path.Combine(Cache, own), (path, _) =>
            {
                if (path.StartsWith("assets/places.", StringComparison.Ordinal)) together.SignalAndWait(TestContext.Current.CancellationToken);
                if (!path.StartsWith("assets/a-", StringComparison.Ordinal)) return;
                if (made++ == 0) Note(Interlocked.Increment(ref now));
                if (made == files) Interlocked.Decrement(ref now);
            });
            Assert.Equal(files, made);
        }

        void Note(int seen)
        {
            lock (together) most = Math.Max(most, seen);
        }
    }

    [Fact]
    public void What_is_known_about_a_file_is_read_and_written_alike()
    {
        const string text = "about: \"Drawn: by us\"\nfocus: { x: 0, y: 100 }\nalt:\n  en: A lamp\n  pl: Lampa\n";

        var notes = MediaNotes.Read("media/a.png.yaml", text, [])!;

        Assert.Equal(text, notes.ToString());
        Assert.Equal(("Drawn: by us", 0, 100, "Lampa"), (notes.About, notes.Focus.X, notes.Focus.Y, notes.Alt["pl"]));
        Assert.Equal(string.Empty, MediaNotes.Read("media/a.png.yaml", string.Empty, [])!.ToString());
    }

    [Theory]
    [InlineData("focus: { x: 101, y: 0 }\n", "The focal point lies outside the picture.")]
    [InlineData("focus: { x: 1 }\n", "'y' is missing.")]
    [InlineData("alt: A lamp\n", "'alt' holds no words by language.")]
    [InlineData("colour: red\n", "'colour' is not a field")]
    public void A_mistake_in_it_is_told(string text, string told) =>
        Assert.Contains(ContentReader.Read(A.Site(("media/kit/words.txt.yaml", text))).Problems, problem => problem.File == "media/kit/words.txt.yaml" && problem.What.StartsWith(told, StringComparison.Ordinal));

    private static SiteOutput Site(string focus) => A.Output(A.Site((Extra, A.Guide("Extra", "::: image media=kit/a.png alt=A shape=square\n:::\n")), ("media/kit/a.png.yaml", $"focus: {{ {focus} }}\n"))
        .With(("media/kit/a.png", Half())));

    /// <summary>60 by 20, black on the left half and white on the right.</summary>
    private static byte[] Half()
    {
        using var black = Image.Black(30, 20);
        using var white = black.Linear([1.0], [255.0], uchar: true);
        using var both = black.Join(white, Enums.Direction.Horizontal);
        return both.PngsaveBuffer();
    }

    private static double Colour(SiteOutput output)
    {
        using var picture = Image.NewFromBuffer(output.Files.Single(file => file.Key.StartsWith("assets/a-20.", StringComparison.Ordinal) && file.Key.EndsWith(".webp", StringComparison.Ordinal)).Value);
        Assert.Equal((20, 20), (picture.Width, picture.Height));
        return picture.Avg();
    }
}
