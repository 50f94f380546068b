using System.Collections.Concurrent;

using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Hours;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Content.Publishing;

/// <summary>
/// What of a library is public at one instant. Everything a visitor can reach is asked for here and nowhere else: a
/// recalled number, a historic venue, a confidential record or a language nobody checked does not get past this class.
/// </summary>
public sealed class Edition
{
    /// <summary>Pages every open language has in the live stage, in English where nobody has reviewed the language's own.</summary>
    private static readonly DocumentId[] CorePages = [DocumentId.Home, DocumentId.Parse("help-now")];

    private readonly Dictionary<DocumentId, DocumentSet> shown;
    private readonly Dictionary<string, string> moved;
    private readonly HashSet<string> away;
    private readonly ConcurrentDictionary<Type, IReadOnlyList<Document>> byKind = new();

    public Edition(ContentLibrary library, Instant at)
    {
        Library = library;
        At = at;
        Day = at.InZone(LondonClock.Zone).Date;
        moved = library.Settings.Redirects.DistinctBy(redirect => redirect.From).ToDictionary(redirect => redirect.From, redirect => redirect.To);
        away = [.. library.Settings.Redirects.Where(redirect => redirect.ForNow).Select(redirect => redirect.From)];
        shown = library.Documents.Where(set => IsPublic(set.Base)).ToDictionary(set => set.Id);
        Documents = [.. library.Documents.Where(set => shown.ContainsKey(set.Id)).Select(set => set.Base)];
        Languages = [.. library.Languages.Where(IsPublic)];
    }

    public ContentLibrary Library { get; }

    /// <summary>The instant the site is built for.</summary>
    public Instant At { get; }

    /// <summary>The same as a day in Kent.</summary>
    public LocalDate Day { get; }

    public bool IsLive => Library.Settings.Stage == Stage.Live;

    /// <summary>Languages with at least one public page, in the library's order.</summary>
    public IReadOnlyList<Language> Languages { get; }

    /// <summary>Every public document in the base language, in the order of the paths.</summary>
    public IReadOnlyList<Document> Documents { get; }

    /// <summary>Public documents of a kind in the base language, found once: every page asks for the notices.</summary>
    public IReadOnlyList<T> All<T>() where T : Document =>
        (IReadOnlyList<T>)byKind.GetOrAdd(typeof(T), static (_, documents) => documents.OfType<T>().ToList(), Documents);

    /// <summary>The neutral address that stands for another since a page was moved or taken off; any other is what it was.</summary>
    public string Current(string neutral) => moved.GetValueOrDefault(neutral, neutral);

    /// <summary>The id a document has now: a text that names the old one means the same document. One that was taken off keeps its id: where its address leads meanwhile is another document.</summary>
    public DocumentId Current(DocumentId id) => moved.Count > 0 && !IsTakenOff(id) && moved.TryGetValue(Addresses.Of(id), out var to) && Addresses.TryDocument(to, out var now) ? now : id;

    /// <summary>
    /// True where somebody took the page at a neutral address off the site and it may come back: the address leads elsewhere
    /// for now. Who does that decides about the whole site alone, so no rule may hold it back for what then is missing.
    /// </summary>
    public bool IsTakenOff(string neutral) => away.Contains(neutral);

    /// <summary>The same of a document.</summary>
    public bool IsTakenOff(DocumentId id) => away.Count > 0 && away.Contains(Addresses.Of(id));

    /// <summary>True where a notice stands on the page of a document.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="page">The document the page shows; null for one made from tables.</param>
    public bool Concerns(Notice notice, DocumentId? page) =>
        notice.Concerns(page?.ToString() ?? string.Empty) || (moved.Count > 0 && page is { } id && notice.On.Any(on => DocumentId.TryParse(on, out var named) && Current(named) == id));

    /// <summary>The public document in exactly that language, or null.</summary>
    public Document? Find(DocumentId id, Language language)
    {
        if (!shown.TryGetValue(Current(id), out var set) || set.In(language) is not { } document) return null;
        return IsPublic(document.Translation, language) ? document : null;
    }

    /// <summary>
    /// Documents that have a page in a language: those public in it, and in the live stage the core pages, whose words
    /// then stand in English with their <c>lang</c> below the checked core.
    /// </summary>
    public IEnumerable<Document> PagesIn(Language language)
    {
        DocumentId[] core = IsLive && !language.IsBase && !language.IsSimple ? [.. CorePages.Select(Current)] : [];
        return Documents.Select(document => Find(document.Id, language) ?? (core.Contains(document.Id) ? document : null)).OfType<Document>();
    }

    /// <summary>The public document in that language, else in English, else null.</summary>
    public Document? Nearest(DocumentId id, Language language) => Find(id, language) ?? Find(id, Language.Base);

    /// <summary>The line with that id where it is public, in the language or in English.</summary>
    public Helpline? Line(string id, Language language) =>
        DocumentId.TryParse("lines/" + id, out var path) ? Nearest(path, language) as Helpline : null;

    /// <summary>True where somebody took the line with that id off the site.</summary>
    public bool IsLineTakenOff(string id) => DocumentId.TryParse("lines/" + id, out var path) && IsTakenOff(path);

    /// <summary>Languages in which a document is public, in the library's order.</summary>
    public IEnumerable<Language> LanguagesOf(DocumentId id) => Languages.Where(language => Find(id, language) is not null);

    /// <summary>True where the furniture words of a language may be shown: always in the demonstration stage.</summary>
    public bool WordsArePublic(Language language) =>
        !IsLive || WordsAreReviewed(language);

    /// <summary>True where a named person has reviewed the furniture words of a language, or they are the English ones.</summary>
    public bool WordsAreReviewed(Language language) =>
        language.IsBase || language.IsSimple || Check(language) is { WordsAreReviewed: true };

    /// <summary>True where a point is shown with the mark "not confirmed".</summary>
    public bool IsUnconfirmed(AccessPoint point) => point.Type != AccessPointType.Remote && !point.IsVerifiedOn(Day);

    private bool IsPublic(Document document) => document switch
    {
        Helpline line => line.IsPublishable,
        AccessPoint point => IsPublic(point),
        Organisation organisation => organisation.PublishReady && organisation.Confidence is not (Confidence.Recalled or Confidence.Low),
        Notice notice => notice.IsCurrentOn(Day),
        Update update => update.Published <= Day,
        _ => true,
    };

    private bool IsPublic(AccessPoint point)
    {
        if (point.Confidential || point.Publish == PublishAccessPoint.No || point.Standing != Standing.Current || point.Confidence == Confidence.Recalled) return false;
        return !IsLive || (point.Type == AccessPointType.Remote ? point.Publish == PublishAccessPoint.Yes : !IsUnconfirmed(point));
    }

    private bool IsPublic(Translation? translation, Language language) =>
        translation is null || !IsLive || (translation.IsReviewed && Languages.Contains(language));

    /// <summary>In the live stage a language opens when a named person has checked its core.</summary>
    private bool IsPublic(Language language)
    {
        if (language.IsBase) return true;
        if (!IsLive) return Library.Documents.Any(set => set.In(language) is not null);
        return language.IsSimple
            ? Library.Documents.Any(set => set.In(language)?.Translation is { IsReviewed: true })
            : Check(language) is { CoreIsChecked: true };
    }

    private CheckedLanguage? Check(Language language) => Library.Settings.Languages.FirstOrDefault(each => each.Code == language.Code);
}
