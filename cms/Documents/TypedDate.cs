using NodaTime.Text;

namespace Portal.Cms.Documents;

/// <summary>A day as people in Kent write it, and in words. Texts keep it as year-month-day (ISO 8601).</summary>
internal static class TypedDate
{
    private static readonly LocalDatePattern[] Written = [.. new[] { "d/M/uuuu", "d MMMM uuuu", "d MMM uuuu" }.Select(LocalDatePattern.CreateWithInvariantCulture)];

    private static readonly LocalDatePattern Spoken = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM uuuu");

    /// <summary>What a text keeps: year-month-day of a day that was written in another way. What is no day stays as it was typed, and the checks tell.</summary>
    public static string Kept(string typed)
    {
        var text = typed.Trim();
        var day = Written.Select(pattern => pattern.Parse(text)).FirstOrDefault(parsed => parsed.Success);
        return day is null ? text : LocalDatePattern.Iso.Format(day.Value);
    }

    /// <summary>The day in words, with its weekday: whoever mixed up day and month sees it. Null where the text is no day.</summary>
    public static string? InWords(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? Spoken.Format(day) : null;
}
