using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Media;

/// <summary>
/// What somebody typed into the description of a file. It has no revisions, so its form brings back what it showed: a field
/// that says something else was changed, every other keeps what is saved by then, and only where somebody else changed the
/// same one is there anything to decide.
/// </summary>
internal sealed class MediaDescription
{
    public const string About = "about";

    /// <summary>Both numbers are one field: a point of one person's left and another's top is nobody's.</summary>
    public const string Focus = "focus";

    public const string FromLeft = "focus-x";
    public const string FromTop = "focus-y";

    private const string Alt = "alt.";

    private readonly Dictionary<string, (string Was, string Typed)> fields = [];

    private MediaDescription()
    {
    }

    public static MediaDescription Empty { get; } = new();

    /// <summary>The fields that hold something else than what the form showed.</summary>
    public IEnumerable<string> Changed => fields.Where(each => each.Value.Typed != each.Value.Was).Select(each => each.Key);

    /// <summary>False where the focal point is not two whole numbers from 0 to 100.</summary>
    public bool HasPoint => !fields.TryGetValue(Focus, out var focus) || PointOf(focus.Typed) is not null;

    public static string AltIn(Language language) => Alt + language.Code;

    /// <summary>Name of the input that brings back what a field showed.</summary>
    public static string WasOf(string field) => "was." + field;

    /// <param name="may">The fields that this person may write; what a form brings of others is not looked at.</param>
    public static MediaDescription Read(IFormCollection form, IEnumerable<string> may)
    {
        var read = new MediaDescription();
        foreach (var field in may)
        {
            if (field == Focus && form.ContainsKey(FromLeft)) read.fields[field] = (Line(form[WasOf(field)]), $"{Line(form[FromLeft])} {Line(form[FromTop])}");
            else if (form.TryGetValue(field, out var typed)) read.fields[field] = (Line(form[WasOf(field)]), Line(typed));
        }

        return read;
    }

    /// <summary>What a field says in some notes.</summary>
    public static string Said(MediaNotes notes, string field) => field switch
    {
        About => Line(notes.About),
        Focus => $"{notes.Focus.X} {notes.Focus.Y}",
        _ => Line(notes.Alt.GetValueOrDefault(field[Alt.Length..])),
    };

    /// <summary>What a field is to show: what was typed, else what is saved.</summary>
    public string Shown(MediaNotes saved, string field) => fields.TryGetValue(field, out var own) ? own.Typed : Said(saved, field);

    /// <summary>What it is to bring back: what it showed when somebody began to type, else what is saved.</summary>
    public string Was(MediaNotes saved, string field) => fields.TryGetValue(field, out var own) ? own.Was : Said(saved, field);

    /// <summary>The changed fields that say by now what this person never saw.</summary>
    public IReadOnlyList<string> Conflicts(MediaNotes saved) =>
        [.. Changed.Where(field => Said(saved, field) is var theirs && theirs != fields[field].Was && theirs != fields[field].Typed)];

    /// <summary>What is saved, with the changes in it.</summary>
    /// <exception cref="InvalidOperationException">The focal point is none: ask <see cref="HasPoint"/> first.</exception>
    public MediaNotes Over(MediaNotes saved)
    {
        var alt = new Dictionary<string, string>(saved.Alt);
        foreach (var field in Changed.Where(field => field.StartsWith(Alt, StringComparison.Ordinal))) alt[field[Alt.Length..]] = fields[field].Typed;
        var over = saved with { Alt = alt };
        if (Changed.Contains(About)) over = over with { About = fields[About].Typed };
        if (Changed.Contains(Focus)) over = over with { Focus = PointOf(fields[Focus].Typed) ?? throw new InvalidOperationException($"'{fields[Focus].Typed}' is no focal point.") };
        return over;
    }

    /// <summary>The changes alone, to be saved over what is shown from now on.</summary>
    public MediaDescription Rebased(MediaNotes saved)
    {
        var rebased = new MediaDescription();
        foreach (var field in Changed) rebased.fields[field] = (Said(saved, field), fields[field].Typed);
        return rebased;
    }

    private static FocalPoint? PointOf(string typed) =>
        typed.Split(' ') is [var left, var top] && Percent(left) is { } x && Percent(top) is { } y ? new() { X = x, Y = y } : null;

    private static int? Percent(string typed) => int.TryParse(typed, out var percent) && percent is >= 0 and <= 100 ? percent : null;

    /// <summary>A browser takes line breaks out of a line, so they are no change.</summary>
    private static string Line(string? text) => (text ?? string.Empty).ReplaceLineEndings(string.Empty).Trim();
}
