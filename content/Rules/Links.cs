using System.Runtime.CompilerServices;

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Content.Rules;

/// <summary>Links lead to pages that are public, and leave the site only by https.</summary>
internal static class Links
{
    private static readonly ConditionalWeakTable<Document, DocumentLinks> Sorted = [];
    private static readonly ConditionalWeakTable<Edition, IReadOnlyList<Document>> Texts = [];

    public static IEnumerable<Problem> CheckTargets(Edition edition)
    {
        var known = edition.Documents.SelectMany(document => Addresses.Of(document))
            .Concat(edition.Library.Data.Gazetteer.Districts.Select(district => $"/find-help/{district.Id}/")).ToHashSet();

        // An address a page was moved from still means that page: texts that name it are not all written anew.
        known.UnionWith([.. edition.Library.Settings.Redirects.Where(redirect => known.Contains(redirect.To)).Select(redirect => redirect.From)]);

        foreach (var document in Variants(edition))
        {
            foreach (var link in Of(document).Internal.Where(link => !known.Contains(link.Path)))
                yield return new(document.File, link.Line, $"The link to {link.Target} leads nowhere.", "Write the address of a page that exists and is public, with '/' at both ends.");
            foreach (var related in document.Related.Where(id => edition.Find(id, Content.Languages.Language.Base) is null && !edition.IsTakenOff(id)))
                yield return new(document.File, 0, $"The related page {related} does not exist or is not public.", "Take it out or name another.") { Field = "related" };
            foreach (var href in Hrefs(document).Where(href => !known.Contains(Split(href).Path)))
                yield return new(document.File, 0, $"The address {href} leads nowhere.", "Write the address of a page that exists and is public, with '/' at both ends.");
            if (document is Notice notice)
                foreach (var on in notice.On.Where(on => on != "everywhere" && !(DocumentId.TryParse(on, out var id) && (edition.IsTakenOff(id) || edition.Library.Find(edition.Current(id)) is not null))))
                    yield return new(document.File, 0, $"The notice stands on {on}, which does not exist.", "Name a document's path, or 'everywhere'.");
        }

        foreach (var problem in CheckFragments(edition, known)) yield return problem;
    }

    /// <summary>
    /// A fragment names a heading of the text a reader gets: that of the page's language, which may have fewer headings
    /// than the English one, else the English one.
    /// </summary>
    private static HashSet<Problem> CheckFragments(Edition edition, HashSet<string> known)
    {
        var problems = new HashSet<Problem>();
        foreach (var language in edition.Languages)
        {
            foreach (var document in edition.PagesIn(language))
            {
                foreach (var (_, path, fragment, line) in Of(document).Fragments)
                {
                    if (!known.Contains(path) || edition.IsTakenOff(path)) continue; // Whoever follows a link to what was taken off comes to the page above it.

                    var text = Addresses.TryDocument(edition.Current(path), out var id) ? edition.Nearest(id, language) : null;
                    if (text?.Body.Headings.Any(heading => heading.Id == fragment) != true)
                        problems.Add(new(document.File, line, $"The page {path} has no heading '{fragment}'{(text is null ? string.Empty : $" in {text.File}")}.", "Headings are s1, s2, s3 in the reading order of that text."));
                }
            }
        }

        return problems;
    }

    public static IEnumerable<Problem> CheckExternal(Edition edition)
    {
        foreach (var document in edition.Documents)
        {
            // Old sources stand on plain http: they are named, never linked.
            var sources = document.Sources.Select(source => source.Url).Where(url => url is null || !url.StartsWith("http://", StringComparison.Ordinal));
            var urls = sources.Append((document as Helpline)?.Url).Append((document as Helpline)?.Chat).Append((document as Organisation)?.Url);
            foreach (var url in urls.OfType<string>().Where(url => !IsHttps(url)))
                yield return new(document.File, 0, $"'{url}' is not an https address.", "Write the whole address, beginning with https://.");
        }
    }

    private static bool IsHttps(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && !url.Contains(' ', StringComparison.Ordinal);

    private static IEnumerable<string> Hrefs(Document document) => document switch
    {
        Page page => page.Questions.SelectMany(question => question.Answers).Select(answer => answer.Go).OfType<string>(),
        Campaign campaign => new[] { campaign.Action?.Href, campaign.Poster?.Link }.OfType<string>(),
        _ => [],
    };

    private static (string Path, string Fragment) Split(string target) =>
        target.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (target[..at], target[(at + 1)..]) : (target, string.Empty);

    internal static IReadOnlyList<Document> Variants(Edition edition) => Texts.GetValue(edition, static each =>
        [.. each.Documents.SelectMany(document => each.Languages.Select(language => each.Find(document.Id, language)).OfType<Document>())]);

    /// <summary>The links of a document, sorted out once: it never changes, and several rules ask.</summary>
    internal static DocumentLinks Of(Document document) => Sorted.GetValue(document, static each =>
    {
        var links = each.Links.ToList();
        var inside = links.Where(link => link.IsInternal).Select(link => (link.Target, Split(link.Target).Path, Split(link.Target).Fragment, link.Line)).ToList();
        return new(inside, [.. inside.Concat(Hrefs(each).Select(href => (Target: href, Split(href).Path, Split(href).Fragment, Line: 0))).Where(link => link.Fragment.Length > 0)], [.. links.Where(link => link.HelplineId is not null)]);
    });

    /// <summary>The links of one document.</summary>
    /// <param name="Internal">Those inside the site.</param>
    /// <param name="Fragments">Those and the addresses of fields, where they name a heading.</param>
    /// <param name="Lines">References to helplines.</param>
    internal sealed record DocumentLinks(IReadOnlyList<(string Target, string Path, string Fragment, int Line)> Internal, IReadOnlyList<(string Target, string Path, string Fragment, int Line)> Fragments, IReadOnlyList<Link> Lines);
}
