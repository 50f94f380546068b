using CsCheck;
using Portal.Content.Places;
using Xunit;

namespace Portal.Tests.Places;

public sealed class CoordinatesTests
{
    private static readonly Coordinates Maidstone = new(51.272, 0.529);
    private static readonly Coordinates Margate = new(51.389, 1.386);

    private static readonly Gen<Coordinates> Points =
        Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180]).Select((latitude, longitude) => new Coordinates(latitude, longitude));

    [Theory]
    [InlineData(90.1, 0)]
    [InlineData(-90.1, 0)]
    [InlineData(0, 180.1)]
    [InlineData(0, -180.1)]
    [InlineData(double.NaN, 0)]
    public void A_point_off_the_globe_is_refused(double latitude, double longitude)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Coordinates(latitude, longitude));
        Assert.False(Coordinates.TryCreate(latitude, longitude, out _));
    }

    [Fact]
    public void Maidstone_is_about_38_miles_from_Margate() =>
        Assert.Equal(38, Coordinates.ToWholeMiles(Maidstone.MilesTo(Margate)));

    [Fact]
    public void A_degree_of_latitude_is_about_69_miles() =>
        Assert.Equal(69.1, new Coordinates(51, 0).MilesTo(new Coordinates(52, 0)), 0.1);

    [Theory]
    [InlineData(0.49, 0)]
    [InlineData(0.5, 1)]
    [InlineData(3.5, 4)]
    [InlineData(4.5, 5)]
    public void Miles_are_shown_whole_with_the_half_rounded_up(double miles, int shown) =>
        Assert.Equal(shown, Coordinates.ToWholeMiles(miles));

    [Fact]
    public void Distance_is_the_same_both_ways_and_nowhere_beyond_half_the_globe() =>
        Gen.Select(Points, Points).Sample((here, there) =>
        {
            Assert.Equal(here.MilesTo(there), there.MilesTo(here), 1e-6);
            Assert.InRange(here.MilesTo(there), 0, 12_438);
            Assert.Equal(0, here.MilesTo(here), 1e-6);
        }, iter: 1_000);
}
