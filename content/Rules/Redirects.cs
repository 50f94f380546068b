using System.Text.RegularExpressions;

using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Content.Rules;

/// <summary>A redirect leads from an address that no page has, in one step, to a page that is public.</summary>
internal static partial class Redirects
{
    private const string File = "settings.yaml";

    public static IEnumerable<Problem> Check(Edition edition)
    {
        var redirects = edition.Library.Settings.Redirects;
        if (redirects.Count == 0) yield break;

        // A host may take two spellings for one address, so what a redirect hides is compared without case.
        var pages = Pages(edition).ToHashSet();
        var claimed = pages.Concat(Unpublished(edition)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var next = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (from, to) in redirects.Select(redirect => (redirect.From, redirect.To)))
        {
            foreach (var address in new[] { from, to }.Where(address => !Shape().IsMatch(address)))
                yield return new(File, 0, $"The redirect's address '{address}' is no address of this site.", "Write it without host, query and '#', with '/' at both ends, such as /old/.");
            if (NeutralNames.Find(from, edition.Library.Data.SensitiveWords, Language.Base) is { } word)
                yield return new(File, 0, $"The redirect's address '{from}' holds the word '{word}'.", "Take it out: an address stays in the history of the phone.");
            if (!next.TryAdd(from, to))
                yield return new(File, 0, $"The address {from} is redirected twice.", "Keep one of the two.");
            if (claimed.Contains(from))
                yield return new(File, 0, $"The redirect from {from} hides a page.", "Take the redirect out.");
        }

        foreach (var (from, to) in next.Where(redirect => Shape().IsMatch(redirect.Value)))
        {
            if (ComesBack(from, next))
                yield return new(File, 0, $"The redirect from {from} leads back to itself.", "Let it lead to a page.");
            else if (next.ContainsKey(to))
                yield return new(File, 0, $"The redirect from {from} leads to {to}, which is redirected itself.", "Lead straight to the page at the end.");
            else if (!pages.Contains(to))
                yield return new(File, 0, $"The redirect from {from} leads to {to}, which does not exist or is not public.", "Name the address of a page, with its language where it is not English.");
        }
    }

    private static bool ComesBack(string from, Dictionary<string, string> next)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = from; next.TryGetValue(at, out var to) && seen.Add(at); at = to)
            if (string.Equals(to, from, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>The address of every public page, each with its language.</summary>
    private static IEnumerable<string> Pages(Edition edition) => edition.Languages.SelectMany(language =>
        edition.PagesIn(language).SelectMany(document => Addresses.Of(document))
            .Concat(TablePages.In(edition, language))
            .Select(neutral => Addresses.In(language, neutral)));

    /// <summary>The address of every text there is: one that is not public today may be tomorrow.</summary>
    private static IEnumerable<string> Unpublished(Edition edition) => edition.Library.Documents
        .SelectMany(set => set.Variants.Values.Prepend(set.Base))
        .SelectMany(document => Addresses.Of(document).Select(neutral => Addresses.In(document.Language, neutral)));

    [GeneratedRegex(@"^/([A-Za-z0-9][A-Za-z0-9_-]*/)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shape();
}
