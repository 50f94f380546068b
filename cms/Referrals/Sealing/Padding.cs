namespace Portal.Cms.Referrals.Sealing;

/// <summary>Brings a referral's text to the length of its size class with spaces, which JSON allows at its end.</summary>
internal static class Padding
{
    /// <param name="json">UTF-8, not empty.</param>
    /// <returns>Pinned in memory, for its owner to wipe without a copy staying elsewhere.</returns>
    /// <exception cref="ArgumentException">It is empty, or larger than the largest class.</exception>
    public static byte[] Pad(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) throw new ArgumentException("There is no text to pad.", nameof(json));
        var size = SizeClass.Holding(json.Length)
            ?? throw new ArgumentException($"A referral's text has at most {SizeClass.Large.Length} bytes; this one has {json.Length}.", nameof(json));
        var padded = GC.AllocateUninitializedArray<byte>(size.Length, pinned: true);
        json.CopyTo(padded);
        padded.AsSpan(json.Length).Fill((byte)' ');
        return padded;
    }
}
