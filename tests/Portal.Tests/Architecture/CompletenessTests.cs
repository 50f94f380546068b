using System.Text.RegularExpressions;

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Theme.Gallery;

using Xunit;

namespace Portal.Tests.Architecture;

/// <summary>What must be there for each of a kind: a view, an example, a word.</summary>
public sealed class CompletenessTests
{
    /// <summary>The component that draws each kind of block.</summary>
    private static readonly Dictionary<string, string> Components = new()
    {
        ["Prose"] = "Prose",
        ["Callout"] = "Callout",
        ["Steps"] = "Steps",
        ["Details"] = "Disclosure",
        ["Contact"] = "ContactCard",
        ["Places"] = "PlaceCard",
        ["Quote"] = "Quotation",
        ["Image"] = "Picture",
        ["Video"] = "VideoBox",
        ["Download"] = "Download",
        ["Table"] = "TableFrame",
        ["Action"] = "CallToAction",
        ["Checklist"] = "Checklist",
        ["Write"] = "WriteIn",
        ["Picture"] = "PictureLine",
    };

    /// <summary>Keys whose last part is put together while a page is drawn, with the file that does it.</summary>
    private static readonly Dictionary<string, string> Computed = new()
    {
        ["hours."] = "site/Layout/HoursText.cs", // first to fifth
        ["finder.miles"] = "site/FindHelp/FindHelpView.razor",
        ["finder.shown"] = "site/FindHelp/FindHelpView.razor",
        ["places."] = "site/FindHelp/PlaceText.cs", // women, men, lgbt, traveller, everyone
        ["professionals.roles."] = "site/Professionals/ProfessionalsView.razor",
        ["providers."] = "site/Service/ProvidersView.razor",
        ["responsible."] = "site/Layout/ResponsibleList.razor",
        ["nav."] = "content/data/navigation.yaml",
        ["date."] = "content/Languages/InterfaceStrings.cs",
        ["time."] = "content/Languages/InterfaceStrings.cs",
        ["form.confirm."] = "content/strings/en.yaml", // The intake's own page, where there is no script.
        ["form.used."] = "cms/Referrals/Intake/UsedPage.razor",
    };

    private static readonly IReadOnlyList<string> Blocks = [.. typeof(Block).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Block))).Select(type => type.Name)];

    [Fact]
    public void Every_kind_of_block_has_a_view()
    {
        var view = File.ReadAllText(Path.Combine(A.Repository, "site", "Layout", "BodyView.razor"));

        Assert.Equal([], Blocks.Where(name => !view.Contains($"case Block.{name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_kind_of_block_has_an_example_in_the_gallery()
    {
        Assert.Equal(Blocks.Order(StringComparer.Ordinal), Components.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([], Components.Values.Except(GalleryEntries.All.Select(entry => entry.Name)));
    }

    [Fact]
    public void Every_kind_of_block_is_described_for_authors()
    {
        var guide = File.ReadAllText(Path.Combine(A.Repository, "docs", "authoring.md"));

        Assert.Equal([], Blocks.Where(name => name != "Prose" && !guide.Contains($"\n::: {name.ToLowerInvariant()}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_component_folder_has_an_example()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(A.Repository, "theme", "Components")).Select(Path.GetFileName).OfType<string>();

        // Written into a script element as text: there is nothing to see.
        Assert.Equal(["InlineData"], folders.Except(GalleryEntries.All.Select(entry => entry.Name)));
    }

    [Fact]
    public void Every_component_is_used_on_a_page()
    {
        var views = Sources.In("site", "theme").Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal) && !file.Path.EndsWith("Example.razor", StringComparison.Ordinal)).ToList();
        var components = views.Where(file => file.Path.StartsWith("theme/Components/", StringComparison.Ordinal)).ToList();

        Assert.Equal([], components.Where(file => !views.Any(view => view != file && Regex.IsMatch(view.Text, $@"<{file.Name}[\s/>]", RegexOptions.None, TimeSpan.FromSeconds(1))))
            .Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_of_document_has_a_page()
    {
        var shown = StarterSite.Map.Pages.Where(page => page.Document is not null).Select(page => StarterSite.Library.Find(page.Document!.Value)!.Base.GetType()).ToHashSet();

        Assert.Equal([], DocumentKind.All.Where(kind => !shown.Contains(kind.Type)).Select(kind => kind.Name));
    }

    [Fact]
    public void Every_view_of_a_page_has_a_starter_document() =>
        Assert.Equal([], Enum.GetValues<PageView>().Except(StarterSite.Library.All<Page>().Select(page => page.View)));

    [Fact]
    public void Every_interface_string_is_used()
    {
        var code = string.Join('\n', Sources.In("site", "content").Select(file => file.Text));
        var keys = StarterSite.Library.Strings[Language.Base.Code].Shape.Keys.Select(key => key.Replace(" (plural)", string.Empty, StringComparison.Ordinal));

        Assert.Equal([], keys.Where(key => !code.Contains($"\"{key}\"", StringComparison.Ordinal) && !Computed.Keys.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))));
        Assert.All(Computed.Values.Distinct(), file => Assert.True(File.Exists(Path.Combine(A.Repository, file)), file));
    }

    [Fact]
    public void Every_language_has_the_same_strings()
    {
        var shape = StarterSite.Library.Strings[Language.Base.Code].Shape;

        Assert.Equal(13, StarterSite.Library.Strings.Count);
        Assert.All(StarterSite.Library.Strings, language => Assert.Equal(shape.OrderBy(each => each.Key, StringComparer.Ordinal), language.Value.Shape.OrderBy(each => each.Key, StringComparer.Ordinal)));
    }
}
