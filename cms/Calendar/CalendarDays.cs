using Microsoft.EntityFrameworkCore;

using NodaTime;
using NodaTime.Text;

using Portal.Cms.Bundles;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Content.Hours;
using Portal.Content.Languages;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Calendar;

/// <summary>What kind of thing a day of the calendar holds.</summary>
internal enum CalendarKind
{
    Campaign,
    Notice,
    GoesLive,
    Leaves,
    Review,
    BankHoliday,
}

/// <summary>One thing on one day in Kent.</summary>
/// <param name="At">The instant, where it has one.</param>
/// <param name="What">What happens: <c>begins</c>, <c>last day</c>; empty where the kind says it.</param>
/// <param name="Address">Where it leads; null where nowhere.</param>
internal sealed record CalendarItem(LocalDate Day, Instant? At, CalendarKind Kind, string Title, string What, string? Address);

/// <summary>What happens in one month, by the days of Kent: an instant on the night of a clock change stands on the day its clock showed.</summary>
internal sealed class CalendarDays(CmsDatabase database, SiteContent content, StaffUser user)
{
    private const string HolidayFile = "data/bank-holidays.yaml";

    /// <summary>Everything in the month, in order.</summary>
    public async Task<IReadOnlyList<CalendarItem>> OfAsync(YearMonth month, CancellationToken cancel = default)
    {
        var (first, last) = (month.OnDayOfMonth(1), month.OnDayOfMonth(1).PlusMonths(1).PlusDays(-1));
        var items = new List<CalendarItem>();
        items.AddRange(await PeriodsAsync(cancel));
        items.AddRange(await ReviewsAsync(month, cancel));
        items.AddRange(await InstantsAsync(first, last, cancel));
        items.AddRange((await HolidaysAsync(cancel)).Select(day => new CalendarItem(day.Date, null, CalendarKind.BankHoliday, day.Title, string.Empty, null)));
        return [.. items.Where(item => item.Day >= first && item.Day <= last).OrderBy(item => item.Day).ThenBy(item => item.At).ThenBy(item => item.Kind).ThenBy(item => item.Title, StringComparer.Ordinal)];
    }

    /// <summary>First and last days of campaigns and notices, as they are saved; those taken off the site apart.</summary>
    private async Task<IEnumerable<CalendarItem>> PeriodsAsync(CancellationToken cancel)
    {
        var texts = await database.Entries.AsNoTracking().Where(entry => (entry.Kind == "campaign" || entry.Kind == "notice") && entry.Language == Language.Base.Code && entry.State != EntryState.Withdrawn)
            .Join(database.Revisions.AsNoTracking(), entry => entry.Head, revision => revision.Id, (entry, revision) => new { entry.Path, entry.Title, entry.Kind, revision.Text }).ToListAsync(cancel);
        return texts.SelectMany(each =>
        {
            var kind = each.Kind == "campaign" ? CalendarKind.Campaign : CalendarKind.Notice;
            var read = DocumentText.Parse(each.Text);
            return new[] { (Key: kind == CalendarKind.Campaign ? "starts" : "from", What: "first day"), (Key: kind == CalendarKind.Campaign ? "ends" : "until", What: "last day") }
                .Select(edge => (edge.What, Day: LocalDatePattern.Iso.Parse(read.Fields.FirstOrDefault(field => field.Key == edge.Key)?.Source.Split(':', 2)[1].Trim() ?? string.Empty)))
                .Where(edge => edge.Day.Success).Select(edge => new CalendarItem(edge.Day.Value, null, kind, each.Title, edge.What, "/documents/edit/" + each.Path));
        });
    }

    private async Task<IEnumerable<CalendarItem>> ReviewsAsync(YearMonth month, CancellationToken cancel)
    {
        var prefix = $"{month.Year:0000}-{month.Month:00}-";
        var due = await user.Readable(database.Entries.AsNoTracking()).Where(entry => entry.ReviewBy != null && entry.ReviewBy.StartsWith(prefix) && entry.State != EntryState.Withdrawn).Select(entry => new { entry.Path, entry.Title, entry.ReviewBy }).ToListAsync(cancel);
        return due.Select(each => (each, Day: LocalDatePattern.Iso.Parse(each.ReviewBy!))).Where(each => each.Day.Success)
            .Select(each => new CalendarItem(each.Day.Value, null, CalendarKind.Review, each.each.Title, string.Empty, "/documents/edit/" + each.each.Path));
    }

    /// <summary>What goes live or leaves by the clock, texts and bundles.</summary>
    private async Task<IEnumerable<CalendarItem>> InstantsAsync(LocalDate first, LocalDate last, CancellationToken cancel)
    {
        Instant from = LondonTime.Zone.AtStartOfDay(first).ToInstant(), until = LondonTime.Zone.AtStartOfDay(last.PlusDays(1)).ToInstant();
        var texts = await user.Readable(database.Entries.AsNoTracking()).Where(entry => (entry.State == EntryState.Scheduled && entry.PublishAt >= from && entry.PublishAt < until) || (entry.ExpireAt >= from && entry.ExpireAt < until)).ToListAsync(cancel);
        var bundles = await database.Set<Bundle>().AsNoTracking().Where(bundle => (bundle.State == BundleState.Scheduled && bundle.PublishAt >= from && bundle.PublishAt < until) || (bundle.LiveSince != null && bundle.ExpireAt >= from && bundle.ExpireAt < until)).ToListAsync(cancel);
        return texts.SelectMany(entry => Times(entry.State == EntryState.Scheduled ? entry.PublishAt : null, entry.ExpireAt, entry.Title, "/documents/publish/" + entry.Path))
            .Concat(bundles.SelectMany(bundle => Times(bundle.State == BundleState.Scheduled ? bundle.PublishAt : null, bundle.LiveSince is null ? null : bundle.ExpireAt, bundle.Name, $"/bundles/{bundle.Id}")));

        static IEnumerable<CalendarItem> Times(Instant? live, Instant? leaves, string title, string address)
        {
            if (live is { } at) yield return new(at.InZone(LondonTime.Zone).Date, at, CalendarKind.GoesLive, title, string.Empty, address);
            if (leaves is { } end) yield return new(end.InZone(LondonTime.Zone).Date, end, CalendarKind.Leaves, title, string.Empty, address);
        }
    }

    private async Task<IEnumerable<BankHoliday>> HolidaysAsync(CancellationToken cancel) => ContentReader.BankHolidays(await content.TextsAsync([HolidayFile], cancel));
}
