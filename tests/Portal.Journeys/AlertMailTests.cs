using MailKit.Security;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Hosting;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;
using Portal.Tests.Cms;

using Xunit;

namespace Portal.Journeys;

/// <summary>Mails that say there is work to do, to a real mail room.Server. Each test begins at nine in the morning, and every day is staffed until five.</summary>
public sealed class AlertMailTests(AlertMailTests.Room room) : IClassFixture<AlertMailTests.Room>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AlertPost Post => room.Cms.Services.GetRequiredService<AlertPost>();

    private LocalDate Today => room.Cms.Now.InUtc().Date;

    public async ValueTask InitializeAsync()
    {
        await Post.RunOnceAsync(Cancel); // What a clock of an earlier test began ends first.
        await room.Cms.ForgetAsync();
        room.Server.Forget();
        var morning = Today.PlusDays(1).At(new(9, 0)).InUtc().ToDateTimeOffset();
        room.Cms.Clock.SetUtcNow(morning);
        await room.Cms.TargetsAsync("9-17,9-17,9-17,9-17,9-17,9-17,9-17");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_mail_says_that_there_is_work_and_nothing_else()
    {
        var lead = await room.Cms.MemberAsync(Role.SafeguardingLead);
        var message = await room.Cms.MessageAsync(Duration.FromHours(1), urgent: true);
        await WishAsync(AlertKind.Urgent);
        await SentAsync(1);
        await WishAsync(AlertKind.Waiting);
        await WishAsync(AlertKind.Overdue);
        await SentAsync(3);

        var mails = room.Server.Mails;
        Assert.All(mails, mail => Assert.Equal(lead.Email, mail.To));
        Assert.Single(mails.Select(Body).Distinct()); // What kind it is cannot be told from it.
        Assert.Equal("There is work to do in the portal:\n\nhttps://localhost\n\nThis mail says no more on purpose. Do not answer it.\n", Body(mails[0]));
        Assert.All(mails, mail =>
        {
            var head = mail.Text.Split("\n\n", 2)[0].Split('\n');
            Assert.Equal(["Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"], head.Where(line => line.Contains(": ", StringComparison.Ordinal) && line[0] != ' ').Select(line => line.Split(':')[0]).Where(name => name is not ("X-Peer" or "X-MailFrom" or "X-RcptTo")).Order(StringComparer.Ordinal));
            Assert.Contains("Subject: There is work to do in the portal", head);
            Assert.EndsWith("@service.example>", head.Single(line => line.StartsWith("Message-Id: ", StringComparison.Ordinal)), StringComparison.Ordinal); // Not the name of this machine.
            foreach (var secret in new[] { message.Reference, $"{message.Id}", lead.Name, "urgent", "overdue" }) Assert.DoesNotContain(secret, mail.Text, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task An_ordinary_mail_goes_to_whoever_is_on_the_rota_or_else_to_everybody()
    {
        var (worker, cover, other, lead) = (await room.Cms.MemberAsync(Role.ReferralWorker), await room.Cms.MemberAsync(Role.ReferralWorker), await room.Cms.MemberAsync(Role.ReferralWorker), await room.Cms.MemberAsync(Role.SafeguardingLead));
        await RotaAsync(RotaDesk.Key(Today), worker.Id, cover.Id);
        await WishAsync(AlertKind.Waiting);
        await SentAsync(2);
        Assert.Equal([worker.Email!, cover.Email!], To(), Unordered);

        await WishAsync(AlertKind.Overdue);
        await SentAsync(5);
        Assert.Equal([worker.Email!, cover.Email!, lead.Email!], To().Skip(2), Unordered);

        await WishAsync(AlertKind.Urgent, ReferralGroup.Lead); // About somebody who works here: nobody else learns of it.
        await SentAsync(6);
        Assert.Equal(lead.Email, To()[5]);

        room.Cms.Clock.Advance(TimeSpan.FromDays(1)); // Nobody is on the rota.
        await WishAsync(AlertKind.Waiting);
        await SentAsync(10);
        Assert.Equal([worker.Email!, cover.Email!, other.Email!, lead.Email!], To().Skip(6), Unordered);
    }

    [Fact]
    public async Task Ordinary_mails_are_one_an_hour_and_only_in_staffed_hours_and_an_urgent_one_waits_for_nothing()
    {
        await room.Cms.MemberAsync(Role.SafeguardingLead);
        await WishAsync(AlertKind.Waiting);
        await SentAsync(1);
        await WishAsync(AlertKind.Waiting);
        room.Cms.Clock.Advance(TimeSpan.FromMinutes(59));
        await Post.RunOnceAsync(Cancel);
        Assert.Single(room.Server.Mails);
        room.Cms.Clock.Advance(TimeSpan.FromMinutes(2));
        await SentAsync(2);

        room.Cms.Clock.Advance(TimeSpan.FromHours(8)); // 18:01.
        await WishAsync(AlertKind.Waiting);
        await Post.RunOnceAsync(Cancel);
        Assert.Equal(2, room.Server.Mails.Count);
        await WishAsync(AlertKind.Urgent);
        await SentAsync(3);
        room.Cms.Clock.Advance(TimeSpan.FromHours(15)); // 9:01 the next morning.
        await SentAsync(4);
    }

    [Fact]
    public async Task What_a_server_that_is_gone_did_not_take_is_sent_when_it_is_back()
    {
        var lead = await room.Cms.MemberAsync(Role.SafeguardingLead);
        await room.Server.StopAsync();
        await WishAsync(AlertKind.Urgent);
        Assert.Equal(0, await Post.RunOnceAsync(Cancel));
        room.Cms.Clock.Advance(TimeSpan.FromHours(2));
        await Post.RunOnceAsync(Cancel);
        Assert.Contains("1 mail to staff has waited for more than an hour", (await (await room.Cms.SignInAsync(lead)).PageAsync("/")).QuerySelector("ul.needs")!.TextContent, StringComparison.Ordinal);

        await room.Cms.RestartAsync(); // What waits is in the database, not in this process.
        await room.Server.StartAgainAsync();
        room.Cms.Clock.Advance(TimeSpan.FromHours(1));
        await SentAsync(1);
        room.Cms.Clock.Advance(TimeSpan.FromHours(1));
        await Post.RunOnceAsync(Cancel);
        Assert.Single(room.Server.Mails);
        Assert.Contains(room.Cms.Log, line => line.Contains("could not be spoken to", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_says_later_is_asked_later()
    {
        var lead = await room.Cms.MemberAsync(Role.SafeguardingLead);
        room.Server.Answer(("*", "451 4.7.1 Greylisted, try again later"));
        await WishAsync(AlertKind.Urgent);
        await Post.RunOnceAsync(Cancel);
        await Post.RunOnceAsync(Cancel);
        Assert.Equal([lead.Email!], room.Server.Asked); // Not hammered.

        room.Server.Answer();
        room.Cms.Clock.Advance(TimeSpan.FromSeconds(61));
        await SentAsync(1);
    }

    [Fact]
    public async Task An_address_that_is_refused_keeps_nobody_else_from_theirs()
    {
        var (first, second, third) = (await room.Cms.MemberAsync(Role.SafeguardingLead), await room.Cms.MemberAsync(Role.SafeguardingLead), await room.Cms.MemberAsync(Role.SafeguardingLead));
        room.Server.Answer((first.Email!, $"550 5.1.1 <{first.Email}> is unknown here"), (second.Email!, "452 4.2.2 Mailbox full"));
        await WishAsync(AlertKind.Overdue);
        await SentAsync(1);

        Assert.Equal([third.Email!], To());
        Assert.Equal(2, await room.Cms.Database().Set<ReferralAlert>().CountAsync(alert => alert.To != null && alert.SentAt == null, Cancel));
        room.Server.Answer();
        room.Cms.Clock.Advance(TimeSpan.FromMinutes(2));
        await SentAsync(3);
        Assert.Equal([first.Email!, second.Email!, third.Email!], To(), Unordered);
        Assert.DoesNotContain(room.Cms.Log, line => line.Contains("example.org", StringComparison.Ordinal)); // Addresses are nobody's business there.
    }

    [Fact]
    public async Task Whoever_no_longer_answers_messages_gets_no_mail_and_several_hosts_send_each_once()
    {
        var (gone, lead) = (await room.Cms.MemberAsync(Role.SafeguardingLead), await room.Cms.MemberAsync(Role.SafeguardingLead));
        room.Server.Answer(("*", "451 4.3.0 Later"));
        await WishAsync(AlertKind.Urgent);
        await Post.RunOnceAsync(Cancel);
        await room.Cms.Database().Users.Where(account => account.Id == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, true), Cancel);
        room.Server.Answer();
        room.Cms.Clock.Advance(TimeSpan.FromMinutes(5));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            using var other = new AlertPost(room.Cms.Services.GetRequiredService<IServiceScopeFactory>(), room.Cms.Services.GetRequiredService<CmsSettings>(), room.Cms.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<AlertPost>.Instance);
            await other.RunOnceAsync(Cancel);
        })));
        await SentAsync(1);

        Assert.Equal([lead.Email!], To());
    }

    [Theory]
    [InlineData(false, "localhost", false)] // Without encryption to this machine, where no setting says so.
    [InlineData(true, "localhost", false)] // With a certificate that nobody has signed.
    public async Task Nothing_is_sent_without_encryption_or_past_a_certificate_that_is_none(bool secure, string host, bool toLoopback)
    {
        await using var strict = await SmtpServer.StartAsync(secure);
        await using var own = await StartAsync(new() { Host = host, Port = strict.Port, From = "portal@service.example", ToLoopback = toLoopback });
        await own.MemberAsync(Role.SafeguardingLead);
        await using (var database = own.Database())
        {
            AlertQueue.Add(database, AlertKind.Urgent, ReferralGroup.Team, own.Now);
            await database.SaveChangesAsync(Cancel);
        }

        Assert.Equal(0, await own.Services.GetRequiredService<AlertPost>().RunOnceAsync(Cancel));

        Assert.Empty(strict.Asked);
        Assert.Equal(1, await own.Database().Set<ReferralAlert>().CountAsync(alert => alert.To != null && alert.SentAt == null && alert.Tries == 1, Cancel));
    }

    [Theory]
    [InlineData("mail.example", 587, true, SecureSocketOptions.StartTls)]
    [InlineData("mail.example", 25, true, SecureSocketOptions.StartTls)]
    [InlineData("mail.example", 465, true, SecureSocketOptions.SslOnConnect)]
    [InlineData("10.0.0.1", 25, true, SecureSocketOptions.StartTls)]
    [InlineData("127.0.0.1", 25, false, SecureSocketOptions.StartTls)]
    [InlineData("127.0.0.1", 25, true, SecureSocketOptions.None)]
    public void Only_this_machine_is_spoken_to_without_encryption_and_only_where_it_is_set(string host, int port, bool toLoopback, SecureSocketOptions expected) =>
        Assert.Equal(expected, MailDoor.Security(new() { Host = host, Port = port, ToLoopback = toLoopback }));

    private static IEqualityComparer<IEnumerable<string>> Unordered { get; } = EqualityComparer<IEnumerable<string>>.Create((one, other) => one!.Order(StringComparer.Ordinal).SequenceEqual(other!.Order(StringComparer.Ordinal)));

    private static Task<CmsFixture> StartAsync(MailSettings mail) => CmsFixture.StartAsync(settings => settings with { Mail = mail });

    private static string Body(SmtpMail mail) => mail.Text.Split("\n\n", 2)[1];

    private IReadOnlyList<string> To() => [.. room.Server.Mails.Select(mail => mail.To)];

    private async Task WishAsync(AlertKind kind, ReferralGroup group = ReferralGroup.Team)
    {
        await using var database = room.Cms.Database();
        AlertQueue.Add(database, kind, group, room.Cms.Now);
        await database.SaveChangesAsync(Cancel);
    }

    private async Task RotaAsync(string date, Guid duty, Guid cover)
    {
        await using var database = room.Cms.Database();
        database.Add(new RotaDay { Date = date, OnDuty = duty, Cover = cover });
        await database.SaveChangesAsync(Cancel);
    }

    /// <summary>Sends what is due. The clock of the host may do it first, so what counts is what the server has.</summary>
    private async Task SentAsync(int mails)
    {
        for (var tries = 0; tries < 400 && room.Server.Mails.Count < mails; tries++)
        {
            await Post.RunOnceAsync(Cancel);
            await Task.Delay(10, Cancel);
        }

        Assert.Equal(mails, room.Server.Mails.Count);
    }

    /// <summary>A mail server, and a CMS that sends to it.</summary>
    public sealed class Room : IAsyncLifetime
    {
        internal SmtpServer Server { get; private set; } = null!; // Set before each test.

        internal CmsFixture Cms { get; private set; } = null!; // Set before each test.

        public async ValueTask InitializeAsync()
        {
            Server = await SmtpServer.StartAsync();
            Cms = await StartAsync(new() { Host = "127.0.0.1", Port = Server.Port, From = "portal@service.example", ToLoopback = true });
        }

        public async ValueTask DisposeAsync()
        {
            await Cms.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
