using Microsoft.AspNetCore.Components;

namespace Portal.Theme.Gallery;

/// <summary>Every example in this assembly: each component whose name ends in "Example". A new component joins by having one.</summary>
public static class GalleryEntries
{
    private const string Suffix = "Example";

    /// <summary>In ordinal order of their names.</summary>
    public static IReadOnlyList<GalleryEntry> All { get; } =
    [
        .. typeof(GalleryEntries).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && typeof(IComponent).IsAssignableFrom(type))
            .Where(type => type.Name.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(type => new GalleryEntry(type.Name[..^Suffix.Length].TrimEnd('_'), type))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal),
    ];
}
