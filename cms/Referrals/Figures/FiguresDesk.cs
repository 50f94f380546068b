using System.Text;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Referrals.Inbox;

namespace Portal.Cms.Referrals.Figures;

/// <summary>One table of the return.</summary>
/// <param name="Rows">Null where it cannot be told at all: see <see cref="Disclosure"/>.</param>
internal sealed record FigureTable(string Title, IReadOnlyList<FigureRow>? Rows);

/// <summary>One category and its number.</summary>
internal sealed record FigureRow(string Label, ToldNumber Number);

/// <summary>What may be told of a quarter.</summary>
/// <param name="IsOver">False while it runs: its numbers would tell of each message by how they change, so no file is made of them.</param>
/// <param name="WithinTarget">Percent answered in time of those answered, from the told numbers alone; null where one of them is not told.</param>
internal sealed record QuarterFigures(ReportQuarter Quarter, bool IsOver, ToldNumber Total, int? WithinTarget, IReadOnlyList<FigureTable> Tables);

/// <summary>A message whose facts are not all there.</summary>
internal sealed record MissingFacts(Guid Id, string Reference, IReadOnlyList<string> What);

/// <summary>Counts what staff confirmed, and what they did not; tells only what <see cref="Disclosure"/> lets through.</summary>
internal sealed class FiguresDesk(CmsDatabase database, FactLists lists, TimeProvider time)
{
    private const string InTime = "Somebody tried within the target";
    private const string Late = "Somebody tried later";
    private const string NotRecorded = "Not recorded";

    private static readonly char[] Quoted = ['"', ',', '\r', '\n'];

    public ReportQuarter Now => ReportQuarter.Of(Instant.FromDateTimeOffset(time.GetUtcNow()));

    public async Task<QuarterFigures> OfAsync(ReportQuarter quarter, CancellationToken cancel = default)
    {
        var rows = await RowsAsync(quarter, cancel);
        var answers = Table("Time to the first try to reach somebody", Answers(), rows, Answer);
        IReadOnlyList<FigureTable> tables =
        [
            Table("Who referred", FactLists.Sources, rows, row => row.Source),
            Table("Area", await lists.DistrictsAsync(cancel), rows, row => row.District),
            Table("Age", FactLists.AgeBands, rows, row => row.AgeBand),
            Table("Language", await lists.LanguagesAsync(cancel), rows, row => row.Language),
            Table("What came of it", FactLists.Outcomes, rows, row => row.Outcome),
            Table("Urgent", [new("yes", "Under 16, or a safeguarding concern"), new("no", "Any other")], rows, row => row.Urgent ? "yes" : "no"),
            answers,
        ];
        return new(quarter, quarter.IsBefore(Now), Disclosure.Tell(rows.Count), Percent(answers), tables);
    }

    /// <summary>Messages of the quarter that still have their words and lack facts: what a lead can still put right.</summary>
    public async Task<IReadOnlyList<MissingFacts>> MissingAsync(ReportQuarter quarter, CancellationToken cancel = default)
    {
        var (from, until) = Bounds(quarter);
        var messages = await database.Set<Referral>().AsNoTracking().Where(referral => referral.Received >= from && referral.Received < until && referral.State != ReferralState.Deleted)
            .OrderBy(referral => referral.Received).ThenBy(referral => referral.Reference).Select(referral => new { referral.Id, referral.Reference }).ToListAsync(cancel);
        var ids = messages.ConvertAll(message => (Guid?)message.Id);
        var facts = await database.Set<ReferralFacts>().AsNoTracking().Where(each => ids.Contains(each.ReferralId)).ToDictionaryAsync(each => each.ReferralId!.Value, cancel); // The query leaves out what has none.
        return [.. messages.Select(message => new MissingFacts(message.Id, message.Reference, Lacks(facts.GetValueOrDefault(message.Id)))).Where(message => message.What.Count > 0)];
    }

    /// <summary>The figures as a spreadsheet opens them: UTF-8 with its mark, CRLF, and no cell that it takes for a formula.</summary>
    public static byte[] Csv(QuarterFigures figures)
    {
        var text = new StringBuilder("\uFEFF");
        Line(text, ["Quarter", "Table", "Category", "Number"]);
        Line(text, [figures.Quarter.Name, "All", "Messages", figures.Total.ToString()]);
        foreach (var table in figures.Tables)
            foreach (var row in table.Rows ?? [new("The whole table", ToldNumber.Hidden)])
                Line(text, [figures.Quarter.Name, table.Title, row.Label, row.Number.ToString()]);
        Line(text, [figures.Quarter.Name, "All", "Percent within target, of those with a try and a target", figures.WithinTarget is { } percent ? $"{percent}" : "not shown"]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Facts, and messages nobody noted any of.</summary>
    private async Task<IReadOnlyList<Counted>> RowsAsync(ReportQuarter quarter, CancellationToken cancel)
    {
        var (from, until) = Bounds(quarter);
        var noted = await database.Set<ReferralFacts>().AsNoTracking().Where(facts => facts.Quarter == quarter.Name)
            .Select(facts => new Counted(facts.Source, facts.District, facts.AgeBand, facts.Language, facts.Outcome, facts.Urgent, facts.ResponseHours, facts.TargetHours)).ToListAsync(cancel);
        var bare = await database.Set<Referral>().AsNoTracking().Where(referral => referral.Received >= from && referral.Received < until && referral.State != ReferralState.Deleted)
            .Where(referral => !database.Set<ReferralFacts>().Any(facts => facts.ReferralId == referral.Id)).Select(referral => referral.Urgent).ToListAsync(cancel);
        return [.. noted, .. bare.Select(urgent => new Counted(string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, urgent, null, null))];
    }

    /// <summary>Every category of the list has a row, also one that nobody is in: a missing row would be a small number told.</summary>
    private static FigureTable Table(string title, IReadOnlyList<FactChoice> choices, IReadOnlyList<Counted> rows, Func<Counted, string> fact)
    {
        var counts = rows.GroupBy(fact).ToDictionary(group => group.Key, group => group.Count());
        var all = choices.Concat(counts.Keys.Where(key => key.Length > 0 && choices.All(choice => choice.Value != key)).Order(StringComparer.Ordinal).Select(key => new FactChoice(key, key))); // A district that the table no longer has.
        List<FactChoice> categories = title == "Urgent" ? [.. all] : [.. all, new(string.Empty, NotRecorded)];
        var told = Disclosure.Tell([.. categories.Select(category => counts.GetValueOrDefault(category.Value))]);
        return new(title, told is null ? null : [.. categories.Zip(told, (category, number) => new FigureRow(category.Label, number))]);
    }

    private static IReadOnlyList<FactChoice> Answers() => [new("in-time", InTime), new("late", Late), new("no-target", "Somebody tried, and there was no target")];

    private static string Answer(Counted row) => (row.ResponseHours, row.TargetHours) switch
    {
        (null, _) => string.Empty,
        (_, null) => "no-target",
        var (hours, target) => hours <= target ? "in-time" : "late",
    };

    /// <summary>Of the told numbers: whoever has these can work it out, and nothing else.</summary>
    private static int? Percent(FigureTable answers)
    {
        var inTime = answers.Rows?.First(row => row.Label == InTime).Number.Rounded;
        var late = answers.Rows?.First(row => row.Label == Late).Number.Rounded;
        return inTime is { } good && late is { } bad ? (int)Math.Round(100.0 * good / (good + bad), MidpointRounding.AwayFromZero) : null;
    }

    private static List<string> Lacks(ReferralFacts? facts)
    {
        List<string> what = [];
        if (facts is not { Source.Length: > 0 }) what.Add("who referred");
        if (facts is not { District.Length: > 0 }) what.Add("area");
        if (facts is not { AgeBand.Length: > 0 }) what.Add("age");
        if (facts is not { Language.Length: > 0 }) what.Add("language");
        if (facts is not { Outcome.Length: > 0 }) what.Add("what came of it");
        if (facts is not { ResponseHours: not null }) what.Add("a try to reach somebody");
        return what;
    }

    private static (Instant From, Instant Until) Bounds(ReportQuarter quarter) =>
        (LondonTime.Zone.AtStartOfDay(quarter.First).ToInstant(), LondonTime.Zone.AtStartOfDay(quarter.Last.PlusDays(1)).ToInstant());

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string value)
    {
        var words = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return words.IndexOfAny(Quoted) < 0 ? words : "\"" + words.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private sealed record Counted(string Source, string District, string AgeBand, string Language, string Outcome, bool Urgent, int? ResponseHours, int? TargetHours);
}
