using System.Text;

using NodaTime;

using Portal.Content.Reading;
using Portal.Site.Building;

using Xunit;

namespace Portal.Tests.Building;

/// <summary>However a site came about, its bytes and its problems are those of a build from nothing.</summary>
public sealed class IncrementalBuildTests
{
    private static readonly string Cache = Path.Combine(A.Repository, "site", "output.cache");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 3)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_sequence_of_changes_gives_the_bytes_of_a_build_from_nothing(int seed)
    {
        var draw = new Draw(seed);
        var (files, at) = (InMemory(), StarterSite.At);
        var last = Incremental(files, at, null).Site;
        Assert.NotNull(last);
        for (var step = 0; step < 6; step++)
        {
            var before = files;
            (files, at) = draw.Change(files, at);
            var built = Incremental(files, at, last);
            var whole = A.Build(files, at);

            Assert.Equal(whole.Problems, built.Problems);
            Assert.Equal(whole.Succeeded, built.Site is not null);
            last = built.Site ?? last;
            if (whole.Output is { } output) AssertSame(output, built);
            else files = before; // What stops a publication is mended, else nothing more would be built.
        }
    }

    [Fact]
    public void A_changed_sentence_draws_the_pages_that_show_it_and_no_others()
    {
        var files = InMemory();
        var last = Incremental(files, StarterSite.At, null);
        var path = "pages/guides/safer-devices/en.md";

        var built = Incremental(files.With((path, [.. files.Bytes(path), .. "\nOne more sentence.\n"u8])), StarterSite.At, last.Site);

        Assert.Equal(last.Site!.Pages.Count, last.Drawn);
        Assert.InRange(built.Drawn, 1, last.Drawn / 3);
        Assert.Contains("guides/safer-devices/index.html", built.Made!.Files.Keys);
        Assert.DoesNotContain("privacy/index.html", built.Made.Files.Keys);
    }

    [Fact]
    public void Nothing_changed_makes_nothing()
    {
        var first = Incremental(A.Site(), A.Instant, null);
        var built = Incremental(A.Site(), A.Instant + Duration.FromHours(1), first.Site);

        Assert.Equal(0, built.Drawn);
        Assert.Empty(built.Made!.Files);
        Assert.Equal(first.Site!.Hashes, built.Site!.Hashes);
    }

    [Fact]
    public void A_new_day_in_Kent_draws_every_page()
    {
        var first = Incremental(A.Site(), A.Instant, null);

        var built = Incremental(A.Site(), A.Instant + Duration.FromDays(1), first.Site);

        Assert.Equal(first.Drawn, built.Drawn);
    }

    [Fact]
    public void A_mistake_is_told_again_while_it_stands_and_no_longer()
    {
        var first = Incremental(A.Site(), A.Instant, null);
        var wrong = A.Site(("pages/guides/safer-devices/en.md", A.Guide("Phones", "Ring 0808 168 9111.\n")));

        Assert.All(Enumerable.Range(0, 2), _ => Assert.Contains(Incremental(wrong, A.Instant, first.Site).Problems, problem => problem.What.Contains("looks like a telephone number", StringComparison.Ordinal)));
        Assert.NotNull(Incremental(A.Site(), A.Instant, first.Site).Site);
    }

    private static IncrementalBuild Incremental(ContentFiles files, Instant at, BuiltSite? last) => IncrementalBuilder.Build(files, new(at, null, Cache), last);

    private static ContentFiles InMemory() => A.Site().Paths.Aggregate(A.Site(), (files, path) => files.Without(path)).With(StarterSite.Files.Paths.Select(path => (path, StarterSite.Files.Bytes(path))));

    private static void AssertSame(SiteOutput output, IncrementalBuild built)
    {
        Assert.Equal(output.Files.Keys, built.Site!.Hashes.Keys);
        Assert.All(output.Files, file => Assert.True(SiteDraft.Hash(file.Value) == built.Site.Hashes[file.Key], $"{file.Key} has other bytes than a build from nothing gives it."));
        Assert.All(built.Made!.Files, file => Assert.Equal(built.Site.Hashes[file.Key], SiteDraft.Hash(file.Value)));
    }

    /// <summary>Draws what people do to a site: write, add, withdraw, translate, break, mend, change a table, let time pass.</summary>
    private sealed class Draw(int seed)
    {
        private readonly List<(string Path, byte[] Bytes)> gone = [];
        private uint state = (uint)seed;

        public (ContentFiles Files, Instant At) Change(ContentFiles files, Instant at)
        {
            var texts = files.Paths.Where(path => path.StartsWith("pages/", StringComparison.Ordinal)).ToList();
            var path = texts[Next(texts.Count)];
            switch (Next(9))
            {
                case 0 or 1:
                    return (files.With((path, [.. files.Bytes(path), .. Encoding.UTF8.GetBytes($"\nWords number {Next(1000)}.\n")])), at);
                case 2:
                    return (Edit(files, path, "\ntitle: ", $"\ntitle: Z{Next(1000)} "), at);
                case 3:
                    gone.Add((path, files.Bytes(path)));
                    return (files.Without(path), at);
                case 4 when gone.Count > 0:
                    var back = gone[Next(gone.Count)];
                    gone.Remove(back);
                    return (files.With(back), at);
                case 5:
                    return (files, at + Duration.FromHours(Next(2) == 0 ? 3 : 24 * Next(40)));
                case 6:
                    return (files.With(($"pages/guides/extra-{Next(1000)}/en.md", Encoding.UTF8.GetBytes(A.Guide($"Extra {Next(1000)}", $"See [help now](/help-now/) and [another](/guides/extra-{Next(1000)}/).\n")))), at);
                case 7:
                    return (Edit(files, "strings/pl.yaml", "\n", $"\n# {Next(1000)}\n"), at);
                default:
                    var guide = texts.Where(text => text.EndsWith("/en.md", StringComparison.Ordinal)).ElementAt(Next(20));
                    return (files.With((guide, [.. files.Bytes(guide), .. "\n[Lost](/no-such-page/)\n"u8])), at);
            }
        }

        private static ContentFiles Edit(ContentFiles files, string path, string old, string replacement)
        {
            var text = files.Text(path);
            var found = text.IndexOf(old, StringComparison.Ordinal);
            return found < 0 ? files : files.With((path, Encoding.UTF8.GetBytes(text[..found] + replacement + text[(found + old.Length)..])));
        }

        private int Next(int below)
        {
            state = (state * 1664525) + 1013904223;
            return (int)((state >> 8) % (uint)below);
        }
    }
}
