using NodaTime;

namespace Portal.Content.Hours;

/// <summary>
/// When a place or a line is open, in London wall-clock time. A session belongs to the day on which it begins: one
/// that runs past midnight is not cut by a closure or a bank holiday on the day after.
/// </summary>
public sealed record OpeningHours
{
    /// <summary>How far ahead the next opening is looked for, in days: longer than the longest wait for a fifth Tuesday (13 weeks).</summary>
    public const int DaysSearched = 100;

    /// <summary>How far ahead sessions that join without a gap are followed, in days.</summary>
    public const int DaysFollowed = 8;

    /// <summary>Day and night, every day. Nothing else is then said.</summary>
    public bool Always { get; init; }

    public IReadOnlyList<WeeklySession> Weekly { get; init; } = [];

    /// <summary>Null where the author has not said; treated as <see cref="BankHolidayRule.Unknown"/>.</summary>
    public BankHolidayRule? BankHolidays { get; init; }

    public IReadOnlyList<SpecialDay> Special { get; init; } = [];

    public IReadOnlyList<Closure> Closures { get; init; } = [];

    public bool ByAppointment { get; init; }

    /// <summary>Null where the author has not said; then it does not count as high, <see cref="Always"/> apart.</summary>
    public Documents.Confidence? Confidence { get; init; }

    /// <summary>
    /// Whether a page may say "open now" or "opens at". Someone may stake her one chance to get out on that sentence,
    /// so it takes high confidence and a known bank-holiday rule. By appointment nobody can walk in, so "now" would mislead.
    /// </summary>
    public bool MaySayNow => Always
        ? Confidence is null or Documents.Confidence.High
        : !ByAppointment
            && Confidence is Documents.Confidence.High
            && BankHolidays is BankHolidayRule.Closed or BankHolidayRule.Open or BankHolidayRule.Special;

    /// <summary>
    /// Open or not at <paramref name="now"/>, and until or from when. It does not weigh <see cref="MaySayNow"/>: who
    /// prints the answer asks that first.
    /// </summary>
    public OpenStatus StatusAt(Instant now, BankHolidays bankHolidays)
    {
        if (Always) return new OpenStatus(true, null, null);

        var today = now.InZone(LondonClock.Zone).Date;
        var last = LocalDate.Max(today, LocalDate.Min(today.PlusDays(DaysSearched), bankHolidays.Until));
        ZonedDateTime? closes = null;

        // No session is longer than a day, so yesterday's are the oldest that can still run.
        for (var date = today.PlusDays(-1); date <= last; date = date.PlusDays(1))
        {
            foreach (var session in SessionsOn(date, bankHolidays))
            {
                if (closes is not { } end)
                {
                    if (session.Closes.ToInstant() <= now) continue;
                    if (session.Opens.ToInstant() > now) return new OpenStatus(false, null, session.Opens);
                    closes = session.Closes;
                    continue;
                }

                if (session.Opens.ToInstant() > end.ToInstant()) return new OpenStatus(true, end, null);
                if (session.Closes.ToInstant() > end.ToInstant()) closes = session.Closes;
            }

            if (closes is not { } running) continue;
            if (running.Date <= date) return new OpenStatus(true, running, null);
            if (date == today.PlusDays(DaysFollowed)) break;
        }

        return new OpenStatus(closes is not null, null, null);
    }

    /// <summary>
    /// The sessions that begin on <paramref name="date"/>, in order of opening. Those that fall wholly into the hour
    /// skipped in March are left out. Empty for <see cref="Always"/>, which has no sessions.
    /// </summary>
    public IReadOnlyList<Session> SessionsOn(LocalDate date, BankHolidays bankHolidays) =>
    [
        .. TimesOn(date, bankHolidays)
            .Select(times => new Session(
                LondonClock.FirstReaches(date + times.Opens),
                LondonClock.FirstReaches((times.Closes > times.Opens ? date : date.PlusDays(1)) + times.Closes)))
            .Where(session => session.Opens.ToInstant() < session.Closes.ToInstant())
            .OrderBy(session => session.Opens.ToInstant())
    ];

    /// <summary>What is wrong with these hours, each a sentence for the author; empty where nothing is.</summary>
    public IReadOnlyList<string> Problems() => [.. OpeningHoursRules.Broken(this)];

    private IEnumerable<(LocalTime Opens, LocalTime Closes)> TimesOn(LocalDate date, BankHolidays bankHolidays)
    {
        if (Special.Any(day => day.Date == date))
            return Special.Where(day => day.Date == date).SelectMany(day => day.Times);

        if (Closures.Any(closure => closure.Covers(date))) return [];
        if (BankHolidays != BankHolidayRule.Open && bankHolidays.Contains(date)) return [];
        return from session in Weekly where session.BeginsOn(date) select (session.Opens, session.Closes);
    }
}
