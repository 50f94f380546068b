namespace Portal.Theme.Components;

/// <summary>A short fact with its picture; <paramref name="Icon"/> is one of <see cref="IconShapes.Names"/>.</summary>
public sealed record IconText(string Icon, string Text)
{
    /// <summary>What follows the text after a colon, in the words of the place itself.</summary>
    public string? Detail { get; init; }
}
