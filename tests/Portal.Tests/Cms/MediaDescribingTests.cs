using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Audit;
using Portal.Cms.Documents;
using Portal.Cms.Media;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What is known about a file: written by several people, and nobody's words are lost to an older page.</summary>
public sealed class MediaDescribingTests : IAsyncLifetime
{
    private const string Page = "/media/file/pictures/band.png";

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(MediaTests.Content, Cancel);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task A_picture_is_described_in_each_language_by_who_may_write_it()
    {
        var (lead, translator) = (await cms.ClientAsync(Role.CommunicationsLead), await cms.TranslatorAsync("pl"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lead.SubmitAsync(Page, "describe", ("focus-x", "101"))).StatusCode);

        await lead.SubmitAsync(Page, "describe", ("focus-x", "90"), ("focus-y", "20"), ("alt.en", "A lamp: lit"));
        await translator.SubmitAsync(Page, "describe", ("focus-x", "1"), ("focus-y", "1"), ("alt.en", "Not mine"), ("alt.pl", "Lampa"), ("about", "Not mine"));

        var file = await cms.Database().Media.SingleAsync(each => each.Path == "pictures/band.png", Cancel);
        Assert.Equal("about: Drawn for us\nfocus: { x: 90, y: 20 }\nalt:\n  en: \"A lamp: lit\"\n  pl: Lampa\n", file.Notes);
        Assert.Equal(2, await cms.Database().Audit.CountAsync(row => row.Act == "media.describe", Cancel));
    }

    [Fact]
    public async Task Saving_a_description_nobody_changed_keeps_its_bytes()
    {
        await (await cms.ClientAsync(Role.CommunicationsLead)).SubmitAsync(Page, "describe");

        Assert.Equal(MediaTests.Notes, (await cms.Database().Media.SingleAsync(each => each.Path == "pictures/band.png", Cancel)).Notes);
    }

    [Fact]
    public async Task A_page_opened_before_somebody_saved_changes_what_was_typed_into_it_alone()
    {
        var (lead, translator) = (await cms.ClientAsync(Role.CommunicationsLead), await cms.TranslatorAsync("pl"));
        var opened = await lead.PageAsync(Page);
        await translator.SubmitAsync(Page, "describe", ("alt.pl", "Lampa"));

        var answer = await lead.SubmitAsync(opened, Page, "describe", ("focus-x", "90"), ("alt.en", "A lamp"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("about: Drawn for us\nfocus: { x: 90, y: 50 }\nalt:\n  en: A lamp\n  pl: Lampa\n", await SavedAsync());
    }

    [Fact]
    public async Task Where_two_changed_the_same_words_both_are_shown_and_nothing_is_saved_until_somebody_decides()
    {
        var (lead, translator) = (await cms.ClientAsync(Role.CommunicationsLead), await cms.TranslatorAsync("pl"));
        var (opened, old) = (await lead.PageAsync(Page), await lead.PageAsync(Page));
        await translator.SubmitAsync(Page, "describe", ("alt.pl", "Lampa"));
        await lead.SubmitAsync(opened, Page, "describe", ("focus-x", "90"));
        var before = await SavedAsync();

        using var answer = await lead.SubmitAsync(old, Page, "describe", ("alt.pl", "Latarnia"), ("focus-y", "20"), ("about", "Drawn by us"));
        var page = await answer.DocumentAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal(before, await SavedAsync());
        Assert.Equal(["Focal point, from the left and from the top: theirs “90 50”, yours “10 20”", "What the picture shows, Polish: theirs “Lampa”, yours “Latarnia”"],
            page.QuerySelectorAll(".errors li").Select(each => string.Join(' ', each.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        await lead.SubmitAsync(page, Page, "describe", ("focus-x", "90"));
        Assert.Equal("about: Drawn by us\nfocus: { x: 90, y: 20 }\nalt:\n  en: A band of light\n  pl: Latarnia\n", await SavedAsync());
    }

    [Fact]
    public async Task Whoever_saw_other_bytes_neither_describes_nor_replaces_nor_moves_nor_deletes_the_file()
    {
        const string page = "/media/file/kit/sign.png";
        var lead = await cms.ClientAsync(Role.CommunicationsLead);
        await MediaTests.SendAsync(lead, "/media/upload", "upload", [("sign.png", MediaSamples.Png())], [("folder", "kit")]);
        var opened = await lead.PageAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, (await MediaTests.SendAsync(lead, page, "replace", [("new.png", MediaSamples.Png(60, 60))], [])).StatusCode);
        var file = await cms.Database().Media.AsNoTracking().SingleAsync(each => each.Path == "kit/sign.png", Cancel);

        HttpResponseMessage[] answers =
        [
            await MediaTests.SendAsync(lead, opened, page, "replace", [("third.png", MediaSamples.Png(30, 30))], []), await lead.SubmitAsync(opened, page, "move", ("path", "kit/other.png")),
            await lead.SubmitAsync(opened, page, "delete"), await lead.SubmitAsync(opened, page, "describe", ("focus-x", "1")),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode));
        var now = await cms.Database().Media.AsNoTracking().SingleAsync(each => each.Path == "kit/sign.png", Cancel);
        Assert.Equal((file.Hash, file.Notes), (now.Hash, now.Notes));
    }

    [Fact]
    public async Task Of_two_writes_at_the_same_moment_the_second_is_refused()
    {
        await using var one = cms.Services.CreateAsyncScope();
        await using var two = cms.Services.CreateAsyncScope();
        var (first, second) = (one.ServiceProvider.GetRequiredService<MediaStore>(), two.ServiceProvider.GetRequiredService<MediaStore>());
        var (read, same) = ((await first.FindAsync("pictures/band.png", Cancel))!, (await second.FindAsync("pictures/band.png", Cancel))!);

        Assert.True(await first.DescribeAsync(read, read.ReadNotes() with { About = "One" }, Actor.Import, Cancel));
        Assert.False(await second.DescribeAsync(same, same.ReadNotes() with { About = "Two" }, Actor.Import, Cancel));

        Assert.StartsWith("about: One\n", await SavedAsync(), StringComparison.Ordinal);
    }

    private async Task<string> SavedAsync()
    {
        await using var database = cms.Database();
        return (await database.Media.SingleAsync(file => file.Path == "pictures/band.png", Cancel)).Notes;
    }
}
