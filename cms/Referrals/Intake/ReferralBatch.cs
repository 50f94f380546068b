using System.Security.Cryptography;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Rota;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// One transaction of the writer. Whether the form is open and which keys are in force is asked inside it, so that no
/// message is taken after the form was closed.
/// </summary>
internal sealed class ReferralBatch(CmsDatabase database, Instant now)
{
    private const int BytesInKibibyte = 1024;

    /// <summary>Crockford's digits: no I, L, O or U, which are misread or make words.</summary>
    private const string ReferenceDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly Dictionary<string, WriteResult> known = [];
    private readonly HashSet<(AlertKind Kind, ReferralGroup Group)> alerts = [];
    private ReferralTargets targets = new();

    /// <returns>One for each request, in their order.</returns>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<WriteRequest> requests)
    {
        await database.Database.OpenConnectionAsync();
        await Durability.RequireAsync(database);
        await using var transaction = await database.Database.BeginTransactionAsync();
        await Durability.PromiseAsync(database);
        await FindAsync([.. requests.Select(request => request.Message?.RetryHash).OfType<byte[]>()]);
        var (keys, open) = (await KeySets.CurrentAsync(database), await FormDoor.IsOpenAsync(database));
        targets = await database.Set<ReferralTargets>().AsNoTracking().FirstOrDefaultAsync() ?? new();
        var results = new List<WriteResult>(requests.Count);
        foreach (var request in requests)
            results.Add(request.Message is { } message ? Add(message, keys, open) : await ConfirmAsync(request));
        foreach (var (kind, group) in alerts) AlertQueue.Add(database, kind, group, now);
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
        return results;
    }

    /// <summary>Eight random letters in two groups.</summary>
    public static string NewReference()
    {
        var digits = RandomNumberGenerator.GetItems<char>(ReferenceDigits, 8);
        return $"{new string(digits, 0, 4)}-{new string(digits, 4, 4)}";
    }

    private async Task FindAsync(List<byte[]> hashes)
    {
        if (hashes.Count == 0) return;
        var rows = await database.Set<Referral>().AsNoTracking().Where(row => row.RetryHash != null && hashes.Contains(row.RetryHash)).Select(row => new { row.RetryHash, row.Reference, row.Urgent }).ToListAsync();
        foreach (var row in rows) known[Convert.ToHexString(row.RetryHash!)] = new(WriteOutcome.Already, row.Reference) { Urgent = row.Urgent };
    }

    private WriteResult Add(IncomingReferral message, KeySet keys, bool open)
    {
        // First of all: what is there is there, also where the form was closed since.
        if (known.TryGetValue(Convert.ToHexString(message.RetryHash), out var before)) return before;
        var recipients = keys.Of(message.Group).Count;
        if (!open || keys.Team.Count == 0 || keys.Lead.Count == 0) return new(WriteOutcome.Closed);
        if (message.KeySet != keys.Id) return new(WriteOutcome.WrongKeys) { Keys = keys };
        if (message.Shape.Header.Stanzas.Count != recipients) return new(WriteOutcome.WrongShape);

        var header = message.Shape.Header.Length;
        var row = new Referral
        {
            Id = RandomKey.New(),
            Reference = NewReference(),
            RetryHash = message.RetryHash,
            KeySet = message.KeySet,
            Readers = string.Join(" ", keys.Of(message.Group).Order(StringComparer.Ordinal)),
            Received = HourOf(now),
            SizeClass = message.Shape.Size.Length / BytesInKibibyte,
            Group = message.Group,
            Urgent = message.Urgent,
            Unchecked = message.Unchecked,
            PromisedAfterHandOver = Math.Min(message.Promised.DaysAfterHandOver, targets.DaysAfterHandOver),
            PromisedAfterReading = Math.Min(message.Promised.DaysAfterReading, targets.DaysAfterReading),
            Confirmed = message.ConfirmHash is null,
            ConfirmHash = message.ConfirmHash,
            Header = message.File[..header],
            Payload = message.File[header..],
        };
        database.Add(row);
        alerts.Add((message.Urgent ? AlertKind.Urgent : AlertKind.Waiting, message.Group));
        known[Convert.ToHexString(message.RetryHash)] = new(WriteOutcome.Already, row.Reference) { Urgent = message.Urgent };
        return new(WriteOutcome.Stored, row.Reference) { Urgent = message.Urgent };
    }

    private async Task<WriteResult> ConfirmAsync(WriteRequest request)
    {
        var rows = database.Set<Referral>().AsNoTracking();
        if (await rows.Where(row => row.ConfirmHash == request.Confirm).Select(row => new { row.Id, row.Reference, row.Urgent }).FirstOrDefaultAsync() is { } waiting)
        {
            await database.Set<Referral>().Where(row => row.Id == waiting.Id).ExecuteUpdateAsync(row => row
                .SetProperty(each => each.Confirmed, true)
                .SetProperty(each => each.Unchecked, each => each.Unchecked || request.TooFast)
                .SetProperty(each => each.ConfirmHash, (byte[]?)null)
                .SetProperty(each => each.Version, each => each.Version + 1));
            return new(WriteOutcome.Stored, waiting.Reference) { Urgent = waiting.Urgent };
        }

        var before = await rows.Where(row => row.RetryHash == request.Retry && row.Confirmed).Select(row => new { row.Reference, row.Urgent }).FirstOrDefaultAsync();
        return before is null ? new(WriteOutcome.Unknown) : new(WriteOutcome.Already, before.Reference) { Urgent = before.Urgent };
    }

    private static Instant HourOf(Instant instant) => Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks() / NodaConstants.TicksPerHour * NodaConstants.TicksPerHour);
}
