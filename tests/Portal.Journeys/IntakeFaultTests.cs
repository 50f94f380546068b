using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

using AngleSharp.Html.Dom;

using Portal.Tests.Cms;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>
/// What "we have your message" is worth: the intake as a real process on a real disk, killed while it is busy, watched
/// while it writes, and with the disk failing beneath it.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class IntakeFaultTests(IntakeProgram program) : IClassFixture<IntakeProgram>
{
    private const int Kills = 5;
    private const int Senders = 16;

    /// <summary>The calls that show a promise: the flush of the log, and the answer.</summary>
    private const string Calls = "fsync,fdatasync,sendmsg,sendto,write,writev";

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_once_and_a_second_try_finds_it()
    {
        await using var intake = await IntakeChild.CopyAsync(program);
        var all = new List<Posted>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await intake.StartAsync();
            var load = Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendUntilLostAsync(intake))).ToList();
            while (intake.Acknowledged < 10 + (kill * 27)) await Task.Delay(5, TestContext.Current.CancellationToken);
            await intake.KillAsync();
            all.AddRange((await Task.WhenAll(load)).SelectMany(each => each));
        }

        var acknowledged = all.Where(each => each.Status == HttpStatusCode.Created).ToList();
        var lost = all.Where(each => each.Status is null).Select(each => each.Key).Distinct().ToList();
        Assert.NotEmpty(acknowledged);
        Assert.NotEmpty(lost);
        Assert.Empty(acknowledged.Select(each => each.Reference).Except(intake.Stored()));

        await intake.StartAsync();
        foreach (var post in acknowledged.Take(20))
        {
            var again = await intake.PostAsync(post.Key);
            Assert.Equal((HttpStatusCode.OK, post.Reference), (again.Status, again.Reference));
        }

        foreach (var key in lost) Assert.Contains((await intake.PostAsync(key)).Status, new HttpStatusCode?[] { HttpStatusCode.OK, HttpStatusCode.Created });
        Assert.Equal(all.Select(each => each.Key).Distinct().Count(), intake.Stored().Count);
    }

    [Fact]
    public async Task The_log_is_flushed_after_a_message_came_and_before_its_answer_goes()
    {
        await using var intake = await IntakeChild.CopyAsync(program);
        await intake.StartAsync();

        Assert.True(await IsFlushedFirstAsync(intake));
    }

    /// <summary>The same look at a process whose connections do not flush: it must tell the difference, or it shows nothing.</summary>
    [Fact]
    public async Task The_look_at_the_log_sees_where_it_is_not_flushed()
    {
        await using var intake = await IntakeChild.CopyAsync(program);
        await intake.StartAsync(("DOTNET_STARTUP_HOOKS", Path.Combine(program.Folder, "Portal.Journeys.dll")), (StartupHook.Switch, "NORMAL"));

        Assert.False(await IsFlushedFirstAsync(intake));
    }

    /// <summary>The trust is the machine's, as it would be for a mail server with an authority of the organisation's own.</summary>
    [Fact]
    public async Task The_mail_about_a_message_goes_encrypted_to_a_server_that_is_trusted()
    {
        await using var mail = await SmtpServer.StartAsync(secure: true);
        await using var intake = await IntakeChild.CopyAsync(program);
        var authority = intake.LogFile("authority.pem");
        await File.WriteAllTextAsync(authority, mail.Certificate, TestContext.Current.CancellationToken);
        await intake.StartAsync(("Portal__Mail__Host", "localhost"), ("Portal__Mail__Port", $"{mail.Port}"), ("Portal__Mail__From", "portal@service.example"), ("SSL_CERT_FILE", authority));

        Assert.Equal(HttpStatusCode.Created, (await intake.PostAsync(urgent: true)).Status);

        for (var tries = 0; tries < 600 && mail.Mails.Count < 2; tries++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(2, mail.Mails.Count); // To the worker and the lead.
        Assert.All(mail.Mails, each => Assert.True(each.IsEncrypted));
    }

    [Fact]
    public async Task A_failing_disk_is_told_as_unknown_and_works_again_without_a_new_start()
    {
        await using var intake = await IntakeChild.CopyAsync(program);
        await intake.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await intake.PostAsync()).Status);
        foreach (var (calls, fault) in new[] { ("fsync,fdatasync", "EIO"), ("pwrite64,write", "EIO"), ("pwrite64,write", "ENOSPC") })
        {
            var before = intake.Stored().Count;
            var failed = await FailAsync(intake, calls, fault);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.Status);
            Assert.StartsWith("""{"closed":false""", failed.Text, StringComparison.Ordinal);

            var again = await intake.PostAsync(failed.Key);
            using var healthy = await intake.HealthAsync();
            Assert.Contains(again.Status, new HttpStatusCode?[] { HttpStatusCode.Created, HttpStatusCode.OK });
            Assert.Equal(HttpStatusCode.OK, healthy.StatusCode);
            Assert.Equal(before + 1, intake.Stored().Count);
            Assert.Contains(again.Reference, intake.Stored());
        }
    }

    /// <summary>Without a script: a page with the words where the disk fails, whose second try is the same message; and what was acknowledged is there after a kill.</summary>
    [Fact]
    public async Task A_form_without_a_script_is_kept_once_whatever_fails()
    {
        await using var intake = await IntakeChild.CopyAsync(program);
        await intake.StartAsync();
        await intake.PostFormAsync(Words("Before"));
        var before = intake.Stored().Count;
        var (status, page) = await FailAsync(intake, "fsync,fdatasync", "EIO", () => intake.PostFormAsync(Words("Not flushed")));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("Not flushed", page!.QuerySelector("#message")!.TextContent);
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.OK, (await intake.PostFormAsync(Standing(page))).Status);
        Assert.Equal(before + 1, intake.Stored().Count);

        // Its second try is kept, the process ends before anybody looks, and another run gets the same page once more.
        var (_, came) = await FailAsync(intake, "pwrite64,write", "ENOSPC", () => intake.PostFormAsync(Words("Killed")));
        var (_, confirm) = await intake.PostFormAsync(Standing(came!));
        var kept = intake.Stored();
        await intake.KillAsync();
        await intake.StartAsync();

        Assert.Equal(kept.Order(StringComparer.Ordinal), intake.Stored().Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await intake.PostFormAsync(Standing(came!))).Status);
        Assert.Equal(kept.Count, intake.Stored().Count);
        var (sent, thanks) = await intake.PostFormAsync(Standing(confirm!), "/intake/v1/confirm");
        Assert.Equal(HttpStatusCode.OK, sent);
        Assert.Contains(kept, reference => thanks!.Body!.TextContent.Contains(reference, StringComparison.Ordinal));
    }

    private static Dictionary<string, string> Words(string message) => IntakeServer.Answers(("message", message));

    /// <summary>What a browser sends of the form that stands there.</summary>
    private static List<KeyValuePair<string, string>> Standing(IHtmlDocument page) =>
        [.. Forms.Standing(page.QuerySelector("form")!).Where(field => page.QuerySelectorAll($"form [name='{field.Name}'][type=radio]").OfType<IHtmlInputElement>().All(radio => radio.IsChecked && radio.Value == field.Value || radio.Value != field.Value)).Select(field => KeyValuePair.Create(field.Name, field.Value))];

    private static Task<Posted> FailAsync(IntakeChild intake, string calls, string fault) => FailAsync(intake, calls, fault, () => intake.PostAsync());

    private static async Task<T> FailAsync<T>(IntakeChild intake, string calls, string fault, Func<Task<T>> post)
    {
        var paths = new[] { intake.DatabaseFile, intake.DatabaseFile + "-wal" }.SelectMany(path => new[] { "-P", path });
        await using var strace = await StraceProgram.AttachAsync(intake.ProcessId, intake.LogFile("failing"), [.. paths, "-e", "trace=" + calls, "-e", $"inject={calls}:error={fault}"]);
        var failed = await post();
        using var health = await intake.HealthAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.NotEmpty(await strace.DetachAsync());
        return failed;
    }

    private static async Task<List<Posted>> SendUntilLostAsync(IntakeChild intake)
    {
        var sent = new List<Posted>();
        do sent.Add(await intake.PostAsync());
        while (sent[^1].Status is not null);
        return sent;
    }

    /// <summary>Posts some messages one after the other, and looks whether between each two answers the log was flushed.</summary>
    private static async Task<bool> IsFlushedFirstAsync(IntakeChild intake)
    {
        const int messages = 5;
        await intake.PostAsync(); // Everything is loaded and the connection stands.
        IReadOnlyList<string> lines;
        await using (var strace = await StraceProgram.AttachAsync(intake.ProcessId, intake.LogFile("calls"), "-e", "trace=" + Calls))
        {
            for (var message = 0; message < messages; message++) Assert.Equal(HttpStatusCode.Created, (await intake.PostAsync()).Status);
            lines = await strace.DetachAsync();
        }

        var answers = lines.Where(line => line.Contains("HTTP/1.1 201", StringComparison.Ordinal)).Select(At).ToList();
        var flushes = lines.Where(line => Flushed().IsMatch(line)).Select(line => At(line) + Took(line)).ToList();
        Assert.Equal(messages, answers.Count);
        return answers.Select((answer, at) => (After: at == 0 ? 0 : answers[at - 1], Before: answer)).All(span => flushes.Any(flush => flush > span.After && flush < span.Before));
    }

    private static double At(string line) => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static double Took(string line) => line.EndsWith('>') && line.LastIndexOf('<') is var at and > 0 && double.TryParse(line[(at + 1)..^1], CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    /// <summary>A flush of the log that succeeded, whole or as the end of a call that others interrupted in the trace.</summary>
    [GeneratedRegex(@"(f(data)?sync\(\d+<[^>]*portal\.db-wal>\)|<\.\.\. f(data)?sync resumed>.*)\s*= 0", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Flushed();
}
