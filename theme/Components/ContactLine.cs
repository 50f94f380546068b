namespace Portal.Theme.Components;

/// <summary>A name with its number, as people read it. <paramref name="Linked"/> is false for a number that takes text only.</summary>
public sealed record ContactLine(string Name, string Number, string? Note = null, bool Linked = true)
{
    /// <summary>A word on what it is, before <see cref="Note"/>, in the language of the name.</summary>
    public string? About { get; init; }

    /// <summary>BCP 47 code of <see cref="Name"/> and <see cref="About"/>, where it is not the page's.</summary>
    public string? Language { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>, where <see cref="Language"/> is set.</summary>
    public string? Direction { get; init; }
}
