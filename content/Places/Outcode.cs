using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Portal.Content.Places;

/// <summary>
/// The outward half of a postcode, such as ME14. The site never handles the other half, which can name one house:
/// a full postcode is cut on reading.
/// </summary>
public readonly partial record struct Outcode
{
    private readonly string? _code;

    private Outcode(string code) => _code = code;

    /// <summary>Reads an outward code or a full postcode, in any case, with or without spaces.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Outcode Parse(string text) =>
        TryParse(text, out var outcode) ? outcode : throw new FormatException($"'{text}' is not the first half of a postcode, such as ME14.");

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out Outcode outcode)
    {
        var match = Shape().Match((text ?? "").Trim().ToUpperInvariant());
        outcode = match.Success ? new Outcode(match.Groups["outward"].Value) : default;
        return match.Success;
    }

    public override string ToString() => _code ?? "";

    // A space settles where the outward half ends, even when the inward half is still being typed ("ME1 4"); without
    // one only a whole inward half (digit, two letters) is cut.
    [GeneratedRegex(@"^(?<outward>[A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s*[0-9][A-Z]{2}|\s+[0-9][A-Z]?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shape();
}
