using Portal.Cms.Hosting;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Whoever has something published rings for the publisher.</summary>
public sealed class BellTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_heard_is_kept_once()
    {
        using var bell = new Bell();
        bell.Ring();
        bell.Ring();

        await bell.WaitAsync(Cancel);
        Assert.False(bell.WaitAsync(Cancel).IsCompleted);
    }

    [Fact]
    public async Task Many_who_ring_at_the_same_moment_ring_once_and_none_is_refused()
    {
        const int rounds = 5_000;
        using var bell = new Bell();
        using var together = new Barrier(4);

        await Task.WhenAll(Enumerable.Range(0, together.ParticipantCount).Select(ringer => Task.Factory.StartNew(
            () =>
            {
                Exception? refused = null;
                for (var round = 0; round < rounds; round++)
                {
                    together.SignalAndWait(Cancel);
                    refused ??= Record.Exception(bell.Ring);
                    together.SignalAndWait(Cancel);
                    if (ringer == 0 && !bell.WaitAsync(Cancel).IsCompleted) refused ??= new InvalidOperationException("Nobody was heard.");
                }

                Assert.Null(refused);
            },
            Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.False(bell.WaitAsync(Cancel).IsCompleted);
    }
}
