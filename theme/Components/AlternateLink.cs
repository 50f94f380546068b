namespace Portal.Theme.Components;

/// <summary>The absolute address of this page in <paramref name="Language"/> (a BCP 47 code or <c>x-default</c>).</summary>
public sealed record AlternateLink(string Language, string Href);
