using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using Microsoft.AspNetCore.DataProtection;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// What a page without a script carries to its second step: a token that confirms one message, and the instant the page
/// was made. The same words posted twice within the hour (a page loaded again, a second press) have the same token, and
/// so are one message.
/// </summary>
internal sealed class FormTokens(HourlySecret secret, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Sooner than a person reads the page and presses its button.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(3);

    private const int TokenBytes = 16;

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Cms.Referrals.Intake.FormTokens");

    public string TokenOf(ReadOnlySpan<byte> body) => Base64Url.EncodeToString(secret.Hash(body).AsSpan(0, TokenBytes));

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
