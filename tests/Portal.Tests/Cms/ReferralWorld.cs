using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;
using Portal.Tests.Referrals;

namespace Portal.Tests.Cms;

/// <summary>Keys and messages of a CMS under test, put into its database as the ceremony and the intake would.</summary>
/// <param name="Use">Gives the database to some work, as another request would have it.</param>
internal sealed record ReferralWorld(Func<Func<CmsDatabase, Task<int>>, Task<int>> Use, Func<Instant> Now)
{
    public static ReferralWorld Of(CmsFixture cms) => new(work => work(cms.Database()), () => cms.Now);

    /// <summary>Takes away every key and message: there is one key set for all.</summary>
    public Task ClearAsync() => Use(async database => await database.Set<KeyMember>().ExecuteDeleteAsync() + await database.Set<RecoveryKey>().ExecuteDeleteAsync() + await database.Set<Referral>().ExecuteDeleteAsync());

    /// <summary>A key of somebody, let in unless told otherwise.</summary>
    public async Task<Identity> KeyAsync(Guid account, bool admitted = true, byte[]? wrapped = null, Identity? identity = null)
    {
        identity ??= Identity.New();
        await AddAsync(new KeyMember { Id = RandomKey.New(), AccountId = account, Recipient = identity.Recipient.ToString(), Wrapped = wrapped ?? Wrapped(), MadeAt = Now(), AdmittedAt = admitted ? Now() : null });
        return identity;
    }

    public async Task<Identity> RecoveryAsync()
    {
        var identity = Identity.New();
        await AddAsync(new RecoveryKey { Id = RandomKey.New(), Recipient = identity.Recipient.ToString(), MadeAt = Now(), CheckedAt = Now() });
        return identity;
    }

    /// <summary>A message for the key set in force, or for others.</summary>
    public async Task<Referral> MessageAsync(string json = "{\"form\":1,\"route\":\"me\",\"answers\":{}}", ReferralGroup group = ReferralGroup.Team, bool urgent = false, ReferralState state = ReferralState.New, int hoursAgo = 0, Guid? with = null, IReadOnlyList<Identity>? readers = null, bool confirmed = true, bool isUnchecked = false, Guid? id = null)
    {
        Referral? made = null;
        await Use(async database =>
        {
            var set = await KeySets.CurrentAsync(database);
            var recipients = readers?.Select(each => each.Recipient.ToString()).ToList() ?? [.. set.Of(group)];
            var file = Sealer.Seal(Padding.Pad(Encoding.UTF8.GetBytes(json)), [.. recipients.Select(Recipient.Parse)]);
            var length = HeaderText.LengthFor(recipients.Count);
            made = new Referral
            {
                Id = id ?? RandomKey.New(),
                Reference = string.Join('-', Convert.ToHexString(RandomNumberGenerator.GetBytes(4)).Chunk(4).Select(part => new string(part))),
                KeySet = set.Id,
                Readers = Rewrapping.Line(recipients),
                Received = Now() - Duration.FromHours(hoursAgo),
                SizeClass = 4,
                Group = group,
                Urgent = urgent,
                State = state,
                OpenedAt = state == ReferralState.New ? null : Now(),
                AssignedTo = with,
                Confirmed = confirmed,
                Unchecked = isUnchecked,
                Header = file[..length],
                Payload = file[length..],
            };
            database.Add(made);
            return await database.SaveChangesAsync();
        });
        return made!;
    }

    /// <summary>Something of the shape of a wrapped identity, which nothing opens.</summary>
    public static byte[] Wrapped(string work = "18", int length = WrappedIdentity.TextLength)
    {
        var salt = RawBase64.Write(RandomNumberGenerator.GetBytes(16));
        byte[] header = [.. HeaderText.UpToMac([new(["scrypt", salt, work], RandomNumberGenerator.GetBytes(X25519Stanza.BodyLength))]), .. HeaderText.AfterDashes(RandomNumberGenerator.GetBytes(32))];
        return [.. header, .. RandomNumberGenerator.GetBytes((int)Payload.LengthOf(length))];
    }

    /// <summary>An account's only role for a key.</summary>
    public static (Role Role, string Language)[] Only(Role role) => [(role, string.Empty)];

    private Task<int> AddAsync(object row) => Use(database =>
    {
        database.Add(row);
        return database.SaveChangesAsync();
    });
}
