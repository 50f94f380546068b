using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Audit;
using Portal.Cms.Backup;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A CMS with something of everything, and what must be the same in its copy.</summary>
internal static class BackupDrill
{
    private const string Path = "pages/guides/staying-safe/en.md";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Texts, media, drafts, reviews, staff with every second factor, a publication and a log. Returns a reviewer with an authenticator app.</summary>
    public static async Task<Account> FillAsync(CmsFixture cms)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var site = A.Site((Path, A.Guide("Staying safe", "First words.\n"))).With(("media/leaflets/one.bin", [0, 255, 10, 13, 34]));
        await services.GetRequiredService<ContentImport>().RunAsync(site, Cancel);
        var (person, author) = (await cms.PersonAsync(roles: [(Role.Reviewer, string.Empty), (Role.Translator, "ur"), (Role.Owner, string.Empty)]), await cms.PersonAsync(roles: (Role.Author, string.Empty)));
        var database = services.GetRequiredService<CmsDatabase>();
        await services.GetRequiredService<SecondFactors>().RenewCodesAsync(person.Id, Actor.Portal, Cancel);
        database.UserPasskeys.Add(new() { UserId = person.Id, CredentialId = [1, 2, 3], Data = new() { Name = "Phone", PublicKey = [9, 8, 7], CreatedAt = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero), SignCount = 4, Transports = ["internal", "usb"], IsUserVerified = true, AttestationObject = [5], ClientDataJson = [6] } });
        var locked = await database.Users.SingleAsync(account => account.Id == author.Id, Cancel);
        (locked.LockoutEnd, locked.AccessFailedCount) = (new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero), 3);
        var documents = services.GetRequiredService<DocumentStore>();
        await documents.KeepDraftAsync(Path, "Half a sentence – čęść اردو \u2028 \"quoted\"\r\n", null, author.Id, Cancel);
        var entry = (await documents.FindAsync(Path, Cancel))!; // Imported above.
        await documents.SaveAsync(Path, A.Guide("Staying safe", "Second words.\n"), entry.Version, new(author.Id, author.Name), "why", Cancel);
        await services.GetRequiredService<Portal.Cms.Review.ReviewDesk>().SubmitAsync(entry, entry.Version, new(author.Id, author.Name), null, Cancel);
        database.Outbox.Add(new() { At = cms.Now, By = "test", What = "drill" });
        await database.SaveChangesAsync(Cancel);
        await PublishAsync(cms);
        return person;
    }

    /// <summary>Takes another text of the guide in.</summary>
    public static async Task ImportAsync(CmsFixture cms, string text)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(Content.Reading.ContentFiles.Of([KeyValuePair.Create(Path, text)]), Cancel);
    }

    public static async Task BackUpAsync(CmsFixture cms, string file)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<DatabaseBackup>(scope.ServiceProvider).WriteAsync(file, Cancel);
    }

    public static async Task RestoreAsync(CmsFixture cms, string file, bool replace)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<DatabaseRestore>(scope.ServiceProvider).RunAsync(file, replace, Cancel);
    }

    /// <summary>Takes away what the start of a CMS made: a database that was migrated and nothing more.</summary>
    public static async Task EmptyAsync(CmsFixture cms)
    {
        await using var database = cms.Database();
        foreach (var table in BackupTable.Of(database).Reverse()) if (table is not BackupTable<AuditHead>) await table.DeleteAsync(database, Cancel);
    }

    public static async Task NoteAsync(CmsFixture cms, string act)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        scope.ServiceProvider.GetRequiredService<AuditLog>().Add(database, Actor.Portal, act, "subject");
        await database.SaveChangesAsync(Cancel);
    }

    /// <summary>Row for row, byte for byte, and as people use it: the log is whole, sign-in works, the site is the same.</summary>
    public static async Task AssertSameAsync(CmsFixture cms, CmsFixture copy, Account person)
    {
        var (was, now) = (await RowsAsync(cms), await RowsAsync(copy));
        Assert.Equal(was.Keys, now.Keys);
        Assert.All(was.Keys.Where(table => table != nameof(CmsDatabase.Outbox)), table => Assert.Equal(was[table], now[table]));
        Assert.Equal("restore", (await copy.Database().Outbox.SingleAsync(Cancel)).What); // Whatever stands in the folder, the site of then is put there.
        Assert.Contains("backup of", (await copy.Database().Audit.SingleAsync(row => row.Act == "database.restore", Cancel)).Detail, StringComparison.Ordinal);
        Assert.Null((await new AuditVerifier(copy.Database()).VerifyAsync(Cancel)).Fault);

        var (first, second) = (await ExportAsync(cms), await ExportAsync(copy));
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first.Keys, path => Assert.Equal(first[path], second[path]));

        await copy.RestartAsync();
        await using (var database = copy.Database())
        {
            database.Outbox.Add(new() { At = copy.Now, By = "test", What = "after the restore" }); // Also: counting goes on after the rows that came back.
            await database.SaveChangesAsync(Cancel);
        }

        await PublishAsync(copy);
        Assert.Equal(Files(cms.Site), Files(copy.Site));

        copy.Clock.Advance(TimeSpan.FromMinutes(1)); // A code is good once, in the copy too.
        using var client = await copy.SignInAsync(person);
        Assert.Contains("1 review waits for you", (await client.PageAsync("/")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Phone", (await copy.Database().UserPasskeys.AsNoTracking().SingleAsync(Cancel)).Data.Name);
    }

    public static async Task DamageAsync(string file, string fault)
    {
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        switch (fault)
        {
            case "cut off": await File.WriteAllBytesAsync(file, bytes[..^100], Cancel); break;
            case "first byte": await FlipAsync(0); break;
            case "byte in the middle": await FlipAsync(bytes.Length / 2); break;
            case "last byte": await FlipAsync(bytes.Length - 1); break;
            case "empty": await File.WriteAllBytesAsync(file, [], Cancel); break;
            case "not there": File.Delete(file); break;
            case "other format": await ChangeAsync("portal-backup.json", text => text.Replace("\"Format\":1", "\"Format\":2", StringComparison.Ordinal)); break;
            case "other schema": await ChangeAsync("portal-backup.json", text => text.Replace("\"Start\"", "\"Before\"", StringComparison.Ordinal)); break;
            case "log row missing": await ChangeAsync("tables/Audit.jsonl", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]); break;
            case "row twice": await ChangeAsync("tables/AspNetUsers.jsonl", text => text + text); break;
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }

        async Task FlipAsync(int at)
        {
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        async Task ChangeAsync(string name, Func<string, string> change)
        {
            await using (var archive = await ZipFile.OpenAsync(file, ZipArchiveMode.Update, Cancel))
            {
                var entry = archive.GetEntry(name)!; // One that every backup has.
                string text;
                using (var reader = new StreamReader(await entry.OpenAsync(Cancel))) text = await reader.ReadToEndAsync(Cancel);
                Assert.NotEqual(text, change(text));
                entry.Delete();
                await using var writer = new StreamWriter(await archive.CreateEntry(name).OpenAsync(Cancel));
                await writer.WriteAsync(change(text));
            }

            await BackupFile.SealAsync(file, Cancel);
        }
    }

    /// <summary>Every row that a backup holds, but for the log's last: the backup and the restore are noted in it.</summary>
    private static async Task<SortedDictionary<string, string>> RowsAsync(CmsFixture cms)
    {
        await using var database = cms.Database();
        var tables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in BackupTable.Of(database).Where(table => !table.IsLeftOut && table is not BackupTable<AuditHead>))
        {
            using var stream = new MemoryStream();
            await using (var writer = new StreamWriter(stream, leaveOpen: true)) await table.WriteAsync(database, writer, Cancel);
            tables[table.Name] = string.Join('\n', Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Where(line => line.Length > 0 && JsonNode.Parse(line)?["Act"]?.ToString() is not ("database.backup" or "database.restore")));
        }

        return tables;
    }

    private static async Task PublishAsync(CmsFixture cms)
    {
        var publication = await cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);
        Assert.True(publication is null or { Failure: null }, publication?.Failure);
    }

    private static async Task<SortedDictionary<string, byte[]>> ExportAsync(CmsFixture cms)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        var files = await scope.ServiceProvider.GetRequiredService<SiteContent>().SavedAsync(Cancel);
        return new(files.Paths.ToDictionary(path => path, files.Bytes), StringComparer.Ordinal);
    }

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => $"{System.IO.Path.GetRelativePath(folder, file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}").Order(StringComparer.Ordinal)];
}
