namespace Portal.Theme.Components;

/// <summary>A name with its number, as people read it. <paramref name="Linked"/> is false for a number that takes text only.</summary>
public sealed record ContactLine(string Name, string Number, string? Note = null, bool Linked = true);
