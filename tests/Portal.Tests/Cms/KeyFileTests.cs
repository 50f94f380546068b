using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Hosting;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Keys of second factors, in the open in the database or encrypted with a file that is kept elsewhere.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-keys-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task With_a_key_file_no_key_lies_open_in_the_database_and_everything_works()
    {
        var file = NewKeyFile("one");
        await using var cms = await CmsFixture.StartAsync(settings => settings with { KeyFile = file });
        var person = await cms.PersonAsync(roles: (Role.Owner, string.Empty));
        using var client = await cms.SignInAsync(person);
        await cms.RestartAsync();
        cms.Clock.Advance(TimeSpan.FromMinutes(1));
        using var again = await cms.SignInAsync(person);

        Assert.Equal(HttpStatusCode.OK, (await again.OpenAsync("/staff")).StatusCode);
        Assert.NotEmpty(await KeysAsync(cms));
        Assert.All(await KeysAsync(cms), key => Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_file_given_later_encrypts_the_keys_that_are_there()
    {
        var file = NewKeyFile("one");
        var later = false;
        await using var cms = await CmsFixture.StartAsync(settings => later ? settings with { KeyFile = file } : settings);
        var person = await cms.PersonAsync(roles: (Role.Owner, string.Empty));
        Assert.Contains(await KeysAsync(cms), key => key.Contains("masterKey", StringComparison.Ordinal));

        later = true;
        await cms.RestartAsync();
        using var client = await cms.SignInAsync(person);

        Assert.Equal(HttpStatusCode.OK, (await client.OpenAsync("/staff")).StatusCode);
        Assert.All(await KeysAsync(cms), key => Assert.DoesNotContain("masterKey", key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Name it in Portal__KeyFile")]
    [InlineData("other", "another key file")]
    [InlineData("missing", "cannot be read")]
    [InlineData("text", "cannot be read")]
    public async Task The_start_is_refused_where_the_keys_cannot_be_read(string name, string words)
    {
        var file = NewKeyFile("one");
        await using var cms = await CmsFixture.StartAsync(settings => settings with { KeyFile = file });
        await cms.PersonAsync();
        file = name switch { "other" => NewKeyFile(name), "" => string.Empty, _ => Path.Combine(folder, name) };
        if (name == "text") await File.WriteAllTextAsync(file, "no key", Cancel);

        var refusal = await Assert.ThrowsAsync<StartException>(cms.RestartAsync);

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_encrypted_keys_does_not_hold_what_opens_them()
    {
        var file = NewKeyFile("one");
        await using var cms = await CmsFixture.StartAsync(settings => settings with { KeyFile = file });
        var person = await BackupDrill.FillAsync(cms);
        var backup = Path.Combine(folder, "portal.backup");
        await BackupDrill.BackUpAsync(cms, backup);
        await using var stranger = await CmsFixture.StartAsync();
        await using var heir = await CmsFixture.StartAsync(settings => settings with { KeyFile = file });

        Assert.Contains("Portal__KeyFile", (await Assert.ThrowsAsync<StartException>(() => BackupDrill.RestoreAsync(stranger, backup, replace: true))).Message, StringComparison.Ordinal);
        await BackupDrill.RestoreAsync(heir, backup, replace: true);
        await BackupDrill.AssertSameAsync(cms, heir, person);
    }

    private static async Task<List<string>> KeysAsync(CmsFixture cms)
    {
        await using var database = cms.Database();
        return await database.DataProtectionKeys.Select(key => key.Xml ?? string.Empty).ToListAsync(Cancel);
    }

    private string NewKeyFile(string name)
    {
        using var key = RSA.Create(2048);
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = new CertificateRequest("CN=portal", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now, now.AddYears(10));
        var file = Path.Combine(folder, name + ".pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        return file;
    }
}
