using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Portal.Content.Referrals;

/// <summary>Something that keeps a form from being sent.</summary>
/// <param name="Field">Name of the field, or of the group where one of several is missing.</param>
/// <param name="Text">Interface word of what is told.</param>
/// <param name="Limit">How many letters fit, where that is what is wrong.</param>
public sealed record ReferralMistake(string Field, string Text, int? Limit = null);

/// <summary>
/// What somebody answered, after the checks: only fields of the form, only those their route is asked, trimmed, empty
/// ones left out. The page's script does the same before it seals; a test feeds both the same cases.
/// </summary>
public sealed partial class ReferralAnswers
{
    private readonly SortedDictionary<string, string> answers = new(StringComparer.Ordinal);
    private readonly List<ReferralMistake> mistakes = [];

    private ReferralAnswers(ReferralRoutes route) => Route = route;

    /// <summary>One route, or none where nobody chose.</summary>
    public ReferralRoutes Route { get; }

    /// <summary>By name of the field; a tick is <c>yes</c>.</summary>
    public IReadOnlyDictionary<string, string> Given => answers;

    /// <summary>In the order of the page; empty where it may be sent.</summary>
    public IReadOnlyList<ReferralMistake> Mistakes => mistakes;

    /// <summary>The one bit outside the seal: under 16, or a safeguarding concern: a professional who thinks the risk is high, a worry about somebody who works here.</summary>
    public bool IsUrgent => Given.GetValueOrDefault("age") == ReferralForm.Under16 || Given.GetValueOrDefault("risk") == "yes" || IsForLead;

    /// <summary>True where only the safeguarding lead may open it.</summary>
    public bool IsForLead => Given.ContainsKey("worksHere");

    /// <param name="posted">Names and values as they come; whatever is no field is passed over.</param>
    /// <param name="districts">Ids that the area may be, and the three that stand beside them.</param>
    /// <param name="languages">Codes that the language may be.</param>
    public static ReferralAnswers Check(IReadOnlyDictionary<string, string> posted, IReadOnlySet<string> districts, IReadOnlySet<string> languages)
    {
        var checkedAnswers = new ReferralAnswers(ReferralForm.RouteOf(posted.GetValueOrDefault("route")));
        if (checkedAnswers.Route == ReferralRoutes.None)
        {
            checkedAnswers.mistakes.Add(new("route", "form.errors.who"));
            return checkedAnswers;
        }

        foreach (var group in ReferralForm.Steps.Where(group => group.Asked.HasFlag(checkedAnswers.Route))) checkedAnswers.Check(group, posted, districts, languages);
        return checkedAnswers;
    }

    /// <summary>The text that is padded and sealed: UTF-8 JSON, keys in this order.</summary>
    /// <param name="language">Code of the page's language.</param>
    /// <param name="notice">Version of the privacy notice that was shown.</param>
    public byte[] ToJson(string language, string notice)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("form", ReferralForm.Version);
            json.WriteString("route", ReferralForm.NameOf(Route));
            json.WriteString("page", language);
            json.WriteString("notice", notice);
            json.WriteStartObject("answers");
            foreach (var field in ReferralForm.Fields)
                if (answers.TryGetValue(field.Name, out var value)) json.WriteString(field.Name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void Check(ReferralStep group, IReadOnlyDictionary<string, string> posted, IReadOnlySet<string> districts, IReadOnlySet<string> languages)
    {
        foreach (var field in group.Fields.Where(field => field.Asked.HasFlag(Route)))
        {
            var value = Clean(posted.GetValueOrDefault(field.Name) ?? string.Empty, field.Control);
            if (value.Length > 0 && Fault(field, value, districts, languages) is { } fault) mistakes.Add(fault);
            else if (value.Length == 0 && IsRequired(field)) mistakes.Add(new(field.Name, field.Mistake!)); // A required field has its words: a test holds it.
            else if (value.Length > 0) answers[field.Name] = value;
        }

        if (group.OneOf.Count > 0 && !group.OneOf.Any(way => posted.GetValueOrDefault(way.Field)?.Trim() is { Length: > 0 } && (way.Ticks.Count == 0 || way.Ticks.Any(answers.ContainsKey))))
            mistakes.Add(new(group.OneOf[0].Field, Route == ReferralRoutes.Work && group.Name == "reach" ? "form.errors.reachWork" : group.Mistake!));
    }

    /// <summary>Whoever has no consent names the basis.</summary>
    private bool IsRequired(ReferralField field) => field.Required.HasFlag(Route) || (field.Name == "basis" && Given.GetValueOrDefault("consent") == "no");

    private ReferralMistake? Fault(ReferralField field, string value, IReadOnlySet<string> districts, IReadOnlySet<string> languages)
    {
        var limit = field.LimitOn(Route);
        if (limit > 0 && value.Length > limit) return new(field.Name, "form.errors.tooLong", limit);
        var isRight = field.Control switch
        {
            ReferralControl.Phone => Number().IsMatch(value) && value.Count(char.IsAsciiDigit) is >= 3 and <= 20,
            ReferralControl.Email => Address().IsMatch(value),
            ReferralControl.Choice or ReferralControl.Select when field.Table == ReferralTable.None => field.Choices.Any(choice => choice.Value == value),
            ReferralControl.Select => (field.Table == ReferralTable.Districts ? districts : languages).Contains(value),
            ReferralControl.Tick => value == "yes",
            _ => true,
        };

        // An answer that no list has was not made by the form: it counts as none.
        return isRight ? null : new(field.Name, field.Mistake ?? "form.errors.title");
    }

    /// <summary>Lines end with one sign, and a line has none; other control signs go.</summary>
    private static string Clean(string value, ReferralControl control)
    {
        var clean = new StringBuilder(value.Length);
        foreach (var sign in value.ReplaceLineEndings("\n"))
        {
            var letter = control == ReferralControl.Phone ? Digit(sign) : sign;
            if (letter == '\n' ? control == ReferralControl.Text : !char.IsControl(letter)) clean.Append(letter);
            else if (letter is '\n' or '\t') clean.Append(' ');
        }

        return clean.ToString().Trim();
    }

    /// <summary>The digits of the site's scripts as a telephone takes them; any other sign as it is.</summary>
    private static char Digit(char sign) => sign is (>= '\u0660' and <= '\u0669') or (>= '\u06f0' and <= '\u06f9') or (>= '\u0966' and <= '\u096f') or (>= '\u09e6' and <= '\u09ef') or (>= '\u0a66' and <= '\u0a6f')
        ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(sign))
        : sign;

    /// <summary>What people write for a number: digits, a plus, spaces, brackets, dots, hyphens, and an extension.</summary>
    [GeneratedRegex(@"^\+?[0-9 ().\-/x#]{3,40}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    /// <summary>Something, an at sign, something with a dot. Whether it exists nobody can tell from its letters.</summary>
    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@.]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
