namespace Portal.Cms.Layout;

/// <summary>
/// Lets one component of a page ask the database at a time. Parts that stand beside one another would ask together, and a
/// request has one context, which answers one question at a time.
/// </summary>
public sealed class ComponentTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public Task TakeAsync() => turn.WaitAsync();

    public void End() => turn.Release();

    public void Dispose() => turn.Dispose();
}
