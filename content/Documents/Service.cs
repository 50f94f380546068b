using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>One service of the specification's section 6, as a person can get it.</summary>
public sealed record Service : Document
{
    /// <summary>Clause of the service specification, such as 6.1.7.</summary>
    public string? Clause { get; init; }

    [Translated] public string? Audience { get; init; }

    /// <summary>How to get it.</summary>
    [Translated, Markdown] public string? Referral { get; init; }

    public IReadOnlyList<string> Organisations { get; init; } = [];

    public IReadOnlyList<string> Helplines { get; init; } = [];
}
