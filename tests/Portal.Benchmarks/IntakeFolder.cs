using System.Security.Cryptography;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using NodaTime;

using NSec.Cryptography;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;
using Portal.Content.Reading;

namespace Portal.Benchmarks;

/// <summary>A data folder with a published site, keys and an open form, and what is posted to it.</summary>
internal sealed class IntakeFolder(string content, string data)
{
    private static readonly Instant Made = Instant.FromUtc(2026, 11, 1, 9, 0);

    public string Data => data;

    public KeySet Keys { get; private set; } = null!; // Set by FillAsync, before anything is posted.

    public string Origin { get; private set; } = string.Empty;

    /// <summary>A CMS over the folder, with an intake that believes whoever asks about their address: else one address has its share at once.</summary>
    public WebApplication Host() => CmsHost.Build(
        new() { Data = data, Url = "http://127.0.0.1:0", SiteUrl = string.Empty, IntakeUrl = "http://127.0.0.1:0", Proxies = "127.0.0.1", Content = string.Empty },
        builder => builder.Logging.ClearProviders());

    public async Task FillAsync()
    {
        Directory.CreateDirectory(data);
        await using var app = Host();
        await CmsHost.PrepareAsync(app);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(ContentFiles.FromFolder(content));
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        foreach (var role in new[] { Role.ReferralWorker, Role.SafeguardingLead })
        {
            var id = Guid.CreateVersion7();
            database.Users.Add(new Account { Id = id, Name = "A person", Email = $"p{id:N}@example.org", UserName = $"p{id:N}", SecurityStamp = string.Empty, Since = Made });
            database.Grants.Add(new() { AccountId = id, Role = role, Language = string.Empty });
            database.Add(new KeyMember { Id = RandomKey.New(), AccountId = id, Recipient = NewRecipient(), Wrapped = [1], MadeAt = Made, AdmittedAt = Made });
        }

        database.Add(new RecoveryKey { Id = RandomKey.New(), Recipient = NewRecipient(), MadeAt = Made, CheckedAt = Made });
        database.Add(new FormSwitch { Id = RandomKey.New(), At = Made, Open = true });
        await database.SaveChangesAsync();
        Keys = await KeySets.CurrentAsync(database);
        await app.Services.GetRequiredService<Publisher>().RunOnceAsync();
        Origin = ContentReader.Settings(await scope.ServiceProvider.GetRequiredService<SiteContent>().LiveAsync())!.BaseUrl; // The starter has settings.
    }

    /// <summary>A sealed message of the smallest class. Its words do not matter, so one serves for all.</summary>
    public byte[] Seal() => Sealer.Seal(Padding.Pad("{}"u8), [.. Keys.Team.Select(Recipient.Parse)]);

    /// <summary>Posts a sealed message; the same key is another try of the same.</summary>
    /// <returns>The answer's status, 0 where none came, and its text.</returns>
    public Task<(int Status, string Text)> PostAsync(IntakeCaller caller, byte[] file, string key) => caller.PostAsync("/intake/v1/sealed", "application/age", file,
        ("Origin", Origin), ("Idempotency-Key", key), ("X-Keyset", Keys.Id), ("X-Group", "team"), ("X-Urgent", "0"));

    /// <summary>The reference that an answer tells; null where it says nothing of having the message.</summary>
    public static string? Acknowledged((int Status, string Text) answer)
    {
        if (answer.Status is not (200 or 201)) return null;
        using var json = JsonDocument.Parse(answer.Text);
        return json.RootElement.GetProperty("reference").GetString() ?? throw new InvalidOperationException("An answer without a reference.");
    }

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))[..22].Replace('+', '-').Replace('/', '_');

    /// <summary>A recipient that nobody opens for.</summary>
    public static string NewRecipient()
    {
        using var key = Key.Create(KeyAgreementAlgorithm.X25519);
        return Recipient.Of(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)).ToString();
    }
}
