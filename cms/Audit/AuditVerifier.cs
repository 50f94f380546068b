using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;

namespace Portal.Cms.Audit;

/// <summary>Reads the whole log and says whether any row was changed, taken out or put in since it was written.</summary>
public sealed class AuditVerifier(CmsDatabase database)
{
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        await using var moment = await AuditChain.BeginAsync(database, cancellationToken); // Else a row written meanwhile would look like one put in.
        var head = await database.AuditHeads.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return await JudgeAsync(head, database.Audit.AsNoTracking().OrderBy(row => row.Number).AsAsyncEnumerable(), cancellationToken);
    }

    /// <param name="head">Where the log says it ends; null where it does not say so.</param>
    /// <param name="rows">Its rows in the order of their numbers.</param>
    public static async Task<AuditVerdict> JudgeAsync(AuditHead? head, IAsyncEnumerable<AuditRow> rows, CancellationToken cancellationToken)
    {
        if (head is null) return new(0, string.Empty, "The record of where the log ends is missing.");
        var (number, hash) = (0L, AuditChain.Beginning);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (row.Number <= number) return new(number, hash, $"Row {row.Number} was put in: numbers begin with 1.");
            if (row.Number > head.Number) return new(number, hash, $"Row {row.Number} was put in: the log ends with row {head.Number}.");
            if (row.Number != number + 1) return new(number, hash, $"Row {number + 1} is missing.");
            if (AuditChain.Hash(hash, row) != row.Hash) return new(number, hash, $"Row {row.Number} was changed, or one before it was exchanged.");
            (number, hash) = (row.Number, row.Hash);
        }

        if (number < head.Number) return new(number, hash, $"Row {number + 1} is missing: the log ended with row {head.Number}.");
        return new(number, hash, hash == head.Hash ? null : $"Row {number} was exchanged: its hash is not the one the log ended with.");
    }
}

/// <param name="Rows">How many rows are whole, from the first on.</param>
/// <param name="Hash">Hash of the last whole row. Noted elsewhere, it proves later that nothing before it was touched.</param>
/// <param name="Fault">The first fault; null where the log is whole.</param>
public sealed record AuditVerdict(long Rows, string Hash, string? Fault);
