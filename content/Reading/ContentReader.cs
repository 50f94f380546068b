using System.Text;

using Portal.Content.Documents;
using Portal.Content.Hours;
using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Text;

namespace Portal.Content.Reading;

/// <summary>What came of reading: the library where the folder is usable at all, and every problem found on the way.</summary>
public sealed record ContentReading(ContentLibrary? Library, IReadOnlyList<Problem> Problems)
{
    /// <summary>What a later reading may take over.</summary>
    internal ReadParts? Parts { get; init; }
}

/// <summary>
/// Reads a content folder: settings, tables, words, then every document with its variants. All mistakes are told in one
/// run; a document with a mistake is left out of the library, so no rule trips over half a document.
/// </summary>
public static class ContentReader
{
    /// <summary>What is wrong with a translation that stands alone.</summary>
    public const string NoEnglish = "The document has no English text.";

    private const string SettingsFile = "settings.yaml";
    private const string LanguagesFile = "data/languages.yaml";

    /// <param name="last">An earlier reading. What stands in the same files to the byte is taken over from it, typed and with its problems, and is the same object; the result is that of a reading anew. Where nothing changed it is the earlier reading itself.</param>
    public static ContentReading Read(ContentFiles files, ContentReading? last = null)
    {
        var parts = new ReadParts(files, last?.Parts);
        var problems = new List<Problem>();
        var settings = parts.Read(SettingsFile, [SettingsFile], null, problems, found => Record<SiteSettings>(files, SettingsFile, found));
        var data = parts.Read("data", [.. files.Paths.Where(path => path.StartsWith("data/", StringComparison.Ordinal))], null, problems, found => DataReader.Read(files, found));
        var languages = parts.Read<IReadOnlyList<Language>>("languages", [LanguagesFile], null, problems, found => DataReader.Languages(files, found)) ?? [];
        if (settings is null || data is null || languages.Count == 0) return new(null, Sorted(problems));

        var strings = ReadStrings(files, parts, languages, problems);
        var documents = ReadDocuments(files, parts, languages, problems);
        if (parts.IsSame) return last!; // Only a reading has parts to be the same as.
        parts.Close();
        return new(new(files, settings, languages, strings, documents, data, ReadNotes(files, problems)), Sorted(problems)) { Parts = parts };
    }

    /// <summary>The settings of a folder alone; null where they cannot be read.</summary>
    public static SiteSettings? Settings(ContentFiles files) => Record<SiteSettings>(files, "settings.yaml", []);

    /// <summary>The languages of a folder alone; English where its table cannot be read.</summary>
    public static IReadOnlyList<Language> Languages(ContentFiles files) => DataReader.Languages(files, []) is { Count: > 0 } languages ? languages : [Language.Base];

    /// <summary>The stems of a folder that must not stand in a title, path or file name; none where the table cannot be read.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> SensitiveWords(ContentFiles files) => DataReader.Words(files, "data/sensitive-words.yaml", []) ?? [];

    /// <summary>The bank holidays of a folder alone, in their order; none where their table cannot be read.</summary>
    public static IReadOnlyList<BankHoliday> BankHolidays(ContentFiles files) => DataReader.Holidays(files, [])?.Days ?? [];

    /// <summary>The clauses of a folder alone; none where their table cannot be read.</summary>
    public static IReadOnlyList<ClauseRow> Clauses(ContentFiles files) => DataReader.Clauses(files, []) ?? [];

    /// <summary>The text of a file; null and a problem where it cannot be read.</summary>
    internal static string? TryText(ContentFiles files, string path, ICollection<Problem> problems)
    {
        try
        {
            if (files.Has(path)) return files.Text(path);
            problems.Add(new(path, 0, "The file is missing.", "Put it there; docs/authoring.md says what it holds."));
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new(path, 0, "The file is not UTF-8 text.", "Save it as UTF-8."));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(path, 0, $"The file cannot be read: {error.Message}", "Check that it exists and may be read."));
        }

        return null;
    }

    /// <summary>One record from a file of fields.</summary>
    internal static T? Record<T>(ContentFiles files, string path, ICollection<Problem> problems) where T : class =>
        TryText(files, path, problems) is { } text && YamlSource.ReadMap(path, 0, text, problems) is { } map
            ? new FieldBinder(problems).Bind(typeof(T), new YamlSource(path, 0, map)) as T
            : null;

    private static Dictionary<string, InterfaceStrings> ReadStrings(ContentFiles files, ReadParts parts, IReadOnlyList<Language> languages, List<Problem> problems)
    {
        var strings = new Dictionary<string, InterfaceStrings>();
        foreach (var language in languages.Where(language => !language.IsSimple))
        {
            var path = $"strings/{language.Code}.yaml";
            strings[language.Code] = parts.Read(path, [path], languages, problems, found => InterfaceStrings.Read(language, path, TryText(files, path, found) ?? string.Empty, found))!; // A reading gives strings, if empty ones.
        }

        return strings;
    }

    private static Dictionary<string, MediaNotes> ReadNotes(ContentFiles files, List<Problem> problems)
    {
        var notes = new Dictionary<string, MediaNotes>();
        foreach (var path in files.Paths.Where(path => path.StartsWith("media/", StringComparison.Ordinal) && MediaNotes.IsNotes(path)))
            if (TryText(files, path, problems) is { } text && MediaNotes.Read(path, text, problems) is { } read) notes[path["media/".Length..^MediaNotes.Ending.Length]] = read;
        return notes;
    }

    private static List<DocumentSet> ReadDocuments(ContentFiles files, ReadParts parts, IReadOnlyList<Language> languages, List<Problem> problems)
    {
        var byCode = languages.ToDictionary(language => language.Code);
        var folders = files.Paths.Where(path => path.StartsWith("pages/", StringComparison.Ordinal))
            .GroupBy(path => path[..path.LastIndexOf('/')]).Select(folder => (Path: folder.Key, Files: folder.ToList())).ToList();

        var read = new (DocumentSet? Set, List<Problem> Problems)[folders.Count];
        Parallel.For(0, folders.Count, at =>
        {
            var found = new List<Problem>();
            read[at] = (parts.Read(folders[at].Path, folders[at].Files, languages, found, problem => ReadFolder(files, byCode, folders[at].Path, folders[at].Files, problem)), found);
        });

        problems.AddRange(read.SelectMany(each => each.Problems));
        return [.. read.Select(each => each.Set).OfType<DocumentSet>().OrderBy(set => set.Id)];
    }

    private static DocumentSet? ReadFolder(ContentFiles files, Dictionary<string, Language> languages, string folder, List<string> paths, List<Problem> problems)
    {
        var baseFile = folder + "/en.md";
        if (!DocumentId.TryParse(folder.Length > "pages".Length ? folder["pages/".Length..] : null, out var id))
        {
            problems.Add(new(paths[0], 0, $"'{folder}' is no path for a document.", "Use lower-case letters, digits and single hyphens, at most four folders deep."));
            return null;
        }

        foreach (var stray in paths.Where(path => !IsVariantFile(path, languages)))
            problems.Add(new(stray, 0, "The file is neither a language's text nor belongs here.", $"Name it after a language ({string.Join(", ", languages.Keys)}) with '.md', or move it to media/."));

        if (!paths.Contains(baseFile))
        {
            problems.Add(new(paths[0], 0, NoEnglish, $"Write {baseFile}: facts and the words to translate stand there."));
            return null;
        }

        var reader = new DocumentReader(languages, problems);
        if (TryText(files, baseFile, problems) is not { } text || reader.ReadBase(id, baseFile, text) is not { } basis) return null;

        var stamp = Stamp.Of(basis.Text, basis.Document.GetType());
        var variants = new Dictionary<string, Document>();
        foreach (var path in paths.Where(path => path != baseFile && IsVariantFile(path, languages)))
        {
            var code = Path.GetFileNameWithoutExtension(path);
            if (TryText(files, path, problems) is { } words
                && reader.ReadVariant(basis, stamp, code, path, words) is { } variant)
                variants[code] = variant;
        }

        return new(basis.Document, variants, stamp);
    }

    private static bool IsVariantFile(string path, Dictionary<string, Language> languages) =>
        path.EndsWith(".md", StringComparison.Ordinal) && languages.ContainsKey(Path.GetFileNameWithoutExtension(path));

    private static List<Problem> Sorted(List<Problem> problems) =>
        [.. problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line)];
}
