using System.Runtime.InteropServices;

namespace Portal.Content.Places;

/// <summary>A point on the map, in degrees of WGS 84.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Coordinates
{
    private const double MeanEarthRadiusMiles = 3958.8;

    /// <exception cref="ArgumentOutOfRangeException">A value is not a number or not on the globe.</exception>
    public Coordinates(double latitude, double longitude)
    {
        if (!IsLatitude(latitude)) throw new ArgumentOutOfRangeException(nameof(latitude), latitude, "A latitude lies between -90 and 90.");
        if (!IsLongitude(longitude)) throw new ArgumentOutOfRangeException(nameof(longitude), longitude, "A longitude lies between -180 and 180.");
        Latitude = latitude;
        Longitude = longitude;
    }

    /// <summary>North is positive; -90 to 90, both included.</summary>
    public double Latitude { get; }

    /// <summary>East is positive; -180 to 180, both included.</summary>
    public double Longitude { get; }

    public static bool TryCreate(double latitude, double longitude, out Coordinates coordinates)
    {
        var isPoint = IsLatitude(latitude) && IsLongitude(longitude);
        coordinates = isPoint ? new Coordinates(latitude, longitude) : default;
        return isPoint;
    }

    /// <summary>Straight-line (great-circle) distance, in miles.</summary>
    public double MilesTo(Coordinates other)
    {
        var halfLatitude = double.DegreesToRadians(other.Latitude - Latitude) / 2;
        var halfLongitude = double.DegreesToRadians(other.Longitude - Longitude) / 2;
        var haversine = Math.Pow(Math.Sin(halfLatitude), 2)
            + (Math.Cos(double.DegreesToRadians(Latitude)) * Math.Cos(double.DegreesToRadians(other.Latitude)) * Math.Pow(Math.Sin(halfLongitude), 2));
        return 2 * MeanEarthRadiusMiles * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    /// <summary>
    /// Miles as shown: whole, a half rounded up. Our points are good to about a mile, so decimals would claim too much.
    /// </summary>
    public static int ToWholeMiles(double miles) => (int)Math.Round(miles, MidpointRounding.AwayFromZero);

    private static bool IsLatitude(double degrees) => degrees is >= -90 and <= 90;

    private static bool IsLongitude(double degrees) => degrees is >= -180 and <= 180;
}
