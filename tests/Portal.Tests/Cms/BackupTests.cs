using System.IO.Compression;
using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Backup;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The drill: everything into one file, a new machine, everything back. And what must not come of a bad file.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-backup-").FullName;
    private CmsFixture cms = null!; // Set before each test.
    private Account person = null!;

    private string Backup => Path.Combine(folder, "portal.backup");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        person = await cms.PersonAsync(roles: (Role.Owner, string.Empty));
    }

    public async ValueTask DisposeAsync()
    {
        await cms.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_restored_CMS_is_the_one_that_was_backed_up()
    {
        person = await BackupDrill.FillAsync(cms);
        await BackupDrill.BackUpAsync(cms, Backup);
        await using var other = await CmsFixture.StartAsync();
        await BackupDrill.EmptyAsync(other);

        await BackupDrill.RestoreAsync(other, Backup, replace: false);

        await BackupDrill.AssertSameAsync(cms, other, person);
    }

    [Fact]
    public async Task A_backup_is_read_by_its_owner_alone_and_holds_no_session_and_no_link()
    {
        using var client = await cms.SignInAsync(person);
        await BackupDrill.BackUpAsync(cms, Backup);

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        await using var archive = await ZipFile.OpenReadAsync(Backup, Cancel);
        var names = archive.Entries.Select(entry => entry.FullName).ToList();
        Assert.DoesNotContain("tables/Sessions.jsonl", names);
        Assert.DoesNotContain("tables/Links.jsonl", names);
        Assert.Contains("tables/Entries.jsonl", names);
        Assert.Equal([Backup], Directory.GetFiles(folder));
        Assert.Equal(1, await cms.Database().Audit.CountAsync(row => row.Act == "database.backup", Cancel));
    }

    [Fact]
    public async Task Every_table_but_two_is_in_the_backup_and_nothing_of_a_row_is_lost()
    {
        await using var database = cms.Database();
        Type[] known = [typeof(string), typeof(Guid), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(byte[]), typeof(Instant), typeof(DateTimeOffset)];
        foreach (var property in database.Model.GetEntityTypes().Where(type => !type.IsOwned()).SelectMany(type => type.GetProperties()))
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            Assert.False(property.IsShadowProperty(), $"{property} has no place in a row, so a backup would lose it.");
            Assert.True(type.IsEnum || known.Contains(type), $"{property}: add a value of this type to the drill, then here.");
        }

        Assert.Equal(["Links", "Sessions"], BackupTable.Of(database).Where(table => table.IsLeftOut).Select(table => table.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_database_that_holds_something_is_replaced_only_when_asked()
    {
        await BackupDrill.BackUpAsync(cms, Backup);
        await using var other = await CmsFixture.StartAsync();
        var stranger = await other.PersonAsync(roles: (Role.Owner, string.Empty));

        var refusal = await Assert.ThrowsAsync<StartException>(() => BackupDrill.RestoreAsync(other, Backup, replace: false));
        Assert.Contains("--replace", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(stranger.Id, (await other.Database().Users.SingleAsync(Cancel)).Id);

        await BackupDrill.RestoreAsync(other, Backup, replace: true);
        Assert.True(await other.Database().Users.AnyAsync(account => account.Id == person.Id, Cancel));
        Assert.False(await other.Database().Users.AnyAsync(account => account.Id == stranger.Id, Cancel));
    }

    [Fact]
    public async Task A_restore_in_place_publishes_the_site_as_it_was()
    {
        await BackupDrill.FillAsync(cms);
        await using (var database = cms.Database())
        {
            database.Deploys.Add(new() { PublicationId = await database.Publications.Select(publication => publication.Id).SingleAsync(Cancel), HostId = "one", LiveSince = cms.Now });
            await database.SaveChangesAsync(Cancel);
        }

        await BackupDrill.BackUpAsync(cms, Backup);
        var before = cms.PublicFiles();
        await BackupDrill.ImportAsync(cms, A.Guide("Staying safe", "Later words.\n"));
        await cms.PublishAsync();
        Assert.NotEqual(before, cms.PublicFiles());

        await BackupDrill.RestoreAsync(cms, Backup, replace: true);
        Assert.Empty(await cms.Database().Deploys.ToListAsync(Cancel)); // The host has the later site.
        await cms.RestartAsync();
        await cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);

        Assert.Equal(before, cms.PublicFiles());
    }

    [Theory]
    [InlineData("cut off", "damaged")]
    [InlineData("first byte", "damaged")]
    [InlineData("byte in the middle", "damaged")]
    [InlineData("last byte", "damaged")]
    [InlineData("empty", "damaged")]
    [InlineData("not there", "There is no file")]
    [InlineData("other format", "has the format 2")]
    [InlineData("other schema", "made by another version")]
    [InlineData("log row missing", "The log in")]
    [InlineData("row twice", "")]
    public async Task A_bad_file_changes_nothing_and_is_told(string fault, string words)
    {
        await BackupDrill.BackUpAsync(cms, Backup);
        await BackupDrill.DamageAsync(Backup, fault);
        await using var other = await CmsFixture.StartAsync();
        var stranger = await other.PersonAsync(roles: (Role.Owner, string.Empty));
        var before = await other.Database().Audit.CountAsync(Cancel);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => BackupDrill.RestoreAsync(other, Backup, replace: true));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.True(words.Length == 0 || refusal is StartException);
        Assert.Equal(stranger.Id, (await other.Database().Users.SingleAsync(Cancel)).Id);
        Assert.Equal(before, await other.Database().Audit.CountAsync(Cancel));
        using var still = await other.SignInAsync(stranger);
        Assert.Equal(HttpStatusCode.OK, (await still.OpenAsync("/staff")).StatusCode);
    }

    [Fact]
    public async Task A_backup_shows_one_moment_while_people_go_on_writing()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = Task.Run(
            async () =>
            {
                for (var n = 0; !stop.IsCancellationRequested; n++) await BackupDrill.NoteAsync(cms, $"act.{n}");
            },
            Cancel);
        for (var n = 0; n < 5; n++) await BackupDrill.BackUpAsync(cms, Backup + n);
        await stop.CancelAsync();
        await writing;

        await using var other = await CmsFixture.StartAsync();
        for (var n = 0; n < 5; n++) await BackupDrill.RestoreAsync(other, Backup + n, replace: true); // Refuses a log whose end is not its last row.
    }

    [Fact]
    public async Task Nothing_is_written_over_a_file_that_is_there()
    {
        await File.WriteAllTextAsync(Backup, "something", Cancel);

        var refusal = await Assert.ThrowsAsync<StartException>(() => BackupDrill.BackUpAsync(cms, Backup));

        Assert.Contains("is there already", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("something", await File.ReadAllTextAsync(Backup, Cancel));
    }
}
