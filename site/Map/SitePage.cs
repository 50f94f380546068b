using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Site.Map;

/// <summary>One page of the site in one language.</summary>
/// <param name="Neutral">Its address without a language: <c>/guides/leaving-home/</c>.</param>
/// <param name="Language">The language of its address.</param>
/// <param name="View">The Razor component that draws it; it has a <c>Context</c> parameter and those of <see cref="Model"/>.</param>
public sealed record SitePage(string Neutral, Language Language, Type View)
{
    /// <summary>Neutral words for tab, history and bookmark, without the site's name.</summary>
    public required string TabTitle { get; init; }

    /// <summary>Plain words for search engines.</summary>
    public required string Description { get; init; }

    /// <summary>The document it shows; null for a page made from tables alone.</summary>
    public DocumentId? Document { get; init; }

    /// <summary>What the view needs beside the context.</summary>
    public IReadOnlyDictionary<string, object?> Model { get; init; } = new Dictionary<string, object?>();

    /// <summary>Scripts beside the one every page has: names of the theme's assets without <c>.js</c>.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Style sheets beside the one every page has: names of the theme's assets without <c>.css</c>.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>True where people type: the host is told to store no copy.</summary>
    public bool TakesText { get; init; }

    /// <summary>True where search engines are to leave it out in any stage.</summary>
    public bool Unlisted { get; init; }

    /// <summary>Day of the last review, for the sitemap.</summary>
    public NodaTime.LocalDate? Reviewed { get; init; }

    /// <summary>The same page with more sheets and scripts than it has.</summary>
    public SitePage With(IReadOnlyList<string> styles, params IReadOnlyList<string> scripts) =>
        this with { Styles = [.. Styles, .. styles], Scripts = [.. Scripts, .. scripts] };

    /// <summary>The address with its language: <c>/pl/guides/leaving-home/</c>, or <c>/404.html</c>.</summary>
    public string Address => Addresses.In(Language, Neutral);

    /// <summary>Path of its file below the output folder.</summary>
    public string OutputPath => Address.EndsWith('/') ? Address[1..] + "index.html" : Address[1..];
}
