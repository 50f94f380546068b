namespace Portal.Theme.Components;

/// <summary>The links below one letter.</summary>
public sealed record AzGroup(string Letter, IReadOnlyList<LinkItem> Links);
