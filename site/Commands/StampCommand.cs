using System.CommandLine;
using System.Text;

using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Site.Commands;

/// <summary>
/// <c>stamp</c>: says that a translation matches the English text as it stands now, by writing its stamp into its
/// <c>source</c>. Run it after a translator has brought it up to date. One translation is named at a time, so that
/// nobody vouches for a language they did not read.
/// </summary>
internal static class StampCommand
{
    private const string Folder = "pages/";

    public static Command Create()
    {
        var options = new SharedOptions();
        var names = new Argument<string[]>("translations") { Description = "Files such as guides/leaving-home/pl.md, or paths of documents with --language; all unstamped translations where left out.", Arity = ArgumentArity.ZeroOrMore };
        var language = new Option<string?>("--language") { Description = "Code of the language, such as pl, where documents are named." };
        var reviewed = new Option<bool>("--reviewed") { Description = "Stamp reviewed translations too: their reviewer has read them against the English text of now." };
        var command = new Command("stamp", "Marks translations as matching the English text of now.") { options.Content, names, language, reviewed };
        command.SetAction(parsed => Run(parsed.GetValue(options.Content)!, parsed.GetValue(names) ?? [], parsed.GetValue(language), parsed.GetValue(reviewed)));
        return command;
    }

    private static int Run(string content, string[] names, string? language, bool reviewed)
    {
        try
        {
            var reading = ContentReader.Read(ContentFiles.FromFolder(content));
            Report.Problems(reading.Problems, all: true);
            if (reading.Library is not { } library) return Report.Failed(reading.Problems);

            var mistakes = new List<string>();
            var due = names.Length == 0 ? Unstamped(library) : [.. names.SelectMany(name => Named(library, name, language, mistakes)).Where(each => each.IsDue)];
            if (!reviewed)
                mistakes.AddRange(due.Where(each => each.Variant.Translation is { State: TranslationState.Reviewed, IsStale: true })
                    .Select(each => $"{each.Variant.File} was reviewed against another English text. Have it read again, enter the new 'reviewedOn', then add --reviewed."));
            foreach (var mistake in mistakes) Console.Error.WriteLine($"error: {mistake}");
            if (mistakes.Count > 0) return 1;

            foreach (var stamping in due) stamping.Write(content);
            Console.WriteLine($"{due.Count} translations stamped.");
            return names.Length == 0 && reading.Problems.Any(problem => problem.Weight == Weight.Error) ? 1 : 0;
        }
        catch (DirectoryNotFoundException error)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return 1;
        }
    }

    /// <summary>Translations nobody stamped yet, and those that match and only lack the stamps of their parts.</summary>
    private static List<Stamping> Unstamped(ContentLibrary library) =>
        [.. library.Documents.SelectMany(set => set.Variants.Values.Select(variant => Stamping.Of(library, set, variant)))
            .Where(each => each.Variant.Translation!.Source == "unstamped" || (each.IsDue && !each.Variant.Language.IsSimple && each.Variant.Translation is { IsStale: false, Blocks: null, Fields: null }))];

    /// <summary>The translation a name means; none, and a mistake told, where it means none.</summary>
    private static IEnumerable<Stamping> Named(ContentLibrary library, string name, string? language, List<string> mistakes)
    {
        var path = name.StartsWith(Folder, StringComparison.Ordinal) ? name[Folder.Length..] : name;
        var isFile = path.EndsWith(".md", StringComparison.Ordinal);
        if (!isFile && language is null)
        {
            mistakes.Add($"'{name}' names no translation. Name its file, such as {path}/pl.md, or add --language.");
            return [];
        }

        var at = path.LastIndexOf('/');
        var (document, code) = isFile ? (path[..Math.Max(0, at)], path[(at + 1)..^".md".Length]) : (path, language!);
        if (DocumentId.TryParse(document, out var id) && library.Find(id) is { } set && set.Variants.TryGetValue(code, out var variant))
            return [Stamping.Of(library, set, variant)];

        mistakes.Add($"There is no translation {document}/{code}.md, or it cannot be read. Look for its file below {Folder} and for a problem told above.");
        return [];
    }

    /// <summary>A translation with the stamps that say it matches the English text of now.</summary>
    private sealed record Stamping(Document Variant, DocumentText Before, DocumentText After)
    {
        public bool IsDue => Before.ToString() != After.ToString();

        public static Stamping Of(ContentLibrary library, DocumentSet set, Document variant)
        {
            var before = DocumentText.Parse(library.Files.Text(variant.File));
            var english = DocumentText.Parse(library.Files.Text(set.Base.File));
            return new(variant, before, variant.Language.IsSimple
                ? before.WithField("source", $"source: {set.Stamp}\n")
                : TranslationStamps.Write(before, english, set.Base.GetType()));
        }

        public void Write(string content) => File.WriteAllText(Path.Combine(content, Variant.File), After.ToString(), new UTF8Encoding(false));
    }
}
