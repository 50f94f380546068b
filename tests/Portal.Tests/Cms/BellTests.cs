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
}
