using System.Text.RegularExpressions;

using NodaTime;

using Portal.Content.Problems;
using Portal.Content.Text;

using YamlDotNet.RepresentationModel;

namespace Portal.Content.Languages;

/// <summary>
/// The words of the pages' furniture in one language: labels, messages, months. A key is a path of names
/// (<c>leave.label</c>); a value is a text, a list, or the plural forms of a text.
/// </summary>
public sealed partial class InterfaceStrings
{
    private readonly Dictionary<string, string> texts;
    private readonly Dictionary<string, IReadOnlyList<string>> lists;

    private InterfaceStrings(Language language, Dictionary<string, string> texts, Dictionary<string, IReadOnlyList<string>> lists)
    {
        Language = language;
        this.texts = texts;
        this.lists = lists;
    }

    public Language Language { get; }

    /// <summary>Every key with its placeholders, plural forms apart: what a translation has to match.</summary>
    public IReadOnlyDictionary<string, string> Shape => shape ??= BuildShape();

    private Dictionary<string, string>? shape;

    /// <summary>The text under a key.</summary>
    /// <exception cref="KeyNotFoundException">No such key; the message names it.</exception>
    public string this[string key] =>
        texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"strings/{Language.Code}.yaml has no '{key}'.");

    /// <summary>The text under a key with <c>{name}</c> placeholders filled.</summary>
    public string Fill(string key, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = this[key];
        foreach (var (name, value) in values) text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>The plural form for a number, with <c>{n}</c> filled.</summary>
    public string Count(string key, int number) =>
        Fill($"{key}.{PluralRules.FormFor(Language.Code, number)}", ("n", number.ToString()));

    /// <summary>A list, such as the months.</summary>
    public IReadOnlyList<string> List(string key) =>
        lists.TryGetValue(key, out var list) ? list : throw new KeyNotFoundException($"strings/{Language.Code}.yaml has no list '{key}'.");

    /// <summary>True where a text stands under the key.</summary>
    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>A day in words: 22 November 2026.</summary>
    public string Date(LocalDate date) => Fill("date.pattern", ("day", date.Day.ToString()), ("month", List("date.months")[date.Month - 1]), ("year", date.Year.ToString()));

    /// <summary>A day in words with its weekday: Sunday 22 November 2026.</summary>
    public string DateWithDay(LocalDate date) => Fill("date.withDay", ("weekday", List("date.days")[(int)date.DayOfWeek - 1]), ("date", Date(date)));

    /// <summary>A time of day: 9:30am in English, 09:30 elsewhere.</summary>
    public string Time(LocalTime time)
    {
        if (this["time.clock"] == "24") return $"{time.Hour:00}:{time.Minute:00}";
        var hour = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        var half = this[time.Hour < 12 ? "time.am" : "time.pm"];
        return time.Minute == 0 ? $"{hour}{half}" : $"{hour}:{time.Minute:00}{half}";
    }

    /// <summary>Keys whose text, or an entry of whose list, has no word in it.</summary>
    internal IEnumerable<string> Blanks => texts.Where(each => string.IsNullOrWhiteSpace(each.Value)).Select(each => each.Key)
        .Concat(lists.Where(each => each.Value.Any(string.IsNullOrWhiteSpace)).Select(each => each.Key)).Order(StringComparer.Ordinal);

    /// <summary>Placeholders of one plural form; the number apart, which a form such as "one place" may leave out.</summary>
    internal string PlaceholdersOfForm(string key) => Placeholders(this[key].Replace("{n}", string.Empty, StringComparison.Ordinal));

    /// <summary>Reads one language's file.</summary>
    public static InterfaceStrings Read(Language language, string file, string yaml, ICollection<Problem> problems)
    {
        Dictionary<string, string> flat = [];
        Dictionary<string, IReadOnlyList<string>> enumerations = [];
        if (YamlSource.ReadMap(file, 0, yaml, problems) is { } map) Flatten(map, string.Empty);
        return new(language, flat, enumerations);

        void Flatten(YamlMappingNode node, string prefix)
        {
            foreach (var (key, value) in node.Children)
            {
                var name = prefix + FieldBinder.KeyOf(key);
                if (value is YamlMappingNode inner) Flatten(inner, name + ".");
                else if (value is YamlSequenceNode items) enumerations[name] = [.. items.Children.Select(FieldBinder.KeyOf)];
                else flat[name] = FieldBinder.KeyOf(value);
            }
        }
    }

    private Dictionary<string, string> BuildShape()
    {
        // A map is a plural where every key in it is a form: 'places' has an 'other' too, and is none.
        var found = new Dictionary<string, string>();
        var plurals = texts.Keys.GroupBy(Parent).Where(group => group.All(key => PluralRules.Forms.Contains(Last(key)))).Select(group => group.Key).ToHashSet();
        foreach (var (key, text) in texts)
        {
            var last = Last(key);
            var isForm = plurals.Contains(Parent(key));
            found[isForm ? key[..^(last.Length + 1)] + " (plural)" : key] = isForm ? "{n}" : Placeholders(text);
        }

        foreach (var (key, list) in lists) found[key] = $"{list.Count} entries";
        return found;
    }

    private static string Last(string key) => key[(key.LastIndexOf('.') + 1)..];

    private static string Parent(string key) => key[..Math.Max(0, key.LastIndexOf('.'))];

    private static string Placeholders(string text) =>
        string.Join(' ', Placeholder().Matches(text).Select(match => match.Value).Distinct().Order());

    [GeneratedRegex(@"\{[a-zA-Z]+\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Placeholder();
}
