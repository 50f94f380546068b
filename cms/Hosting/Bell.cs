namespace Portal.Cms.Hosting;

/// <summary>Wakes the one that waits, however many ring at the same moment; a ring while nobody waits is kept, once.</summary>
internal sealed class Bell : IDisposable
{
    private readonly SemaphoreSlim rung = new(0, 1);
    private readonly Lock turn = new();

    public void Ring()
    {
        // Two that looked at the same moment would both let go, and the second would be refused in the middle of its request.
        lock (turn)
        {
            if (rung.CurrentCount == 0) rung.Release();
        }
    }

    public Task WaitAsync(CancellationToken cancel) => rung.WaitAsync(cancel);

    public void Dispose() => rung.Dispose();
}
