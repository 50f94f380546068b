namespace Portal.Theme.Components;

/// <summary>A district on the tile map; <paramref name="Column"/> and <paramref name="Row"/> count from 0, from west and from north.</summary>
public sealed record Tile(string Href, string Name, int Column, int Row);
