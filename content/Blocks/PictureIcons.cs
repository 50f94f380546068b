namespace Portal.Content.Blocks;

/// <summary>The drawings an author may name in a picture block. The theme draws each of them, and some more for its own use.</summary>
public static class PictureIcons
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "home", "door", "phone", "map", "heart", "child", "scales", "shield", "people", "key", "money", "laptop",
        "car", "paw", "speech", "clock", "calendar", "globe", "search", "print", "download", "info", "alert", "hand",
        "police", "hospital", "school", "leaf", "star", "ear", "eye", "wheelchair", "bag", "lock", "book", "letter",
        "sun",
    ];
}
