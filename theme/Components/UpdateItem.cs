namespace Portal.Theme.Components;

/// <summary>A bulletin in a list. <paramref name="Date"/> is written as <c>2026-11-22</c>, <paramref name="DateText"/> in words.</summary>
public sealed record UpdateItem(string Href, string Title, string Date, string DateText)
{
    public string? Summary { get; init; }

    /// <summary>BCP 47 code of title and summary and of the page behind them, where it is not this page's.</summary>
    public string? Language { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>, where <see cref="Language"/> is set.</summary>
    public string? Direction { get; init; }
}
