using System.Collections.Frozen;

namespace Portal.Theme.Components;

/// <summary>Our own line drawings on a 24 by 24 grid, one path each, drawn with a round pen of 1.7.</summary>
public static class IconShapes
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["home"] = "M4 11l8-7 8 7v8a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM10 20v-6h4v6",
        ["door"] = "M3 20h18M6 20V5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v15M14.5 12.5h.01",
        ["phone"] = "M6.5 4H9l1.5 4-2 1.5a12 12 0 0 0 6 6l1.5-2 4 1.5v2.5a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 6.2 2 2 0 0 1 6.5 4z",
        ["map"] = "M12 21s-6.5-5.8-6.5-11a6.5 6.5 0 0 1 13 0c0 5.2-6.5 11-6.5 11zM9.6 10a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0 -4.8 0z",
        ["heart"] = "M12 20s-8-4.7-8-10.3A4.3 4.3 0 0 1 12 7.5a4.3 4.3 0 0 1 8 2.2C20 15.3 12 20 12 20z",
        ["child"] = "M9.4 6a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0zM7 20v-4.5a5 5 0 0 1 10 0V20M10 20v-3h4v3",
        ["scales"] = "M12 4v16M8 20h8M6 7h12M6 7l-3 7a3 3 0 0 0 6 0zM18 7l-3 7a3 3 0 0 0 6 0z",
        ["shield"] = "M12 3.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM9 12l2.2 2.2L15.2 10",
        ["people"] = "M6 8a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM3 20c0-4 2.6-6 6-6s6 2 6 6M15.5 5.3a3 3 0 0 1 0 5.4M17.5 14.4c2.2.7 3.5 2.6 3.5 5.6",
        ["key"] = "M4 15.5a4 4 0 1 0 8 0a4 4 0 1 0 -8 0zM11 12.5l8-8M16 7.5l3 3M13.5 10l2 2",
        ["money"] = "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM15 8.8A2.8 2.8 0 0 0 10 10.5V16M8.5 16H15M8.5 12.5h4.5",
        ["laptop"] = "M6.5 5h11a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1 -1.5 1.5h-11a1.5 1.5 0 0 1 -1.5 -1.5v-7a1.5 1.5 0 0 1 1.5 -1.5zM3 19h18",
        ["car"] = "M4 17v-4l2.2-6h11.6l2.2 6v4zM4 13h16M6 17v2M18 17v2M7.5 15h.01M16.5 15h.01",
        ["paw"] = "M4.9 11a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0zM8.3 6.8a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0zM12.3 6.8a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0zM15.9 11a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0zM12 11.5c-2.5 0-4.5 2.8-4.5 5a2.3 2.3 0 0 0 2.5 2.5c.8 0 1.3-.4 2-.4s1.2.4 2 .4a2.3 2.3 0 0 0 2.5-2.5c0-2.2-2-5-4.5-5z",
        ["speech"] = "M5 5h14a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 19 16h-7l-4.5 4v-4H5a1.5 1.5 0 0 1-1.5-1.5v-8A1.5 1.5 0 0 1 5 5zM8 9h8M8 12h5",
        ["clock"] = "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM12 7v5.2l3.5 2",
        ["calendar"] = "M6 5.5h12a2 2 0 0 1 2 2v10.5a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-10.5a2 2 0 0 1 2 -2zM4 10h16M8.5 3.5v4M15.5 3.5v4",
        ["globe"] = "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
        ["search"] = "M4.5 10.5a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zM15 15l5 5",
        ["print"] = "M7 9V4h10v5M7 17H5a1.5 1.5 0 0 1-1.5-1.5v-5A1.5 1.5 0 0 1 5 9h14a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 19 17h-2M7 14h10v6H7z",
        ["download"] = "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
        ["info"] = "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM12 11.5v4.5M12 8.2h.01",
        ["alert"] = "M12 4l9 15.5H3zM12 10v4.5M12 17h.01",
        ["hand"] = "M7 12V6.5a1.5 1.5 0 0 1 3 0V11M10 10.5v-5.5a1.5 1.5 0 0 1 3 0v6M13 6.5a1.5 1.5 0 0 1 3 0V12M16 9.5a1.5 1.5 0 0 1 3 0V14a7 7 0 0 1-7 7c-3 0-4.5-1.5-6-4l-2-3.5a1.5 1.5 0 0 1 2.6-1.5L8 13.5",
        ["police"] = "M4 9c0-3 3.6-5 8-5s8 2 8 5l-2 4H6zM6 13v2c4-1.5 8-1.5 12 0v-2M12 7v3M7 15.5c.5 2.7 2.5 4.5 5 4.5s4.5-1.8 5-4.5",
        ["hospital"] = "M6 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2zM12 8v8M8 12h8",
        ["school"] = "M12 5L2.5 9.5 12 14l9.5-4.5zM6 11.5V16c1.6 1.6 3.6 2.5 6 2.5s4.4-.9 6-2.5v-4.5M21.5 9.5V15",
        ["leaf"] = "M5 19c0-9 5-14 15-14 0 9-4.5 13.5-11 13.5-1.4 0-2.6-.3-4-.8M4 21c1.5-5 4.5-8 9-10",
        ["star"] = "M12 4l2.5 5.2 5.5.8-4 4 1 5.7-5-2.7-5 2.7 1-5.7-4-4 5.5-.8z",
        ["ear"] = "M7 10a5.5 5.5 0 0 1 11 0c0 4-3.5 4.5-3.5 7.5A3 3 0 0 1 9 18.5M10 10.5a2.5 2.5 0 0 1 5 0c0 1.8-2 2-2 4",
        ["eye"] = "M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM9.4 12a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z",
        ["wheelchair"] = "M9.4 4.5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0zM11 8v6h5l3 5M11 10.5h4.5M8.3 11.5a5 5 0 1 0 6.2 6.5",
        ["bag"] = "M6 8h12a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-8a2 2 0 0 1 2 -2zM9 8V6a2 2 0 0 1 2-2h2a2 2 0 0 1 2 2v2M4 13h16",
        ["lock"] = "M7 10.5h10a2 2 0 0 1 2 2v5.5a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-5.5a2 2 0 0 1 2 -2zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2",
        ["book"] = "M12 6.5C10 5 7 4.5 3.5 4.5v13C7 17.5 10 18 12 19.5c2-1.5 5-2 8.5-2v-13c-3.5 0-6.5.5-8.5 2zM12 6.5v13",
        ["letter"] = "M5.5 5.5h13a2 2 0 0 1 2 2v9a2 2 0 0 1 -2 2h-13a2 2 0 0 1 -2 -2v-9a2 2 0 0 1 2 -2zM4 7l8 6 8-6",
        ["sun"] = "M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M18.4 5.6L17 7M7 17l-1.4 1.4",
        ["arrow"] = "M5 12h14M13 6l6 6-6 6",
        ["external"] = "M13 5h6v6M19 5l-9 9M10 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-4",
        ["close"] = "M6 6l12 12M18 6L6 18",
        ["menu"] = "M4 7h16M4 12h16M4 17h16",
        ["check"] = "M5 12.5l4.5 4.5L19 7.5",
        ["leave"] = "M10 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h4M10 12h10M15.5 7.5L20 12l-4.5 4.5",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Drawings that point the way the text runs, and so mirror with it.</summary>
    private static readonly FrozenSet<string> Directed = FrozenSet.Create(StringComparer.Ordinal, "arrow", "external", "leave");

    /// <summary>All names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Paths.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="ArgumentException">There is no drawing of that name.</exception>
    public static string PathOf(string name) => Paths.TryGetValue(name, out var path)
        ? path
        : throw new ArgumentException($"There is no icon '{name}'. There are: {string.Join(", ", Names)}.", nameof(name));

    public static bool Mirrors(string name) => Directed.Contains(name);
}
