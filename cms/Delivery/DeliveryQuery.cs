using System.Globalization;

using Microsoft.Extensions.Primitives;

using NodaTime;
using NodaTime.Text;

using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Cms.Delivery;

/// <summary>What a request asks for. A parameter that is unknown, comes twice or does not fit is told, not passed over: a filter that is misspelled would else deliver everything.</summary>
/// <param name="Page">1 for the first.</param>
/// <param name="Size">Documents on a page, 1 to 200.</param>
/// <param name="Since">Only what changed at this instant or later; null for all.</param>
internal sealed record DeliveryQuery(string Language, string Topic, string District, int Page, int Size, Instant? Since, bool Preview)
{
    public const int UsualSize = 50;
    public const int LargestSize = 200;

    /// <summary>Parameters of a list.</summary>
    public static readonly string[] OfList = ["language", "topic", "district", "page", "size", "since", "preview"];

    /// <summary>Parameters of one document.</summary>
    public static readonly string[] OfDocument = ["language", "preview"];

    private static readonly string[] Topics = [.. Enum.GetValues<Topic>().Select(topic => Names.Kebab(topic))];

    /// <summary>The query, or what is wrong with it.</summary>
    public static (DeliveryQuery? Query, string Wrong) Read(IQueryCollection given, IReadOnlyCollection<string> allowed)
    {
        foreach (var (name, values) in given)
        {
            if (!allowed.Contains(name)) return (null, $"'{name}' is no parameter here. There are: {string.Join(", ", allowed)}.");
            if (values.Count != 1) return (null, $"'{name}' stands there {values.Count} times. Give it once.");
        }

        var (language, topic, district) = (Text(given["language"], Portal.Content.Languages.Language.Base.Code), Text(given["topic"]), Text(given["district"]));
        if (!IsName(language)) return (null, $"'language' is a code such as pl; {DeliveryServices.Root}site lists them.");
        if (topic.Length > 0 && !Topics.Contains(topic)) return (null, $"'topic' is one of {string.Join(", ", Topics)}.");
        if (district.Length > 0 && !IsName(district)) return (null, $"'district' is an id such as maidstone; {DeliveryServices.Root}site lists them.");
        if (!Number(given["page"], 1, int.MaxValue, out var page)) return (null, "'page' is a whole number from 1.");
        if (!Number(given["size"], UsualSize, LargestSize, out var size)) return (null, $"'size' is a whole number from 1 to {LargestSize}.");
        Instant? since = null;
        if (Text(given["since"]) is { Length: > 0 } text)
        {
            if (!TryInstant(text, out var instant)) return (null, "'since' is an instant in UTC such as 2026-11-22T12:00:00Z.");
            since = instant;
        }

        var preview = Text(given["preview"], "false");
        return preview is "true" or "false" ? (new(language, topic, district, page, size, since, preview == "true"), string.Empty) : (null, "'preview' is true or false.");
    }

    public static bool TryInstant(string text, out Instant instant)
    {
        var read = InstantPattern.ExtendedIso.Parse(text);
        instant = read.Success ? read.Value : default;
        return read.Success;
    }

    /// <summary>The query as a text that is the same for the same question.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Language}&{Topic}&{District}&{Page}&{Size}&{Since?.ToUnixTimeTicks()}");

    private static string Text(StringValues value, string fallback = "") => value.Count == 1 ? value[0] ?? string.Empty : fallback;

    private static bool IsName(string text) => text.Length is > 0 and <= 60 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static bool Number(StringValues value, int fallback, int most, out int number)
    {
        number = fallback;
        return value.Count == 0 || (int.TryParse(value[0], NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most);
    }
}
