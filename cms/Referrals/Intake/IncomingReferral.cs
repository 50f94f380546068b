using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Sealing;
using Portal.Content.Referrals;

namespace Portal.Cms.Referrals.Intake;

/// <summary>A sealed message on its way into the database.</summary>
internal sealed record IncomingReferral
{
    /// <summary>SHA-256 of what tells a second try of the same message.</summary>
    public required byte[] RetryHash { get; init; }

    /// <summary>Id of the key set it was sealed to.</summary>
    public required string KeySet { get; init; }

    public required ReferralGroup Group { get; init; }

    public required bool Urgent { get; init; }

    /// <summary>The check for a human failed: what counts as that, <see cref="HumanCheck"/> says.</summary>
    public required bool Unchecked { get; init; }

    /// <summary>What the site that its form stood on promised, as it was published last: the days that words are kept.</summary>
    public required IntakeSetting Promised { get; init; }

    /// <summary>SHA-256 of the token that confirms it; null where it needs none.</summary>
    public byte[]? ConfirmHash { get; init; }

    public required byte[] File { get; init; }

    /// <summary>What <see cref="File"/> looks like, for as many recipients as it has.</summary>
    public required SealedFile Shape { get; init; }
}

/// <summary>How writing ended.</summary>
internal enum WriteOutcome
{
    /// <summary>It is in the database, and was flushed.</summary>
    Stored,

    /// <summary>It was there before.</summary>
    Already,

    /// <summary>It was sealed to another key set than the one in force.</summary>
    WrongKeys,

    /// <summary>It has another number of recipients than its group.</summary>
    WrongShape,

    /// <summary>The form is closed, or there is nobody to seal to.</summary>
    Closed,

    /// <summary>No message waits for this token.</summary>
    Unknown,

    /// <summary>Too many wait; nothing was tried.</summary>
    Busy,

    /// <summary>The database failed. Whether the message is there is not known: a second try tells.</summary>
    Failed,
}

/// <summary>What came of one message.</summary>
/// <param name="Reference">The one the visitor is shown; empty where nothing is stored.</param>
internal sealed record WriteResult(WriteOutcome Outcome, string Reference = "")
{
    public bool Urgent { get; init; }

    /// <summary>The key set in force, where <see cref="Outcome"/> is about it.</summary>
    public KeySet? Keys { get; init; }

    public static WriteResult Busy { get; } = new(WriteOutcome.Busy);

    public static WriteResult Failed { get; } = new(WriteOutcome.Failed);
}

/// <summary>One thing the writer is asked for: a message to keep, or a token that confirms one.</summary>
/// <param name="Confirm">SHA-256 of the token; null where <paramref name="Message"/> is to be kept.</param>
/// <param name="TooFast">The token came back sooner than a person reads a page.</param>
internal sealed record WriteRequest(IncomingReferral? Message, byte[]? Confirm = null, byte[]? Retry = null, bool TooFast = false)
{
    /// <summary>Continues elsewhere: the writer goes on with the next batch while answers are sent.</summary>
    public TaskCompletionSource<WriteResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
