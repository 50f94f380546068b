using System.Diagnostics.CodeAnalysis;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>What can be told of a sealed referral without opening it.</summary>
internal sealed record SealedFile(SealedHeader Header, SizeClass Size)
{
    /// <summary>
    /// Takes a file with the shape of a referral sealed to a key set: for each recipient one X25519 stanza with a share of
    /// its own, no stanza besides (also none that age would pass over), and a payload as long as a size class makes it.
    /// Whether it opens, and for whom, only its recipients can tell. Throws nothing, whatever the bytes are.
    /// </summary>
    /// <param name="recipients">How many the key set has.</param>
    /// <param name="problem">In words, without anything of the bytes.</param>
    public static bool TryRead(ReadOnlySpan<byte> file, int recipients, [NotNullWhen(true)] out SealedFile? read, [NotNullWhen(false)] out string? problem)
    {
        read = null;
        if (!SealedHeader.TryRead(file, out var header, out var fault))
        {
            problem = fault.ToString();
            return false;
        }

        var size = SizeClass.OfPayload(file.Length - header.Length);
        problem = header.Stanzas.Count != recipients ? $"It has {header.Stanzas.Count} stanzas where the key set has {recipients} recipients."
            : !header.Stanzas.All(X25519Stanza.Fits) ? "It has a stanza that is not an X25519 one of the right shape."
            : header.Stanzas.DistinctBy(stanza => stanza.Arguments[1]).Count() != recipients ? "Two of its stanzas have the same share."
            : size is null ? $"Its payload has {file.Length - header.Length} bytes, which no size class gives."
            : null;
        if (problem is not null) return false;
        read = new(header, size!); // No problem means that there is one.
        return true;
    }
}
