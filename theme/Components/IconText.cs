namespace Portal.Theme.Components;

/// <summary>A short fact with its picture; <paramref name="Icon"/> is one of <see cref="IconShapes.Names"/>.</summary>
public sealed record IconText(string Icon, string Text);
