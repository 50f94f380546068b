using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The database of a server and the one of a file are the same in all that the CMS sees.</summary>
public sealed class MigrationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Host=nobody.is.asked")]
    public async Task The_migrations_make_what_the_model_says(string database)
    {
        await using var app = CmsHost.Build(new CmsSettings { Database = database });
        await using var scope = app.Services.CreateAsyncScope();

        Assert.False(scope.ServiceProvider.GetRequiredService<CmsDatabase>().Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Both_databases_have_the_same_migrations()
    {
        var names = new List<IEnumerable<string>>();
        foreach (var database in new[] { string.Empty, "Host=nobody.is.asked" })
        {
            await using var app = CmsHost.Build(new CmsSettings { Database = database });
            await using var scope = app.Services.CreateAsyncScope();
            names.Add([.. scope.ServiceProvider.GetRequiredService<CmsDatabase>().Database.GetMigrations().Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..])]);
        }

        Assert.NotEmpty(names[0]);
        Assert.Equal(names[0], names[1]);
    }

    [Theory]
    [InlineData("%c3%9cber+uns", 1)]
    [InlineData("LEAVING", 1)]
    [InlineData("leaving", 1)]
    [InlineData("Leav%25", 0)]
    public async Task A_title_is_found_whatever_its_case_and_signs_mean_themselves(string words, int found)
    {
        await using var cms = await CmsFixture.StartAsync();
        await using (var database = cms.Database())
        {
            foreach (var title in new[] { "Leaving home", "Über uns" })
                database.Entries.Add(new() { Path = $"pages/guides/{title}/en.md", Document = $"guides/{title}", Language = "en", Kind = "guide", Title = title, UpdatedBy = "import", Head = Guid.CreateVersion7() });
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var author = await cms.ClientAsync(Role.Author);

        Assert.Equal(found, (await author.PageAsync($"/documents?q={words}")).QuerySelectorAll("#results tbody tr").Length);
    }
}
