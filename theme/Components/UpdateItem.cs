namespace Portal.Theme.Components;

/// <summary>A bulletin in a list. <paramref name="Date"/> is written as <c>2026-11-22</c>, <paramref name="DateText"/> in words.</summary>
public sealed record UpdateItem(string Href, string Title, string Date, string DateText)
{
    public string? Summary { get; init; }
}
