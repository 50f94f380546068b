using System.Text;

using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Publishing;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The CMS and the command line make one site of one content folder.</summary>
public sealed class SamePublicationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_CMS_publishes_is_what_the_command_line_builds_of_its_export_to_the_byte()
    {
        await using var cms = await CmsContent.StartAsync(A.Site());
        ContentFiles saved;
        await using (var scope = cms.Services.CreateAsyncScope()) saved = await scope.ServiceProvider.GetRequiredService<SiteContent>().SavedAsync(Cancel);
        var folder = Directory.CreateDirectory(Path.Combine(cms.Site, "..", "export")).FullName;
        foreach (var path in saved.Paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            await File.WriteAllBytesAsync(Path.Combine(folder, path), saved.Bytes(path), Cancel);
        }

        var built = A.Output(ContentFiles.FromFolder(folder), cms.Now).Files;

        var published = Directory.EnumerateFiles(cms.Site, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(cms.Site, file).Replace('\\', '/'), File.ReadAllBytes);
        Assert.Equal(built.Keys.Order(StringComparer.Ordinal), published.Keys.Order(StringComparer.Ordinal));
        Assert.All(built, file => Assert.Equal(file.Value.ToArray(), published[file.Key]));
        var address = ContentReader.Settings(saved)!.BaseUrl;
        Assert.Contains($"<loc>{address}/", Encoding.UTF8.GetString(published["sitemap.xml"]), StringComparison.Ordinal);
        Assert.Contains($"rel=\"canonical\" href=\"{address}/", Encoding.UTF8.GetString(published["index.html"]).Replace("rel=canonical href=", "rel=\"canonical\" href=\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
