using System.Text.RegularExpressions;

using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>
/// What must never be written down, asked of a text before anything keeps it: a refuge's place (clauses 6.1.10 and 11.2).
/// The rules across documents ask again before a publication; here it is refused before there is a revision, a draft or
/// a row that could leak.
/// </summary>
public static partial class SecretPlace
{
    private static readonly string[] PlaceFields = ["address", "coordinates", "outcode", "town", "travel"];

    /// <summary>True where the text says it is a refuge.</summary>
    public static bool IsRefuge(DocumentText text) => Words(Values(text), "type") == Names.Kebab(nameof(AccessPointType.Refuge));

    /// <summary>True where the text says that the record is to reach no output of any kind.</summary>
    public static bool IsConfidential(DocumentText text) => Words(Values(text), "confidential") is "true" or "yes" or "on";

    /// <summary>The first part of a text that tells a place: a field, or a postcode anywhere in it. Null where none does.</summary>
    public static string? PlaceIn(DocumentText text)
    {
        var values = Values(text);
        return PlaceFields.FirstOrDefault(key => values.TryGetValue(key, out var value) && !value.IsEmpty)
            ?? (Postcode().IsMatch(text.ToString()) ? "postcode" : null);
    }

    /// <summary>Why this text must not be kept, and what to do; null where it may be.</summary>
    /// <param name="isRefuge">True where the document is a refuge though this text does not say so, as a translation does not.</param>
    public static string? Refusal(DocumentText text, bool isRefuge = false) => (isRefuge || IsRefuge(text)) && PlaceIn(text) is { } part
        ? $"A refuge's place is never written down, not even in a draft. Take the {part} out; people ask for a refuge by phone only."
        : null;

    private static IReadOnlyDictionary<string, FieldValue> Values(DocumentText text) => FieldValues.Read(text, typeof(AccessPoint));

    private static string Words(IReadOnlyDictionary<string, FieldValue> values, string key) =>
        values.TryGetValue(key, out var value) && value is FieldValue.Words words ? words.Text.Trim().ToLowerInvariant() : string.Empty;

    /// <summary>A whole postcode, with or without its space.</summary>
    [GeneratedRegex(@"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Postcode();
}
