using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>A number is written once, so that it is mended once; a number nobody saw in a source is never shown.</summary>
internal static partial class PhoneNumbers
{
    /// <summary>The numbers of a document's prose, as long as the document is held: it never changes, and the look takes longer than all other rules.</summary>
    private static readonly ConditionalWeakTable<Document, List<(string Number, int Line)>> Written = [];

    public static IEnumerable<Problem> CheckProse(Edition edition)
    {
        foreach (var document in Links.Variants(edition))
            foreach (var (number, line) in Written.GetValue(document, static each => [.. In(each)]))
                yield return new(document.File, line, $"'{number}' looks like a telephone number.", "Write it in its helpline and refer to that: [](line:ID).");

        foreach (var line in edition.Library.All<Helpline>())
            foreach (var number in new[] { line.Number, line.Night }.OfType<string>().Where(number => !Dialled().IsMatch(number)))
                yield return new(line.File, 0, $"'{number}' cannot be dialled.", "Write digits and single spaces, such as 0808 168 9111; a '+' may stand before them.");
    }

    private static IEnumerable<(string Number, int Line)> In(Document document) =>
        DocumentWords.Of(document).SelectMany(text => Number().Matches(Spelled(text.Words)).Select(match => (match.Value.Trim(), text.Line)));

    public static IEnumerable<Problem> CheckReferences(Edition edition)
    {
        foreach (var document in Links.Variants(edition))
        {
            var lines = Links.Of(document).Lines;
            var references = lines.Select(link => (Id: link.HelplineId!, link.Line))
                .Concat(document.Body.Blocks.OfType<Block.Contact>().Select(block => (block.HelplineId, block.Line)))
                .Concat(Ids(document).Select(id => (id, 0)));
            foreach (var (id, line) in references)
            {
                if (edition.IsLineTakenOff(id))
                    yield return new(document.File, line, $"The line '{id}' was taken off the site.", "Refer to another, or take it out.", Weight.Warning);
                else if (edition.Line(id, Language.Base) is null)
                    yield return new(document.File, line, $"The line '{id}' does not exist or may not be published.", "Refer to a line below pages/lines whose number was seen in a source.");
            }

            foreach (var link in lines.Where(link => !link.HasText && edition.Line(link.HelplineId!, Language.Base) is { Number: null }))
                yield return new(document.File, link.Line, $"The line '{link.HelplineId}' has no number to show.", "Give the link words, or use a contact block.");
        }

        foreach (var service in edition.Library.All<Service>())
            foreach (var id in service.Organisations.Where(id => !(DocumentId.TryParse("partners/" + id, out var path) && (edition.IsTakenOff(path) || edition.Library.Find(path)?.Base is Organisation))))
                yield return new(service.File, 0, $"The organisation '{id}' does not exist.", "Name a folder below pages/partners.");

        foreach (var id in new[] { edition.Library.Settings.MainLine, edition.Library.Settings.EmergencyLine })
            if (edition.Line(id, Language.Base) is not { Number: not null })
                yield return new("settings.yaml", 0, $"The line '{id}' does not exist or may not be published.", "Name a line with a number.");
    }

    private static IEnumerable<string> Ids(Document document) => document switch
    {
        AccessPoint point => point.Helplines,
        Service service => service.Helplines,
        Pathway pathway => pathway.Contacts,
        Campaign { Poster.Line: { } line } => [line],
        _ => [],
    };

    /// <summary>Every digit, space and hyphen in its plainest form, so that none hides a number.</summary>
    private static string Spelled(string words) => string.Create(words.Length, words, static (plain, from) =>
    {
        for (var at = 0; at < plain.Length; at++)
            plain[at] = from[at] switch
            {
                var letter when char.IsDigit(letter) => (char)('0' + (int)char.GetNumericValue(letter)),
                var letter when char.GetUnicodeCategory(letter) == UnicodeCategory.SpaceSeparator => ' ',
                var letter when char.GetUnicodeCategory(letter) == UnicodeCategory.DashPunctuation => '-',
                var letter => letter,
            };
    });

    [GeneratedRegex(@"^\+?[0-9]+( [0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Dialled();

    /// <summary>A nought or a plus and at least eight digits more, spaced and bracketed as people write numbers.</summary>
    [GeneratedRegex(@"(?<![\d/.-])\(?(\+\d|0)[ -]?(\(?\d\)?[ -]?){8,13}(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Number();
}
