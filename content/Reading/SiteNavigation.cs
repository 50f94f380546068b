namespace Portal.Content.Reading;

/// <summary>The links around every page, from <c>data/navigation.yaml</c>. One whose page is not public is left out.</summary>
public sealed record SiteNavigation
{
    /// <summary>Most links above a page: more would not fit a small screen twice enlarged.</summary>
    public const int MostMain = 6;

    /// <summary>Most links below a page.</summary>
    public const int MostFooter = 16;

    /// <summary>Above the page.</summary>
    public required IReadOnlyList<NavigationLink> Main { get; init; }

    /// <summary>Below the page.</summary>
    public required IReadOnlyList<NavigationLink> Footer { get; init; }
}

/// <summary>One link of the navigation.</summary>
public sealed record NavigationLink
{
    /// <summary>Neutral address, such as <c>/help-now/</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Key of the words in <c>strings/</c>, such as <c>nav.help</c>: each language has its own.</summary>
    public required string Words { get; init; }
}
