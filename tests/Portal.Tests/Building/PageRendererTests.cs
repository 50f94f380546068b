using System.Text;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

using Portal.Site.Rendering;

using Xunit;

namespace Portal.Tests.Building;

public sealed class PageRendererTests
{
    [Fact]
    public void Words_and_attributes_are_escaped_and_no_letter_becomes_an_entity() => Assert.Equal(
        "<p title=\"&quot;a&quot; &amp; &lt;b&gt; 'c'\">1 &lt; 2 &amp; 3 &gt; 2 \"q\" 'ż' آپ 🙂</p>",
        Draw(tree =>
        {
            tree.OpenElement(0, "p");
            tree.AddAttribute(1, "title", "\"a\" & <b> 'c'");
            tree.AddContent(2, "1 < 2 & 3 > 2 \"q\" 'ż' آپ 🙂");
            tree.CloseElement();
        }));

    [Fact]
    public void Attributes_that_are_true_have_no_value_and_false_ones_do_not_stand() => Assert.Equal(
        "<input required value=\"\" data-n=\"3\">",
        Draw(tree =>
        {
            tree.OpenElement(0, "input");
            tree.AddAttribute(1, "required", true);
            tree.AddAttribute(2, "disabled", false);
            tree.AddAttribute(3, "name", (string?)null);
            tree.AddAttribute(4, "value", string.Empty);
            tree.AddAttribute(5, "data-n", (object)3);
            tree.CloseElement();
        }));

    [Theory]
    [InlineData("br", "<br>")]
    [InlineData("img", "<img>")]
    [InlineData("wbr", "<wbr>")]
    [InlineData("p", "<p></p>")]
    [InlineData("script", "<script></script>")]
    public void Only_void_elements_have_no_end_tag(string name, string html) => Assert.Equal(html, Draw(tree =>
    {
        tree.OpenElement(0, name);
        tree.CloseElement();
    }));

    [Fact]
    public void Components_regions_and_markup_are_drawn_in_their_place() => Assert.Equal(
        "<ul><li>1</li><li>2</li><b>x</b></ul>",
        Draw(tree =>
        {
            tree.OpenElement(0, "ul");
            for (var at = 1; at <= 2; at++)
            {
                tree.OpenComponent<Item>(1);
                tree.AddComponentParameter(2, "Number", at);
                tree.CloseComponent();
            }

            tree.OpenRegion(3);
            tree.AddMarkupContent(4, "<b>x</b>");
            tree.CloseRegion();
            tree.CloseElement();
        }));

    [Fact]
    public void A_renderer_draws_one_page_after_another()
    {
        using var renderer = new PageRenderer();
        Assert.Equal(["<li>1</li>", "<li>22</li>", "<li>3</li>"], new[] { 1, 22, 3 }.Select(number => Draw(renderer, typeof(Item), number)));
    }

    [Fact]
    public void A_component_that_fails_is_told_and_the_next_page_is_whole()
    {
        using var renderer = new PageRenderer();

        Assert.Throws<FormatException>(() => Draw(renderer, typeof(Failing), 1));
        Assert.Equal("<li>1</li>", Draw(renderer, typeof(Item), 1));
    }

    [Fact]
    public void A_component_that_waits_for_something_is_told()
    {
        using var renderer = new PageRenderer();

        Assert.Throws<InvalidOperationException>(() => Draw(renderer, typeof(Waiting), 1));
    }

    [Fact]
    public void Components_are_let_go_after_their_page()
    {
        using var renderer = new PageRenderer();
        var drawn = new List<WeakReference>();
        for (var at = 0; at < 2_000; at++) Draw(renderer, typeof(Remembered), drawn);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(2_000, drawn.Count);
        Assert.True(drawn.Count(reference => reference.IsAlive) <= 2, $"{drawn.Count(reference => reference.IsAlive)} components are still held.");
    }

    private static string Draw(Action<RenderTreeBuilder> tree)
    {
        using var renderer = new PageRenderer();
        return Encoding.UTF8.GetString(renderer.Render(typeof(Drawn), new Dictionary<string, object?> { ["Tree"] = tree }));
    }

    private static string Draw(PageRenderer renderer, Type component, object number) =>
        Encoding.UTF8.GetString(renderer.Render(component, new Dictionary<string, object?> { ["Number"] = number }));

    private sealed class Drawn : ComponentBase
    {
        [Parameter]
        public Action<RenderTreeBuilder> Tree { get; set; } = _ => { };

        protected override void BuildRenderTree(RenderTreeBuilder builder) => Tree(builder);
    }

    private class Item : ComponentBase
    {
        [Parameter]
        public int Number { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "li");
            builder.AddContent(1, Number.ToString());
            builder.CloseElement();
        }
    }

    private sealed class Failing : Item
    {
        protected override void OnParametersSet() => throw new FormatException("On purpose.");
    }

    private sealed class Waiting : Item
    {
        protected override Task OnInitializedAsync() => Task.Delay(Timeout.Infinite);
    }

    private sealed class Remembered : ComponentBase
    {
        [Parameter]
        public List<WeakReference> Number { get; set; } = [];

        protected override void OnParametersSet() => Number.Add(new WeakReference(this));
    }
}
