using Xunit;

namespace Portal.Journeys;

/// <summary>Every page that is built is valid HTML.</summary>
public sealed class HtmlTests(SiteFixture site)
{
    [Fact]
    public async Task Every_built_page_is_valid()
    {
        var run = await HtmlTools.RunScriptAsync("validate.mjs", site.Output);

        Assert.True(run.ExitCode == 0, run.Said + run.Complained);
        Assert.Equal($"{site.Addresses.Count} files", run.Said.Trim());
    }

    [Theory]
    [InlineData("<img src=\"/a.png\">", "wcag/h37")]
    [InlineData("<p id=\"a\"></p><p id=\"a\"></p>", "no-dup-id")]
    [InlineData("<ul><p>Words</p></ul>", "element-permitted-content")]
    [InlineData("<p>Words</span>", "close-order")]
    public async Task A_planted_fault_is_found(string fault, string rule)
    {
        var folder = Directory.CreateTempSubdirectory("portal-html").FullName;
        try
        {
            var page = $"<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>A page</title></head>\n<body>{fault}</body>\n</html>\n";
            await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), page, TestContext.Current.CancellationToken);

            var run = await HtmlTools.RunScriptAsync("validate.mjs", folder);

            Assert.Equal(1, run.ExitCode);
            Assert.Contains(rule + ":", run.Said, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_without_pages_is_not_valid()
    {
        var folder = Directory.CreateTempSubdirectory("portal-html").FullName;
        try
        {
            Assert.Equal(2, (await HtmlTools.RunScriptAsync("validate.mjs", folder)).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
