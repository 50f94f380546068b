using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Publishing;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Many ask for the public texts at the same time, and not all of the same moment.</summary>
public sealed class SiteContentTests
{
    private const int Rounds = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_know_an_older_state_and_those_who_know_a_newer_one_both_get_all_texts()
    {
        await using var site = await PublishedSite.StartAsync();
        await site.WriteAsync(await site.Cms.PersonAsync(true, (Role.Author, string.Empty)), PublishedSite.Guide, "guidance", A.Guide("Staying safe", "Second words.\n"));
        var head = (await site.EntryAsync(PublishedSite.Guide)).Head;
        await using var scope = site.Cms.Services.CreateAsyncScope();
        var older = await scope.ServiceProvider.GetRequiredService<SiteContent>().StateAsync(Cancel);
        var newer = older with { Texts = [.. older.Texts.Select(text => text.Path == PublishedSite.Guide ? (text.Path, head) : text)] };

        await Task.WhenAll(ReadAsync(older, "First words."), ReadAsync(newer, "Second words."), ReadAsync(older, "First words."), ReadAsync(newer, "Second words."));

        Task ReadAsync(SiteState state, string words) => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                await using var own = site.Cms.Services.CreateAsyncScope();
                var files = await own.ServiceProvider.GetRequiredService<SiteContent>().FilesAsync(state, Cancel);
                Assert.Contains(words, files.Text(PublishedSite.Guide), StringComparison.Ordinal);
            }
        }, Cancel);
    }
}
