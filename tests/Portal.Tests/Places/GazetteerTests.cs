using System.Text.Json;
using Portal.Content.Documents;
using Portal.Content.Places;
using Xunit;

namespace Portal.Tests.Places;

public sealed class GazetteerTests
{
    private const string TownColumns = "town,latitude,longitude,district,outcode,confidence\n";
    private const string OutcodeColumns = "outcode,latitude,longitude,district,otherDistricts,hint,confidence\n";
    private const string NeighbourColumns = "outcode,latitude,longitude,area\n";

    private static readonly GazetteerTexts Sound = new()
    {
        Districts = """
            districts:
              - {id: maidstone, name: Maidstone, gss: E07000110, latitude: 51.272, longitude: 0.529, towns: [Maidstone, Lenham], tile: {column: 3, row: 2}}
              - id: thanet
                name: Thanet
                gss: E07000114
                latitude: 51.389
                longitude: 1.386
                towns: [Margate]
                tile: {column: 6, row: 1}
            """,
        Towns = TownColumns + "Maidstone,51.272,0.529,maidstone,ME14,high\nMargate,51.389,1.386,thanet,,low\n",
        Outcodes = OutcodeColumns + "ME14,51.2861,0.5482,maidstone,thanet; maidstone;(bexley),\"Maidstone, north\",medium\n",
        Neighbours = NeighbourColumns + "BR1,51.41107,0.02192,Bromley\n"
    };

    [Fact]
    public void Every_column_and_key_arrives()
    {
        var gazetteer = Read(Sound);

        Assert.Equal(["maidstone", "thanet"], gazetteer.Districts.Select(district => district.Id));
        var thanet = gazetteer.FindDistrict("thanet");
        Assert.Equal(("Thanet", "E07000114", new Coordinates(51.389, 1.386), new Tile(6, 1)), (thanet?.Name, thanet?.Gss, thanet?.Coordinates, thanet?.Tile));
        Assert.Equal(["Margate"], thanet?.Towns);
        Assert.Equal(new Town("Maidstone", new Coordinates(51.272, 0.529), "maidstone", Outcode.Parse("ME14"), Confidence.High), gazetteer.FindTown("maidSTONE"));
        Assert.Null(gazetteer.FindTown("Margate")?.Outcode);
        var area = gazetteer.FindOutcode(Outcode.Parse("ME14 1LY"));
        Assert.Equal(("maidstone", "Maidstone, north", Confidence.Medium), (area?.District, area?.Hint, area?.Confidence));
        Assert.Equal(["thanet", "maidstone"], area?.OtherDistricts);
        Assert.Equal("Bromley", gazetteer.FindNeighbour(Outcode.Parse("BR1"))?.Area);
    }

    [Fact]
    public void What_is_not_there_is_not_found()
    {
        var gazetteer = Read(Sound);

        Assert.Null(gazetteer.FindDistrict("dover"));
        Assert.Null(gazetteer.FindTown("Deal"));
        Assert.Null(gazetteer.FindOutcode(Outcode.Parse("CT1")));
        Assert.Null(gazetteer.FindNeighbour(default));
    }

    [Fact]
    public void Distance_is_measured_from_the_point_else_the_outcode_else_the_town()
    {
        var gazetteer = Read(Sound);
        var own = new Coordinates(51, 1);

        Assert.Equal(own, gazetteer.PointOf(own, Outcode.Parse("ME14"), "Margate"));
        Assert.Equal(new Coordinates(51.2861, 0.5482), gazetteer.PointOf(null, Outcode.Parse("ME14"), "Margate"));
        Assert.Equal(new Coordinates(51.389, 1.386), gazetteer.PointOf(null, Outcode.Parse("CT9"), "Margate"));
        Assert.Null(gazetteer.PointOf(null, null, "Deal"));
        Assert.Null(gazetteer.PointOf(null, null, null));
    }

    [Fact]
    public void The_finder_gets_names_and_rounded_points()
    {
        var script = JsonDocument.Parse(GazetteerScript.Write(Read(Sound))).RootElement;

        Assert.Equal("[51.272,0.529]", script[0].GetProperty("Maidstone").GetRawText());
        Assert.Equal("[51.286,0.548]", script[1].GetProperty("ME14").GetRawText());
        Assert.Equal("""[51.411,0.022,"Bromley"]""", script[2].GetProperty("BR1").GetRawText());
    }

    public static TheoryData<string, string, int, string> Mistakes => new()
    {
        { "towns", "town,lat\n", 1, "The first line must be town,latitude" },
        { "towns", "", 1, "The first line must be" },
        { "towns", TownColumns + "Deal,51.2,1.4,thanet,ME14\n", 2, "has 5 cells; 6 are needed" },
        { "towns", TownColumns + "\nDeal,north,1.4,thanet,ME14,high\n", 3, "is not a point" },
        { "towns", TownColumns + "Deal,91,1.4,thanet,ME14,high\n", 2, "is not a point" },
        { "towns", TownColumns + "Deal,51.2,1.4,dover,ME14,high\n", 2, "There is no district 'dover'" },
        { "towns", TownColumns + "Deal,51.2,1.4,thanet,CT14,high\n", 2, "'CT14' is not in data/outcodes.csv" },
        { "towns", TownColumns + "Deal,51.2,1.4,thanet,me14,high\n", 2, "in capitals" },
        { "towns", TownColumns + "Deal,51.2,1.4,thanet,ME14,sure\n", 2, "'sure' is not a confidence" },
        { "towns", TownColumns + "Deal,51.2,1.4,thanet,ME14,0\n", 2, "'0' is not a confidence" },
        { "towns", TownColumns + "Deal,51.2,1.4,thanet,ME14,\n", 2, "'' is not a confidence" },
        { "towns", TownColumns + ",51.2,1.4,thanet,ME14,high\n", 2, "The column town is empty" },
        { "towns", TownColumns + "Deal,51.2,1.4,thanet,ME14,high\ndeal,51.2,1.4,thanet,ME14,high\n", 3, "already on line 2" },
        { "outcodes", OutcodeColumns + "ME14,51.2,0.5,maidstone,dover,Maidstone,high\n", 2, "There is no district 'dover'" },
        { "outcodes", OutcodeColumns + "ME14 1LY,51.2,0.5,maidstone,,Maidstone,high\nME14,51.2,0.5,maidstone,,Maidstone,high\n", 2, "in capitals" },
        { "neighbours", NeighbourColumns + "ME14,51.2,0.5,Bromley\n", 2, "cannot be inside and outside" },
        { "neighbours", NeighbourColumns + "BR1,51.2,0.5,\n", 2, "The column area is empty" },
        { "districts", "districts: ]", 1, "This is not YAML" },
        { "districts", "places: []", 1, "must hold a list under 'districts'" }
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_with_file_and_line(string file, string text, int line, string message)
    {
        var reading = Gazetteer.Read(file switch
        {
            "towns" => Sound with { Towns = text },
            "outcodes" => Sound with { Outcodes = text },
            "neighbours" => Sound with { Neighbours = text },
            _ => Sound with { Districts = text }
        });

        Assert.Null(reading.Gazetteer);
        var problem = reading.Problems[0];
        Assert.Equal($"data/{file}.{(file == "districts" ? "yaml" : "csv")}", problem.File);
        Assert.Equal(line, problem.Line);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id: Thanet", "lower-case letters")]
    [InlineData("id: maidstone", "listed twice")]
    [InlineData("name: ''", "needs 'name'")]
    [InlineData("gss: 7000114", "a letter and eight digits")]
    [InlineData("latitude: 95", "must be degrees")]
    [InlineData("towns: Margate", "a list of names")]
    [InlineData("tile: {column: 6.5, row: 1}", "needs 'column', a whole number")]
    [InlineData("tile: {column: 3, row: 2}", "already taken")]
    [InlineData("size: 3", "The key 'size' is not known")]
    public void A_mistake_in_a_district_is_named_with_its_line(string changed, string message)
    {
        var key = changed[..(changed.IndexOf(':', StringComparison.Ordinal) + 1)];
        string[] lines = ["id: thanet", "name: Thanet", "gss: E07000114", "latitude: 51.389", "longitude: 1.386", "towns: [Margate]", "tile: {column: 6, row: 1}"];
        var second = lines.Where(line => !line.StartsWith(key, StringComparison.Ordinal)).Append(changed);
        var text = string.Join('\n', Sound.Districts.Split('\n').Take(2)) + "\n  - " + string.Join("\n    ", second) + "\n";

        var problem = Gazetteer.Read(Sound with { Districts = text }).Problems[0];

        Assert.Equal("data/districts.yaml", problem.File);
        Assert.InRange(problem.Line, 3, 10);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_all_files_come_at_once() =>
        Assert.Equal(
            ["data/districts.yaml", "data/outcodes.csv", "data/towns.csv", "data/neighbours.csv"],
            Gazetteer.Read(new GazetteerTexts { Districts = "", Towns = "", Outcodes = "", Neighbours = "" }).Problems.Select(problem => problem.File));

    private static Gazetteer Read(GazetteerTexts texts)
    {
        var reading = Gazetteer.Read(texts);
        Assert.Empty(reading.Problems);
        return reading.Gazetteer ?? throw new InvalidOperationException("A reading without problems holds a gazetteer.");
    }
}
