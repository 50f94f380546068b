using System.Text;

using NodaTime;

using Portal.Content.Problems;
using Portal.Site.Building;

using Xunit;

namespace Portal.Tests.Building;

public sealed class SiteBuilderTests
{
    [Fact]
    public void The_small_site_builds_without_a_word()
    {
        var build = A.Build(A.Site());

        Assert.Equal([], build.Problems.Where(problem => problem.Weight == Weight.Error));
        Assert.True(build.Succeeded);
        Assert.Equal(build.Pages, build.Output!.Files.Keys.Count(path => path.EndsWith(".html", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_starter_site_builds()
    {
        Assert.Equal([], StarterSite.Build.Problems.Where(problem => problem.Weight == Weight.Error));
        Assert.True(StarterSite.Build.Pages > 400);
    }

    [Fact]
    public void Two_builds_at_one_instant_give_the_same_bytes()
    {
        var again = A.Build(StarterSite.Files, StarterSite.At).Output!;

        Assert.Equal(StarterSite.Output.Files.Keys, again.Files.Keys);
        Assert.All(again.Files, file => Assert.True(file.Value.AsSpan().SequenceEqual(StarterSite.Output.Files[file.Key]), $"{file.Key} differs."));
    }

    [Fact]
    public void A_page_drawn_alone_has_the_bytes_of_the_whole_build()
    {
        var build = A.Build(A.Site());
        Assert.NotNull(build.Output);
        var later = A.Output(A.Site(), A.Instant.Plus(Duration.FromMinutes(1)));

        // What is published follows the day, and not the minute.
        Assert.Equal([], build.Output.Files.Where(file => !file.Value.AsSpan().SequenceEqual(later.Files[file.Key])).Select(file => file.Key));
    }

    [Fact]
    public void All_errors_are_told_in_one_run_and_nothing_comes_out()
    {
        var build = A.Build(A.Site(
            ("pages/guides/extra/en.md", A.Guide("Extra", "<script>x</script>\n\n[a](/nowhere/)\n", "reviewBy: soon\n")),
            ("pages/guides/victim/en.md", A.Guide("Victim", "[a](/nowhere/)\n")),
            ("strings/pl.yaml", "skip: x\n")));

        Assert.Null(build.Output);
        var told = build.Problems.Where(problem => problem.Weight == Weight.Error).Select(problem => $"{problem.File}:{problem.Line}").Distinct().ToList();
        Assert.Equal([], new[] { "pages/guides/extra/en.md:8", "pages/guides/victim/en.md:0", "pages/guides/victim/en.md:9", "strings/pl.yaml:0" }.Except(told));
    }

    [Fact]
    public void Unreadable_settings_stop_the_build_before_the_rules() =>
        Assert.Equal("settings.yaml", Assert.Single(A.Build(A.Site().Without("settings.yaml")).Problems).File);

    [Fact]
    public void A_picture_that_is_none_stops_the_build()
    {
        var build = A.Build(A.Site(("media/lamp.png", "not a picture"), ("pages/guides/extra/en.md", A.Guide("Extra", "::: image media=lamp.png alt=A\n:::\n"))));

        Assert.Null(build.Output);
        Assert.Contains(build.Problems, problem => problem.File == "media/lamp.png" && problem.Weight == Weight.Error);
    }

    [Fact]
    public void Two_files_never_share_a_path()
    {
        var output = new SiteOutput();
        output.Add("a.html", []);

        Assert.Throws<InvalidOperationException>(() => output.Add("a.html", []));
    }

    [Fact]
    public void Every_address_a_page_names_is_seen_by_the_link_check()
    {
        var output = new SiteOutput();
        output.Add("there/index.html", []);
        var addresses = OutputChecks.Addresses(output).GetAlternateLookup<ReadOnlySpan<char>>();

        Assert.Equal(["/a/", "/b/c.css", "/x-1.avif", "/x-2.avif", "/d.json"], OutputChecks.Broken(
            "<a href=\"/a/#s1\"></a><a href=\"/a/\"><a href=\"/there/#s2\"></a><a href=\"/there/index.html\"><link href=\"/b/c.css\"><source srcset=\"/x-1.avif 320w, /x-2.avif 640w\"><div data-gazetteer=\"/d.json\"></div><a href=\"https://e/\"></a>"u8, addresses));
    }

    [Fact]
    public void Another_base_address_stands_in_every_absolute_link()
    {
        var output = SiteBuilder.Build(A.Site(), new(A.Instant, "http://127.0.0.1:5081", Path.GetTempPath())).Output!;

        Assert.DoesNotContain(output.Files.Values, bytes => Encoding.UTF8.GetString(bytes).Contains("https://localhelp.example", StringComparison.Ordinal));
        Assert.Contains("http://127.0.0.1:5081/help-now/", output.Page("sitemap-en.xml"), StringComparison.Ordinal);
    }
}
