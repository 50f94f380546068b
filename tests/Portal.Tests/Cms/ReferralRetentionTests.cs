using System.Security.Cryptography;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Figures;
using Portal.Cms.Referrals.Inbox;
using Portal.Cms.Referrals.Rota;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Words go when their days are over, and not before; what nobody read stays.</summary>
public sealed class ReferralRetentionTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ReferralRetention Retention => cms.Services.GetRequiredService<ReferralRetention>();

    public async ValueTask InitializeAsync() => await cms.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(90, null, null, true)]
    [InlineData(89, null, null, false)]
    [InlineData(40, 30, null, true)]
    [InlineData(40, 29, null, false)]
    [InlineData(90, 1, null, true)] // At latest after reading, however late it was handed over.
    [InlineData(40, 30, 1, false)] // Kept for a day more.
    [InlineData(200, 150, 0, true)] // Kept until now.
    [InlineData(40, 20, -5, false)] // An extension that is over shortens nothing.
    public async Task Days_are_counted_from_hand_over_and_from_reading(int read, int? handed, int? kept, bool isDeleted)
    {
        var message = await cms.MessageAsync(Duration.FromDays(500), state: handed is null ? ReferralState.InProgress : ReferralState.HandedOver, change: each =>
            (each.OpenedAt, each.HandedOverAt, each.KeptUntil, each.KeptFor) = (cms.Now - Duration.FromDays(read), handed is { } days ? cms.Now - Duration.FromDays(days) : null, kept is { } more ? cms.Now + Duration.FromDays(more) : null, kept is null ? KeepReason.None : KeepReason.Complaint));

        Assert.Equal(isDeleted ? 1 : 0, await Retention.RunOnceAsync(Cancel));
        Assert.Equal(isDeleted, (await cms.MessageAsync(message.Id)).State == ReferralState.Deleted);
        Assert.Equal(isDeleted, ReferralRetention.DeletedAfter(message, new()) <= cms.Now);
    }

    /// <summary>What the form said when a message came in holds for it, whatever the settings say later; a smaller number of today counts for all.</summary>
    [Theory]
    [InlineData(90, 365, 90, true)]
    [InlineData(90, 365, 89, false)]
    [InlineData(365, 90, 90, true)]
    [InlineData(365, 90, 89, false)]
    [InlineData(null, 365, 364, false)]
    public async Task The_lesser_of_what_was_promised_then_and_is_promised_now_counts(int? then, int now, int read, bool isDeleted)
    {
        await using (var database = cms.Database())
        {
            database.Add(new ReferralTargets { DaysAfterReading = now, DaysAfterHandOver = 90 });
            await database.SaveChangesAsync(Cancel);
        }

        var message = await cms.MessageAsync(Duration.FromDays(500), state: ReferralState.Opened, change: each => (each.OpenedAt, each.PromisedAfterReading, each.PromisedAfterHandOver) = (cms.Now - Duration.FromDays(read), then, 30));
        var handed = await cms.MessageAsync(Duration.FromDays(500), state: ReferralState.HandedOver, change: each => (each.OpenedAt, each.HandedOverAt, each.PromisedAfterHandOver) = (cms.Now - Duration.FromDays(31), cms.Now - Duration.FromDays(30), 30));
        var bare = await cms.MessageAsync(Duration.FromDays(500), state: ReferralState.Opened, change: each => (each.OpenedAt, each.KeptUntil) = (cms.Now - Duration.FromDays(365), cms.Now + Duration.FromDays(30))); // Kept, and nobody said why.

        await Retention.RunOnceAsync(Cancel);

        Assert.Equal(isDeleted, (await cms.MessageAsync(message.Id)).State == ReferralState.Deleted);
        Assert.Equal([ReferralState.Deleted, ReferralState.Deleted], new[] { await cms.MessageAsync(handed.Id), await cms.MessageAsync(bare.Id) }.Select(each => each.State));
    }

    [Fact]
    public async Task What_nobody_has_read_is_never_deleted()
    {
        var message = await cms.MessageAsync(Duration.FromDays(4000));

        Assert.Equal(0, await Retention.RunOnceAsync(Cancel));
        Assert.NotNull((await cms.MessageAsync(message.Id)).Payload);
    }

    [Fact]
    public async Task Days_of_the_settings_count()
    {
        await using (var database = cms.Database())
        {
            database.Add(new ReferralTargets { DaysAfterHandOver = 2, DaysAfterReading = 4 });
            await database.SaveChangesAsync(Cancel);
        }

        var (read, handed) = (await cms.MessageAsync(Duration.FromDays(4), state: ReferralState.Opened), await cms.MessageAsync(Duration.FromDays(3), state: ReferralState.HandedOver, change: each => each.HandedOverAt = cms.Now - Duration.FromDays(2)));
        await cms.MessageAsync(Duration.FromDays(3), state: ReferralState.Opened);

        Assert.Equal(2, await Retention.RunOnceAsync(Cancel));
        Assert.Equal([ReferralState.Deleted, ReferralState.Deleted], new[] { await cms.MessageAsync(read.Id), await cms.MessageAsync(handed.Id) }.Select(each => each.State));
    }

    [Fact]
    public async Task The_row_stays_without_words_the_facts_without_the_row_and_the_log_tells_no_more()
    {
        var message = await cms.MessageAsync(Duration.FromDays(91), state: ReferralState.InProgress, change: each => each.AssignedTo = Guid.CreateVersion7());
        var noted = await cms.MessageAsync(Duration.FromDays(91), state: ReferralState.InProgress);
        await using (var database = cms.Database())
        {
            database.Add(new ContactAttempt { Id = RandomKey.New(), ReferralId = message.Id, At = cms.Now, By = Guid.Empty, Channel = ContactChannel.Phone, Outcome = ContactOutcome.Reached });
            database.Add(new ReferralFacts { Id = RandomKey.New(), ReferralId = noted.Id, Quarter = "2026-Q3", District = "moving", Urgent = false });
            await database.SaveChangesAsync(Cancel);
        }

        Assert.Equal(2, await Retention.RunOnceAsync(Cancel));
        Assert.Equal(0, await Retention.RunOnceAsync(Cancel));

        var stub = await cms.MessageAsync(message.Id);
        Assert.Equal((ReferralState.Deleted, message.Reference, null, null, null, null), (stub.State, stub.Reference, stub.Header, stub.Payload, stub.RetryHash, stub.AssignedTo));
        Assert.False(await cms.Database().Set<ContactAttempt>().AnyAsync(Cancel));
        Assert.Equal([(null, ""), (null, "moving")], (await cms.Database().Set<ReferralFacts>().OrderBy(facts => facts.District).ToListAsync(Cancel)).Select(facts => ((Guid?)facts.ReferralId, facts.District)));
        Assert.Equal([("referral.delete", "", "schedule")], (await cms.ActsAsync($"{message.Id}")).Select(act => (act.Act, act.Detail, act.Actor)));
        Assert.DoesNotContain(cms.Log, line => line.Contains("still holds copies", StringComparison.Ordinal)); // On PostgreSQL the old versions were freed.
    }

    [Fact]
    public async Task Sealed_bytes_are_gone_from_the_file_and_its_log_also_the_copies_that_changes_left()
    {
        await using var own = await CmsFixture.StartAsync(settings => settings with { Database = string.Empty });
        var file = own.Services.GetRequiredService<Portal.Cms.Hosting.CmsSettings>().DatabaseFile;
        var (payload, header) = (RandomNumberGenerator.GetBytes(16_400), RandomNumberGenerator.GetBytes(400));
        var message = await own.MessageAsync(Duration.FromDays(91), change: each => (each.Payload, each.Header) = (payload, header));
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => own.MessageAsync(Duration.FromDays(1))));
        Assert.True(Holds(file, payload)); // Else nothing below would mean anything.

        // Opened, given to somebody, wrapped for other readers: each writes the row anew in another place.
        for (var change = 0; change < 4; change++)
        {
            await using var database = own.Database();
            var row = await database.Set<Referral>().SingleAsync(each => each.Id == message.Id, Cancel);
            (row.State, row.OpenedAt, row.AssignedTo, row.Header, row.Version) = (ReferralState.InProgress, own.Now - Duration.FromDays(91), Guid.CreateVersion7(), [.. header, .. RandomNumberGenerator.GetBytes(change * 900)], row.Version + 1);
            await database.SaveChangesAsync(Cancel);
        }

        Assert.Equal(1, await own.Services.GetRequiredService<ReferralRetention>().RunOnceAsync(Cancel));

        Assert.False(Holds(file, payload));
        Assert.False(Holds(file, header));
        Assert.Equal(0, new FileInfo(file + "-wal").Length);
        Assert.All(others, other => Assert.True(Holds(file, other.Payload!)));
    }

    /// <summary>True where the file or the log beside it has any 32 bytes in a row of these, looked for at every 32nd.</summary>
    private static bool Holds(string file, byte[] bytes)
    {
        foreach (var path in new[] { file + "-wal", file + "-journal", file }.Where(File.Exists)) // In the order in which bytes move.
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var all = new byte[stream.Length];
            stream.ReadExactly(all);
            for (var at = 0; at + 32 <= bytes.Length; at += 32)
                if (all.AsSpan().IndexOf(bytes.AsSpan(at, 32)) >= 0) return true;
        }

        return false;
    }
}
