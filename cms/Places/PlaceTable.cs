using System.Globalization;
using System.Text;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Places;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Rules;
using Portal.Content.Text;

namespace Portal.Cms.Places;

/// <summary>
/// Places as a table: a row each, a column for each field that is a single value or a list of words. Columns come from
/// the record, so a field added later has one. An import changes only the columns it has, and is taken whole or not at all.
/// </summary>
internal sealed class PlaceTable(CmsDatabase database, DocumentStore documents, SecretRecords secrets, SiteContent content, AuditLog audit, TimeProvider time)
{
    /// <summary>Most rows of one import.</summary>
    public const int Most = 500;

    /// <summary>Most characters of one import.</summary>
    public const int MostText = 1_000_000;

    private const string PathColumn = "path";
    private const string Note = "Imported from a table";
    private const char Between = ';';

    /// <summary>What a spreadsheet would take for a formula; such a cell gets an apostrophe, which an import takes off again.</summary>
    private const string Formulas = "=+-@\t\r";

    private static readonly Dictionary<string, Type> Columns = Leaves(typeof(AccessPoint), string.Empty).ToDictionary(leaf => leaf.Name, leaf => leaf.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of the columns, in the order of the fields.</summary>
    public static IReadOnlyList<string> Names { get; } = [PathColumn, .. Columns.Keys];

    /// <summary>The newest saved text of every place.</summary>
    public async Task<string> WriteAsync(CancellationToken cancel = default)
    {
        var texts = await database.Entries.AsNoTracking().Where(entry => entry.Kind == EntryText.PlaceKind && entry.Language == Language.Base.Code)
            .Join(database.Revisions.AsNoTracking(), entry => entry.Head, revision => revision.Id, (entry, revision) => new { entry.Document, revision.Text }).OrderBy(each => each.Document).ToListAsync(cancel);
        var table = new StringBuilder(Csv.Write(Names));
        foreach (var each in texts)
        {
            var values = FieldValues.Read(DocumentText.Parse(each.Text), typeof(AccessPoint));
            table.Append(Csv.Write(new[] { each.Document! }.Concat(Columns.Keys.Select(name => Guarded(Cell(values, name)))))); // Places are documents.
        }

        return table.ToString();
    }

    /// <summary>What an import of this table would do, row for row, and everything that is wrong with it. Writes nothing.</summary>
    public async Task<TableReading> ReadAsync(string table, CancellationToken cancel = default)
    {
        if (table.Length > MostText) return TableReading.Refused($"The table has more than {MostText:N0} characters. Import it in parts.");
        var lines = Csv.Read(table);
        if (lines.Count == 0) return TableReading.Refused("The table is empty. Its first line names the columns.");
        var names = lines[0].Cells;
        if (!names.Contains(PathColumn, StringComparer.OrdinalIgnoreCase)) return TableReading.Refused($"There is no column '{PathColumn}'. It says which place a row is, such as places/maidstone-dropin.");
        if (names.FirstOrDefault(name => name.Length == 0 || !Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown) return TableReading.Refused($"'{unknown}' is no column. Take it out, or use one of: {string.Join(", ", Names)}.");
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice) return TableReading.Refused($"The column '{twice.Key}' is there twice. Keep one.");
        if (lines.Count - 1 > Most) return TableReading.Refused($"The table has {lines.Count - 1} rows; at most {Most} are imported at once. Import it in parts.");

        var rows = new List<TableRow>();
        foreach (var (line, cells) in lines.Skip(1)) rows.Add(await RowAsync(line, names, cells, rows, cancel));
        await CheckAsync(rows, cancel);
        return new(rows, null);
    }

    /// <summary>Takes a table in that reads without a mistake: every row that changes something becomes a new revision to be reviewed.</summary>
    /// <returns>What was read; nothing is written where it holds a mistake.</returns>
    public async Task<TableReading> ImportAsync(string table, Actor actor, CancellationToken cancel = default)
    {
        var reading = await ReadAsync(table, cancel);
        if (!reading.IsRight) return reading;
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        foreach (var row in reading.Rows.Where(row => row.Change != TableChange.Same))
        {
            var taken = row.Change == TableChange.New
                ? await documents.CreateAsync(row.File, EntryText.PlaceKind, row.Text, actor, Note, cancel) is not null
                : (await documents.SaveAsync(row.File, row.Text, row.Version, actor, Note, keepDraft: true, cancel)).Conflict is null;
            if (!taken) row.With("Somebody changed this place while the table was read. Check the table again.");
        }

        if (!reading.IsRight) return reading; // The transaction ends here, and with it what was written of the other rows.
        audit.Add(database, actor, "place.import", "places", string.Create(CultureInfo.InvariantCulture, $"{reading.Rows.Count(row => row.Change == TableChange.New)} added, {reading.Rows.Count(row => row.Change == TableChange.Changed)} changed"));
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return reading;
    }

    private async Task<TableRow> RowAsync(int line, IReadOnlyList<string> names, IReadOnlyList<string> cells, List<TableRow> before, CancellationToken cancel)
    {
        var row = new TableRow { Line = line };
        if (cells.Count != names.Count) return row.With($"The row has {cells.Count} cells, the first line {names.Count}. Put cells with a comma in quotation marks.");
        var typed = names.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.OrdinalIgnoreCase);
        row.Path = typed[PathColumn].Trim('/');
        if (!DocumentId.TryParse(row.Path, out var id) || !row.Path.StartsWith("places/", StringComparison.Ordinal)) return row.With($"'{row.Path}' is no path of a place. Write lower-case letters, digits and hyphens, such as places/maidstone-dropin.");
        if (before.Exists(other => other.Path == row.Path)) return row.With($"{row.Path} stands in the table twice. Keep one row.");

        row.File = EntryText.PathOf(id, Language.Base.Code);
        var entry = await documents.FindAsync(row.File, cancel);
        if (entry is not null && entry.Kind != EntryText.PlaceKind) return row.With($"{row.Path} is another kind of document.");
        var old = entry is null ? EntryText.New(DocumentKind.Find(EntryText.PlaceKind)!, typed.GetValueOrDefault("title", row.Path)) : (await documents.HeadAsync(entry, cancel)).Text;
        var text = DocumentText.Parse(old);
        var values = new Dictionary<string, FieldValue>(FieldValues.Read(text, typeof(AccessPoint)));
        foreach (var name in typed.Keys.Where(name => !name.Equals(PathColumn, StringComparison.OrdinalIgnoreCase))) Put(values, Columns.Keys.First(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)), Plain(typed[name]));
        row.Text = FieldValues.Apply(text, typeof(AccessPoint), values).ToString();
        (row.Title, row.Version) = (values.GetValueOrDefault("title") is FieldValue.Words title ? title.Text : string.Empty, entry?.Version ?? 0);
        row.Change = entry is null ? TableChange.New : row.Text == old ? TableChange.Same : TableChange.Changed;
        return row.Change != TableChange.Same && await secrets.RefusalAsync(row.File, EntryText.PlaceKind, row.Text, cancel) is { } refusal ? row.With(refusal) : row;
    }

    /// <summary>Reads the rows as if they were public together with all that is, and tells each row what the reader and the rules say of it.</summary>
    private async Task CheckAsync(List<TableRow> rows, CancellationToken cancel)
    {
        var changed = rows.Where(row => row.Change != TableChange.Same && row.Problems.Count == 0).ToDictionary(row => row.File);
        if (changed.Count == 0) return;
        var files = (await content.LiveAsync(cancel)).With(changed.Values.Select(row => (row.File, Encoding.UTF8.GetBytes(row.Text))));
        var reading = ContentReader.Read(files);
        var problems = reading.Library is { } library ? reading.Problems.Concat(RuleBook.Check(new Edition(library, Instant.FromDateTimeOffset(time.GetUtcNow())))) : reading.Problems;
        foreach (var problem in problems.Where(problem => problem.Weight == Weight.Error))
            if (changed.TryGetValue(problem.File, out var row)) row.With($"{problem.What} {problem.Remedy}");
    }

    private static IEnumerable<(string Name, Type Type)> Leaves(Type type, string prefix) => FieldMap.Of(type).Fields.SelectMany(field =>
    {
        var plain = Nullable.GetUnderlyingType(field.Property.PropertyType) ?? field.Property.PropertyType;
        if (FieldValues.ElementOf(plain) is { } element) return FieldValues.HasFields(element) ? [] : [(prefix + field.Key, plain)];
        return FieldValues.HasFields(plain) ? Leaves(plain, prefix + field.Key + ".") : [(prefix + field.Key, plain)];
    });

    private static string Cell(IReadOnlyDictionary<string, FieldValue> values, string name)
    {
        var (key, rest) = name.Split('.', 2) is [var first, var inner] ? (first, inner) : (name, null);
        return values.GetValueOrDefault(key) switch
        {
            FieldValue.Fields fields when rest is not null => Cell(fields.Values, rest),
            FieldValue.Items items => string.Join($"{Between} ", items.Values.OfType<FieldValue.Words>().Select(item => item.Text)),
            FieldValue.Words words => words.Text,
            _ => string.Empty,
        };
    }

    private static void Put(Dictionary<string, FieldValue> values, string name, string cell, string? whole = null)
    {
        if (name.Split('.', 2) is [var key, var rest])
        {
            var inner = values.GetValueOrDefault(key) is FieldValue.Fields fields ? new Dictionary<string, FieldValue>(fields.Values) : [];
            Put(inner, rest, cell, whole ?? name);
            values[key] = new FieldValue.Fields(inner);
            return;
        }

        values[name] = FieldValues.ElementOf(Columns[whole ?? name]) is null
            ? new FieldValue.Words(cell)
            : new FieldValue.Items([.. cell.Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => new FieldValue.Words(item))]);
    }

    private static string Guarded(string cell) => cell.Length > 0 && Formulas.Contains(cell[0], StringComparison.Ordinal) && !double.TryParse(cell, CultureInfo.InvariantCulture, out _) ? "'" + cell : cell;

    private static string Plain(string cell) => cell is ['\'', var next, ..] && Formulas.Contains(next, StringComparison.Ordinal) ? cell[1..] : cell;
}
