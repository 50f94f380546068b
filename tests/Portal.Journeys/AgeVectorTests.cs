using System.Security.Cryptography;

using NSec.Cryptography;

using Portal.Cms.Referrals.Sealing;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>
/// The public test vectors of the age format (CCTV) judge the header's reader and the payload. Every one is either opened,
/// with the end it expects, or belongs to a part of age that the sealed format leaves out:
/// armor, as a sealed file is binary, and hybrid keys, as its recipients are X25519 ones.
/// </summary>
public sealed class AgeVectorTests
{
    private static readonly Lazy<Task<IReadOnlyList<AgeVector>>> Vectors = new(AgeVector.ReadAllAsync);

    [Fact]
    public async Task Every_vector_is_opened_or_left_out_for_a_reason()
    {
        var vectors = await Vectors.Value;

        Assert.Equal(143, vectors.Count);
        Assert.Equal(33, vectors.Count(vector => vector.IsArmored));
        Assert.Equal(18, vectors.Count(vector => vector is { IsHybrid: true, IsArmored: false }));
        Assert.Equal(vectors.Where(vector => vector.IsArmored).Select(vector => vector.Name), vectors.Where(vector => vector.Name.StartsWith("armor_", StringComparison.Ordinal)).Select(vector => vector.Name));
        Assert.All(await AppliesAsync(), vector => Assert.True(vector.Identities.Count > 0 || vector.Name == "empty", vector.Name));
    }

    [Fact]
    public async Task Each_ends_as_it_must_and_gives_out_no_more_than_it_may()
    {
        var ends = (await AppliesAsync()).Select(vector => (Vector: vector, Opening: Opener.Open(vector.File, vector.Identities))).ToList();

        Assert.Equal([], ends.Where(end => end.Opening.Outcome != end.Vector.Outcome).Select(end => $"{end.Vector.Name}: {end.Opening.Outcome}, not {end.Vector.Outcome}"));
        Assert.Equal([], ends.Where(end => end.Vector.Payload is { } hash && hash != Convert.ToHexStringLower(SHA256.HashData(end.Opening.Plain))).Select(end => end.Vector.Name));
        Assert.Equal(92, ends.Count);
    }

    /// <summary>Hybrid ones too: their headers are headers.</summary>
    [Fact]
    public async Task Each_header_that_is_one_is_read_and_written_back_to_the_byte()
    {
        var vectors = (await Vectors.Value).Where(vector => vector is { IsArmored: false, Expected: not "header failure" }).ToList();

        Assert.All(vectors, vector =>
        {
            Assert.True(SealedHeader.TryRead(vector.File, out var header, out var fault), $"{vector.Name}: {fault}");
            Assert.True(header.Write().AsSpan().SequenceEqual(vector.File.AsSpan(0, header.Length)), vector.Name);
        });
        Assert.Equal(50, vectors.Count);
    }

    [Fact]
    public async Task What_is_broken_in_the_text_is_refused_by_the_reader_itself()
    {
        var vectors = (await AppliesAsync()).Where(vector => vector.Expected == "header failure").ToList();

        // The others are right as text and wrong as what they say: that is for who opens them.
        Assert.Equal(
        [
            "empty", "header_crlf", "hmac_extra_space", "hmac_garbage", "hmac_missing", "hmac_no_space", "hmac_not_canonical", "hmac_trailing_space", "hmac_truncated",
            "scrypt_not_canonical_body", "stanza_bad_start", "stanza_base64_padding", "stanza_empty_argument", "stanza_invalid_character", "stanza_long_line", "stanza_missing_body",
            "stanza_missing_final_line", "stanza_multiple_short_lines", "stanza_no_arguments", "stanza_not_canonical", "stanza_spurious_cr", "version_unsupported", "x25519_not_canonical_body",
        ],
        vectors.Where(vector => !SealedHeader.TryRead(vector.File, out _, out _)).Select(vector => vector.Name));
    }

    [Fact]
    public async Task An_armored_file_is_refused_at_its_first_line() => Assert.All((await Vectors.Value).Where(vector => vector.IsArmored), vector =>
    {
        Assert.False(SealedHeader.TryRead(vector.File, out _, out var fault), vector.Name);
        Assert.Equal(1, fault.Line);
    });

    /// <summary>With its own key and nonce, sealing gives the very bytes of the vector.</summary>
    [Fact]
    public async Task Each_payload_is_sealed_again_to_the_byte()
    {
        var vectors = (await AppliesAsync()).Where(vector => vector.Expected == "success").ToList();

        Assert.All(vectors, vector =>
        {
            var opening = Opener.Open(vector.File, vector.Identities);
            var payload = vector.File.AsSpan(opening.Header!.Length);
            using var key = KeyDerivationAlgorithm.HkdfSha256.DeriveKey(opening.FileKey, payload[..Payload.NonceLength], "payload"u8, AeadAlgorithm.ChaCha20Poly1305);
            var chunks = new byte[Payload.LengthOf(opening.Plain.Length) - Payload.NonceLength];
            Payload.Seal(opening.Plain, key, chunks);
            Assert.True(chunks.AsSpan().SequenceEqual(payload[Payload.NonceLength..]), vector.Name);
        });
        Assert.Equal(15, vectors.Count);
    }

    /// <summary>Intake takes those alone that have the shape of a referral: none of these is one.</summary>
    [Fact]
    public async Task No_vector_is_taken_for_a_referral() =>
        Assert.All(await Vectors.Value, vector => Assert.All(Enumerable.Range(1, 3), recipients => Assert.False(SealedFile.TryRead(vector.File, recipients, out _, out _), vector.Name)));

    private static async Task<IReadOnlyList<AgeVector>> AppliesAsync() => [.. (await Vectors.Value).Where(vector => vector is { IsArmored: false, IsHybrid: false })];
}
