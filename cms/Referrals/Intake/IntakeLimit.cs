using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Portal.Cms.Referrals.Intake;

/// <summary>What a block of addresses asks for.</summary>
internal enum IntakeAct
{
    /// <summary>Keys, a challenge, or the frame of the check for humans.</summary>
    Ask,

    /// <summary>A message, or the confirmation of one.</summary>
    Send,
}

/// <summary>
/// How often a block of addresses may ask, in spans of ten minutes. No address is kept: only a keyed hash of its block,
/// under a secret that changes every hour, and only until its span is over. Each instance counts for itself.
/// </summary>
internal sealed class IntakeLimit(HourlySecret secret, TimeProvider time)
{
    /// <summary>
    /// A refuge, a library, a school or a phone company may stand behind one block, and a person who corrects a mistake
    /// sends twice: sixty in ten minutes is more than such a house writes in a day, and few enough that one block cannot
    /// bury the inbox before somebody closes the form.
    /// </summary>
    public const int MostSends = 60;

    /// <summary>Each message asks for keys, a challenge and perhaps a frame, and a browser that lost the connection asks again.</summary>
    public const int MostAsks = 600;

    /// <summary>Blocks that are counted at once, about 6 MiB. A flood from more than that is not stopped here, and nobody is kept out because others came first.</summary>
    private const int MostBlocks = 100_000;

    private const long SecondsOfSpan = 600;

    private readonly Lock turn = new();
    private readonly Dictionary<(long Block, IntakeAct Act), int> counts = [];
    private long span = -1;

    /// <summary>Counts one. False where the block has had its share.</summary>
    /// <param name="retryAfter">Seconds until it may again, from 1.</param>
    public bool TryTake(IPAddress? address, IntakeAct act, out long retryAfter)
    {
        var block = BinaryPrimitives.ReadInt64LittleEndian(secret.Hash(BlockOf(address ?? IPAddress.None)));
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        retryAfter = SecondsOfSpan - (now % SecondsOfSpan);
        lock (turn)
        {
            if (now / SecondsOfSpan != span)
            {
                counts.Clear();
                span = now / SecondsOfSpan;
            }

            var count = counts.GetValueOrDefault((block, act)) + 1;
            if (count > 1 || counts.Count < MostBlocks) counts[(block, act)] = count;
            return count <= (act == IntakeAct.Send ? MostSends : MostAsks);
        }
    }

    /// <summary>The first 24 bits of an IPv4 address, the first 56 of any other: what one house or one person has.</summary>
    private static byte[] BlockOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.GetAddressBytes()[..(plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 7)];
    }
}
