using System.Text;
using System.Xml;
using System.Xml.Linq;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Places;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Text;

namespace Portal.Cms.Translations;

/// <summary>What became of one document of a file.</summary>
/// <param name="Taken">Units whose words differ from the saved ones.</param>
/// <param name="Same">Units that say what is saved.</param>
/// <param name="Empty">Units the agency has not done.</param>
/// <param name="Refused">Units that were left out, each with its reason.</param>
internal sealed record XliffDocument(string Document, int Taken, int Same, int Empty, IReadOnlyList<string> Refused);

/// <summary>What an import did, or would do.</summary>
/// <param name="Mistake">Why the whole file was refused; null where it was read.</param>
internal sealed record XliffReport(string? Mistake, IReadOnlyList<XliffDocument> Documents);

/// <summary>Translations to and from agencies as XLIFF 2.1.</summary>
internal sealed class XliffExchange(CmsDatabase database, TranslationDesk desk, ContentLanguages languages, AuditLog audit)
{
    /// <summary>Most bytes of a file that is taken in.</summary>
    public const int MostBytes = 20_000_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The file; null where the site has no such language.</summary>
    /// <param name="documents">Paths of documents; empty for all.</param>
    /// <param name="onlyOpen">True to leave out every unit that is translated and fresh.</param>
    public async Task<byte[]?> ExportAsync(string code, IReadOnlyCollection<string> documents, bool onlyOpen, CancellationToken cancel = default)
    {
        if ((await languages.AllAsync(cancel)).FirstOrDefault(each => each.Code == code) is not { IsBase: false, IsSimple: false } language) return null;
        var wanted = await database.Entries.Where(entry => entry.Document != null && entry.Language == Language.Base.Code && (documents.Count == 0 || documents.Contains(entry.Document))).OrderBy(entry => entry.Path).Select(entry => entry.Document!).ToListAsync(cancel);
        var files = new List<XElement>();
        foreach (var document in wanted)
            if (await desk.OpenAsync(code, document, cancel) is { } work && await FileAsync(work, onlyOpen, cancel) is { } file) files.Add(file);
        var root = new XElement(XliffText.Core + "xliff", new XAttribute("version", "2.1"), new XAttribute("srcLang", Language.Base.Tag), new XAttribute("trgLang", language.Tag), files);
        if (files.Count == 0) root.Add(new XElement(XliffText.Core + "file", new XAttribute("id", "none"), new XElement(XliffText.Core + "notes", new XElement(XliffText.Core + "note", "Nothing is left to translate."))));
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new() { Encoding = Utf8, NewLineHandling = NewLineHandling.Entitize })) new XDocument(root).Save(writer);
        return stream.ToArray();
    }

    /// <summary>Takes a file in: every unit that still belongs to the English of now and has all its tags. Each document that changes gets a revision that needs review.</summary>
    /// <param name="dryRun">True to say what it would do and write nothing.</param>
    public async Task<XliffReport> ImportAsync(string code, Stream file, Actor actor, bool dryRun, CancellationToken cancel = default)
    {
        if ((await languages.AllAsync(cancel)).FirstOrDefault(each => each.Code == code) is not { IsBase: false, IsSimple: false } language) return new("The site has no such language.", []);
        var (root, mistake) = await ReadAsync(file, cancel);
        if (root is null) return new(mistake, []);
        if (root.Name != XliffText.Core + "xliff") return new("This is not a file of XLIFF 2.0 or 2.1.", []);
        if (!string.Equals((string?)root.Attribute("trgLang"), language.Tag, StringComparison.OrdinalIgnoreCase)) return new($"The file is for the language '{(string?)root.Attribute("trgLang")}', not for {language.English} ({language.Tag}).", []);

        var report = new List<XliffDocument>();
        foreach (var element in root.Elements(XliffText.Core + "file"))
        {
            if ((string?)element.Attribute("original") is not { } document) continue;
            report.Add(await desk.OpenAsync(code, document, cancel) is { } work
                ? await TakeAsync(work, element, actor, dryRun, cancel)
                : new(document, 0, 0, 0, ["There is no such document any more."]));
        }

        if (dryRun) return new(null, report);
        audit.Add(database, actor, "translation.import", code, $"{report.Sum(each => each.Taken)} units in {report.Count(each => each.Taken > 0)} documents, {report.Sum(each => each.Refused.Count)} refused");
        await database.SaveChangesAsync(cancel);
        return new(null, report);
    }

    /// <summary>What an import makes of one document, before it is saved.</summary>
    internal static (DocumentText Text, XliffDocument Report) Take(TranslationWork work, XElement file)
    {
        var form = TranslationForm.Of(work.EnglishText, work.Kind, work.Head);
        var units = XliffUnit.Of(form).ToDictionary(unit => unit.Id);
        var inputs = form.Posted();
        var (taken, same, empty, refused) = (new List<XliffUnit>(), 0, 0, new List<string>());
        foreach (var element in file.Descendants(XliffText.Core + "unit"))
        {
            var id = (string?)element.Attribute("id") ?? string.Empty;
            if (!units.TryGetValue(id, out var unit))
            {
                refused.Add($"{(string?)element.Attribute("name") ?? id}: the English text has changed since the export.");
                continue;
            }

            var reading = XliffTarget.Read(element, unit);
            if (reading.Mistake is { } mistake) refused.Add($"{unit.Where}: {mistake}");
            else if (reading.Text is not { } words) empty++;
            else if (words == unit.Target && (unit.IsFresh || !reading.IsDone)) same++;
            else
            {
                inputs[unit.Input] = words;
                inputs[unit.Input.StartsWith("f.", StringComparison.Ordinal) ? $"right.{unit.Part}" : $"{unit.Part}.right"] = "yes";
                taken.Add(unit);
            }
        }

        // Half a block would be no block: all its texts come together.
        foreach (var part in taken.Select(unit => unit.Part).Distinct().Where(part => units.Values.Any(unit => unit.Part == part && inputs[unit.Input].ToString().Length == 0)).ToList())
        {
            foreach (var unit in units.Values.Where(unit => unit.Part == part)) inputs[unit.Input] = unit.Target;
            inputs.Remove($"right.{part}");
            inputs.Remove($"{part}.right");
            refused.Add($"{taken.First(unit => unit.Part == part).Where}: another text of the same block is not translated yet.");
            taken.RemoveAll(unit => unit.Part == part);
        }

        var input = new TranslationInput(work.EnglishText, work.Kind, work.Head, new Dictionary<string, string>());
        inputs["state"] = Names.Kebab(TranslationState.NeedsReview);
        var text = taken.Count == 0 ? work.Head : input.Read(inputs, confirm: true);
        if (input.Problems.Count == 0) return (text, new(work.English.Document!, taken.Count, same, empty, refused));
        return (work.Head, new(work.English.Document!, 0, same, empty, [.. refused, .. input.Problems.Select(problem => problem.Text)]));
    }

    private async Task<XliffDocument> TakeAsync(TranslationWork work, XElement file, Actor actor, bool dryRun, CancellationToken cancel)
    {
        var (text, report) = Take(work, file);
        if (dryRun || report.Taken == 0) return report;
        try
        {
            return await desk.SaveAsync(work, text.ToString(), work.Entry?.Version ?? 0, actor, "From a translation file", keepDraft: true, cancel) is null
                ? report
                : report with { Taken = 0, Refused = [.. report.Refused, "Somebody saved it meanwhile. Take the file in again."] };
        }
        catch (SecretPlaceException refused)
        {
            return report with { Taken = 0, Refused = [.. report.Refused, refused.Message] };
        }
    }

    private async Task<XElement?> FileAsync(TranslationWork work, bool onlyOpen, CancellationToken cancel)
    {
        var form = TranslationForm.Of(work.EnglishText, work.Kind, work.Head);
        var units = XliffUnit.Of(form).Where(unit => !onlyOpen || !unit.IsFresh || unit.Target.Length == 0).ToList();
        if (units.Count == 0) return null;
        var state = TranslationWords.StateIn(work.Head) switch { "reviewed" => "reviewed", "needs-review" => "translated", _ => "initial" };
        var older = await EnglishHistory.PartsAsync(database, work.English.Path, work.Kind, form.Blocks.Where(side => !side.Pair.IsFresh).Select(side => side.Pair.OwnHash).Concat(form.Fields.Where(side => !side.IsFresh).Select(side => side.OwnHash)), cancel);
        return new(XliffText.Core + "file",
            new XAttribute("id", work.English.Document!.Replace('/', '.')),
            new XAttribute("original", work.English.Document),
            new XElement(XliffText.Core + "notes", new XElement(XliffText.Core + "note", work.English.Title)),
            units.Select(unit => unit.ToXml(Language.Base.Tag, work.Language.Tag, state, Note(form, unit, older))));
    }

    private static string Note(TranslationForm form, XliffUnit unit, IReadOnlyDictionary<string, string> older)
    {
        if (unit.IsFresh || unit.Target.Length == 0) return string.Empty;
        var was = form.Fields.FirstOrDefault(side => side.Field.Key == unit.Part)?.OwnHash ?? form.Blocks[int.Parse(unit.Part["b.".Length..], null)].Pair.OwnHash;
        return "The English changed." + (older.TryGetValue(was, out var before) ? " It was: " + before.Trim() : string.Empty);
    }

    private static async Task<(XElement? Root, string? Mistake)> ReadAsync(Stream file, CancellationToken cancel)
    {
        try
        {
            // No document type and no outer file: an entity could read the server's disk or fill its memory.
            using var reader = XmlReader.Create(file, new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostBytes });
            return ((await XDocument.LoadAsync(reader, LoadOptions.PreserveWhitespace, cancel)).Root, null);
        }
        catch (XmlException error)
        {
            return (null, $"This is not XML that can be taken in: {error.Message}");
        }
    }
}
