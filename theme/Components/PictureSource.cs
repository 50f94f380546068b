namespace Portal.Theme.Components;

/// <summary>One format of a picture: <c>image/avif</c> and a <c>srcset</c> with widths.</summary>
public sealed record PictureSource(string Type, string SourceSet);
