using System.Globalization;
using System.Text.RegularExpressions;

using Portal.Content.Text;

using YamlDotNet.RepresentationModel;

namespace Portal.Content.Places;

/// <summary>Reads data/districts.yaml: a list under <c>districts</c>.</summary>
internal static partial class DistrictsFile
{
    public const string Name = "data/districts.yaml";

    public static IReadOnlyList<District> Read(string text, List<(string File, int Line, string Message)> problems)
    {
        var (read, mistake) = YamlSource.Load(text);
        if (mistake is { } wrong)
        {
            problems.Add((Name, wrong.Line, $"This is not YAML: {wrong.What}"));
            return [];
        }

        if (read is not YamlMappingNode root
            || !root.Children.TryGetValue(new YamlScalarNode("districts"), out var list)
            || list is not YamlSequenceNode entries)
        {
            problems.Add((Name, 1, "The file must hold a list under 'districts'."));
            return [];
        }

        var districts = new List<District>();
        foreach (var node in entries)
        {
            var entry = new Entry(node, problems);
            var district = entry.ToDistrict();
            if (districts.Exists(other => other.Id == district.Id)) entry.Report(node, $"The district '{district.Id}' is listed twice.");
            if (districts.Exists(other => other.Tile == district.Tile)) entry.Report(node, $"The tile of '{district.Id}' is already taken.");
            districts.Add(district);
        }

        return districts;
    }

    [GeneratedRegex("^[a-z0-9]+(?:-[a-z0-9]+)*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Slug();

    [GeneratedRegex("^[EKNSW][0-9]{8}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex GssCode();

    /// <summary>One entry of the list; every key is needed and no other is known.</summary>
    private sealed class Entry(YamlNode node, List<(string File, int Line, string Message)> problems)
    {
        private static readonly HashSet<string> Keys = ["id", "name", "gss", "latitude", "longitude", "towns", "tile"];

        public District ToDistrict()
        {
            foreach (var key in node is YamlMappingNode mapping ? mapping.Children.Keys : [])
            {
                if (!Keys.Contains(key.ToString())) Report(key, $"The key '{key}' is not known; use {string.Join(", ", Keys)}.");
            }

            return new District
            {
                Id = Text(node, "id", Slug(), "lower-case letters, digits and hyphens"),
                Name = Text(node, "name"),
                Gss = Text(node, "gss", GssCode(), "a letter and eight digits"),
                Coordinates = Point(),
                Towns = Towns(),
                Tile = new Tile(TileNumber("column"), TileNumber("row"))
            };
        }

        public void Report(YamlNode where, string message) => problems.Add((Name, (int)where.Start.Line, message));

        private Coordinates Point()
        {
            if (Coordinates.TryCreate(Number(node, "latitude"), Number(node, "longitude"), out var point)) return point;
            Report(node, "latitude and longitude must be degrees, such as 51.272 and 0.529.");
            return default;
        }

        private string Text(YamlNode parent, string key, Regex? shape = null, string? described = null)
        {
            var found = Find(parent, key);
            var text = (found as YamlScalarNode)?.Value ?? "";
            if (text.Length == 0 || shape?.IsMatch(text) == false) Report(found ?? parent, $"The district needs '{key}'{(described is null ? "" : $": {described}")}.");
            return text;
        }

        private IReadOnlyList<string> Towns()
        {
            if (Find(node, "towns") is YamlSequenceNode towns) return [.. towns.Select(town => town.ToString())];
            Report(node, "The district needs 'towns': a list of names.");
            return [];
        }

        private int TileNumber(string key)
        {
            var tile = Find(node, "tile") ?? node;
            var number = Number(tile, key);
            if (number is >= 1 and <= 99 && double.IsInteger(number)) return (int)number;
            Report(tile, $"The tile needs '{key}', a whole number from 1.");
            return 0;
        }

        private static double Number(YamlNode parent, string key) =>
            double.TryParse((Find(parent, key) as YamlScalarNode)?.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number
                : double.NaN;

        private static YamlNode? Find(YamlNode parent, string key) =>
            parent is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}
