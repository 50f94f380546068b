using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

using NodaTime;

using Portal.Cms.Database;

namespace Portal.Cms.Audit;

/// <summary>How a row of the log is bound to the row before it.</summary>
internal static class AuditChain
{
    /// <summary>Stands for the hash before the first row.</summary>
    public static string Beginning { get; } = new('0', SHA256.HashSizeInBytes * 2);

    /// <summary>Lower-case hexadecimal SHA-256 over the hash before and every field with its length, so that no two rows can read alike.</summary>
    public static string Hash(string previous, AuditRow row)
    {
        string[] fields =
        [
            previous, $"{row.Number}", $"{row.At.ToUnixTimeTicks()}", row.ActorId?.ToString("D") ?? string.Empty,
            row.Actor, row.Act, row.Subject, row.Detail,
        ];
        var canonical = string.Concat(fields.Select(field => $"{field.Length}:{field};"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    /// <summary>
    /// Begins a transaction that saves more than once and notes an act. It takes its turn first: whoever locked rows of
    /// their own and then waited for the log could wait for ever for somebody who did it the other way round.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginAsync(CmsDatabase database, CancellationToken cancellationToken)
    {
        var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await TakeTurnAsync(database, cancellationToken);
        return transaction;
    }

    /// <summary>Makes this transaction the only writer of the log until it ends; every other waits.</summary>
    private static Task<int> TakeTurnAsync(CmsDatabase database, CancellationToken cancellationToken) =>
        database.AuditHeads.ExecuteUpdateAsync(set => set.SetProperty(head => head.Number, head => head.Number), cancellationToken);

    /// <summary>Chains the waiting notes and saves them with everything else, in the caller's transaction or one of its own.</summary>
    public static async Task<int> SaveAsync(CmsDatabase database, Func<Task<int>> save, CancellationToken cancellationToken)
    {
        var own = database.Database.CurrentTransaction is null ? await database.Database.BeginTransactionAsync(cancellationToken) : null;
        await using var end = own;
        await TakeTurnAsync(database, cancellationToken);
        var head = await database.AuditHeads.AsNoTracking().SingleAsync(cancellationToken);
        var rows = new List<AuditRow>();
        foreach (var note in database.Notes)
        {
            var row = Row(head, note);
            (head.Number, head.Hash) = (row.Number, row.Hash);
            rows.Add(row);
        }

        database.Audit.AddRange(rows);
        try
        {
            var count = await save();
            await database.AuditHeads.ExecuteUpdateAsync(set => set.SetProperty(each => each.Number, head.Number).SetProperty(each => each.Hash, head.Hash), cancellationToken);
            if (own is not null) await own.CommitAsync(cancellationToken);
            return count;
        }
        finally
        {
            database.Notes.Clear(); // After a failure too: who tries again notes again what they really do.
            foreach (var row in rows) database.Entry(row).State = EntityState.Detached; // Nobody changes a row of the log.
        }
    }

    private static AuditRow Row(AuditHead head, AuditNote note)
    {
        var row = Numbered(string.Empty);
        return Numbered(Hash(head.Hash, row));

        AuditRow Numbered(string hash) => new()
        {
            Number = head.Number + 1,
            At = Instant.FromUnixTimeTicks(note.At.ToUnixTimeTicks()),
            ActorId = note.Actor.Id,
            Actor = note.Actor.Name,
            Act = note.Act,
            Subject = note.Subject,
            Detail = note.Detail,
            Hash = hash,
        };
    }
}
