namespace Portal.Content.Documents;

/// <summary>How sure the editors are of a fact. <see cref="Recalled"/> facts are never published.</summary>
public enum Confidence
{
    /// <summary>Seen in a first-party or official source.</summary>
    High,

    /// <summary>Seen in a secondary or dated source.</summary>
    Medium,

    /// <summary>Seen only in an old or conflicting source.</summary>
    Low,

    /// <summary>Remembered, not seen in a source.</summary>
    Recalled
}
