using Portal.Content.Hours;
using Portal.Content.Text;

namespace Portal.Content.Reading;

/// <summary>
/// A file that is not a document and whose shape is a record: an editor has its form from it. A table that is added later
/// gets one by standing in <see cref="All"/>; one that does not stand there is edited as text.
/// </summary>
/// <param name="Path">Path below the content folder.</param>
/// <param name="Form">The record: the file's fields, or one list.</param>
/// <param name="IsBareList">True where the file is rows alone, without a key above them.</param>
public sealed record DataTable(string Path, Type Form, bool IsBareList = false)
{
    private const string Key = "rows:";

    public static DataTable Settings { get; } = new("settings.yaml", typeof(SiteSettings));

    public static IReadOnlyList<DataTable> All { get; } =
    [
        Settings,
        new("data/navigation.yaml", typeof(SiteNavigation)),
        new("data/bank-holidays.yaml", typeof(BankHolidayRows)),
        new("data/languages.yaml", typeof(LanguageRows)),
        new("data/districts.yaml", typeof(DistrictRows)),
        new("data/tone.yaml", typeof(ToneRows), IsBareList: true),
        new("data/clauses.yaml", typeof(ClauseRows), IsBareList: true),
    ];

    public static DataTable? Find(string path) => All.FirstOrDefault(table => table.Path == path);

    /// <summary>The file's text as fields, to the byte.</summary>
    public DocumentText Open(string text) => DocumentText.ParseFields(IsBareList ? Key + (text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n") + text : text);

    /// <summary>The text of the file again.</summary>
    public string Close(DocumentText text)
    {
        var written = text.ToString();
        return IsBareList ? written[(written.IndexOf('\n', StringComparison.Ordinal) + 1)..] : written;
    }

    private sealed record BankHolidayRows
    {
        public required IReadOnlyList<BankHoliday> Days { get; init; }
    }

    private sealed record LanguageRows
    {
        public required IReadOnlyList<LanguageRow> Languages { get; init; }
    }

    private sealed record DistrictRows
    {
        public required IReadOnlyList<DistrictRow> Districts { get; init; }
    }

    private sealed record ToneRows
    {
        public required IReadOnlyList<ToneRule> Rows { get; init; }
    }

    private sealed record ClauseRows
    {
        public required IReadOnlyList<ClauseRow> Rows { get; init; }
    }
}

/// <summary>A row of <c>data/languages.yaml</c>.</summary>
public sealed record LanguageRow
{
    public required string Code { get; init; }

    /// <summary>The language's name in itself.</summary>
    public required string Endonym { get; init; }

    public required string English { get; init; }

    public required string Script { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public required string Direction { get; init; }
}

/// <summary>A row of <c>data/districts.yaml</c> as it is written.</summary>
public sealed record DistrictRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Government Statistical Service code.</summary>
    public required string Gss { get; init; }

    /// <summary>Degrees north.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees east.</summary>
    public required double Longitude { get; init; }

    /// <summary>Names in <c>towns.csv</c>.</summary>
    public required IReadOnlyList<string> Towns { get; init; }

    public required TileRow Tile { get; init; }
}

/// <summary>A place on the tile map, counted from 1.</summary>
public sealed record TileRow
{
    public required int Column { get; init; }

    public required int Row { get; init; }
}
