using Portal.Cms.Documents;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Redirects;

/// <summary>Which pages stand, told from the public files without reading all of them: it is asked with every look at the site.</summary>
/// <param name="settings">The public settings.</param>
/// <param name="texts">Paths of every public text.</param>
/// <param name="read">A public text by its path; null where there is none.</param>
internal sealed class StandingPages(SiteSettings settings, IReadOnlySet<string> texts, Func<string, string?> read)
{
    private const string DistrictTable = "data/districts.yaml";

    private readonly Lazy<HashSet<string>> districts = new(() => DistrictsIn(read(DistrictTable)));

    /// <summary>Documents with a public English text.</summary>
    public IReadOnlySet<string> Documents { get; } = texts.Where(path => EntryText.LanguageOf(path) == Language.Base.Code).Select(EntryText.DocumentOf).OfType<string>().ToHashSet();

    /// <summary>Codes of the languages that a document is public in.</summary>
    public IEnumerable<string> LanguagesOf(string document) => texts.Where(path => EntryText.DocumentOf(path) == document).Select(EntryText.LanguageOf);

    public bool Has(string document, string language) => texts.Contains(EntryText.PathOf(DocumentId.Parse(document), language));

    /// <summary>True for the address of a page that comes from tables, without slashes at its ends; see <see cref="TablePages"/>.</summary>
    public bool IsMade(string path)
    {
        if (IsDistrict(path)) return true;
        return path.Split('/', 2) is [var code, var rest] && (IsDistrict(rest) || IsSearch(rest)) && IsShown(code);
    }

    private bool IsDistrict(string path) => path.Split('/') is [TablePages.Districts, var id] && districts.Value.Contains(id);

    private bool IsSearch(string document) => Documents.Contains(document) && read(EntryText.PathOf(DocumentId.Parse(document), Language.Base.Code)) is { } text
        && FieldValues.Read(DocumentText.Parse(text), typeof(Page)).GetValueOrDefault("view") is FieldValue.Words { Text: "search" };

    /// <summary>As the edition decides it: in the demonstration stage a language with any text, in the live one with reviewed words.</summary>
    private bool IsShown(string code) => settings.Stage == Content.Reading.Stage.Live
        ? settings.Languages.Any(language => language.Code == code && language.CoreIsChecked && language.WordsAreReviewed)
        : code != Language.Base.Code && texts.Any(path => EntryText.DocumentOf(path) is not null && EntryText.LanguageOf(path) == code);

    private static HashSet<string> DistrictsIn(string? table) => table is not null && DataTable.Find(DistrictTable) is { } file && FieldValues.Read(file.Open(table), file.Form).GetValueOrDefault("districts") is FieldValue.Items rows
        ? [.. rows.Values.OfType<FieldValue.Fields>().Select(row => row.Values.GetValueOrDefault("id")).OfType<FieldValue.Words>().Select(id => id.Text)]
        : [];
}
