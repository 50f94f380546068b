using System.Buffers;
using System.Text.RegularExpressions;

using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>Interface strings are whole, names have their length, wording keeps to the trauma-informed list.</summary>
internal static partial class Words
{
    private const int LongestTabTitle = 40;
    private const int LongestSummary = 160;
    private const int LongestSentence = 25;

    public static IEnumerable<Problem> CheckStrings(Edition edition)
    {
        var library = edition.Library;
        var english = library.Strings[Language.Base.Code];
        var shape = english.Shape;
        foreach (var (code, strings) in library.Strings)
            foreach (var key in strings.Blanks)
                yield return new($"strings/{code}.yaml", 0, $"The string '{key}' is empty.", "Write its words.");

        foreach (var (code, strings) in library.Strings.Where(each => each.Key != Language.Base.Code))
        {
            var file = $"strings/{code}.yaml";
            foreach (var (key, expected) in shape)
            {
                if (!strings.Shape.TryGetValue(key, out var found)) yield return new(file, 0, $"The string '{key}' is missing.", "Translate it from strings/en.yaml.");
                else if (found != expected) yield return new(file, 0, $"The string '{key}' has {(found.Length == 0 ? "nothing" : found)} where English has {(expected.Length == 0 ? "nothing" : expected)}.", "Keep the names in braces and the number of entries.");
            }

            foreach (var key in strings.Shape.Keys.Where(key => !shape.ContainsKey(key)))
                yield return new(file, 0, $"The string '{key}' is not in strings/en.yaml.", "Take it out.");
            foreach (var key in shape.Keys.Where(key => key.EndsWith(" (plural)", StringComparison.Ordinal)))
                foreach (var problem in CheckForms(file, key[..^" (plural)".Length], strings, english))
                    yield return problem;
        }
    }

    private static IEnumerable<Problem> CheckForms(string file, string key, InterfaceStrings strings, InterfaceStrings english)
    {
        var expected = english.PlaceholdersOfForm(key + ".other");
        foreach (var form in PluralRules.FormsOf(strings.Language.Code))
        {
            var path = $"{key}.{form}";
            if (!strings.Has(path)) yield return new(file, 0, $"The string '{key}' lacks the form '{form}'.", "Each language gives the forms its grammar needs.");
            else if (strings.PlaceholdersOfForm(path) is var found && found != expected)
                yield return new(file, 0, $"The string '{path}' has {(found.Length == 0 ? "nothing" : found)} where English has {(expected.Length == 0 ? "nothing" : expected)}.", "Keep the names in braces; {n} may be left out.");
        }
    }

    public static IEnumerable<Problem> CheckLengths(Edition edition)
    {
        foreach (var document in edition.Library.Documents.SelectMany(set => set.Variants.Values.Prepend(set.Base)))
        {
            if (document.TabTitle.Length is < 3 or > LongestTabTitle)
                yield return new(document.File, 0, $"The tab title has {document.TabTitle.Length} characters.", $"Write 3 to {LongestTabTitle}.") { Field = "tabTitle" };
            if (document.Summary.Length > LongestSummary)
                yield return new(document.File, 0, $"The summary has {document.Summary.Length} characters.", $"Write at most {LongestSummary}.") { Field = "summary" };
        }
    }

    public static IEnumerable<Problem> CheckTone(Edition edition)
    {
        var rules = edition.Library.Data.Tone;
        var any = SearchValues.Create([.. rules.Select(rule => rule.Word)], StringComparison.OrdinalIgnoreCase);
        foreach (var document in edition.Documents)
        {
            foreach (var block in document.Body.Blocks.Where(block => block.Text is not null))
            {
                var hints = block.Text!.Plain.AsSpan().ContainsAny(any) ? rules : [];
                foreach (var rule in hints.Where(rule => HasWord(block.Text!.Plain, rule.Word)))
                    yield return new(document.File, block.Line, $"The wording '{rule.Word}' stands here.", $"Write instead: {rule.Instead}.", Weight.Warning);
                foreach (var sentence in Sentence().Matches(block.Text!.Plain).Select(match => match.Value.Trim()).Where(text => text.Count(letter => letter == ' ') >= LongestSentence))
                    yield return new(document.File, block.Line, $"A sentence has more than {LongestSentence} words: '{sentence[..Math.Min(60, sentence.Length)]}…'.", "Make two of it.", Weight.Warning);
            }
        }
    }

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length])))
                return true;
        return false;
    }

    [GeneratedRegex(@"[^.!?:;\n]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Sentence();
}
