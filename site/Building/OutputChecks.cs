using System.Text;

using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Rules;

namespace Portal.Site.Building;

/// <summary>What must hold of the finished files, whatever made them: no link leads nowhere, no name gives the site away.</summary>
internal static class OutputChecks
{
    private const string Index = "index.html";
    private const int Longest = 512;

    public static IEnumerable<Problem> Check(SiteOutput output, Edition edition)
    {
        var words = edition.Library.Data.SensitiveWords;
        var problems = new List<Problem>();
        foreach (var (path, word) in output.Files.Keys.AsParallel().AsOrdered().Select(path => (path, Word: NeutralNames.Find(path, words, Language.Base))).Where(named => named.Word is not null))
            problems.Add(Sensitive(path, word!));

        var addresses = Addresses(output).GetAlternateLookup<ReadOnlySpan<char>>();
        var pages = output.Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal)).ToList();
        var broken = new List<string>[pages.Count];
        Parallel.For(0, pages.Count, at => broken[at] = Broken(output.Files[pages[at]], addresses));
        for (var at = 0; at < pages.Count; at++)
            problems.AddRange(broken[at].Select(link => Leads(pages[at], link)));
        return problems;
    }

    /// <summary>The same of a build beside an earlier one that held: new paths, drawn pages, and pages that name what is gone.</summary>
    /// <param name="last">The build before, whose tables were the same; null where everything is to be looked at.</param>
    public static IEnumerable<Problem> Check(IReadOnlyDictionary<string, string> hashes, IReadOnlyDictionary<string, DrawnPage> pages, Edition edition, BuiltSite? last)
    {
        var words = edition.Library.Data.SensitiveWords;
        foreach (var path in hashes.Keys.Where(path => last?.Hashes.ContainsKey(path) != true))
            if (NeutralNames.Find(path, words, Language.Base) is { } word) yield return Sensitive(path, word);

        var addresses = Addresses(hashes.Keys);
        var gone = last is null ? [] : Addresses(last.Hashes.Keys.Where(path => !hashes.ContainsKey(path)));
        foreach (var path in hashes.Keys)
        {
            if (!pages.TryGetValue(path, out var page) || (gone.Count == 0 && last?.Pages.GetValueOrDefault(path)?.Names == page.Names)) continue;
            foreach (var link in page.Names.Where(link => !addresses.Contains(link))) yield return Leads(path, link);
        }
    }

    /// <summary>Every address inside the site that a page names and that is not there, once each.</summary>
    internal static List<string> Broken(ReadOnlySpan<byte> page, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> addresses)
    {
        var broken = new List<string>();
        Each(page, link =>
        {
            if (!addresses.Contains(link) && !broken.Contains(link.ToString())) broken.Add(link.ToString());
        });
        return broken;
    }

    /// <summary>Every address inside the site that a page names, once each, in the order of the page.</summary>
    internal static string[] Named(ReadOnlySpan<byte> page, NamePool pool)
    {
        var named = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        Each(page, link => named.TryAdd(pool.Address(link), value: true));
        return [.. named.Keys];
    }

    /// <summary>
    /// Looks for addresses in <c>href</c>, <c>src</c>, <c>srcset</c> or a data attribute, in the bytes as they are: a large
    /// site names a million addresses.
    /// </summary>
    private static void Each(ReadOnlySpan<byte> page, Look look)
    {
        Span<char> text = stackalloc char[Longest];
        for (var at = page.IndexOf("=\"/"u8); at >= 0; at = page.IndexOf("=\"/"u8))
        {
            page = page[(at + 2)..];
            var value = page[..page.IndexOf((byte)'"')];
            var letters = value.Length <= Longest ? text : new char[value.Length];
            ReadOnlySpan<char> named = letters[..Encoding.UTF8.GetChars(value, letters)];
            foreach (var part in named.Split(", "))
                if (Address(named[part]) is { IsEmpty: false } link) look(link);
        }
    }

    private delegate void Look(ReadOnlySpan<char> address);

    private static Problem Sensitive(string path, string word) => new(path, 0, $"The path of this file holds the word '{word}'.", "Choose neutral words for the document, the media file or the asset.");

    private static Problem Leads(string path, string link) => new(path, 0, $"The page links to {link}, which is not part of the site.", "Mend the view or the document that writes the link.");

    /// <summary>Every address of the site: that of each file, and the folder of each <c>index.html</c>.</summary>
    internal static HashSet<string> Addresses(SiteOutput output) => Addresses(output.Files.Keys);

    private static HashSet<string> Addresses(IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => path == Index || path.EndsWith("/" + Index, StringComparison.Ordinal) ? ["/" + path, "/" + path[..^Index.Length]] : new[] { "/" + path })];

    private static ReadOnlySpan<char> Address(ReadOnlySpan<char> part)
    {
        if (!part.StartsWith('/')) return [];
        var end = part.IndexOfAny(' ', '#');
        return end < 0 ? part : part[..end];
    }
}
