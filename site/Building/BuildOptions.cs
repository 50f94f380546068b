using NodaTime;

namespace Portal.Site.Building;

/// <summary>What a build depends on beside the content.</summary>
/// <param name="At">The instant the site is built for: campaigns, notices and "not confirmed" follow it. Two builds at one instant give the same bytes.</param>
/// <param name="BaseUrl">Instead of the setting: https and host, or the address of a local server.</param>
/// <param name="Cache">Folder for encoded pictures.</param>
internal sealed record BuildOptions(Instant At, string? BaseUrl, string Cache);
