using NodaTime;

namespace Portal.Content.Documents;

/// <summary>A bulletin for partners.</summary>
public sealed record Update : Document
{
    public required LocalDate Published { get; init; }
}
