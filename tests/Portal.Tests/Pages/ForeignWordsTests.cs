using AngleSharp.Dom;

using Portal.Content.Documents;
using Portal.Content.Languages;

using Xunit;

using Document = Portal.Content.Documents.Document;

namespace Portal.Tests.Pages;

/// <summary>English words inside a translated page say that they are English (WCAG 3.1.2): a screen reader would else read them in the wrong voice.</summary>
public sealed class ForeignWordsTests
{
    [Fact]
    public void Words_of_a_document_that_exists_only_in_English_are_marked_as_English()
    {
        var unmarked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var language in StarterSite.Library.Languages.Where(language => !language.IsBase && !language.IsSimple))
        {
            var english = EnglishOnly(language);
            foreach (var page in StarterSite.Pages.Where(page => page.Path.StartsWith(language.Prefix + "/", StringComparison.Ordinal)))
                unmarked.UnionWith(page.Html.Body!.GetDescendants().OfType<IText>()
                    .Where(text => IsEnglish(text, english) && !IsMarkedEnglish(text.ParentElement!))
                    .Select(text => $"{page.Path}: {text.Text.Trim()}"));
        }

        Assert.Equal([], unmarked.Order(StringComparer.Ordinal).Take(40));
    }

    /// <summary>What a document says of itself wherever it is named, where the language has no words of its own for it.</summary>
    private static HashSet<string> EnglishOnly(Language language)
    {
        var edition = StarterSite.Map.Edition;
        var words = edition.Library.WordsOf(language);
        var furniture = words.Shape.Keys.Where(words.Has).Select(key => words[key]); // "Cookies" is also Slovak.
        var own = edition.Documents.Select(document => edition.Find(document.Id, language)).OfType<Document>().SelectMany(Words);
        return [.. edition.Documents.Where(document => edition.Find(document.Id, language) is null).SelectMany(Words).Except(own).Except(furniture)];
    }

    private static IEnumerable<string> Words(Document document) => document switch
    {
        Helpline line => [line.Title, line.TabTitle, line.Summary, .. line.Access],
        AccessPoint point => new[] { point.Title, point.TabTitle, point.Summary, point.Travel, point.Accessibility }.OfType<string>(),
        _ => [document.Title, document.TabTitle, document.Summary],
    };

    /// <summary>Also where the words follow others of the page: "More: Rights of Women".</summary>
    private static bool IsEnglish(IText text, HashSet<string> english)
    {
        var words = text.Text.Trim();
        return english.Contains(words) || (words.IndexOf(": ", StringComparison.Ordinal) is var at and > 0 && english.Contains(words[(at + 2)..].Trim()));
    }

    private static bool IsMarkedEnglish(IElement element) =>
        element.Closest("[lang]")?.GetAttribute("lang")?.StartsWith(Language.Base.Code, StringComparison.Ordinal) == true && element.Closest("[dir]")?.GetAttribute("dir") == "ltr";
}
