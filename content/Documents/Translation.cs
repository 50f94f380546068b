using NodaTime;

namespace Portal.Content.Documents;

/// <summary>How far a translation has come.</summary>
public enum TranslationState
{
    /// <summary>Made by a machine; nobody who knows the language has checked it.</summary>
    MachineDraft,

    /// <summary>Written by a person, not yet checked by a second.</summary>
    NeedsReview,

    /// <summary>Checked by a named person against the English text of <see cref="Translation.Source"/>.</summary>
    Reviewed
}

/// <summary>What is known about a translation.</summary>
/// <param name="State">How far it has come.</param>
/// <param name="Source">Stamp of the English text it translates.</param>
/// <param name="IsStale">True where the English text, or a part of it, has changed since.</param>
/// <param name="ReviewedBy">Who checked it.</param>
/// <param name="ReviewedOn">When.</param>
public sealed record Translation(TranslationState State, string Source, bool IsStale, string? ReviewedBy, LocalDate? ReviewedOn)
{
    /// <summary>Stamps of the English blocks it translates, one for each block of its body; null where only the whole is known.</summary>
    public string? Blocks { get; init; }

    /// <summary>Stamps of the English fields it translates, <c>title=1a2b3c4d</c>.</summary>
    public string? Fields { get; init; }

    /// <summary>True where a named person checked it and the English has not changed since.</summary>
    public bool IsReviewed => State == TranslationState.Reviewed && !IsStale && ReviewedBy is { Length: > 0 } && ReviewedOn is not null;
}
