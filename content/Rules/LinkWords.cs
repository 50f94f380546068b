using System.Collections.Frozen;
using System.Text.RegularExpressions;

using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>A link's words make sense by themselves: many people hear the links of a page one after another (WCAG 2.4.4).</summary>
internal static partial class LinkWords
{
    private const string Remedy = "Name what stands at the other end.";

    /// <summary>English words that say nothing of where a link leads.</summary>
    private static readonly FrozenSet<string> Empty = new[]
    {
        "here", "click here", "click", "press here", "tap here", "this", "this link", "this page", "this website", "link", "page", "website", "more", "more here",
        "read more", "read on", "read here", "find out more", "learn more", "see more", "see here", "go", "go here", "continue", "details", "more details", "more information",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<Problem> Check(Edition edition)
    {
        foreach (var document in Links.Variants(edition))
        {
            foreach (var link in document.Links.Where(link => link.Words.Length > 0))
            {
                if (Address().IsMatch(link.Words))
                    yield return new(document.File, link.Line, $"The words of a link are the address '{link.Words}'.", Remedy, Weight.Warning);
                else if ((document.Language.IsBase || document.Language.IsSimple) && Empty.Contains(link.Words.TrimEnd('.', '!', '…', ' ', '»', '>')))
                    yield return new(document.File, link.Line, $"The link '{link.Words}' does not say where it leads.", Remedy, Weight.Warning);
            }
        }
    }

    [GeneratedRegex(@"^(https?://|www\.)\S*\z|^[\w-]+(\.[\w-]+)*\.(uk|org|com|net|info|gov|eu)(/\S*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Address();
}
