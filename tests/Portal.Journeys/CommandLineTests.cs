using System.Text.RegularExpressions;

using Xunit;

namespace Portal.Journeys;

/// <summary>What the program says and does, and what it leaves on the disk.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private const string Instant = "2026-11-26T10:00:00Z";
    private const string Page = "pages/about/en.md";

    private readonly string folder = Directory.CreateTempSubdirectory("portal-command").FullName;

    private string Content => Path.Combine(folder, "content");

    private string Output => Path.Combine(folder, "site", "output");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Build_puts_the_site_into_its_folder_and_then_changes_nothing()
    {
        CopyContent();

        var first = await CommandLine.RunAsync(folder, "build", "--at", Instant);
        var before = Snapshot();
        var second = await CommandLine.RunAsync(folder, "build", "--at", Instant);

        Assert.True(first.ExitCode == 0, first.Said);
        Assert.Matches(@"^\d+ pages in [\d.]+ s: \d+ files written, 0 removed, 0 unchanged", Verdict(first));
        Assert.True(File.Exists(Path.Combine(Output, "_headers")));
        Assert.True(second.ExitCode == 0, second.Said);
        Assert.Contains(": 0 files written, 0 removed", Verdict(second), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task Every_mistake_is_told_with_file_line_and_remedy_and_the_last_site_stays()
    {
        CopyContent();
        Assert.Equal(0, (await CommandLine.RunAsync(folder, "build", "--at", Instant)).ExitCode);
        var before = Snapshot();
        Change(Page, text => text.Replace("owner:", "onwer:", StringComparison.Ordinal));
        Change("pages/press/en.md", text => text + "\n<script>alert(1)</script>\n");

        var run = await CommandLine.RunAsync(folder, "build", "--at", Instant);

        Assert.Equal(1, run.ExitCode);
        var about = run.Said.Split('\n').First(line => line.Contains("onwer", StringComparison.Ordinal));
        Assert.Matches($@"^error: {Regex.Escape(Page)}:{LineOf(Page, "onwer:")}: .*onwer.*\. .+[.?]$", about);
        Assert.Matches($@"(?m)^error: pages/press/en\.md:{LineOf("pages/press/en.md", "<script>")}: .+\. .+\.$", run.Said);
        Assert.Contains("the last good site is untouched", Verdict(run), StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task A_content_folder_that_is_not_there_is_named_with_its_remedy()
    {
        var run = await CommandLine.RunAsync(folder, "build", "--content", "nowhere");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"error: There is no content folder {Path.Combine(folder, "nowhere")}. Name it with --content.", run.Said);
        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public async Task Check_tells_every_warning_and_writes_nothing()
    {
        CopyContent();

        var run = await CommandLine.RunAsync(folder, "check", "--at", Instant);

        Assert.True(run.ExitCode == 0, run.Said);
        var said = CheckedPages().Match(Verdict(run));
        Assert.True(said.Success, run.Said);
        Assert.Equal(said.Groups["warnings"].Value, run.Said.Split('\n').Count(line => line.StartsWith("warning: ", StringComparison.Ordinal)).ToString());
        Assert.False(Directory.Exists(Output));
    }

    [Fact]
    public async Task Check_fails_where_a_build_would()
    {
        CopyContent();
        Change(Page, text => text.Replace("owner:", "onwer:", StringComparison.Ordinal));

        var run = await CommandLine.RunAsync(folder, "check", "--at", Instant);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"error: {Page}:{LineOf(Page, "onwer:")}: ", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_with_watch_builds_again_when_a_file_changes_and_outlives_a_mistake()
    {
        CopyContent();
        using var browser = new HttpClient();
        await using var serve = CommandLine.Start(folder, "serve", "--urls", "http://127.0.0.1:0", "--watch", "--at", Instant);
        var url = ServedUrl().Match(await serve.WaitForAsync("Serving ")).Value;
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.Contains("default-src 'none'", (await browser.GetAsync(new Uri(url + "/about/"), cancellationToken)).Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        var lines = serve.Lines;
        Change(Page, text => text + "\nA sentence that was not there before.\n");
        await serve.WaitForAsync(" pages in ", lines);
        Assert.Contains("A sentence that was not there before.", await browser.GetStringAsync(new Uri(url + "/about/"), cancellationToken), StringComparison.Ordinal);

        lines = serve.Lines;
        Change(Page, text => text.Replace("owner:", "onwer:", StringComparison.Ordinal));
        await serve.WaitForAsync("the last good site is untouched", lines);
        Assert.Contains("A sentence that was not there before.", await browser.GetStringAsync(new Uri(url + "/about/"), cancellationToken), StringComparison.Ordinal);

        lines = serve.Lines;
        Change(Page, text => text.Replace("onwer:", "owner:", StringComparison.Ordinal).Replace("A sentence that was not there before.", "Another one.", StringComparison.Ordinal));
        await serve.WaitForAsync(" pages in ", lines);
        Assert.Contains("Another one.", await browser.GetStringAsync(new Uri(url + "/about/"), cancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'tomorrow' is not an instant. Write it like 2026-11-25T09:00:00Z.", "build", "--at", "tomorrow")]
    [InlineData("'2026-11-25' is not an instant. Write it like 2026-11-25T09:00:00Z.", "check", "--at", "2026-11-25")]
    [InlineData("'--colour'", "build", "--colour", "red")]
    [InlineData("'publish'", "publish")]
    public async Task A_wrong_command_line_is_told_and_nothing_runs(string words, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(folder, arguments);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Output));
    }

    [GeneratedRegex(@"^\d+ pages are right; (?<warnings>\d+) warnings\.$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CheckedPages();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ServedUrl();

    /// <summary>The line that sums up. Its place among the warnings is chance: they come by another stream.</summary>
    private static string Verdict(ToolRun run) => run.Said.Split('\n').Last(line => !line.StartsWith("warning: ", StringComparison.Ordinal) && !line.StartsWith("error: ", StringComparison.Ordinal));

    /// <summary>The starter content, without the code that lies beside it.</summary>
    private void CopyContent()
    {
        var from = Path.Combine(SiteFixture.Repository, "content");
        string[] parts = ["pages", "strings", "data", "media"];
        foreach (var file in parts.SelectMany(part => Directory.EnumerateFiles(Path.Combine(from, part), "*", SearchOption.AllDirectories)).Append(Path.Combine(from, "settings.yaml")))
        {
            var target = Path.Combine(Content, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private void Change(string file, Func<string, string> change)
    {
        var path = Path.Combine(Content, file);
        var (before, draft) = (File.ReadAllText(path), Path.Combine(folder, "draft"));
        var after = change(before);
        Assert.NotEqual(before, after);
        File.WriteAllText(draft, after);
        File.Move(draft, path, overwrite: true); // At once, so that no build reads half a file.
    }

    /// <summary>Line, counted from 1, on which the words stand.</summary>
    private int LineOf(string file, string words) =>
        File.ReadAllLines(Path.Combine(Content, file)).Index().First(line => line.Item.Contains(words, StringComparison.Ordinal)).Index + 1;

    /// <summary>Every file of the output with the moment of its last change.</summary>
    private List<string> Snapshot() =>
        [.. Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}")];
}
