using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Translations;
using Portal.Content.Reading;

namespace Portal.Cms.Documents;

/// <summary>Before the first request: takes the content folder in where the database is new, which the publisher then finds unpublished.</summary>
internal sealed partial class FirstContent(IServiceScopeFactory scopes, CmsSettings settings, ILogger<FirstContent> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        if (!await database.Entries.AnyAsync(cancellationToken) && settings.Content.Length > 0)
        {
            var result = await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(ContentFiles.FromFolder(settings.Content), cancellationToken);
            LogImport(settings.Content, result.Added, result.Media);
            scope.ServiceProvider.GetRequiredService<AuditLog>().Add(database, Actor.Import, "content.import", "content", $"{result.Added} texts, {result.Media} media files");
            scope.ServiceProvider.GetRequiredService<EntryColumns>().Note();
            await database.SaveChangesAsync(cancellationToken);
        }

        await TranslationIndex.FillAsync(database, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Took {Folder} in: {Texts} texts, {Media} media files.")]
    private partial void LogImport(string folder, int texts, int media);
}
