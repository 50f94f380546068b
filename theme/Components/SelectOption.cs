namespace Portal.Theme.Components;

/// <summary>One line of a list to choose from.</summary>
/// <param name="Value">What the script compares.</param>
/// <param name="Text">What people read.</param>
/// <param name="Language">The BCP 47 code of the text where it is not the page's.</param>
public sealed record SelectOption(string Value, string Text, string? Language = null);
