using Portal.Content.Problems;
using Portal.Content.Reading;
using Portal.Site.Hosting;
using Portal.Site.Map;

namespace Portal.Site.Building;

/// <summary>What a build leaves to the next one: everything but the bytes. Immutable.</summary>
internal sealed record BuiltSite
{
    public required ContentReading Reading { get; init; }

    public required SiteMap Map { get; init; }

    public required MadeAssets Assets { get; init; }

    /// <summary>Every page by its output path.</summary>
    public required IReadOnlyDictionary<string, DrawnPage> Pages { get; init; }

    /// <summary>SHA-256 of every file by its path, in ordinal order of the paths.</summary>
    public required SortedDictionary<string, string> Hashes { get; init; }

    public required HostRules Rules { get; init; }

    public required NamePool Pool { get; init; }

    public required string? BaseUrl { get; init; }
}

/// <summary>A page that was drawn.</summary>
/// <param name="MadeOf">Numbers of what it asked for, in the pool.</param>
/// <param name="Names">Addresses of this site that it names.</param>
internal sealed record DrawnPage(SitePage Page, int[] MadeOf, string[] Names);

/// <summary>What came of a build beside an earlier one.</summary>
/// <param name="Site">The site; null where an error stopped it.</param>
/// <param name="Made">The files whose bytes the build before did not have.</param>
/// <param name="Problems">Every error and warning, in the order of the files.</param>
/// <param name="Drawn">Pages drawn; the others are as the build before drew them.</param>
internal sealed record IncrementalBuild(BuiltSite? Site, SiteOutput? Made, IReadOnlyList<Problem> Problems, int Drawn);
