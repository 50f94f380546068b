using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Portal.Theme.Components;

/// <summary>A heading whose level depends on where its component stands.</summary>
public sealed class Heading : ComponentBase
{
    /// <summary>1 to 6.</summary>
    [Parameter, EditorRequired]
    public int Level { get; set; }

    [Parameter]
    public string? Id { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>BCP 47 code of the words, where it is not the page's.</summary>
    [Parameter]
    public string? Language { get; set; }

    /// <summary><c>ltr</c> or <c>rtl</c>, where <see cref="Language"/> is set.</summary>
    [Parameter]
    public string? Direction { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (Level is < 1 or > 6)
            throw new InvalidOperationException($"A heading has a level from 1 to 6, not {Level}.");

        builder.OpenElement(0, $"h{Level}");
        builder.AddAttribute(1, "id", Id);
        builder.AddAttribute(2, "class", Class);
        builder.AddAttribute(3, "lang", Language);
        builder.AddAttribute(4, "dir", Direction);
        builder.AddContent(5, ChildContent);
        builder.CloseElement();
    }
}
