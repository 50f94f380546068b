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
/// <param name="IsStale">True where the English text has changed since.</param>
/// <param name="ReviewedBy">Who checked it.</param>
/// <param name="ReviewedOn">When.</param>
public sealed record Translation(TranslationState State, string Source, bool IsStale, string? ReviewedBy, LocalDate? ReviewedOn)
{
    /// <summary>True where a named person checked it and the English has not changed since.</summary>
    public bool IsReviewed => State == TranslationState.Reviewed && !IsStale && ReviewedBy is { Length: > 0 } && ReviewedOn is not null;
}
