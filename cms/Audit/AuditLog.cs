using NodaTime;

using Portal.Cms.Database;

namespace Portal.Cms.Audit;

/// <summary>
/// Where every act of staff is noted. A note is written by the next <c>SaveChangesAsync</c> of the same context and in
/// its transaction: what happened and the row that says so are kept together or not at all.
/// </summary>
public sealed class AuditLog(TimeProvider clock)
{
    private const int MostDetail = 500;

    /// <param name="act">A dotted verb such as <c>document.publish</c>.</param>
    /// <param name="subject">A path or the id of an account.</param>
    /// <param name="detail">One line, cut after 500 characters. Never a passphrase, a token or personal data of the public.</param>
    public void Add(CmsDatabase database, Actor actor, string act, string subject, string detail = "") =>
        database.Notes.Add(new(Instant.FromDateTimeOffset(clock.GetUtcNow()), actor, act, OneLine(subject), OneLine(detail)));

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length <= MostDetail ? line : line[..MostDetail];
    }
}

/// <summary>An act that waits to be chained.</summary>
internal sealed record AuditNote(Instant At, Actor Actor, string Act, string Subject, string Detail);
