using NetVips;

using Portal.Content.Blocks;
using Portal.Content.Reading;
using Portal.Site.Media;

using Xunit;

namespace Portal.Tests.Building;

public sealed class PictureTests
{
    private const string Extra = "pages/guides/extra/en.md";

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

    private static Portal.Site.Building.SiteOutput Site(string focus) => A.Output(A.Site((Extra, A.Guide("Extra", "::: image media=kit/a.png alt=A shape=square\n:::\n")), ("media/kit/a.png.yaml", $"focus: {{ {focus} }}\n"))
        .With(("media/kit/a.png", Half())));

    /// <summary>60 by 20, black on the left half and white on the right.</summary>
    private static byte[] Half()
    {
        using var black = Image.Black(30, 20);
        using var white = black.Linear([1.0], [255.0], uchar: true);
        using var both = black.Join(white, Enums.Direction.Horizontal);
        return both.PngsaveBuffer();
    }

    private static double Colour(Portal.Site.Building.SiteOutput output)
    {
        using var picture = Image.NewFromBuffer(output.Files.Single(file => file.Key.StartsWith("assets/a-20.", StringComparison.Ordinal) && file.Key.EndsWith(".webp", StringComparison.Ordinal)).Value);
        Assert.Equal((20, 20), (picture.Width, picture.Height));
        return picture.Avg();
    }
}
