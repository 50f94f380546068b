using System.Runtime.InteropServices;
using Portal.Content.Documents;

namespace Portal.Content.Places;

/// <summary>Where a district stands on the tile map; both count from 1, from the top on the western side.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Tile(int Column, int Row);

/// <summary>One of the districts of Kent, or Medway.</summary>
public sealed record District
{
    /// <summary>Slug, as in the address of its page.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Code of the Government Statistical Service: a letter and eight digits.</summary>
    public required string Gss { get; init; }

    /// <summary>The middle of its main town.</summary>
    public required Coordinates Coordinates { get; init; }

    public required IReadOnlyList<string> Towns { get; init; }

    public required Tile Tile { get; init; }
}

/// <summary>A town one can choose instead of a postcode.</summary>
public sealed record Town(string Name, Coordinates Coordinates, string District, Outcode? Outcode, Confidence Confidence)
{
    public override string ToString() => Name;
}

/// <summary>An outward code that lies in Kent or Medway, at least in part.</summary>
public sealed record OutcodeArea
{
    public required Outcode Outcode { get; init; }

    /// <summary>The middle of the area. Rural ones are wide: a town can lie five miles from it.</summary>
    public required Coordinates Coordinates { get; init; }

    /// <summary>Id of the district with most of it.</summary>
    public required string District { get; init; }

    /// <summary>Ids of the other districts it reaches into.</summary>
    public required IReadOnlyList<string> OtherDistricts { get; init; }

    /// <summary>The best-known place in it, to show beside the code.</summary>
    public required string Hint { get; init; }

    public required Confidence Confidence { get; init; }
}

/// <summary>An outward code just outside, so that the page can say where someone is instead of "unknown".</summary>
/// <param name="Area">Name of the council area, as shown.</param>
public sealed record NeighbourArea(Outcode Outcode, Coordinates Coordinates, string Area);
