using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Cms.Documents;

/// <summary>A part of an editor's form that opens and closes, so that a form of forty fields is four lines long.</summary>
/// <param name="Name">What staff read on it.</param>
/// <param name="IsOpen">True where it stands open at first.</param>
public sealed record EditorPart(string Name, bool IsOpen, Func<Field, bool> Holds)
{
    private static readonly string[] SearchKeys = ["tabTitle", "summary", "keywords"];

    /// <summary>Above the text: what the page says before it, and what only documents of this kind know.</summary>
    public static IReadOnlyList<EditorPart> Main { get; } =
    [
        new("Words", IsOpen: true, field => field.HoldsWords && !IsForSearch(field) && !IsSigned(field)),
        new("Facts", IsOpen: true, field => !field.HoldsWords && !IsOfEveryKind(field)),
    ];

    /// <summary>Beside the text, where there is room.</summary>
    public static IReadOnlyList<EditorPart> Side { get; } =
    [
        new("Search and tab", IsOpen: true, IsForSearch),
        new("Sign-language video", IsOpen: false, IsSigned),
        new("Owner, review and sources", IsOpen: false, field => !field.HoldsWords && IsOfEveryKind(field)),
    ];

    private static bool IsForSearch(Field field) => SearchKeys.Contains(field.Key);

    private static bool IsSigned(Field field) => field.Property.PropertyType == typeof(SignVideo);

    private static bool IsOfEveryKind(Field field) => field.Property.DeclaringType == typeof(Document);
}
