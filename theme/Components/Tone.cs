namespace Portal.Theme.Components;

/// <summary>How much a box asks for attention.</summary>
public enum Tone
{
    Calm,
    Important,
    Danger,
}
