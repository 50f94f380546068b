using NodaTime;
using NodaTime.Text;

namespace Portal.Cms.Hosting;

/// <summary>Day and time as people in Kent write them: <c>25/11/2026 09:00</c>. Clocks of London, both changes of the year known.</summary>
public static class LondonTime
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("d/M/uuuu H:mm");

    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>The instant; null where the text is none, or names a time that the spring change leaves out. A time that comes twice in autumn is the first.</summary>
    public static Instant? Parse(string text)
    {
        if (Pattern.Parse(text.Trim()) is not { Success: true, Value: var local }) return null;
        var found = Zone.MapLocal(local);
        return found.Count == 0 ? null : found.First().ToInstant();
    }

    public static string Write(Instant instant) => Pattern.Format(instant.InZone(Zone).LocalDateTime);

    /// <summary>What is wrong with a text that <see cref="Parse"/> refuses, and what to do.</summary>
    public static string Remedy(string text) => Pattern.Parse(text.Trim()).Success
        ? $"The clocks go forward over {text}: that time does not exist. Choose another."
        : $"'{text}' is no day and time. Write them like 25/11/2026 09:00.";
}
