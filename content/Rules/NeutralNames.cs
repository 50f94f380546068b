using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>
/// What stands in a tab, a history list or a downloads folder never says what the site is about (QE20). The stems are
/// in <c>data/sensitive-words.yaml</c>; English ones count in the paths of every language.
/// </summary>
public static class NeutralNames
{
    private static readonly ConcurrentDictionary<string, string> Stems = new();

    private static readonly ConditionalWeakTable<Document, TitleLook> Titles = [];

    private const string Remedy = "Choose neutral words; the heading may say it plainly.";

    internal static IEnumerable<Problem> Check(Edition edition)
    {
        var library = edition.Library;
        var words = library.Data.SensitiveWords;
        foreach (var set in library.Documents)
        {
            if (Find(set.Id.ToString(), words, Language.Base) is { } inPath)
                yield return new(set.Base.File, 0, $"The path holds the word '{inPath}'.", Remedy);

            foreach (var document in set.Variants.Values.Prepend(set.Base))
                if (InTitle(document, words) is { } inTitle)
                    yield return new(document.File, 0, $"The tab title '{document.TabTitle}' holds the word '{inTitle}'.", Remedy) { Field = "tabTitle" };
        }

        foreach (var media in library.Media)
            if (Find(media, words, Language.Base) is { } inName)
                yield return new("media/" + media, 0, $"The file name holds the word '{inName}'.", Remedy);

        foreach (var question in library.All<Page>().SelectMany(page => page.Questions.Select(question => (page, question))))
            if (Find(question.question.Id, words, Language.Base) is { } inId)
                yield return new(question.page.File, 0, $"The question's id '{question.question.Id}' holds the word '{inId}' and stands in an address.", Remedy);
    }

    /// <summary>The stem in a document's tab title, looked for once as long as the document is held and the stems are the same.</summary>
    private static string? InTitle(Document document, IReadOnlyDictionary<string, IReadOnlyList<string>> words)
    {
        if (Titles.TryGetValue(document, out var known) && ReferenceEquals(known.Words, words)) return known.Stem;
        var stem = Find(document.TabTitle, words, document.Language);
        Titles.AddOrUpdate(document, new(words, stem));
        return stem;
    }

    /// <summary>The first sensitive stem in a name, or null. Stems count at the beginning of a word.</summary>
    public static string? Find(string name, IReadOnlyDictionary<string, IReadOnlyList<string>> words, Language language)
    {
        var text = " " + Normalise(name);
        var code = language.IsSimple ? Language.Base.Code : language.Code;
        return words.GetValueOrDefault(code, []).Concat(words.GetValueOrDefault(Language.Base.Code, []))
            .FirstOrDefault(stem => text.Contains(Stems.GetOrAdd(stem, static each => " " + Normalise(each)), StringComparison.Ordinal));
    }

    private static string Normalise(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormC))
            plain.Append(letter is '\'' or '’' || char.IsLetterOrDigit(letter) || IsMark(letter) ? char.ToLowerInvariant(letter) : ' ');
        return plain.ToString();
    }

    private static bool IsMark(char letter) => char.GetUnicodeCategory(letter)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.Format;

    private sealed record TitleLook(IReadOnlyDictionary<string, IReadOnlyList<string>> Words, string? Stem);
}
