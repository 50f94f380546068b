using NodaTime;

using Portal.Content.Hours;
using Portal.Content.Languages;
using Portal.Content.Places;
using Portal.Content.Problems;
using Portal.Content.Referrals;
using Portal.Content.Text;

using YamlDotNet.RepresentationModel;

namespace Portal.Content.Reading;

/// <summary>Reads the tables below <c>data/</c>.</summary>
internal static class DataReader
{
    /// <summary>All tables; null where one of them is unusable.</summary>
    public static ContentData? Read(ContentFiles files, ICollection<Problem> problems)
    {
        var gazetteer = ReadGazetteer(files, problems);
        var holidays = Holidays(files, problems);
        var tone = List<ToneRule>(files, "data/tone.yaml", null, problems);
        var clauses = Clauses(files, problems);
        var navigation = ContentReader.Record<SiteNavigation>(files, "data/navigation.yaml", problems);
        var sensitive = Words(files, "data/sensitive-words.yaml", problems);
        return gazetteer is null || holidays is null || tone is null || clauses is null || sensitive is null || navigation is null ? null : new()
        {
            Gazetteer = gazetteer,
            BankHolidays = holidays,
            SensitiveWords = sensitive,
            Tone = tone,
            Clauses = clauses,
            Navigation = navigation,
            Intake = files.Has(IntakeSetting.File) ? ContentReader.Record<IntakeSetting>(files, IntakeSetting.File, problems) : null,
        };
    }

    /// <summary>The published languages: English first, the simple version last.</summary>
    public static IReadOnlyList<Language> Languages(ContentFiles files, ICollection<Problem> problems)
    {
        var rows = Rows<LanguageRow>(files, "data/languages.yaml", "languages", problems);
        if (rows is null) return [];

        var seen = new HashSet<string> { Language.Simple.Code, Language.Simple.Prefix };
        var languages = new List<Language>();
        foreach (var (row, source) in rows)
        {
            if (!seen.Add(row.Code)) problems.Add(source.Problem($"The language '{row.Code}' is listed twice, or its code is taken.", "Keep one row."));
            else if (row.Direction is not ("ltr" or "rtl")) problems.Add(source.Problem($"'{row.Direction}' is no direction.", "Write 'direction: ltr' or 'rtl'."));
            else if (row.Code != Language.Base.Code) languages.Add(new(row.Code, row.Code, row.Endonym, row.English, row.Direction == "rtl"));
        }

        return [Language.Base, .. languages, Language.Simple];
    }

    /// <summary>The bank holidays; null where there are none.</summary>
    internal static BankHolidays? Holidays(ContentFiles files, ICollection<Problem> problems)
    {
        if (Rows<BankHoliday>(files, "data/bank-holidays.yaml", "days", problems) is not { } rows) return null;

        var days = new Dictionary<LocalDate, BankHoliday>();
        foreach (var (day, source) in rows)
            if (!days.TryAdd(day.Date, day)) problems.Add(source.Problem($"The bank holiday {day.Date:uuuu-MM-dd} is listed twice.", "Keep one row."));
        if (days.Count > 0) return new(days.Values);

        problems.Add(new("data/bank-holidays.yaml", 1, "No bank holiday is listed.", "Enter those of this year and the next: without them no opening can be told."));
        return null;
    }

    internal static List<ClauseRow>? Clauses(ContentFiles files, ICollection<Problem> problems) => List<ClauseRow>(files, "data/clauses.yaml", null, problems);

    private static Gazetteer? ReadGazetteer(ContentFiles files, ICollection<Problem> problems)
    {
        string[] paths = ["data/districts.yaml", "data/towns.csv", "data/outcodes.csv", "data/neighbours.csv"];
        var texts = paths.Select(path => ContentReader.TryText(files, path, problems)).ToArray();
        if (texts.Contains(null)) return null;

        var read = Gazetteer.Read(new() { Districts = texts[0]!, Towns = texts[1]!, Outcodes = texts[2]!, Neighbours = texts[3]! });
        foreach (var problem in read.Problems)
            problems.Add(new("data/" + Path.GetFileName(problem.File), problem.Line, problem.Message, "Mend the row."));
        return read.Gazetteer;
    }

    private static List<T>? List<T>(ContentFiles files, string path, string? under, ICollection<Problem> problems) where T : class =>
        Rows<T>(files, path, under, problems)?.ConvertAll(row => row.Row);

    /// <summary>The rows of a list, each with where it stands.</summary>
    private static List<(T Row, YamlSource Source)>? Rows<T>(ContentFiles files, string path, string? under, ICollection<Problem> problems) where T : class
    {
        if (ContentReader.TryText(files, path, problems) is not { } text) return null;

        // A bare list is wrapped, so that every table is read the same way with its own line numbers.
        var yaml = under is null ? "rows:\n" + text : text;
        if (YamlSource.ReadMap(path, under is null ? -1 : 0, yaml, problems) is not { } map) return null;
        if (!map.Children.TryGetValue(new YamlScalarNode(under ?? "rows"), out var node) || node is not YamlSequenceNode rows)
        {
            problems.Add(new(path, 1, "The list is missing.", under is null ? "Write '- ' before each row." : $"Write '{under}:' and the rows below it."));
            return null;
        }

        var source = new YamlSource(path, under is null ? -1 : 0, rows);
        var binder = new FieldBinder(problems);
        return [.. rows.Children.Select(row => (Row: binder.Bind(typeof(T), source.At(row)) as T, Source: source.At(row))).Where(each => each.Row is not null).Select(each => (each.Row!, each.Source))];
    }

    /// <summary>Lists of words by language code; null where the table cannot be read.</summary>
    public static Dictionary<string, IReadOnlyList<string>>? Words(ContentFiles files, string path, ICollection<Problem> problems)
    {
        if (ContentReader.TryText(files, path, problems) is not { } text || YamlSource.ReadMap(path, 0, text, problems) is not { } map) return null;
        return map.Children.ToDictionary(
            child => FieldBinder.KeyOf(child.Key),
            child => (IReadOnlyList<string>)[.. (child.Value as YamlSequenceNode)?.Children.Select(FieldBinder.KeyOf) ?? []]);
    }
}
