namespace Portal.Theme.Components;

/// <summary>A link in a list. <paramref name="Icon"/> is a name of <see cref="IconShapes"/>; <paramref name="Note"/> is a line below the link.</summary>
public sealed record LinkItem(string Href, string Text, string? Icon = null, string? Note = null)
{
    /// <summary>The page the reader is on, or the section that holds it.</summary>
    public bool Current { get; init; }

    /// <summary>BCP 47 code of the words, where it is not this page's.</summary>
    public string? Language { get; init; }

    /// <summary>BCP 47 code of the page behind the link, where it is not this page's; unless told otherwise that of the words.</summary>
    public string? Target
    {
        get => field ?? Language;
        init;
    }

    /// <summary><c>ltr</c> or <c>rtl</c>, where <see cref="Language"/> is set.</summary>
    public string? Direction { get; init; }
}
