using Microsoft.AspNetCore.Components;

namespace Portal.Theme.Gallery;

/// <summary>An example of a component, with sample words in English and, from right to left, in Urdu.</summary>
public abstract class Example : ComponentBase
{
    [Parameter]
    public bool RightToLeft { get; set; }

    protected string Say(string english, string urdu) => RightToLeft ? urdu : english;
}
