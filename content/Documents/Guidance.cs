namespace Portal.Content.Documents;

/// <summary>A guide.</summary>
public sealed record Guidance : Document;
