using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using Microsoft.AspNetCore.DataProtection;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// What a page without a script carries to its second step: a token that confirms one message, and the instant the page
/// was made. The same answers posted twice within the hour (a page loaded again, a second press) have the same token, and
/// so are one message. A form that comes back because nobody knows whether it was kept brings its token along, so that
/// its second try is the same message at any time, and from another run of the program.
/// </summary>
internal sealed class FormTokens(HourlySecret secret, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Sooner than a person reads the page and presses its button.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    private const int TokenBytes = 16;

    private const int HashBytes = 32;

    private readonly IDataProtector tries = protection.CreateProtector("Portal.Cms.Referrals.Intake.FormTokens.Try");
    private readonly IDataProtector protector = protection.CreateProtector("Portal.Cms.Referrals.Intake.FormTokens");

    /// <summary>The token of some answers: the one that an earlier try of the very same brings along, else a new one.</summary>
    /// <param name="answers">The text that is sealed.</param>
    /// <param name="carried">What <see cref="Carry"/> gave; anything else counts as nothing.</param>
    public string TokenOf(ReadOnlySpan<byte> answers, string? carried) =>
        Carried(answers, carried) ?? Base64Url.EncodeToString(secret.Hash(answers).AsSpan(0, TokenBytes));

    /// <summary>A token and the hash of its answers, locked, for the page that comes back. Whoever changes a word there writes another message.</summary>
    public string Carry(string token, ReadOnlySpan<byte> answers) => Base64Url.EncodeToString(tries.Protect([.. SHA256.HashData(answers), .. Encoding.ASCII.GetBytes(token)]));

    private string? Carried(ReadOnlySpan<byte> answers, string? carried)
    {
        if (string.IsNullOrEmpty(carried) || !Base64Url.IsValid(carried)) return null;
        try
        {
            var plain = tries.Unprotect(Base64Url.DecodeFromChars(carried));
            return plain.AsSpan(0, HashBytes).SequenceEqual(SHA256.HashData(answers)) ? Encoding.ASCII.GetString(plain.AsSpan(HashBytes)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static bool IsToken([NotNullWhen(true)] string? text) => text is { Length: 22 } && Base64Url.IsValid(text);

    public static byte[] ConfirmHash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes("confirm " + token));

    public static byte[] RetryHash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes("retry " + token));

    /// <summary>Now, signed.</summary>
    public string Stamp() => protector.Protect(time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>True where a page came back sooner than a person sends one, or without the instant it was made.</summary>
    public bool IsTooFast(string? stamp)
    {
        if (string.IsNullOrEmpty(stamp)) return true;
        try
        {
            return time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(protector.Unprotect(stamp), CultureInfo.InvariantCulture)) < Least;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return true;
        }
    }
}
