namespace Portal.Theme.Components;

/// <summary>The same page in another language. <paramref name="Direction"/> is <c>ltr</c> or <c>rtl</c>.</summary>
public sealed record LanguageLink(string Language, string Direction, string Endonym, string Href)
{
    public bool Current { get; init; }

    /// <summary>BCP 47 code of the page behind the link, where its name is written in another language.</summary>
    public string Target
    {
        get => field ?? Language;
        init;
    }

    /// <summary>In that language: what the link leads to where the page itself is not translated.</summary>
    public string? Hint { get; init; }
}
