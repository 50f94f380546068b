using System.Text;

using Portal.Site.Building;

using Xunit;

namespace Portal.Tests.Building;

public sealed class OutputWriterTests : IDisposable
{
    private static readonly DateTime Before = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string folder = Directory.CreateTempSubdirectory("portal-output").FullName;

    private string Output => Path.Combine(folder, "output");

    private string Staging => Output + ".staging";

    private string Journal => Output + ".journal";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Only_files_that_differ_are_written()
    {
        Assert.Equal(new Placement(3, 0, 0), Place(("a.html", "1"), ("b/index.html", "2"), ("assets/c.css", "3")));
        foreach (var file in Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories)) File.SetLastWriteTimeUtc(file, Before);

        Assert.Equal(new Placement(1, 1, 1), Place(("a.html", "1"), ("b/index.html", "changed")));

        Assert.Equal(["a.html 1", "b/index.html changed"], Files());
        Assert.Equal(Before, File.GetLastWriteTimeUtc(Path.Combine(Output, "a.html")));
        Assert.NotEqual(Before, File.GetLastWriteTimeUtc(Path.Combine(Output, "b/index.html")));
        Assert.False(Directory.Exists(Path.Combine(Output, "assets")));
        Assert.Equal(["output"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void The_same_site_again_touches_nothing()
    {
        Place(("a.html", "1"));
        File.SetLastWriteTimeUtc(Path.Combine(Output, "a.html"), Before);

        Assert.Equal(new Placement(0, 0, 1), Place(("a.html", "1")));
        Assert.Equal(Before, File.GetLastWriteTimeUtc(Path.Combine(Output, "a.html")));
    }

    [Fact]
    public void Assets_go_first_then_pages_then_removals()
    {
        Place(("old.css", "0"), ("old.html", "0"));

        // Something in the way of the last page stops the run there, and the journal shows the order.
        Directory.CreateDirectory(Path.Combine(Output, "z.html"));
        Assert.ThrowsAny<Exception>(() => Place(("z.html", "3"), ("a.html", "2"), ("z.css", "1"), ("b.xml", "1")));

        Assert.Equal(["+ b.xml", "+ z.css", "+ a.html", "+ z.html", "- old.css", "- old.html"], File.ReadAllLines(Journal));
        Assert.Equal(["a.html 2", "b.xml 1", "old.css 0", "old.html 0", "z.css 1"], Files());

        Directory.Delete(Path.Combine(Output, "z.html"));
        new OutputWriter(Output).Finish();
        Assert.Equal(["a.html 2", "b.xml 1", "z.css 1", "z.html 3"], Files());
    }

    public static TheoryData<int> Steps => [.. Enumerable.Range(0, 7)];

    /// <summary>As many of the journal's six steps were carried out before the crash.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public void A_run_that_died_between_two_steps_is_finished_by_the_next(int done)
    {
        string[] journal = ["+ new.css", "+ same.css", "+ index.html", "+ deep/index.html", "- old.css", "- old/index.html"];
        Write(Output, ("same.css", "old"), ("index.html", "old"), ("old.css", "old"), ("old/index.html", "old"), ("kept.html", "kept"));
        Write(Staging, ("new.css", "new"), ("same.css", "new"), ("index.html", "new"), ("deep/index.html", "new"));
        File.WriteAllLines(Journal, journal);
        foreach (var step in journal.Take(done)) CarryOut(step);

        new OutputWriter(Output).Finish();

        Assert.Equal(["deep/index.html new", "index.html new", "kept.html kept", "new.css new", "same.css new"], Files());
        Assert.Equal(["output"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_run_that_died_before_its_journal_leaves_the_last_good_site()
    {
        Write(Output, ("index.html", "old"));
        Write(Staging, ("index.html", "half"));
        File.WriteAllText(Journal + ".new", "+ inde");

        new OutputWriter(Output).Finish();

        Assert.Equal(["index.html old"], Files());
        Assert.False(Directory.Exists(Staging));
    }

    [Fact]
    public void A_new_site_first_finishes_the_one_before()
    {
        Write(Output, ("index.html", "old"));
        Write(Staging, ("index.html", "between"), ("between.html", "between"));
        File.WriteAllLines(Journal, ["+ between.html", "+ index.html"]);

        Assert.Equal(new Placement(0, 1, 1), Place(("index.html", "between")));
        Assert.Equal(["index.html between"], Files());
    }

    [Fact]
    public void A_place_that_cannot_be_written_leaves_the_last_good_site()
    {
        Place(("index.html", "old"));
        File.WriteAllText(Staging, "a file in the way of the staging folder");

        Assert.ThrowsAny<IOException>(() => Place(("index.html", "new")));

        Assert.Equal(["index.html old"], Files());
        Assert.False(File.Exists(Journal));
    }

    [Fact]
    public void A_file_may_become_a_folder_and_a_folder_a_file()
    {
        Place(("about", "1"), ("kit/a.css", "1"), ("kit/deep/b.html", "1"), ("kit.css", "1"), ("kept.html", "1"));

        Assert.Equal(new Placement(3, 3, 2), Place(("about/index.html", "2"), ("about/deep/c.css", "2"), ("kit", "2"), ("kit.css", "1"), ("kept.html", "1")));
        Assert.Equal(["about/deep/c.css 2", "about/index.html 2", "kept.html 1", "kit 2", "kit.css 1"], Files());

        Assert.Equal(new Placement(3, 3, 2), Place(("about", "1"), ("kit/a.css", "1"), ("kit/deep/b.html", "1"), ("kit.css", "1"), ("kept.html", "1")));
        Assert.Equal(["about 1", "kept.html 1", "kit.css 1", "kit/a.css 1", "kit/deep/b.html 1"], Files());
        Assert.Equal(["output"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void What_stands_in_the_way_goes_just_before_what_takes_its_place()
    {
        Place(("about", "1"), ("kit/a.css", "1"), ("kit/deep/b.html", "1"), ("old.html", "1"));

        Directory.CreateDirectory(Path.Combine(Output, "z.html"));
        Assert.ThrowsAny<Exception>(() => Place(("about/index.html", "2"), ("about/next/index.html", "2"), ("kit", "2"), ("a.css", "2"), ("z.html", "2")));

        Assert.Equal(["+ a.css", "- kit/a.css", "- kit/deep/b.html", "+ kit", "- about", "+ about/index.html", "+ about/next/index.html", "+ z.html", "- old.html"], File.ReadAllLines(Journal));

        Directory.Delete(Path.Combine(Output, "z.html"));
        new OutputWriter(Output).Finish();
        Assert.Equal(["a.css 2", "about/index.html 2", "about/next/index.html 2", "kit 2", "z.html 2"], Files());
    }

    /// <summary>As many of the journal's six steps were carried out before the crash, folders left empty taken away.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public void A_change_between_file_and_folder_is_finished_by_the_next_run(int done)
    {
        string[] journal = ["- kit/a.css", "- kit/deep/b.css", "+ kit", "- about", "+ about/index.html", "- old/index.html"];
        Write(Output, ("kit/a.css", "old"), ("kit/deep/b.css", "old"), ("about", "old"), ("old/index.html", "old"), ("kept.html", "kept"));
        Write(Staging, ("kit", "new"), ("about/index.html", "new"));
        File.WriteAllLines(Journal, journal);
        foreach (var step in journal.Take(done))
        {
            CarryOut(step);
            foreach (var empty in new[] { "kit/deep", "kit", "old" }.Select(path => Path.Combine(Output, path)).Where(path => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())) Directory.Delete(empty);
        }

        new OutputWriter(Output).Finish();

        Assert.Equal(["about/index.html new", "kept.html kept", "kit new"], Files());
        Assert.Equal(["output"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    private Placement Place(params (string Path, string Text)[] files)
    {
        var site = new SiteOutput();
        foreach (var (path, text) in files) site.Add(path, Encoding.UTF8.GetBytes(text));
        return new OutputWriter(Output).Place(site);
    }

    private void CarryOut(string step)
    {
        var target = Path.Combine(Output, step[2..]);
        if (step[0] == '-')
        {
            File.Delete(target);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(Path.Combine(Staging, step[2..]), target, overwrite: true);
    }

    private static void Write(string root, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), text);
        }
    }

    private IEnumerable<string> Files() => Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories)
        .Select(file => $"{Path.GetRelativePath(Output, file)} {File.ReadAllText(file)}").Order(StringComparer.Ordinal);
}
