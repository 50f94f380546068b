namespace Portal.Theme.Components;

/// <summary>Our own quiet drawings.</summary>
public enum IllustrationName
{
    /// <summary>Hills with a low sun.</summary>
    Hills,

    /// <summary>A lamp in a window.</summary>
    Lamp,

    /// <summary>Two people on a bench.</summary>
    Bench,

    /// <summary>An open door and a path.</summary>
    Door,
}
