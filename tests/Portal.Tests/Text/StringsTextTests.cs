using Portal.Content.Languages;

using Xunit;

namespace Portal.Tests.Text;

public sealed class StringsTextTests
{
    [Fact]
    public void Only_the_words_that_change_are_written_anew()
    {
        const string file = "# Words.\nskip: Skip\nplaces:\n  count:\n    one: \"{n} place\" # one\n    other: \"{n} places\"\n  days: [Monday, Tuesday]\nlast: 'End'\n";

        var written = StringsText.Parse(file).With(new Dictionary<string, string> { ["places.count.one"] = "one: place", ["places.days"] = "Mo\nTu, we", ["last"] = "End" });

        Assert.Equal("# Words.\nskip: Skip\nplaces:\n  count:\n    one: \"one: place\" # one\n    other: \"{n} places\"\n  days: [Mo, \"Tu, we\"]\nlast: End\n", written);
        Assert.Equal("one: place", StringsText.Parse(written).Values["places.count.one"]);
    }

    [Fact]
    public void A_missing_key_is_added_beside_its_neighbours()
    {
        var written = StringsText.Parse("a:\n  b: One\nc: Three").With(new Dictionary<string, string> { ["a.d"] = "Two", ["e.f"] = "Four" });

        Assert.Equal("a:\n  b: One\n  d: Two\nc: Three\ne:\n  f: Four\n", written);
    }

    [Fact]
    public void Every_starter_file_comes_back_as_its_bytes_with_each_of_its_words() => Assert.All(StarterSite.Files.Paths.Where(path => path.StartsWith("strings/", StringComparison.Ordinal)), path =>
    {
        var text = StringsText.Parse(StarterSite.Files.Text(path));
        var again = StringsText.Parse(text.With(text.Values.Where(each => !text.Lists.Contains(each.Key)).ToDictionary()));
        Assert.Equal(text.Values, again.Values);
        Assert.Equal(StarterSite.Files.Text(path), text.With(new Dictionary<string, string>()));
    });
}
