namespace Portal.Theme.Gallery;

/// <summary>One example: the name of the component it shows, and the component that shows it.</summary>
public sealed record GalleryEntry(string Name, Type Component)
{
    /// <summary>True for an <see cref="Example"/>, which has its words in English and in Urdu.</summary>
    public bool Speaks => Component.IsSubclassOf(typeof(Example));
}
