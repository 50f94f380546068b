using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Tests.Cms;

/// <summary>A security key made of code: what a browser and its authenticator answer to a challenge (WebAuthn level 3, ES256, no attestation).</summary>
internal sealed class SoftwareKey : IDisposable
{
    private const string Origin = "https://localhost";
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte CarriesKey = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private string user = string.Empty;
    private uint count;

    public void Dispose() => key.Dispose();

    /// <summary>Makes the key for the account named in the options.</summary>
    public string Create(string options)
    {
        var asked = JsonNode.Parse(options)!; // The server's own answer.
        user = asked["user"]!["id"]!.GetValue<string>();
        var client = ClientData("webauthn.create", asked);
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), .. Bytes([.. AuthenticatorData(Present | Verified | CarriesKey), .. KeyData()])];
        return Credential(new() { ["clientDataJSON"] = Encoded(client), ["attestationObject"] = Encoded(attestation), ["transports"] = new JsonArray("internal") });
    }

    /// <summary>Signs the challenge in the options.</summary>
    /// <param name="verified">False for a key that did not ask for a finger or a PIN.</param>
    public string Get(string options, bool verified = true)
    {
        count++;
        var client = ClientData("webauthn.get", JsonNode.Parse(options)!);
        var data = AuthenticatorData(verified ? Present | Verified : Present);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new() { ["clientDataJSON"] = Encoded(client), ["authenticatorData"] = Encoded(data), ["signature"] = Encoded(signature), ["userHandle"] = user });
    }

    private static byte[] ClientData(string type, JsonNode options) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge = options["challenge"]!.GetValue<string>(), origin = Origin, crossOrigin = false }));

    private static string Encoded(byte[] bytes) => Base64Url.EncodeToString(bytes);

    // CBOR: text and byte strings of up to 65,535 bytes.
    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(byte[] bytes) => bytes.Length < 256 ? [0x58, (byte)bytes.Length, .. bytes] : [0x59, (byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Encoded(id),
        ["rawId"] = Encoded(id),
        ["type"] = "public-key",
        ["authenticatorAttachment"] = "platform",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();

    private byte[] AuthenticatorData(int flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, count);
        return [.. SHA256.HashData("localhost"u8), (byte)flags, .. counter];
    }

    private byte[] KeyData()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [.. new byte[16], 0, (byte)id.Length, .. id, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, .. Bytes(point.X!), 0x22, .. Bytes(point.Y!)]; // COSE: EC2, ES256, P-256, x, y; a new key has both.
    }
}
