using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Delivery;
using Portal.Cms.Hosting;
using Portal.Cms.Staff;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Telling other programs of publications, against a receiver on this machine.</summary>
public sealed class DeliveryWebhookTests : IAsyncLifetime
{
    private const string Secret = "a secret of many letters that nobody guesses";

    private CmsFixture cms = null!; // Set before each test.
    private WebhookReceiver receiver = null!; // Set before each test.
    private HttpClient owner = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WebhookSender Sender => cms.Services.GetRequiredService<WebhookSender>();

    public async ValueTask InitializeAsync()
    {
        cms = await DeliverySite.StartAsync();
        receiver = await WebhookReceiver.StartAsync();
        owner = await cms.ClientAsync(Role.Owner);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SubmitAsync("/delivery", "webhook", ("url", receiver.Url), ("secret", Secret))).StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        owner.Dispose();
        await cms.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_publication_is_told_by_ids_alone_and_signed()
    {
        var publication = await ChangeAsync("Words nobody sends.");
        await SentAsync(1);
        var message = Assert.Single(receiver.All);
        var told = JsonDocument.Parse(message.Body).RootElement;
        var change = Assert.Single(told.GetProperty("changes").EnumerateArray());

        Assert.Equal(publication, told.GetProperty("publication").GetGuid());
        Assert.Equal(("guides/money", "guidance", "en", "put"), (Text(change, "id"), Text(change, "kind"), Text(change, "language"), Text(change, "change")));
        Assert.Equal((await cms.Visitor().JsonAsync("/api/v1/site")).GetProperty("cursor").GetString(), told.GetProperty("cursor").GetString());
        Assert.DoesNotContain("Words nobody sends.", message.Body, StringComparison.Ordinal);
        var seconds = message.Signature.Split(',')[0]["t=".Length..];
        Assert.Equal(cms.Now.ToUnixTimeSeconds().ToString(), seconds);
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{seconds}.{message.Body}"))), message.Signature.Split(",v1=")[1]);
    }

    [Fact]
    public async Task Of_two_instances_on_one_database_one_sends()
    {
        await using var scope = cms.Services.CreateAsyncScope();
        using var other = ActivatorUtilities.CreateInstance<WebhookSender>(scope.ServiceProvider);
        receiver.Meanwhile = () =>
        {
            receiver.Meanwhile = null;
            return other.RunOnceAsync(Cancel); // While the first still waits for its answer.
        };

        await ChangeAsync("Once.");
        await SentAsync(1);
        await other.RunOnceAsync(Cancel);

        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_later_each_time_and_in_order()
    {
        receiver.Status = 500;
        var first = await ChangeAsync("One.");
        await TriedAsync(1);
        var second = await ChangeAsync("Two.");
        await Sender.RunOnceAsync(Cancel);
        Assert.Single(receiver.All); // The second waits for the first.
        Assert.Contains("answered 500", (await owner.PageAsync("/delivery")).Body!.TextContent, StringComparison.Ordinal);

        cms.Clock.Advance(TimeSpan.FromSeconds(31));
        await TriedAsync(2);
        cms.Clock.Advance(TimeSpan.FromSeconds(31));
        await Sender.RunOnceAsync(Cancel);
        Assert.Equal(2, receiver.All.Count); // The next wait is twice as long.

        receiver.Status = 200;
        cms.Clock.Advance(TimeSpan.FromSeconds(31));
        await SentAsync(2);
        Assert.Equal([first, first, first, second], receiver.All.Select(message => JsonDocument.Parse(message.Body).RootElement.GetProperty("publication").GetGuid()));
        Assert.Equal(2, receiver.All.Select(message => message.Delivery).Distinct().Count());
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_left_after_ten_seconds()
    {
        receiver.Status = 0;
        await ChangeAsync("One.");
        await UntilAsync(() => Task.FromResult(receiver.All.Count == 1));
        cms.Clock.Advance(WebhookClient.Patience);
        await UntilAsync(() => cms.Database().WebhookMessages.AnyAsync(message => message.Tries > 0, Cancel));

        var message = await cms.Database().WebhookMessages.SingleAsync(Cancel);
        Assert.Equal((WebhookState.Waiting, "no answer in 10 seconds"), (message.State, message.Result));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        (receiver.Status, receiver.Location) = (307, "/elsewhere");
        await ChangeAsync("One.");
        await TriedAsync(1);

        Assert.Equal(["/hook"], receiver.All.Select(message => message.Path));
        Assert.StartsWith("answered 307", (await cms.Database().WebhookMessages.SingleAsync(Cancel)).Result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_nobody_takes_is_given_up_and_the_next_one_goes()
    {
        receiver.Status = 500;
        await ChangeAsync("One.");
        await TriedAsync(1);
        cms.Clock.Advance(TimeSpan.FromDays(WebhookSender.LongestDays));
        await UntilAsync(() => cms.Database().WebhookMessages.AnyAsync(message => message.State == WebhookState.GivenUp, Cancel));
        receiver.Status = 200;
        await ChangeAsync("Two.");
        await SentAsync(1);

        Assert.Contains("given up", (await (await cms.ClientAsync(Role.Owner)).PageAsync("/delivery")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waits_double_up_to_six_hours()
    {
        Assert.Equal([30, 60, 120, 240], Enumerable.Range(1, 4).Select(tries => (int)WebhookSender.WaitAfter(tries).TotalSeconds));
        Assert.Equal(Duration.FromHours(6), WebhookSender.WaitAfter(1000));
        await Sender.RunOnceAsync(Cancel);
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task A_publication_that_changes_nothing_and_a_webhook_that_was_removed_are_not_told()
    {
        await cms.PublishAsync();
        Assert.False(await cms.Database().WebhookMessages.AnyAsync(Cancel));
        receiver.Status = 500;
        await ChangeAsync("One.");
        await TriedAsync(1);
        var hook = await cms.Database().Webhooks.SingleAsync(Cancel);
        await owner.SubmitAsync("/delivery", $"remove-{hook.Id}");
        cms.Clock.Advance(TimeSpan.FromHours(1));
        await Sender.RunOnceAsync(Cancel);

        Assert.Single(receiver.All);
        Assert.Equal(["delivery.webhook.add", "delivery.webhook.remove"], await cms.Database().Audit.Where(row => row.Subject == hook.Id.ToString()).OrderBy(row => row.Number).Select(row => row.Act).ToListAsync(Cancel));
        Assert.DoesNotContain(Secret, hook.Secret, StringComparison.Ordinal);
        Assert.DoesNotContain(await cms.Database().Audit.Select(row => row.Detail).ToListAsync(Cancel), detail => detail.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_refused_when_it_is_called()
    {
        using var strict = new WebhookClient(new CmsSettings(), cms.Clock);
        var result = await strict.SendAsync(receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), Secret, 1, "{}", Cancel);

        Assert.Equal(new(false, "its name leads to this machine or a private network"), result);
        Assert.Empty(receiver.All);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>Publishes other words of one guide.</summary>
    private async Task<Guid> ChangeAsync(string words)
    {
        await cms.ImportAsync(ContentFiles.Of([KeyValuePair.Create("pages/guides/money/en.md", A.Guide("Money", words + "\n"))]));
        return (await cms.PublishAsync(words)).Id;
    }

    private Task TriedAsync(int tries) => UntilAsync(async () =>
    {
        await Sender.RunOnceAsync(Cancel);
        return await cms.Database().WebhookMessages.AnyAsync(message => message.Tries == tries, Cancel);
    });

    private Task SentAsync(int count) => UntilAsync(async () =>
    {
        await Sender.RunOnceAsync(Cancel);
        return await cms.Database().WebhookMessages.CountAsync(message => message.State == WebhookState.Sent, Cancel) == count;
    });

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 400 && !await condition(); tries++) await Task.Delay(25, Cancel);
        Assert.True(await condition(), "It did not happen within ten seconds.");
    }
}
