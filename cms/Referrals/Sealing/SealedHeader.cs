using System.Diagnostics.CodeAnalysis;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>The readable part of a sealed file. Nothing in it says that it is genuine: only who opens it can check the MAC.</summary>
/// <param name="Mac">32 bytes.</param>
/// <param name="Length">Bytes, its last line end included. The payload follows.</param>
internal sealed record SealedHeader(IReadOnlyList<Stanza> Stanzas, ReadOnlyMemory<byte> Mac, int Length)
{
    public const int MaxStanzas = 64;

    /// <summary>Bytes.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Reads what stands at the start of a file. Throws nothing, whatever the bytes are.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out SealedHeader? header, [NotNullWhen(false)] out HeaderFault? fault) =>
        new HeaderReader(file).TryRead(out header, out fault);

    /// <summary>Gives back the very bytes that were read.</summary>
    public byte[] Write() => [.. HeaderText.UpToMac(Stanzas), .. HeaderText.AfterDashes(Mac.Span)];
}

/// <summary>Why some bytes are no header.</summary>
/// <param name="What">In words, without anything of the bytes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Offset">Bytes before that line.</param>
internal sealed record HeaderFault(string What, int Line, int Offset)
{
    public override string ToString() => $"Line {Line} of the header, at byte {Offset}: {What}.";
}
