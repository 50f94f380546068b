using System.Xml.Linq;

using Xunit;

namespace Portal.Tests.Architecture;

/// <summary>Which room may know which: read from the project files themselves.</summary>
public sealed class ProjectTests
{
    private static readonly IReadOnlyDictionary<string, XDocument> Projects = new[] { "content", "theme", "site", "cms", "tests" }
        .SelectMany(room => Directory.EnumerateFiles(Path.Combine(A.Repository, room), "*.csproj", SearchOption.AllDirectories))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), XDocument.Load);

    [Theory]
    [InlineData("Portal.Content")]
    [InlineData("Portal.Theme")]
    [InlineData("Portal.Site", "Portal.Content", "Portal.Theme")]
    [InlineData("Portal.Cms", "Portal.Content", "Portal.Site", "Portal.Theme")]
    [InlineData("Portal.Tests", "Portal.Cms", "Portal.Content", "Portal.Site", "Portal.Theme")]
    [InlineData("Portal.Journeys", "Portal.Cms", "Portal.Content", "Portal.Site", "Portal.Theme")]
    [InlineData("Portal.Benchmarks", "Portal.Cms", "Portal.Content", "Portal.Site", "Portal.Theme")]
    public void A_project_refers_to_exactly_its_own(string project, params string[] references) =>
        Assert.Equal(references, Projects[project].Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).Order(StringComparer.Ordinal));

    [Fact]
    public void No_project_is_left_out_of_this_test() =>
        Assert.Equal(["Portal.Benchmarks", "Portal.Cms", "Portal.Content", "Portal.Journeys", "Portal.Site", "Portal.Tests", "Portal.Theme"], Projects.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void References_do_not_pass_on_through_another_project() =>
        Assert.Contains("<DisableTransitiveProjectReferences>true<", File.ReadAllText(Path.Combine(A.Repository, "Directory.Build.props")), StringComparison.Ordinal);

    [Fact]
    public void Content_knows_no_web_framework()
    {
        Assert.Empty(Projects["Portal.Content"].Descendants("FrameworkReference"));
        Assert.Equal("Microsoft.NET.Sdk", Projects["Portal.Content"].Root!.Attribute("Sdk")!.Value);
        Assert.Equal(["Markdig", "NodaTime", "YamlDotNet"], Packages("Portal.Content"));
        Assert.DoesNotContain(typeof(Content.Documents.Document).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void The_browser_is_driven_by_the_journeys_and_by_what_measures_them() =>
        Assert.Equal(["Portal.Benchmarks", "Portal.Journeys"], Projects.Keys.Where(project => Packages(project).Any(package => package.Contains("Playwright", StringComparison.Ordinal))).Order(StringComparer.Ordinal));

    [Fact]
    public void The_database_is_used_in_one_project_alone() =>
        Assert.Equal(["Portal.Cms"], Projects.Keys.Where(project => Packages(project).Any(package => package.Contains("EntityFramework", StringComparison.Ordinal))));

    [Fact]
    public void Versions_stand_in_one_place() =>
        Assert.Equal([], Projects.Where(project => project.Value.Descendants("PackageReference").Any(package => package.Attribute("Version") is not null)).Select(project => project.Key));

    private static List<string> Packages(string project) =>
        [.. Projects[project].Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value).Order(StringComparer.Ordinal)];
}
