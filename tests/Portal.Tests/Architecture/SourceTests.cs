using System.Reflection;
using System.Text.RegularExpressions;

using Xunit;

namespace Portal.Tests.Architecture;

public sealed partial class SourceTests
{
    private const int MostLines = 300;
    private const int MostFolders = 3;

    private static readonly Assembly[] Rooms = [typeof(Content.Documents.Document).Assembly, typeof(Theme.ThemeAssets).Assembly, typeof(Site.Map.SiteMap).Assembly, typeof(Portal.Cms.Hosting.CmsSettings).Assembly];

    [Fact]
    public void The_source_tree_is_found() => Assert.True(Sources.All.Count > 300, $"{Sources.All.Count} files.");

    [Fact]
    public void No_type_has_a_name_that_says_nothing() => Assert.Equal([], Sources.All
        .SelectMany(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) ? TypeName().Matches(file.Text).Select(match => match.Groups["name"].Value) : [file.Name])
        .Where(name => Empty().IsMatch(name)));

    [Fact]
    public void No_interface_has_one_implementation()
    {
        var types = Rooms.SelectMany(room => room.GetTypes()).ToList();

        Assert.Equal([], types.Where(type => type.IsInterface && types.Count(other => other is { IsInterface: false, IsAbstract: false } && type.IsAssignableFrom(other)) < 2).Select(type => type.FullName));
    }

    [Fact]
    public void No_file_has_more_than_300_lines() => Assert.Equal([], Sources.All.Where(file => file.Lines > MostLines).Select(file => $"{file.Path}: {file.Lines}"));

    [Fact]
    public void No_folder_of_code_is_deeper_than_three() =>
        Assert.Equal([], Sources.All.Select(file => Path.GetDirectoryName(file.Path)!.Replace('\\', '/')).Distinct().Where(folder => folder.Split('/').Length > MostFolders));

    [Fact]
    public void Nothing_is_left_to_do_later() => Assert.Equal([], Sources.All.Where(file => Later().IsMatch(file.Text)).Select(file => file.Path));

    [Fact]
    public void Html_as_text_enters_a_page_in_one_component() =>
        Assert.Equal(["theme/Components/Prose"], Sources.In("content", "theme", "site", "cms").Where(file => file.Text.Contains("MarkupString", StringComparison.Ordinal)).Select(file => Path.GetDirectoryName(file.Path)!.Replace('\\', '/')).Distinct());

    /// <summary>The Razor compiler writes the call for every piece of fixed markup, so BannedSymbols.txt cannot name it.</summary>
    [Fact]
    public void Markup_is_written_as_text_in_one_component() =>
        Assert.Equal(["theme/Components/InlineData/InlineData.razor"], Sources.In("content", "theme", "site", "cms").Where(file => file.Text.Contains("AddMarkupContent", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void No_style_sheet_knows_left_from_right() => Assert.Equal([], Sources.In("theme").Where(file => file.Path.EndsWith(".css", StringComparison.Ordinal))
        .SelectMany(file => Physical().Matches(Remark().Replace(file.Text, string.Empty)).Select(match => $"{file.Path}: {match.Value.Trim()}")));

    [Fact]
    public void No_component_takes_a_document() =>
        Assert.DoesNotContain(typeof(Theme.ThemeAssets).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Portal.", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|sealed|static|abstract|partial|readonly|file)\s+)*(?:class|record|struct|interface|enum|record struct)\s+(?<name>[A-Z]\w*)", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex TypeName();

    [GeneratedRegex("(Helper|Helpers|Manager|Util|Utils|Utility|Utilities|Processor|Wrapper)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Empty();

    // Put together, so that this line does not find itself.
    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|NotImplemented" + @"Exception)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Later();

    [GeneratedRegex(@"(?<![\w-])((margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)(-\w+)?|left|right|float|clear)\s*:[^;}]*|text-align\s*:\s*(left|right)|border-(top|bottom)-(left|right)-radius\s*:", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Physical();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Remark();
}
