using Portal.Content.Documents;
using Portal.Content.Hours;
using Portal.Content.Languages;
using Portal.Content.Places;
using Portal.Content.Referrals;

namespace Portal.Content.Reading;

/// <summary>Everything in a content folder, read and typed. Immutable; safe to share between threads.</summary>
public sealed class ContentLibrary
{
    private readonly Dictionary<DocumentId, DocumentSet> byId;

    internal ContentLibrary(ContentFiles files, SiteSettings settings, IReadOnlyList<Language> languages,
        IReadOnlyDictionary<string, InterfaceStrings> strings, IReadOnlyList<DocumentSet> documents, ContentData data, IReadOnlyDictionary<string, MediaNotes> notes)
    {
        (Files, Settings, Languages, Strings, Documents, Data, Notes) = (files, settings, languages, strings, documents, data, notes);
        byId = documents.ToDictionary(set => set.Id);
        Media = files.Paths.Where(path => path.StartsWith("media/", StringComparison.Ordinal)).Where(path => !MediaNotes.IsNotes(path)).Select(path => path["media/".Length..]).ToHashSet();
    }

    public ContentFiles Files { get; }

    public SiteSettings Settings { get; }

    /// <summary>English first, then the translations in the order of <c>data/languages.yaml</c>, then the simple version.</summary>
    public IReadOnlyList<Language> Languages { get; }

    /// <summary>Interface words by language code. The simple version uses the English ones.</summary>
    public IReadOnlyDictionary<string, InterfaceStrings> Strings { get; }

    /// <summary>Every document with its variants, in the order of the paths.</summary>
    public IReadOnlyList<DocumentSet> Documents { get; }

    public ContentData Data { get; }

    /// <summary>Paths below <c>media/</c>, the texts beside the files apart.</summary>
    public IReadOnlySet<string> Media { get; }

    /// <summary>What is known about media files, by their path below <c>media/</c>; see <see cref="NotesOf"/>.</summary>
    public IReadOnlyDictionary<string, MediaNotes> Notes { get; }

    /// <summary>The same content with other settings: a preview at another address, a trial of the live stage.</summary>
    public ContentLibrary With(SiteSettings settings) => new(Files, settings, Languages, Strings, Documents, Data, Notes);

    public DocumentSet? Find(DocumentId id) => byId.GetValueOrDefault(id);

    /// <summary>All documents of a kind in the base language.</summary>
    public IEnumerable<T> All<T>() where T : Document => Documents.Select(set => set.Base).OfType<T>();

    /// <summary>The line with that id, published or not.</summary>
    public Helpline? Line(string id) => DocumentId.TryParse("lines/" + id, out var path) ? Find(path)?.Base as Helpline : null;

    /// <summary>What is known about a media file.</summary>
    public MediaNotes NotesOf(string media) => Notes.GetValueOrDefault(media, MediaNotes.None);

    /// <summary>The interface words a language's pages use.</summary>
    public InterfaceStrings WordsOf(Language language) => Strings[language.IsSimple ? Language.Base.Code : language.Code];
}

/// <summary>One document in the base language and all its variants.</summary>
/// <param name="Base">The base language's.</param>
/// <param name="Variants">The others, by language code.</param>
/// <param name="Stamp">Stamp of the base text's words: what a translation's <c>source</c> is compared with.</param>
public sealed record DocumentSet(Document Base, IReadOnlyDictionary<string, Document> Variants, string Stamp)
{
    public DocumentId Id => Base.Id;

    /// <summary>The document in a language, or null where it has no such variant.</summary>
    public Document? In(Language language) => language.IsBase ? Base : Variants.GetValueOrDefault(language.Code);
}

/// <summary>The tables below <c>data/</c>.</summary>
public sealed record ContentData
{
    public required Gazetteer Gazetteer { get; init; }

    public required BankHolidays BankHolidays { get; init; }

    /// <summary>Stems that must not stand in a title, path or file name, by language code.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> SensitiveWords { get; init; }

    public required IReadOnlyList<ToneRule> Tone { get; init; }

    public required IReadOnlyList<ClauseRow> Clauses { get; init; }

    public required SiteNavigation Navigation { get; init; }

    /// <summary>What the form is sealed to and whether it is open; null where no intake wrote it.</summary>
    public IntakeSetting? Intake { get; init; }
}

/// <summary>A wording to avoid and what to write instead.</summary>
public sealed record ToneRule
{
    public required string Word { get; init; }

    public required string Instead { get; init; }
}

/// <summary>A clause of the service specification and the pages that answer it.</summary>
public sealed record ClauseRow
{
    public required string Clause { get; init; }

    public required string Asks { get; init; }

    public required IReadOnlyList<DocumentId> Pages { get; init; }
}
