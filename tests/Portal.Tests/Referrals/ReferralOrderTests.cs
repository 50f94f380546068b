using CsCheck;

using NodaTime;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Inbox;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>Clause 8.1: need and risk order what was read, not waiting; what nobody has read comes before all.</summary>
public sealed class ReferralOrderTests
{
    private static readonly ReferralState[] Open = [ReferralState.New, ReferralState.Opened, ReferralState.InProgress];

    private static readonly Gen<Referral> Message = Gen.Select(Gen.Int[0, Open.Length - 1], Gen.Bool, Gen.Int[0, (int)ReferralNeed.Low], Gen.Int[0, 40], Gen.Guid).Select((state, urgent, need, hours, id) => new Referral
    {
        Id = id,
        Reference = id.ToString(),
        KeySet = "set",
        Readers = string.Empty,
        SizeClass = 4,
        Group = ReferralGroup.Team,
        State = Open[state],
        Urgent = urgent,
        Need = (ReferralNeed)need,
        Received = Instant.FromUtc(2026, 12, 1, 0, 0) + Duration.FromHours(hours),
    });

    [Fact]
    public void The_list_is_in_order_of_need_after_reading_and_waiting_decides_among_equals_alone() => Message.List[0, 12].Sample(messages =>
    {
        var ordered = ReferralSight.InOrder(messages.AsQueryable()).ToList();

        Assert.Equal(messages.Select(message => message.Id).Order(), ordered.Select(message => message.Id).Order()); // Nobody is lost.
        foreach (var (before, after) in ordered.SelectMany((each, at) => ordered.Skip(at + 1).Select(later => (each, later))))
        {
            Assert.False(IsRead(before) && !IsRead(after));
            if (IsRead(before) != IsRead(after)) continue;
            if (IsRead(before)) Assert.True(NeedOf(before) <= NeedOf(after));
            else Assert.True(before.Urgent || !after.Urgent);
            if (IsRead(before) ? NeedOf(before) == NeedOf(after) : before.Urgent == after.Urgent) Assert.True(before.Received <= after.Received);
        }
    });

    private static bool IsRead(Referral message) => message.State != ReferralState.New;

    /// <summary>As staff set it; until then as the sender's bit has it.</summary>
    private static ReferralNeed NeedOf(Referral message) => message.Need != ReferralNeed.None ? message.Need : message.Urgent ? ReferralNeed.High : ReferralNeed.Standard;
}
