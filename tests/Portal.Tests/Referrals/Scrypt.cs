using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Portal.Tests.Referrals;

/// <summary>scrypt of RFC 7914 with r = 8, p = 1 and 32 bytes, as age uses it: the library at hand takes no salt of 44 bytes.</summary>
internal static class Scrypt
{
    private const int Words = 256; // 128 * r bytes.

    /// <param name="work">The power of two that N is.</param>
    public static byte[] Derive(byte[] passphrase, byte[] salt, int work)
    {
        var block = MemoryMarshal.Cast<byte, uint>(Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, 1, HashAlgorithmName.SHA256, Words * 4)).ToArray();
        if (!BitConverter.IsLittleEndian) block = [.. block.Select(BinaryPrimitives.ReverseEndianness)];
        var rounds = 1 << work;
        var memory = new uint[rounds * Words];
        for (var round = 0; round < rounds; round++)
        {
            block.CopyTo(memory, round * Words);
            Mix(block);
        }

        for (var round = 0; round < rounds; round++)
        {
            var from = (int)(block[Words - 16] & (uint)(rounds - 1)) * Words;
            for (var at = 0; at < Words; at++) block[at] ^= memory[from + at];
            Mix(block);
        }

        if (!BitConverter.IsLittleEndian) block = [.. block.Select(BinaryPrimitives.ReverseEndianness)];
        return Rfc2898DeriveBytes.Pbkdf2(passphrase, MemoryMarshal.AsBytes<uint>(block), 1, HashAlgorithmName.SHA256, 32);
    }

    private static void Mix(uint[] block)
    {
        Span<uint> last = stackalloc uint[16];
        Span<uint> mixed = stackalloc uint[Words];
        block.AsSpan(^16).CopyTo(last);
        for (var part = 0; part < Words / 16; part++)
        {
            for (var at = 0; at < 16; at++) last[at] ^= block[(part * 16) + at];
            Salsa(last);
            last.CopyTo(mixed[(((part / 2) + (part % 2 * (Words / 32))) * 16)..]);
        }

        mixed.CopyTo(block);
    }

    private static void Salsa(Span<uint> words)
    {
        Span<uint> x = stackalloc uint[16];
        words.CopyTo(x);
        for (var round = 0; round < 4; round++)
        {
            for (var at = 0; at < 4; at++) Quarter(x, at * 5, ((at * 5) + 4) % 16, ((at * 5) + 8) % 16, ((at * 5) + 12) % 16);
            for (var at = 0; at < 4; at++) Quarter(x, at * 5, (at * 4) + ((at + 1) % 4), (at * 4) + ((at + 2) % 4), (at * 4) + ((at + 3) % 4));
        }

        for (var at = 0; at < 16; at++) words[at] += x[at];
    }

    private static void Quarter(Span<uint> x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }
}
