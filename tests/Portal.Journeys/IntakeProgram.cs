using System.Runtime.Versioning;

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;
using Portal.Tests;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>The program where everybody may read it, wherever the checkout lies, and a data folder with a published site, keys and an open form; made once.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class IntakeProgram : IAsyncLifetime
{
    private readonly string root = Directory.CreateTempSubdirectory("portal-program-").FullName;

    public string Folder => Path.Combine(root, "program");

    public string Data => Path.Combine(root, "data");

    internal KeySet Keys { get; private set; } = null!; // Set before each test.

    /// <summary>A sealed message. What it says does not matter here, so one serves for all.</summary>
    public ReadOnlyMemory<byte> Message { get; private set; }

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
        CmsFaultStart.CopyProgram(Folder);
        Directory.CreateDirectory(Data);
        Keys = await FillAsync();
        Message = Sealer.Seal(Padding.Pad("{}"u8), [.. Keys.Team.Select(Recipient.Parse)]);
        SqliteConnection.ClearAllPools(); // The last connection to close brings everything into the one file.
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<KeySet> FillAsync()
    {
        await using (var app = CmsHost.Build(new() { Data = Data, Content = string.Empty, SiteUrl = string.Empty, IntakeUrl = string.Empty }))
        {
            await CmsHost.PrepareAsync(app);
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site());
            var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
            var now = Instant.FromUtc(2026, 11, 1, 9, 0);
            foreach (var role in new[] { Role.ReferralWorker, Role.SafeguardingLead })
            {
                var id = Guid.CreateVersion7();
                database.Users.Add(new Account { Id = id, Name = "A person", Email = $"p{id:N}@example.org", UserName = $"p{id:N}", SecurityStamp = string.Empty, Since = now });
                database.Grants.Add(new() { AccountId = id, Role = role, Language = string.Empty });
                database.Add(new KeyMember { Id = RandomKey.New(), AccountId = id, Recipient = Identity.New().Recipient.ToString(), Wrapped = [1], MadeAt = now, AdmittedAt = now });
            }

            database.Add(new RecoveryKey { Id = RandomKey.New(), Recipient = Identity.New().Recipient.ToString(), MadeAt = now, CheckedAt = now });
            database.Add(new FormSwitch { Id = RandomKey.New(), At = now, Open = true });
            await database.SaveChangesAsync();
            await app.Services.GetRequiredService<Publisher>().RunOnceAsync();
            return await KeySets.CurrentAsync(database);
        }
    }
}
