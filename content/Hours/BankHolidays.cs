using System.Collections.Frozen;
using NodaTime;

namespace Portal.Content.Hours;

/// <summary>One bank holiday, as published for England and Wales (substitute days are days of their own).</summary>
public sealed record BankHoliday
{
    public required LocalDate Date { get; init; }

    public string Title { get; init; } = "";
}

/// <summary>The bank holidays the editors have entered, in order of date. Safe to share between threads.</summary>
public sealed class BankHolidays
{
    private readonly FrozenDictionary<LocalDate, BankHoliday> _byDate;

    /// <exception cref="ArgumentException">No day is given, or a date is given twice.</exception>
    public BankHolidays(IEnumerable<BankHoliday> days)
    {
        Days = [.. days.OrderBy(day => day.Date)];
        if (Days.Count == 0) throw new ArgumentException("At least one bank holiday is needed to know which years are covered.", nameof(days));
        if (Days.Zip(Days.Skip(1)).FirstOrDefault(pair => pair.First.Date == pair.Second.Date) is { First: { } twice })
            throw new ArgumentException($"The bank holiday {twice.Date:uuuu-MM-dd} is listed twice.", nameof(days));
        _byDate = Days.ToFrozenDictionary(day => day.Date);
        From = new LocalDate(Days[0].Date.Year, 1, 1);
        Until = new LocalDate(Days[^1].Date.Year, 12, 31);
    }

    public IReadOnlyList<BankHoliday> Days { get; }

    /// <summary>First day of the first year that has an entry.</summary>
    public LocalDate From { get; }

    /// <summary>
    /// Last day of the last year that has an entry, included. Beyond it nobody knows which days are holidays, so no
    /// opening is promised there.
    /// </summary>
    public LocalDate Until { get; }

    public bool Contains(LocalDate date) => _byDate.ContainsKey(date);

    public BankHoliday? Find(LocalDate date) => _byDate.GetValueOrDefault(date);
}
