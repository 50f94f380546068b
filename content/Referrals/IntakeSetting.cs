using System.Security.Cryptography;
using System.Text;

namespace Portal.Content.Referrals;

/// <summary>
/// What the form needs of the intake, from <c>data/intake.yaml</c>. The CMS writes that file into what it publishes; a
/// content folder without it has no form, and the page shows the phone lines alone.
/// </summary>
public sealed record IntakeSetting
{
    /// <summary>Name of the file, below the content folder.</summary>
    public const string File = "data/intake.yaml";

    /// <summary>Days after the first reading beyond which words are never kept, whatever the reason that staff noted.</summary>
    public const int MostDays = 365;

    /// <summary>Id of the keys below: <see cref="IdOf"/>. A message says which keys it was sealed to.</summary>
    public required string KeySet { get; init; }

    /// <summary>False while somebody has closed the form.</summary>
    public bool Open { get; init; }

    /// <summary>Public keys (<c>age1…</c>) of everybody who may open an ordinary message, the recovery key among them.</summary>
    public IReadOnlyList<string> Team { get; init; } = [];

    /// <summary>Public keys of whoever may open a message about somebody who works at the service, the recovery key among them.</summary>
    public IReadOnlyList<string> Lead { get; init; } = [];

    /// <summary>Hours within which an urgent message is to be opened; null while the service has not decided.</summary>
    public int? UrgentHours { get; init; }

    /// <summary>Hours within which any other message is to be opened; null while the service has not decided.</summary>
    public int? OtherHours { get; init; }

    /// <summary>Days that words are kept after they were handed over.</summary>
    public int DaysAfterHandOver { get; init; } = 30;

    /// <summary>Days that words are kept after they were read, at most.</summary>
    public int DaysAfterReading { get; init; } = 90;

    /// <summary>True where a message can be sealed and is taken.</summary>
    public bool TakesMessages => Open && Team.Count > 0 && Lead.Count > 0;

    /// <summary>The id of a set of keys: 22 letters of the SHA-256 over both groups in their order. The same keys have the same id.</summary>
    public static string IdOf(IEnumerable<string> team, IEnumerable<string> lead)
    {
        var text = string.Join('\n', team.Order(StringComparer.Ordinal)) + "\n\n" + string.Join('\n', lead.Order(StringComparer.Ordinal));
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..22].Replace('+', '-').Replace('/', '_');
    }
}
