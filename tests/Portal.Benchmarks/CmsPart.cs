using System.Diagnostics;
using System.Text;

using Markdig;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Benchmarks;

/// <summary>
/// What staff wait for with 5,000 documents, each figure the best and the middle of some tries in this process, beside
/// the floors of the same run. On a disk, not in memory: what is acknowledged is flushed.
/// </summary>
internal sealed class CmsPart(string corpus, string folder, int rounds)
{
    private const string Address = "http://localhost:5983";
    private const int TriesEach = 6;

    private readonly int tries = rounds * TriesEach;
    private int edits;

    public async Task RunAsync()
    {
        await using var app = Host();
        await CmsHost.PrepareAsync(app);
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(ContentFiles.FromFolder(corpus));
        var publisher = app.Services.GetRequiredService<Publisher>();
        var clock = Stopwatch.StartNew();
        await publisher.RunOnceAsync();
        var whole = clock.Elapsed.TotalMilliseconds;
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new(Address) };
        var path = Directory.EnumerateFiles(Path.Combine(corpus, "pages", "guides"), "en.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(corpus, file).Replace('\\', '/')).Where(file => file.Contains("/set-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
        Table.Heading($"the CMS with {await CountAsync(app)} documents on SQLite, ms", "best", "middle", "goal");
        Row("list page", "50", await TimeAsync(() => client.GetStringAsync(new Uri("/documents", UriKind.Relative))));
        Row("list page, filtered and searched", "50", await TimeAsync(() => client.GetStringAsync(new Uri("/documents?kind=guidance&language=pl&q=to&sort=title", UriKind.Relative))));
        Row("save", "50", await TimeAsync(() => SaveAsync(app, path)));
        Row("preview of one page", "100", await TimeAsync(() => PreviewAsync(app, path)));
        var (onDisk, done) = await PublishAsync(app, publisher, path);
        Row("publish one changed document: page on disk", "500", onDisk);
        Row("the same, until it is noted", string.Empty, done);
        Table.Line($"the first publication, everything drawn: {whole:0} ms");
        Row("floor: one insert into SQLite, flushed", string.Empty, await TimeAsync(InsertAsync));
        Row("floor: Markdig of that page alone", string.Empty, await TimeAsync(async () => Markdown.ToHtml(DocumentText.Parse(await File.ReadAllTextAsync(Path.Combine(corpus, path))).Body)));
        await app.StopAsync();
    }

    private static void Row(string name, string goal, List<double> times) => Table.Row(name, times.Min(), Median.Of(times), goal);

    private WebApplication Host() => CmsHost.Build(new() { Data = folder, Url = Address, SiteUrl = string.Empty, IntakeUrl = string.Empty, Content = string.Empty }, builder =>
    {
        builder.Services.Replace(ServiceDescriptor.Singleton<IPolicyEvaluator, Everybody>());
        builder.Logging.ClearProviders();
        foreach (var publisher in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory is not null).ToList()) builder.Services.Remove(publisher); // It is asked, so that nothing runs beside what is timed.
    });

    private async Task<List<double>> TimeAsync(Func<Task> act)
    {
        var times = new List<double>();
        await act(); // Warm.
        for (var round = 0; round < tries; round++)
        {
            var clock = Stopwatch.StartNew();
            await act();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return times;
    }

    private static async Task<int> CountAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Entries.CountAsync(entry => entry.Document != null);
    }

    private async Task SaveAsync(WebApplication app, string path)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var documents = scope.ServiceProvider.GetRequiredService<DocumentStore>();
        var entry = (await documents.FindAsync(path))!; // Part of the corpus.
        var head = await documents.HeadAsync(entry);
        await documents.SaveAsync(path, $"{head.Text}\nMore words, {edits++}.\n", entry.Version, Actor.Import);
    }

    private static async Task PreviewAsync(WebApplication app, string path)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var documents = scope.ServiceProvider.GetRequiredService<DocumentStore>();
        var entry = (await documents.FindAsync(path))!; // Part of the corpus.
        var page = await scope.ServiceProvider.GetRequiredService<SitePreview>().PageAsync(entry, (await documents.HeadAsync(entry)).Text);
        if (page.Bytes is null) throw new InvalidOperationException(string.Join('\n', page.Problems));
    }

    private async Task<(List<double> OnDisk, List<double> Done)> PublishAsync(WebApplication app, Publisher publisher, string path)
    {
        var (onDisk, done) = (new List<double>(), new List<double>());
        var page = Path.Combine(folder, "site", path["pages/".Length..^"en.md".Length], "index.html");
        for (var round = 0; round <= tries; round++)
        {
            await SaveAsync(app, path);
            var words = Encoding.UTF8.GetBytes($"More words, {edits - 1}.");
            await using (var scope = app.Services.CreateAsyncScope())
            {
                var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
                var entry = await database.Entries.FirstAsync(each => each.Path == path);
                (entry.Live, entry.State) = (entry.Head, EntryState.Published);
                database.Outbox.Add(new() { At = entry.UpdatedAt, By = "benchmark", What = path });
                await database.SaveChangesAsync();
            }

            var clock = Stopwatch.StartNew();
            var publishing = Task.Run(() => publisher.RunOnceAsync());
            while (!publishing.IsCompleted && (await File.ReadAllBytesAsync(page)).AsSpan().IndexOf(words) < 0) await Task.Delay(1);
            var placed = clock.Elapsed.TotalMilliseconds;
            if (await publishing is not { Failure: null }) throw new InvalidOperationException("The publication failed.");
            if (round == 0) continue; // Warm.
            onDisk.Add(placed);
            done.Add(clock.Elapsed.TotalMilliseconds);
        }

        return (onDisk, done);
    }

    private async Task InsertAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "floor.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS T (Words TEXT); INSERT INTO T VALUES ('words')";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The doors stand open: what a page costs is timed, not who may see it.</summary>
    private sealed class Everybody : IPolicyEvaluator
    {
        public Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) => Task.FromResult(AuthenticateResult.NoResult());

        public Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) => Task.FromResult(PolicyAuthorizationResult.Success());
    }
}
