using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Intake;
using Portal.Cms.Referrals.Sealing;
using Portal.Tests.Cms;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>The writer, on whichever database the tests run: one of everything, whoever else writes; and no word of a form anywhere.</summary>
public sealed class IntakeWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_instances_that_are_sent_the_same_keep_it_once_and_lose_nothing()
    {
        await using var intake = await IntakeServer.StartAsync();
        var writers = new[] { intake.Cms.Services.GetRequiredService<ReferralWriter>(), ActivatorUtilities.CreateInstance<ReferralWriter>(intake.Cms.Services) };
        await writers[1].StartAsync(Cancel);
        var messages = Enumerable.Range(0, 24).Select(_ => Incoming(intake)).ToList();

        var results = await Task.WhenAll(writers.SelectMany(writer => messages.Select(async message => (message, Result: await writer.WriteAsync(message)))));
        await writers[1].StopAsync(Cancel);

        foreach (var twins in results.GroupBy(result => result.message))
        {
            Assert.Equal([WriteOutcome.Stored, WriteOutcome.Already], twins.Select(twin => twin.Result.Outcome).Order());
            Assert.Single(twins.Select(twin => twin.Result.Reference).Distinct());
        }

        Assert.Equal(messages.Count, (await intake.StoredAsync()).Count);
    }

    [Fact]
    public async Task What_is_wrong_with_one_message_is_not_the_others_fault()
    {
        await using var intake = await IntakeServer.StartAsync();
        var writer = intake.Cms.Services.GetRequiredService<ReferralWriter>();
        var twin = Incoming(intake);
        IncomingReferral[] messages = [Incoming(intake), twin, twin, Incoming(intake) with { KeySet = "another" }, Incoming(intake) with { Group = ReferralGroup.Lead }, Incoming(intake)];

        var results = await Task.WhenAll(messages.Select(writer.WriteAsync));

        Assert.Equal([WriteOutcome.Stored, WriteOutcome.Stored, WriteOutcome.Already, WriteOutcome.WrongKeys, WriteOutcome.WrongShape, WriteOutcome.Stored], results.Select(result => result.Outcome));
        Assert.Equal(results[1].Reference, results[2].Reference);
        Assert.Equal(3, (await intake.StoredAsync()).Count);
    }

    [Fact]
    public async Task More_than_can_wait_are_told_to_come_back()
    {
        await using var intake = await IntakeServer.StartAsync();
        var writer = ActivatorUtilities.CreateInstance<ReferralWriter>(intake.Cms.Services); // Not started: all wait.
        var message = Incoming(intake);
        var waiting = new List<Task<WriteResult>>();
        do waiting.Add(writer.WriteAsync(message));
        while (!waiting[^1].IsCompleted && waiting.Count < 10_000);

        Assert.InRange(waiting.Count, 100, 9_999);
        Assert.Equal(WriteOutcome.Busy, (await waiting[^1]).Outcome);
        await writer.StartAsync(Cancel);
        await waiting[0];
        await writer.StopAsync(Cancel);
        Assert.All(await Task.WhenAll(waiting.SkipLast(1)), result => Assert.Contains(result.Outcome, new[] { WriteOutcome.Stored, WriteOutcome.Already })); // The end waits for what was taken.
    }

    [Fact]
    public async Task A_connection_that_would_not_flush_is_refused()
    {
        await using var intake = await IntakeServer.StartAsync();
        await using var database = intake.Cms.Database();
        await database.Database.OpenConnectionAsync(Cancel);
        await Durability.RequireAsync(database);
        if (!database.Database.IsSqlite()) return;

        foreach (var level in new[] { "NORMAL", "OFF" })
        {
#pragma warning disable EF1002 // One of the two words above.
            await database.Database.ExecuteSqlRawAsync($"PRAGMA synchronous={level}", Cancel);
#pragma warning restore EF1002
            await Assert.ThrowsAsync<InvalidOperationException>(() => Durability.RequireAsync(database));
        }
    }

    /// <summary>Each field is sent with a word of its own, in the way without a script, where the server sees them.</summary>
    [Fact]
    public async Task No_word_of_a_form_reaches_the_database_its_log_a_file_or_a_backup()
    {
        const string canary = "Zq7canary";
        await using var intake = await IntakeServer.StartAsync();
        var folder = Path.GetDirectoryName(intake.Cms.Site)!;
        var before = Directory.EnumerateFiles(Path.GetTempPath()).ToHashSet();
        var fields = Portal.Content.Referrals.ReferralForm.Fields.Select((field, at) => KeyValuePair.Create(field.Name, $"{canary}{at}")).ToDictionary();
        foreach (var (name, value) in IntakeServer.Answers(("route", "work"), ("source", "health"), ("consent", "no"), ("risk", "yes"), ("workPhone", "01622 000000"), ("workEmail", $"{canary}@example.org"), ("email", $"{canary}@example.com"), ("emailSafe", "yes"), ("phone", "01622 111111"))) fields[name] = value;
        fields["district"] = fields["language"] = "";
        fields["interpreter"] = fields["phoneVoicemail"] = fields["phoneText"] = fields["worksHere"] = "yes";
        fields["name"] = canary;

        using var refused = await intake.SendAsync(intake.Form("/intake/v1/form", fields.Append(KeyValuePair.Create("age", "none")).Where(field => field.Key != "privacy")));
        using var answer = await intake.SendAsync(intake.Form("/intake/v1/form", fields));
        var backup = Path.Combine(folder, "canary.backup");
        await BackupDrill.BackUpAsync(intake.Cms, backup);

        Assert.Equal((422, 200), ((int)refused.StatusCode, (int)answer.StatusCode));
        Assert.Contains(canary, Encoding.UTF8.GetString(Opener.Open([.. (await intake.StoredAsync()).Single().Header!, .. (await intake.StoredAsync()).Single().Payload!], intake.Lead).Plain), StringComparison.Ordinal); // It did arrive.
        Assert.DoesNotContain(intake.Cms.Log, line => line.Contains(canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(canary, intake.Cms.Said, StringComparison.OrdinalIgnoreCase);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Path.GetTempPath()).Where(file => !before.Contains(file))).ToList();
        Assert.Contains(backup, files);
        Assert.Equal([], files.Where(file => Holds(file, canary)));
        await using var archive = await ZipFile.OpenReadAsync(backup, Cancel);
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Cancel));
            var text = await reader.ReadToEndAsync(Cancel);
            Assert.DoesNotContain(canary, text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("xx" + canary))[4..^4], text, StringComparison.Ordinal);
        }
    }

    private static bool Holds(string file, string word)
    {
        try
        {
            if (new FileInfo(file).Length == 0) return false; // A pipe of another process, too: opening one waits for its other end, for ever.
            var bytes = File.ReadAllBytes(file);
            return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(word)) >= 0;
        }
        catch (IOException)
        {
            return false; // Another test's, gone or held.
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IncomingReferral Incoming(IntakeServer intake)
    {
        var file = intake.Seal();
        Assert.True(SealedFile.TryRead(file, intake.Keys.Team.Count, out var shape, out _));
        return new() { RetryHash = RandomNumberGenerator.GetBytes(32), KeySet = intake.Keys.Id, Group = ReferralGroup.Team, Urgent = false, Unchecked = false, Promised = new() { KeySet = intake.Keys.Id }, File = file, Shape = shape };
    }
}
