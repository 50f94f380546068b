using System.Threading.RateLimiting;

using Portal.Cms.Hosting;
using Portal.Cms.Staff;

namespace Portal.Cms.Delivery;

/// <summary>How much one address may ask of the interface: so much that no honest reader meets it.</summary>
internal sealed class DeliveryLimit(CmsSettings settings) : IDisposable
{
    /// <summary>An export counts as this many requests.</summary>
    public const int ExportCosts = 20;

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetFixedWindowLimiter(StaffServices.Client(context.Connection.RemoteIpAddress), _ => new() { PermitLimit = Math.Max(settings.ApiPerMinute, ExportCosts), Window = TimeSpan.FromMinutes(1) }));

    public bool Allows(HttpContext context, int cost)
    {
        using var lease = limiter.AttemptAcquire(context, cost);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
