using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Referrals.Figures;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;
using Portal.Content.Referrals;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>
/// What may be done with a message once somebody has read it. None of it needs a key, and none of it takes words: what
/// is chosen here stands outside the seal. The log is told of each act, never of the facts, which would tie them to the
/// message for good.
/// </summary>
internal sealed class ReferralDesk(CmsDatabase database, AuditLog audit, FactLists lists, StaffUser user, TimeProvider time)
{
    /// <summary>Days after the first reading beyond which nothing is kept, for any reason.</summary>
    public const int LongestDays = IntakeSetting.MostDays;

    /// <summary>By how many days from today a message can be kept longer.</summary>
    public static IReadOnlyList<int> Extensions { get; } = [30, 60, 90];

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The message, for whoever may open and so act on it: a lead each, a worker what is theirs or nobody's. Null for everybody else, as if there were none.</summary>
    public Task<Referral?> FindAsync(Guid id, CancellationToken cancel = default) => ReferralSight.Openable(database, user).FirstOrDefaultAsync(each => each.Id == id, cancel);

    /// <summary>Gives it to somebody who can open it, or to nobody.</summary>
    public Task<ActResult> AssignAsync(Guid id, long version, Guid? to, CancellationToken cancel = default) => ChangeAsync(id, version, "referral.assign", to?.ToString() ?? "nobody", async referral =>
    {
        if (to is { } person && !(await AssignableAsync(referral, cancel)).Any(each => each.Id == person)) return ActResult.NotAssignable;
        referral.AssignedTo = to;
        return ActResult.Done;
    }, cancel);

    /// <summary>Whom it can be given to: everybody with the role and a key, of a message for the lead the leads alone.</summary>
    public async Task<IReadOnlyList<ReferralPerson>> AssignableAsync(Referral referral, CancellationToken cancel = default) =>
        [.. (await ReferralPeople.AllAsync(database, cancel)).Where(person => person.HasKey && (referral.Group == ReferralGroup.Team || person.IsLead))];

    /// <summary>Notes a try to reach somebody (clause 8.3). The first one is the response that the target counts.</summary>
    public Task<ActResult> AttemptAsync(Guid id, long version, ContactChannel? channel, ContactOutcome? outcome, CancellationToken cancel = default) => ChangeAsync(id, version, "referral.attempt", $"{channel}: {outcome}", async referral =>
    {
        if (referral.OpenedAt is null) return ActResult.Unread;
        if (channel is not { } how || outcome is not { } what) return ActResult.NotListed;
        database.Add(new ContactAttempt { Id = RandomKey.New(), ReferralId = id, At = Now, By = user.Id, Channel = how, Outcome = what });
        var facts = await FactsAsync(referral, cancel);
        facts.ResponseHours ??= (int)Math.Max(0, (Now - referral.Received).TotalHours);
        if (referral.State == ReferralState.Opened) referral.State = ReferralState.InProgress;
        return ActResult.Done;
    }, cancel);

    /// <summary>Puts the reporting facts in place as somebody confirmed them after reading; an empty one is still missing.</summary>
    public Task<ActResult> ConfirmAsync(Guid id, long version, GivenFacts given, CancellationToken cancel = default) => ChangeAsync(id, version, "referral.facts", string.Empty, async referral =>
    {
        if (referral.OpenedAt is null) return ActResult.Unread;
        if (!await IsListedAsync(given, cancel)) return ActResult.NotListed;
        var facts = await FactsAsync(referral, cancel);
        (facts.Source, facts.District, facts.AgeBand, facts.Language, facts.Outcome) = (given.Source, given.District, given.AgeBand, given.Language, given.Outcome);
        return ActResult.Done;
    }, cancel);

    /// <summary>Says of need and risk what the reader thinks: what was read is ordered by it.</summary>
    public Task<ActResult> JudgeAsync(Guid id, long version, ReferralNeed? need, CancellationToken cancel = default) => ChangeAsync(id, version, "referral.need", $"{need}", referral =>
    {
        if (referral.OpenedAt is null) return Task.FromResult(ActResult.Unread);
        if (need is not { } said || said == ReferralNeed.None) return Task.FromResult(ActResult.NotListed);
        referral.Need = said;
        return Task.FromResult(ActResult.Done);
    }, cancel);

    /// <summary>Notes that it was passed to a service that helps; from now on the days to its deletion are counted.</summary>
    public Task<ActResult> HandOverAsync(Guid id, long version, CancellationToken cancel = default) => EndAsync(id, version, "referral.hand-over", FactLists.HandedOver, referral => (referral.State, referral.HandedOverAt) = (ReferralState.HandedOver, Now), cancel);

    /// <summary>Ends work on it with what came of it. It is deleted when the days after reading are over.</summary>
    public Task<ActResult> CloseAsync(Guid id, long version, string outcome, CancellationToken cancel = default) => EndAsync(id, version, "referral.close", outcome, referral => (referral.State, referral.ClosedAt) = (ReferralState.Closed, Now), cancel);

    /// <summary>Takes work on it up again: the days after hand-over no longer count, those after reading still do.</summary>
    public Task<ActResult> ReopenAsync(Guid id, long version, CancellationToken cancel = default) => ChangeAsync(id, version, "referral.reopen", string.Empty, referral =>
    {
        if (referral.State is not (ReferralState.HandedOver or ReferralState.Closed)) return Task.FromResult(ActResult.NotNow);
        (referral.State, referral.HandedOverAt, referral.ClosedAt) = (ReferralState.InProgress, null, null);
        return Task.FromResult(ActResult.Done);
    }, cancel);

    /// <summary>Keeps it for some days from now, whatever the usual days say; never beyond <see cref="LongestDays"/> after it was first read.</summary>
    public Task<ActResult> KeepAsync(Guid id, long version, KeepReason? reason, int days, CancellationToken cancel = default) => ChangeAsync(id, version, "referral.keep", $"{reason}, {days} days", referral =>
    {
        if (referral.OpenedAt is not { } opened) return Task.FromResult(ActResult.Unread);
        if (reason is not { } why || why == KeepReason.None || !Extensions.Contains(days)) return Task.FromResult(ActResult.NotListed);
        if (Now + Duration.FromDays(days) > opened + Duration.FromDays(LongestDays)) return Task.FromResult(ActResult.TooLong);
        (referral.KeptFor, referral.KeptUntil) = (why, Now + Duration.FromDays(days));
        return Task.FromResult(ActResult.Done);
    }, cancel);

    private Task<ActResult> EndAsync(Guid id, long version, string act, string outcome, Action<Referral> end, CancellationToken cancel) => ChangeAsync(id, version, act, string.Empty, async referral =>
    {
        if (referral.OpenedAt is null) return ActResult.Unread;
        if (referral.State is ReferralState.HandedOver or ReferralState.Closed) return ActResult.NotNow;
        if (FactLists.Outcomes.All(choice => choice.Value != outcome)) return ActResult.NotListed;
        end(referral);
        (await FactsAsync(referral, cancel)).Outcome = outcome;
        return ActResult.Done;
    }, cancel);

    private async Task<ActResult> ChangeAsync(Guid id, long version, string act, string detail, Func<Referral, Task<ActResult>> change, CancellationToken cancel)
    {
        if (await FindAsync(id, cancel) is not { } referral) return ActResult.Missing;
        if (referral.Version != version) return ActResult.Meanwhile;
        var result = await change(referral);
        if (result != ActResult.Done)
        {
            database.ChangeTracker.Clear();
            return result;
        }

        referral.Version++;
        audit.Add(database, user.Actor, act, id.ToString(), detail);
        try
        {
            await database.SaveChangesAsync(cancel);
            return ActResult.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            database.ChangeTracker.Clear();
            return ActResult.Meanwhile;
        }
    }

    /// <summary>The facts of a message, made where there are none. The target is that of the day they were made.</summary>
    private async Task<ReferralFacts> FactsAsync(Referral referral, CancellationToken cancel)
    {
        if (await database.Set<ReferralFacts>().FirstOrDefaultAsync(facts => facts.ReferralId == referral.Id, cancel) is { } known) return known;
        var made = NewFacts(referral, await database.Set<ReferralTargets>().AsNoTracking().FirstOrDefaultAsync(cancel));
        database.Add(made);
        return made;
    }

    /// <summary>Facts of a message that nobody has confirmed.</summary>
    internal static ReferralFacts NewFacts(Referral referral, ReferralTargets? targets) => new()
    {
        Id = RandomKey.New(),
        ReferralId = referral.Id,
        Quarter = ReportQuarter.Of(referral.Received).Name,
        Urgent = referral.Urgent,
        TargetHours = referral.Urgent ? targets?.UrgentHours : targets?.OtherHours,
    };

    private async Task<bool> IsListedAsync(GivenFacts given, CancellationToken cancel) =>
        Is(FactLists.Sources, given.Source) && Is(await lists.DistrictsAsync(cancel), given.District) && Is(FactLists.AgeBands, given.AgeBand) && Is(await lists.LanguagesAsync(cancel), given.Language) && Is(FactLists.Outcomes, given.Outcome);

    private static bool Is(IReadOnlyList<FactChoice> list, string value) => value.Length == 0 || list.Any(choice => choice.Value == value);
}

/// <summary>The reporting facts as a form gives them: values of <see cref="FactLists"/>, empty for none yet.</summary>
internal sealed record GivenFacts(string Source, string District, string AgeBand, string Language, string Outcome);

/// <summary>What came of an act. All but the first wrote nothing.</summary>
internal enum ActResult
{
    Done,

    /// <summary>There is no such message for this person.</summary>
    Missing,

    /// <summary>Somebody changed it since the page was opened.</summary>
    Meanwhile,

    /// <summary>Nobody has read it yet.</summary>
    Unread,

    /// <summary>It is not in a state for that.</summary>
    NotNow,

    /// <summary>A value stands on no list.</summary>
    NotListed,

    /// <summary>The person chosen has no role or no key for it.</summary>
    NotAssignable,

    /// <summary>It would be kept beyond the limit.</summary>
    TooLong,
}
