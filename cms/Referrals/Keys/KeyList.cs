using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;

namespace Portal.Cms.Referrals.Keys;

/// <summary>A key that is good or waits, with whose it is.</summary>
/// <param name="AdmittedAt">Null while it waits.</param>
/// <param name="IsLead">Whether it opens messages about somebody who works here too.</param>
internal sealed record KeyRow(Guid Id, Guid AccountId, string Name, string Recipient, Instant MadeAt, Instant? AdmittedAt, bool IsLead)
{
    private const int Shown = 20;
    private const int Part = 4;

    /// <summary>Enough of the public key to tell it from one that somebody put in its place: 20 letters in fives of four.</summary>
    public string Code => CodeOf(Recipient);

    public static string CodeOf(string recipient) => string.Join(' ', recipient["age1".Length..].Take(Shown).Chunk(Part).Select(part => new string(part)));
}

/// <summary>Who has a key, for the pages.</summary>
internal sealed class KeyList(CmsDatabase database)
{
    /// <summary>Keys that have not ended, of accounts that may open messages.</summary>
    public async Task<IReadOnlyList<KeyRow>> AllAsync(CancellationToken cancel)
    {
        var allowed = KeySets.Allowed(database);
        var leads = await KeySets.Leads(database).Select(account => account.Id).ToListAsync(cancel);
        var rows = await database.Set<KeyMember>().AsNoTracking().Where(member => member.EndedAt == null)
            .Join(allowed, member => member.AccountId, account => account.Id, (member, account) => new { member.Id, member.AccountId, account.Name, member.Recipient, member.MadeAt, member.AdmittedAt })
            .ToListAsync(cancel);
        return [.. rows.Select(row => new KeyRow(row.Id, row.AccountId, row.Name, row.Recipient, row.MadeAt, row.AdmittedAt, leads.Contains(row.AccountId))).OrderBy(row => row.AdmittedAt is not null).ThenBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.MadeAt)];
    }

    /// <summary>The name of whoever has or had a recipient.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken cancel)
    {
        var names = await database.Set<KeyMember>().AsNoTracking().Join(database.Users, member => member.AccountId, account => account.Id, (member, account) => new { member.Recipient, account.Name }).ToDictionaryAsync(each => each.Recipient, each => each.Name, cancel);
        foreach (var recovery in await database.Set<RecoveryKey>().AsNoTracking().Select(key => key.Recipient).ToListAsync(cancel)) names[recovery] = "the recovery key";
        return names;
    }

    /// <summary>A person's identity as they wrapped it; null without a key that counts.</summary>
    public async Task<string?> WrappedAsync(Guid account, CancellationToken cancel) =>
        await KeySets.Admitted(database).Where(member => member.AccountId == account).Select(member => member.Wrapped).FirstOrDefaultAsync(cancel) is { } wrapped ? Convert.ToBase64String(wrapped) : null;

    /// <summary>What keeps the form from taking messages, each in a sentence.</summary>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancel)
    {
        var missing = new List<string>();
        if (!await KeySets.AdmittedLeads(database).AnyAsync(cancel)) missing.Add("No safeguarding lead has a key that was let in.");
        if (await KeySets.RecoveryAsync(database, cancel) is null) missing.Add("No recovery key was checked.");
        return missing;
    }
}
