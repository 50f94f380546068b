using System.Security.Cryptography;

namespace Portal.Cms.Referrals;

/// <summary>Keys of rows about messages: random (version 4), so that neither a key nor the order of keys tells when somebody wrote.</summary>
internal static class RandomKey
{
    public static Guid New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}
