using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Microsoft.Playwright;

using Portal.Cms.Hosting;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Sealing;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>The reader's script, as the staff pages load it, and Debian's age: each opens what the other seals, also what was locked anew.</summary>
public sealed class ReaderSealingTests(BrowserFixture browsers, CmsBrowserFixture cms) : IAsyncLifetime
{
    private const string Start = """
        async address => {
          self.age = await import(address);
          self.bytes = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
          self.text = bytes => { let said = ''; for (let at = 0; at < bytes.length; at += 8192) said += String.fromCharCode(...bytes.subarray(at, at + 8192)); return btoa(said); };
        }
        """;

    private static readonly Identity[] People = [.. Enumerable.Range(0, 8).Select(_ => Identity.New())];

    private IBrowserContext context = null!; // Set before each test.

    private IPage Page => context.Pages[0];

    public async ValueTask InitializeAsync()
    {
        context = await (await cms.ServerAsync()).SignInAsync(browsers.Browser, []);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.EvaluateAsync(Start, StaffAssets.Address("reader.js"));
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    /// <summary>Around the ends of chunks, the lengths that messages have, and up to 1 MiB; 1 to 8 recipients.</summary>
    [Fact]
    public async Task The_program_and_the_browser_open_what_the_other_seals()
    {
        (int Recipients, int Length)[] files = [(1, 0), (2, 1), (3, 4096), (4, 32768), (5, 65535), (6, 65536), (7, 65537), (8, 1 << 20)];
        foreach (var (recipients, length) in files)
        {
            var plain = Plain(length);
            var readers = People.Take(recipients).Select(person => person.Recipient.ToString()).ToArray();
            var sealedHere = await SealAsync(plain, readers);
            var opened = await AgeProgram.OpenAsync(sealedHere, People[recipients - 1].ToString());
            var sealedThere = await AgeProgram.SealAsync(plain, readers);
            var openedHere = await OpenAsync(sealedThere, People[0]);

            Assert.Equal((0, string.Empty), (opened.ExitCode, opened.Complained));
            Assert.True(opened.Said.AsSpan().SequenceEqual(plain), $"{length} bytes by the program");
            Assert.True(openedHere.AsSpan().SequenceEqual(plain), $"{length} bytes in the browser");
            Assert.Equal(HeaderText.LengthFor(recipients) + Payload.LengthOf(length), sealedHere.Length);
        }
    }

    [Fact]
    public async Task What_was_locked_anew_opens_for_the_new_readers_and_no_longer_for_the_old_ones()
    {
        var recovery = await AgeProgram.KeygenAsync();
        var (stays, leaves, joins) = (People[0], People[1], People[2]);
        var plain = Padding.Pad("{\"answers\":{\"message\":\"Ruf mich an — تماس\"}}"u8);
        var file = Sealer.Seal(plain, [stays.Recipient, leaves.Recipient, Recipient.Parse(recovery.Recipient)]);
        var length = HeaderText.LengthFor(3);

        var header = Bytes(await Page.EvaluateAsync<string>("async ([header, identity, readers]) => text(await age.rewrap(bytes(header), identity, readers))",
            new object[] { Convert.ToBase64String(file[..length]), stays.ToString(), new[] { stays.Recipient.ToString(), joins.Recipient.ToString(), recovery.Recipient } }));
        byte[] anew = [.. header, .. file[length..]];

        Assert.True(SealedFile.TryRead(anew, 3, out _, out var problem), problem);
        foreach (var reader in new[] { stays.ToString(), joins.ToString(), recovery.Identity })
        {
            var run = await AgeProgram.OpenAsync(anew, reader);
            Assert.Equal((0, string.Empty), (run.ExitCode, run.Complained));
            Assert.Equal(plain, run.Said);
        }

        Assert.Equal(plain, await OpenAsync(anew, joins));
        var refused = await AgeProgram.OpenAsync(anew, leaves.ToString());
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("no identity matched", refused.Complained, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PlaywrightException>(() => OpenAsync(anew, leaves));
    }

    [Fact]
    public async Task A_header_that_was_changed_is_not_locked_anew()
    {
        var file = Sealer.Seal("x"u8, [People[0].Recipient, People[1].Recipient]);
        var header = file[..HeaderText.LengthFor(2)];
        header[^3] = header[^3] == (byte)'A' ? (byte)'B' : (byte)'A'; // In the MAC, and still a letter of base64.

        var thrown = await Assert.ThrowsAsync<PlaywrightException>(() => Page.EvaluateAsync<string>("async ([header, identity, readers]) => text(await age.rewrap(bytes(header), identity, readers))",
            new object[] { Convert.ToBase64String(header), People[0].ToString(), new[] { People[0].Recipient.ToString() } }));

        Assert.Contains("The header was changed", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>A member's stored key is a file that the program opens with the passphrase alone.</summary>
    [Fact]
    public async Task A_wrapped_identity_has_the_shape_that_is_taken_and_opens_by_the_program()
    {
        var made = JsonSerializer.Deserialize<Dictionary<string, string>>(await Page.EvaluateAsync<string>("""
            async passphrase => {
              const { identity, recipient } = await age.make();
              return JSON.stringify({ identity, recipient, wrapped: text(await age.wrap(identity, passphrase)) });
            }
            """, CmsReferrals.Passphrase))!;
        var wrapped = Bytes(made["wrapped"]);

        Assert.True(WrappedIdentity.Fits(wrapped));
        Assert.Equal(made["recipient"], Identity.Parse(made["identity"]).Recipient.ToString());
        Assert.Equal(made["identity"], Encoding.ASCII.GetString(await AgeProgram.OpenByPassphraseAsync(wrapped, CmsReferrals.Passphrase)).Trim());
        Assert.NotEqual(made["wrapped"], await Page.EvaluateAsync<string>("async ([identity, passphrase]) => text(await age.wrap(identity, passphrase))", new[] { made["identity"], CmsReferrals.Passphrase }));
    }

    private static byte[] Bytes(string base64) => Convert.FromBase64String(base64);

    private static byte[] Plain(int length) => length == 0 ? [] : RandomNumberGenerator.GetBytes(length);

    private async Task<byte[]> SealAsync(byte[] plain, string[] readers) => Bytes(await Page.EvaluateAsync<string>("async ([plain, readers]) => text(await age.seal(bytes(plain), readers))", new object[] { Convert.ToBase64String(plain), readers }));

    private async Task<byte[]> OpenAsync(byte[] file, Identity identity) => Bytes(await Page.EvaluateAsync<string>("async ([file, identity]) => text(await age.open(bytes(file), identity))", new[] { Convert.ToBase64String(file), identity.ToString() }));
}
