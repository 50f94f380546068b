using System.Globalization;
using Portal.Content.Documents;

namespace Portal.Content.Places;

/// <summary>Reads the four files, gathers every problem of all of them, and gives a gazetteer only where there is none.</summary>
internal sealed class GazetteerReader
{
    private const string TownsFile = "data/towns.csv";
    private const string OutcodesFile = "data/outcodes.csv";
    private const string NeighboursFile = "data/neighbours.csv";

    private readonly List<(string File, int Line, string Message)> _problems = [];

    public GazetteerReading Read(GazetteerTexts texts)
    {
        var districts = DistrictsFile.Read(texts.Districts, _problems);
        var ids = districts.Select(district => district.Id).ToHashSet();

        var outcodes = Rows(OutcodesFile, texts.Outcodes, ["outcode", "latitude", "longitude", "district", "otherDistricts", "hint", "confidence"], (row, cells) => new OutcodeArea
        {
            Outcode = Code(row, cells[0]),
            Coordinates = Point(row, cells[1], cells[2]),
            District = Known(row, ids, cells[3]),
            // A name in parentheses lies outside Kent and Medway: a note for the editors, no district of ours.
            OtherDistricts = [.. cells[4].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(id => id is not ['(', .., ')']).Select(id => Known(row, ids, id))],
            Hint = cells[5],
            Confidence = Sureness(row, cells[6])
        });
        var codes = outcodes.Select(area => area.Outcode).ToHashSet();

        var towns = Rows(TownsFile, texts.Towns, ["town", "latitude", "longitude", "district", "outcode", "confidence"], (row, cells) => new Town(
            Filled(row, cells[0], "town"),
            Point(row, cells[1], cells[2]),
            Known(row, ids, cells[3]),
            cells[4].Length == 0 ? null : Listed(row, codes, Code(row, cells[4])),
            Sureness(row, cells[5])));

        var neighbours = Rows(NeighboursFile, texts.Neighbours, ["outcode", "latitude", "longitude", "area"], (row, cells) => new NeighbourArea(
            Outside(row, codes, Code(row, cells[0])),
            Point(row, cells[1], cells[2]),
            Filled(row, cells[3], "area")));

        return _problems.Count > 0
            ? new GazetteerReading(null, _problems)
            : new GazetteerReading(new Gazetteer(districts, towns, outcodes, neighbours), []);
    }

    /// <summary>Rows of one file; the first column names a row, so it may not come back.</summary>
    private List<T> Rows<T>(string file, string text, IReadOnlyList<string> columns, Func<Place, IReadOnlyList<string>, T> read)
    {
        var rows = new List<T>();
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var lines = Csv.Read(text);
        if (lines.Count == 0 || !lines[0].Cells.SequenceEqual(columns))
        {
            _problems.Add((file, 1, $"The first line must be {string.Join(',', columns)}."));
            return rows;
        }

        foreach (var (line, cells) in lines.Skip(1))
        {
            var place = new Place(file, line);
            if (cells.Count != columns.Count)
            {
                Report(place, $"The line has {cells.Count} cells; {columns.Count} are needed. A comma inside a cell needs quotation marks around it.");
                continue;
            }

            if (!seen.TryAdd(cells[0], line)) Report(place, $"'{cells[0]}' is already on line {seen[cells[0]]}; remove one.");
            rows.Add(read(place, cells));
        }

        return rows;
    }

    private Outcode Code(Place place, string cell)
    {
        if (Outcode.TryParse(cell, out var outcode) && cell == outcode.ToString()) return outcode;
        Report(place, $"'{cell}' is not the first half of a postcode in capitals, such as ME14.");
        return default;
    }

    private Coordinates Point(Place place, string latitude, string longitude)
    {
        if (Degrees(latitude) is { } north && Degrees(longitude) is { } east && Coordinates.TryCreate(north, east, out var point)) return point;
        Report(place, $"'{latitude},{longitude}' is not a point; write degrees, such as 51.272,0.529.");
        return default;
    }

    private static double? Degrees(string cell) =>
        double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;

    private Confidence Sureness(Place place, string cell)
    {
        if (Enum.TryParse<Confidence>(cell, ignoreCase: true, out var confidence) && !cell.Any(char.IsAsciiLetterUpper) && !char.IsAsciiDigit(cell[0])) return confidence;
        Report(place, $"'{cell}' is not a confidence; use high, medium, low or recalled.");
        return Confidence.Recalled;
    }

    private string Known(Place place, HashSet<string> districts, string id)
    {
        if (!districts.Contains(id)) Report(place, $"There is no district '{id}' in {DistrictsFile.Name}.");
        return id;
    }

    private Outcode Listed(Place place, HashSet<Outcode> codes, Outcode code)
    {
        if (code != default && !codes.Contains(code)) Report(place, $"'{code}' is not in {OutcodesFile}.");
        return code;
    }

    private Outcode Outside(Place place, HashSet<Outcode> codes, Outcode code)
    {
        if (codes.Contains(code)) Report(place, $"'{code}' is in {OutcodesFile} too; it cannot be inside and outside.");
        return code;
    }

    private string Filled(Place place, string cell, string column)
    {
        if (cell.Length == 0) Report(place, $"The column {column} is empty.");
        return cell;
    }

    private void Report(Place place, string message) => _problems.Add((place.File, place.Line, message));

    private readonly record struct Place(string File, int Line);
}
