using System.Security.Cryptography;

namespace Portal.Cms.Referrals.Intake;

/// <summary>A secret that lives in memory alone and is another one every hour: what was made of the old one can be tied to nothing.</summary>
internal sealed class HourlySecret(TimeProvider time)
{
    private readonly Lock turn = new();
    private byte[] secret = [];
    private long hour = -1;

    /// <summary>The keyed hash of some bytes under this hour's secret, 32 bytes.</summary>
    public byte[] Hash(ReadOnlySpan<byte> bytes)
    {
        lock (turn)
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds() / 3600;
            if (now != hour) (secret, hour) = (RandomNumberGenerator.GetBytes(32), now);
            return HMACSHA256.HashData(secret, bytes);
        }
    }
}
