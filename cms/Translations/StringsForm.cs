using Microsoft.Extensions.Primitives;

using Portal.Cms.Layout;
using Portal.Content.Languages;

namespace Portal.Cms.Translations;

/// <summary>One text of the pages' furniture, English beside translated.</summary>
/// <param name="Key">Its key with the plural form, where it has one: <c>places.count.few</c>.</param>
/// <param name="Form">The plural form; empty for a text without.</param>
/// <param name="Own">The translated words; empty where they are missing.</param>
public sealed record StringSide(string Key, string Form, string English, string Own, bool IsList)
{
    public string Input => "s." + Key;

    /// <summary>What of the furniture it belongs to: the first name of its key.</summary>
    public string Group => Key.Split('.')[0];

    /// <summary>The part it is written in: the words of the form to write to us are nearly half of all, so they have a page of their own.</summary>
    public string Part => Group == StringsForm.OfForm ? StringsForm.OfForm : string.Empty;
}

/// <summary>The interface words of one language beside the English ones, key by key, with the plural forms its grammar needs.</summary>
internal sealed class StringsForm
{
    /// <summary>The group of keys that is a part of its own.</summary>
    public const string OfForm = "form";

    private readonly StringsText own;

    private StringsForm(StringsText own, IReadOnlyList<StringSide> sides) => (this.own, Sides) = (own, sides);

    public IReadOnlyList<StringSide> Sides { get; }

    /// <summary>Keys that have no words.</summary>
    public IEnumerable<StringSide> Missing => Sides.Where(side => side.Own.Length == 0);

    public static StringsForm Of(StringsText english, StringsText own, string code)
    {
        var (from, to, plurals, lists) = (english.Values, own.Values, english.Plurals, english.Lists);
        var sides = new List<StringSide>();
        var done = new HashSet<string>();
        foreach (var (key, text) in from)
        {
            var parent = key[..Math.Max(0, key.LastIndexOf('.'))];
            if (!plurals.Contains(parent)) sides.Add(new(key, string.Empty, text, to.GetValueOrDefault(key, string.Empty), lists.Contains(key)));
            else if (done.Add(parent))
                sides.AddRange(PluralRules.FormsOf(code).Select(form => new StringSide($"{parent}.{form}", form, from.GetValueOrDefault($"{parent}.{form}") ?? from[$"{parent}.other"], to.GetValueOrDefault($"{parent}.{form}", string.Empty), IsList: false)));
        }

        return new(own, sides);
    }

    /// <summary>The file with what was typed, and what is wrong with it. What was not changed keeps its bytes; what is still empty is left out.</summary>
    public (string Text, IReadOnlyList<Problem> Problems) Read(IReadOnlyDictionary<string, StringValues> posted)
    {
        var problems = new List<Problem>();
        var changes = new Dictionary<string, string>();
        foreach (var side in Sides)
        {
            if (!posted.TryGetValue(side.Input, out var value)) continue;
            var typed = value.ToString().ReplaceLineEndings("\n").Trim();
            if (typed == side.Own.Trim()) continue;
            changes[side.Key] = typed;
            var (wanted, found) = (StringsText.Placeholders(side.English), StringsText.Placeholders(typed));
            if (side.Form.Length > 0) (wanted, found) = ([.. wanted.Where(name => name != "{n}")], [.. found.Where(name => name != "{n}")]);
            if (typed.Length == 0) problems.Add(new(side.Input, $"'{side.Key}' has no words. Write them: the site cannot be published without."));
            else if (!wanted.SequenceEqual(found)) problems.Add(new(side.Input, $"'{side.Key}' has {Names(found)} where English has {Names(wanted)}. Keep the names in braces as they are."));
            else if (side.IsList && typed.Split('\n').Length != side.English.Split('\n').Length) problems.Add(new(side.Input, $"'{side.Key}' has {typed.Split('\n').Length} lines where English has {side.English.Split('\n').Length}."));
        }

        return (own.With(changes), problems);
    }

    /// <summary>The form with what was typed in place of what is saved.</summary>
    public IReadOnlyList<StringSide> Typed(IReadOnlyDictionary<string, StringValues> posted) =>
        [.. Sides.Select(side => posted.TryGetValue(side.Input, out var value) ? side with { Own = value.ToString().ReplaceLineEndings("\n") } : side)];

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "no name in braces" : string.Join(' ', names);
}
