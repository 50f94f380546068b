using System.Text.RegularExpressions;

namespace Portal.Content.Documents;

/// <summary>
/// The path of a document below <c>pages/</c> in neutral English words, the same in every language:
/// <c>guides/unwanted-contact</c>. Lower-case letters, digits and single hyphens, 1 to 4 segments, each of at most 60
/// letters and digits, hyphens not counted. The default value is no path.
/// </summary>
public readonly partial record struct DocumentId : IComparable<DocumentId>
{
    private readonly string? path;

    private DocumentId(string path) => this.path = path;

    /// <summary>The start page, whose address is the root.</summary>
    public static DocumentId Home { get; } = new("home");

    /// <summary>The last segment: the id of a helpline, a place, an organisation.</summary>
    public string Slug => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Everything before the last segment; empty for a document at the top.</summary>
    public string Folder => Path.LastIndexOf('/') is var at and > 0 ? Path[..at] : string.Empty;

    private string Path => path ?? string.Empty;

    /// <exception cref="FormatException">The text is not a path.</exception>
    public static DocumentId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a document path such as guides/leaving-home.");

    public static bool TryParse(string? text, out DocumentId id)
    {
        var fits = text is not null && Shape().IsMatch(text);
        id = fits ? new(text!) : default;
        return fits;
    }

    public int CompareTo(DocumentId other) => string.CompareOrdinal(Path, other.Path);

    public override string ToString() => Path;

    public static bool operator <(DocumentId left, DocumentId right) => left.CompareTo(right) < 0;

    public static bool operator >(DocumentId left, DocumentId right) => left.CompareTo(right) > 0;

    public static bool operator <=(DocumentId left, DocumentId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DocumentId left, DocumentId right) => left.CompareTo(right) >= 0;

    [GeneratedRegex(@"^(?:[a-z0-9](?:-?[a-z0-9]){0,59})(?:/[a-z0-9](?:-?[a-z0-9]){0,59}){0,3}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shape();
}
