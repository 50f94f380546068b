using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Referrals.Keys;

namespace Portal.Cms.Referrals.Rota;

/// <summary>Something that must be there before messages are taken.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="Remedy">What to do where it is not met.</param>
/// <param name="InDemonstration">True where it is asked before the form opens in the demonstration stage too: a form that nothing can open, or that nobody promised to read, is none.</param>
internal sealed record FormCondition(string Name, string Remedy, bool InDemonstration, Func<CmsDatabase, Instant, CancellationToken, Task<bool>> IsMet);

/// <summary>What the live stage asks of those who answer messages. Each is a condition of the stage, and of the form in it.</summary>
internal static class FormConditions
{
    private const int FewestMembers = 2;

    public static IReadOnlyList<FormCondition> All { get; } =
    [
        new("Response targets for messages are set", "A safeguarding lead sets them under Rota.", true, async (database, _, cancel) => await TargetsAsync(database, cancel) is { UrgentHours: not null, OtherHours: not null }),
        new("Staffed hours for messages are set", "A safeguarding lead sets them under Rota.", true, async (database, _, cancel) => StaffedHours.Parse((await TargetsAsync(database, cancel))?.StaffedHours ?? string.Empty).IsDecided),
        new($"Each staffed day of the next {RotaDesk.Shown} has somebody on duty, and somebody else as cover", "A safeguarding lead fills the rota.", false, async (database, now, cancel) => (await UncoveredAsync(database, now, cancel)).Count == 0),
        new("At least two people can open messages", "They make their keys under Messages, and somebody with access admits them.", false, async (database, _, cancel) => (await ReferralPeople.AllAsync(database, cancel)).Count(person => person.HasKey) >= FewestMembers),
        new("A safeguarding lead can open messages", "A safeguarding lead makes a key under Messages.", true, async (database, _, cancel) => (await ReferralPeople.AllAsync(database, cancel)).Any(person => person is { HasKey: true, IsLead: true })),
        new("The recovery key was tried and opens", "A safeguarding lead makes and checks it under Messages.", true, (database, _, cancel) => database.Set<RecoveryKey>().AnyAsync(key => key.CheckedAt != null && key.EndedAt == null, cancel)),
    ];

    /// <summary>Days of the shown ones without anybody who answers messages now, staffed or not.</summary>
    public static async Task<IReadOnlyList<LocalDate>> EmptyAsync(CmsDatabase database, Instant now, CancellationToken cancel = default) =>
        await DaysAsync(database, now, static (row, known) => row is not null && (known(row.OnDuty) || (row.Cover is { } cover && known(cover))), cancel);

    /// <summary>Staffed days of the shown ones that lack somebody on duty or their cover.</summary>
    private static async Task<IReadOnlyList<LocalDate>> UncoveredAsync(CmsDatabase database, Instant now, CancellationToken cancel)
    {
        var hours = StaffedHours.Parse((await TargetsAsync(database, cancel))?.StaffedHours ?? string.Empty);
        var open = await DaysAsync(database, now, static (row, known) => row is { Cover: { } cover } && known(row.OnDuty) && known(cover), cancel);
        return [.. open.Where(day => !hours.IsDecided || hours.On(day) is not null)];
    }

    private static async Task<IReadOnlyList<LocalDate>> DaysAsync(CmsDatabase database, Instant now, Func<RotaDay?, Func<Guid, bool>, bool> isFine, CancellationToken cancel)
    {
        var today = now.InZone(LondonTime.Zone).Date;
        var days = Enumerable.Range(0, RotaDesk.Shown).Select(today.PlusDays).ToList();
        var keys = days.ConvertAll(RotaDesk.Key);
        var rows = await database.Set<RotaDay>().AsNoTracking().Where(day => keys.Contains(day.Date)).ToDictionaryAsync(day => day.Date, cancel);
        var people = (await ReferralPeople.AllAsync(database, cancel)).Select(person => person.Id).ToHashSet();
        return [.. days.Where(day => !isFine(rows.GetValueOrDefault(RotaDesk.Key(day)), people.Contains))];
    }

    private static Task<ReferralTargets?> TargetsAsync(CmsDatabase database, CancellationToken cancel) => database.Set<ReferralTargets>().AsNoTracking().FirstOrDefaultAsync(cancel);
}
