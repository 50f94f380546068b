using NodaTime;
using NodaTime.TimeZones;

namespace Portal.Content.Hours;

/// <summary>The one clock all hours are written in.</summary>
public static class LondonClock
{
    // One rule for both clock changes: the first moment at which a clock on the wall shows that time or a later one.
    // In the skipped hour that is the change itself, in the doubled hour the first pass. So order is kept: of two
    // wall-clock times the earlier one never comes after the later one.
    private static readonly ZoneLocalMappingResolver FirstShown =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>The first moment at which the clock shows <paramref name="time"/> or later.</summary>
    public static ZonedDateTime FirstReaches(LocalDateTime time) => time.InZone(Zone, FirstShown);
}
