using System.Globalization;

using Microsoft.EntityFrameworkCore;

using NodaTime;
using NodaTime.Text;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Layout;
using Portal.Cms.Publishing;

namespace Portal.Cms.Referrals.Rota;

/// <summary>What was typed into the form of the targets.</summary>
/// <param name="From">First hours from Monday.</param>
/// <param name="Until">Hours at which the days end, from Monday.</param>
internal sealed record TargetsInput(string Urgent, string Other, IReadOnlyList<string> From, IReadOnlyList<string> Until, string AfterHandOver, string AfterReading);

/// <summary>One day of the rota as a form holds it: whom it shows now, and whom it showed when it was opened.</summary>
internal sealed record DayInput(LocalDate Date, Guid? OnDuty, Guid? Cover, Guid? WasOnDuty, Guid? WasCover)
{
    public bool IsChanged => (OnDuty, Cover) != (WasOnDuty, WasCover);
}

/// <summary>Writes what the service promises itself, and who answers on which day.</summary>
internal sealed class RotaDesk(CmsDatabase database, AuditLog audit, Publisher publisher, TimeProvider time)
{
    /// <summary>Days that are shown and planned: today and the 13 after it.</summary>
    public const int Shown = 14;

    public const int MostUrgentHours = 72;
    public const int MostOtherHours = 240;
    public const int MostDaysAfterHandOver = 90;
    public const int MostDaysAfterReading = 365;

    private static readonly LocalDatePattern Said = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM");

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public LocalDate Today => Now.InZone(LondonTime.Zone).Date;

    public static string Key(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static string Say(LocalDate date) => Said.Format(date);

    public async Task<ReferralTargets> TargetsAsync(CancellationToken cancel = default) =>
        await database.Set<ReferralTargets>().AsNoTracking().FirstOrDefaultAsync(cancel) ?? new();

    /// <summary>The rows of the shown days by their keys; a day without a row has nobody.</summary>
    public async Task<IReadOnlyDictionary<string, RotaDay>> DaysAsync(CancellationToken cancel = default)
    {
        var keys = Enumerable.Range(0, Shown).Select(day => Key(Today.PlusDays(day))).ToList();
        return await database.Set<RotaDay>().AsNoTracking().Where(day => keys.Contains(day.Date)).ToDictionaryAsync(day => day.Date, cancel);
    }

    /// <summary>Saves targets, hours and days kept. Returns what is wrong; then nothing was written.</summary>
    /// <param name="version">Of the row that the form was made of.</param>
    public async Task<IReadOnlyList<Problem>> SaveTargetsAsync(TargetsInput input, long version, Actor actor, CancellationToken cancel = default)
    {
        var problems = new List<Problem>();
        var urgent = Number("urgent", input.Urgent, MostUrgentHours, "hours", problems);
        var other = Number("other", input.Other, MostOtherHours, "hours", problems);
        var handedOver = Number("hand-over", input.AfterHandOver, MostDaysAfterHandOver, "days", problems);
        var reading = Number("reading", input.AfterReading, MostDaysAfterReading, "days", problems);
        if (urgent > other) problems.Add(new("urgent", "An urgent message cannot have more hours than another."));
        if (handedOver > reading) problems.Add(new("hand-over", "The days after hand-over cannot be more than those after reading: those end it in any case."));
        var hours = Hours(input, problems);
        if (problems.Count > 0) return problems;

        var row = await database.Set<ReferralTargets>().FirstOrDefaultAsync(cancel);
        if ((row?.Version ?? 0) != version) return [Meanwhile("urgent")];
        if (row is null) database.Add(row = new());
        (row.UrgentHours, row.OtherHours, row.StaffedHours, row.DaysAfterHandOver, row.DaysAfterReading, row.Version) = (urgent, other, hours.Write(), handedOver!.Value, reading!.Value, version + 1); // Numbers: no problem was found.
        audit.Add(database, actor, "referral.targets", "targets", $"urgent {urgent} h, other {other} h, staffed {row.StaffedHours}, kept {handedOver} and {reading} days");
        database.Outbox.Add(new() { At = Now, By = actor.Name, What = "targets of the form" });
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || version == 0)
        {
            database.ChangeTracker.Clear(); // Changed, or made for the first time, by somebody else between the two.
            return [Meanwhile("urgent")];
        }

        publisher.Wake();
        return [];
    }

    /// <summary>Saves the days that were changed in the form; the others may have been changed by somebody else. Returns what is wrong; then nothing was written.</summary>
    public async Task<IReadOnlyList<Problem>> SaveDaysAsync(IReadOnlyList<DayInput> days, Actor actor, CancellationToken cancel = default)
    {
        var problems = new List<Problem>();
        var people = (await ReferralPeople.AllAsync(database, cancel)).Select(person => person.Id).ToHashSet();
        foreach (var day in days.Where(day => day.IsChanged))
        {
            if (day.Date < Today || day.Date >= Today.PlusDays(Shown)) problems.Add(new($"duty-{Key(day.Date)}", $"{Say(day.Date)} is not one of the {Shown} days shown. Open the page again."));
            else if (day is { OnDuty: null, Cover: not null }) problems.Add(new($"duty-{Key(day.Date)}", $"{Say(day.Date)}: choose who is on duty before who covers them."));
            else if (day.OnDuty is not null && day.OnDuty == day.Cover) problems.Add(new($"cover-{Key(day.Date)}", $"{Say(day.Date)}: nobody can cover their own absence. Choose somebody else."));
            else if (new[] { day.OnDuty, day.Cover }.OfType<Guid>().Any(id => !people.Contains(id))) problems.Add(new($"duty-{Key(day.Date)}", $"{Say(day.Date)}: somebody chosen no longer answers messages. Choose somebody else."));
        }

        if (problems.Count > 0) return problems;
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        var rows = await DaysAsync(cancel);
        foreach (var day in days.Where(day => day.IsChanged))
        {
            var row = rows.GetValueOrDefault(Key(day.Date));
            if ((row?.OnDuty, row?.Cover) != (day.WasOnDuty, day.WasCover)) problems.Add(new($"duty-{Key(day.Date)}", $"{Say(day.Date)}: somebody else changed this day since you opened the page. Look at it again."));
            else Put(row, day);
        }

        if (problems.Count > 0)
        {
            database.ChangeTracker.Clear();
            return problems;
        }

        if (!database.ChangeTracker.HasChanges()) return [];
        audit.Add(database, actor, "referral.rota", "rota", string.Join(", ", days.Where(day => day.IsChanged).Select(day => Key(day.Date))));
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return [];
    }

    private void Put(RotaDay? row, DayInput day)
    {
        if (day.OnDuty is not { } duty)
        {
            if (row is not null) database.Remove(row);
        }
        else if (row is null)
        {
            database.Add(new RotaDay { Date = Key(day.Date), OnDuty = duty, Cover = day.Cover });
        }
        else
        {
            (row.OnDuty, row.Cover) = (duty, day.Cover);
            database.Update(row);
        }
    }

    private static StaffedHours Hours(TargetsInput input, List<Problem> problems)
    {
        var days = new List<StaffedDay?>();
        for (var day = 0; day < 7; day++)
        {
            var (from, until) = (input.From.ElementAtOrDefault(day)?.Trim() ?? string.Empty, input.Until.ElementAtOrDefault(day)?.Trim() ?? string.Empty);
            if (from.Length == 0 && until.Length == 0)
            {
                days.Add(null);
                continue;
            }

            var name = CultureInfo.InvariantCulture.DateTimeFormat.GetDayName((DayOfWeek)((day + 1) % 7));
            if (StaffedHours.Hour(from) is { } first && StaffedHours.Hour(until) is { } end && first < end) days.Add(new(first, end));
            else problems.Add(new($"from-{day}", $"{name}: write two whole hours from 0 to 24, the first before the second, or leave both empty."));
        }

        if (problems.Count == 0 && days.TrueForAll(day => day is null)) problems.Add(new("from-0", "Write the staffed hours of at least one day."));
        return problems.Count == 0 ? new(days) : StaffedHours.None;
    }

    private static int? Number(string field, string text, int most, string unit, List<Problem> problems)
    {
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        problems.Add(new(field, $"Write a whole number of {unit} from 1 to {most}."));
        return null;
    }

    private static Problem Meanwhile(string field) => new(field, "Somebody else changed this since you opened the page. Nothing of yours was saved. What they wrote stands below.");
}
