using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Portal.Content.Places;

/// <summary>
/// The gazetteer as the finder's script (theme/Components/PlaceFinder/PlaceFinder.js) fetches it, once, when someone
/// first touches the field; so the server sees that a finder was used, never where anybody is.
/// </summary>
public static class GazetteerScript
{
    private const int Decimals = 3; // About a hundred yards, finer than the points themselves.

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>
    /// <c>[towns, outward codes, neighbours]</c>, each an object from name to <c>[latitude, longitude]</c>, neighbours
    /// with the name of their area as third.
    /// </summary>
    public static string Write(Gazetteer gazetteer) => JsonSerializer.Serialize<object[]>(
    [
        gazetteer.Towns.ToDictionary(town => town.Name, town => Point(town.Coordinates)),
        gazetteer.Outcodes.ToDictionary(area => area.Outcode.ToString(), area => Point(area.Coordinates)),
        gazetteer.Neighbours.ToDictionary(
            area => area.Outcode.ToString(),
            area => (object[])[Rounded(area.Coordinates.Latitude), Rounded(area.Coordinates.Longitude), Name(area.Area)])
    ], Readable);

    /// <summary>An area's id as people write its name: <c>tower-hamlets</c> is Tower Hamlets.</summary>
    private static string Name(string id) => string.Join(' ', id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static double[] Point(Coordinates point) => [Rounded(point.Latitude), Rounded(point.Longitude)];

    private static double Rounded(double degrees) => Math.Round(degrees, Decimals);
}
