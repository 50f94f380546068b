using NodaTime;

using Portal.Cms.Database;
using Portal.Site.Building;

namespace Portal.Cms.Publishing;

/// <summary>One try to publish: what waits, and what it is done with.</summary>
/// <param name="Last">The publication in place; null before the first.</param>
/// <param name="Wishes">What the try carries out.</param>
internal sealed record Attempt(CmsDatabase Database, PublicationStore Store, SiteContent Content, SiteThen Then, Publication? Last, IReadOnlyList<OutboxRow> Wishes)
{
    /// <summary>What it is for, in a line.</summary>
    public string What { get; init; } = string.Join("; ", Wishes.Select(wish => wish.What).Distinct());

    public string By { get; init; } = string.Join(", ", Wishes.Select(wish => wish.By).Distinct());

    public async Task<Publication> DescribeAsync(Instant at, string day, Placement? placement, string inputs, Guid? rollBackOf, TimeProvider time, CancellationToken cancel, string? failure = null) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        Number = await Store.NextNumberAsync(cancel),
        At = at,
        By = By,
        What = What,
        Day = day,
        Inputs = inputs,
        Program = ProgramPrint.Value,
        RollBackOf = rollBackOf,
        Written = placement?.Written ?? 0,
        Removed = placement?.Removed ?? 0,
        Failure = failure,
    };
}
