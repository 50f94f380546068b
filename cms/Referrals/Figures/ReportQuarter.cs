using System.Globalization;
using System.Text.RegularExpressions;

using NodaTime;

using Portal.Cms.Hosting;

namespace Portal.Cms.Referrals.Figures;

/// <summary>Three months in Kent. Quarters of the calendar and of the financial year, which begins in April, end on the same days; only their numbers differ, so a title names the months.</summary>
/// <param name="Number">1 for January to March.</param>
internal sealed partial record ReportQuarter(int Year, int Number)
{
    /// <summary>Days after its last within which the figures are due (clause 13).</summary>
    public const int DueDays = 14;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-Q{Number}");

    public string Title => $"{Month(First)} to {Month(Last)} {Year}";

    /// <summary>As the council counts: the year from April to March.</summary>
    public string Financial => Number == 1 ? $"quarter 4 of {Year - 1}-{Year % 100:00}" : $"quarter {Number - 1} of {Year}-{(Year + 1) % 100:00}";

    public LocalDate First => new(Year, (3 * Number) - 2, 1);

    public LocalDate Last => First.PlusMonths(3).PlusDays(-1);

    public LocalDate Due => Last.PlusDays(DueDays);

    public ReportQuarter Before => Number == 1 ? new(Year - 1, 4) : this with { Number = Number - 1 };

    /// <summary>True where it ended before the other began.</summary>
    public bool IsBefore(ReportQuarter other) => Last < other.First;

    /// <summary>The quarter an instant lies in, by clocks in Kent.</summary>
    public static ReportQuarter Of(Instant instant)
    {
        var date = instant.InZone(LondonTime.Zone).Date;
        return new(date.Year, ((date.Month - 1) / 3) + 1);
    }

    /// <summary>The quarter of a name; null for any other text.</summary>
    public static ReportQuarter? Parse(string? name) => Pattern().Match(name ?? string.Empty) is { Success: true } match
        ? new(int.Parse(match.Groups["year"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))
        : null;

    private static string Month(LocalDate date) => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month);

    [GeneratedRegex("^(?<year>20[0-9]{2})-Q(?<number>[1-4])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
