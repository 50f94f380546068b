using System.Collections.Frozen;

namespace Portal.Content.Places;

/// <summary>The texts of the four files in content/data that a gazetteer is read from.</summary>
public sealed record GazetteerTexts
{
    public required string Districts { get; init; }

    public required string Towns { get; init; }

    public required string Outcodes { get; init; }

    public required string Neighbours { get; init; }
}

/// <summary>What came of reading.</summary>
/// <param name="Gazetteer">Null where there is any problem.</param>
/// <param name="Problems">File relative to content, line counted from 1, and what to do.</param>
public sealed record GazetteerReading(Gazetteer? Gazetteer, IReadOnlyList<(string File, int Line, string Message)> Problems);

/// <summary>Districts, towns and outward codes. Safe to share between threads.</summary>
public sealed class Gazetteer
{
    private readonly FrozenDictionary<string, District> _districts;
    private readonly FrozenDictionary<string, Town> _towns;
    private readonly FrozenDictionary<Outcode, OutcodeArea> _outcodes;
    private readonly FrozenDictionary<Outcode, NeighbourArea> _neighbours;

    internal Gazetteer(
        IReadOnlyList<District> districts,
        IReadOnlyList<Town> towns,
        IReadOnlyList<OutcodeArea> outcodes,
        IReadOnlyList<NeighbourArea> neighbours)
    {
        (Districts, Towns, Outcodes, Neighbours) = (districts, towns, outcodes, neighbours);
        _districts = districts.ToFrozenDictionary(district => district.Id);
        _towns = towns.ToFrozenDictionary(town => town.Name, StringComparer.OrdinalIgnoreCase);
        _outcodes = outcodes.ToFrozenDictionary(area => area.Outcode);
        _neighbours = neighbours.ToFrozenDictionary(area => area.Outcode);
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<District> Districts { get; }

    public IReadOnlyList<Town> Towns { get; }

    public IReadOnlyList<OutcodeArea> Outcodes { get; }

    public IReadOnlyList<NeighbourArea> Neighbours { get; }

    public static GazetteerReading Read(GazetteerTexts texts) => new GazetteerReader().Read(texts);

    public District? FindDistrict(string id) => _districts.GetValueOrDefault(id);

    /// <summary>By name, in any case.</summary>
    public Town? FindTown(string name) => _towns.GetValueOrDefault(name);

    public OutcodeArea? FindOutcode(Outcode outcode) => _outcodes.GetValueOrDefault(outcode);

    public NeighbourArea? FindNeighbour(Outcode outcode) => _neighbours.GetValueOrDefault(outcode);

    /// <summary>
    /// The point a place's distance is measured from: its own coordinates, else the middle of its outward code, else
    /// its town. Null where none is known.
    /// </summary>
    public Coordinates? PointOf(Coordinates? own, Outcode? outcode, string? town)
    {
        if (own is not null) return own;
        if (outcode is { } code && FindOutcode(code) is { } area) return area.Coordinates;
        return town is null ? null : FindTown(town)?.Coordinates;
    }
}
