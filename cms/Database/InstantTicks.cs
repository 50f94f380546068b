using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

using NodaTime;

namespace Portal.Cms.Database;

/// <summary>An instant as ticks of 100 ns since 1970, UTC: SQLite cannot order dates, and numbers sort alike everywhere.</summary>
internal sealed class InstantTicks() : ValueConverter<Instant, long>(instant => instant.ToUnixTimeTicks(), ticks => Instant.FromUnixTimeTicks(ticks));
