using System.Data.Common;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Referrals;

namespace Portal.Cms.Referrals.Intake;

/// <summary>What the intake takes from the published site: its address, its words, its phone lines and its lists.</summary>
public sealed class IntakeSite
{
    public IntakeSite(Edition edition, string siteUrl)
    {
        Edition = edition;
        var settings = edition.Library.Settings;
        Origins = [settings.BaseUrl, .. edition.IsLive || siteUrl.Length == 0 ? Array.Empty<string>() : [siteUrl.TrimEnd('/')]];
        Districts = edition.Library.Data.Gazetteer.Districts.Select(district => district.Id).Concat(ReferralForm.AreasBeside).ToHashSet();
        Languages = edition.Library.Languages.Where(language => !language.IsSimple).Select(language => language.Code).Append(ReferralForm.OtherLanguage).ToHashSet();
        Phones = [.. new[] { settings.MainLine, settings.EmergencyLine }.Select(id => edition.Line(id, Language.Base)).Where(line => line?.Number is not null).Select(line => new IntakePhone(line!.Title, line.Number!))]; // The line before left the others out.
    }

    public Edition Edition { get; }

    /// <summary>Where a form may stand: the published site, and in a demonstration the copy on this machine.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>What the service promises, as it was published last.</summary>
    public IntakeSetting Promises => Edition.Library.Data.Intake ?? new() { KeySet = string.Empty };

    /// <summary>What the area may be.</summary>
    public IReadOnlySet<string> Districts { get; }

    /// <summary>What the language to speak may be.</summary>
    public IReadOnlySet<string> Languages { get; }

    /// <summary>What to ring instead.</summary>
    public IReadOnlyList<IntakePhone> Phones { get; }

    /// <summary>A page in the language of a code, where its words may be shown; else in English.</summary>
    public IntakeView View(string? code) => new(this, Edition.Library.Languages.FirstOrDefault(language => language.Code == code && Edition.WordsArePublic(language)) ?? Language.Base);
}

/// <summary>A number to ring, with its name in English.</summary>
public sealed record IntakePhone(string Name, string Number);

/// <summary>
/// Keeps what was read of the site, and looks now and then whether there is a newer publication. While the database
/// fails, what was read last stands: whoever writes then must be told what to do.
/// </summary>
internal sealed class IntakeSites(IServiceScopeFactory scopes, CmsSettings settings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile IntakeSite? known;
    private long lookedAt;
    private long publication = -1;

    private readonly Lazy<IntakeSite?> spare = new(() => ReadFolder(settings.Content, time));

    /// <summary>What was read last; null where nothing was.</summary>
    public IntakeSite? Known => known;

    /// <summary>The site as the content folder has it, for its number and its words where nothing was read: whoever posts a form then is told what to do. Null where there is no such folder.</summary>
    public IntakeSite? Spare => spare.Value;

    /// <summary>Null while nothing was published, or the database never answered.</summary>
    public async Task<IntakeSite?> FindAsync()
    {
        if (known is { } fresh && time.GetElapsedTime(Interlocked.Read(ref lookedAt)) < BetweenLooks) return fresh;
        if (known is not null && !await turn.WaitAsync(0)) return known; // Somebody looks already.
        if (known is null) await turn.WaitAsync();
        try
        {
            await LookAsync();
        }
        catch (Exception error) when (error is DbException or InvalidOperationException)
        {
            // What was read last stands.
        }
        finally
        {
            turn.Release();
        }

        return known;
    }

    public void Dispose() => turn.Dispose();

    private static IntakeSite? ReadFolder(string folder, TimeProvider time)
    {
        try
        {
            return folder.Length > 0 && ContentReader.Read(ContentFiles.FromFolder(folder)).Library is { } library ? new(new(library, Instant.FromDateTimeOffset(time.GetUtcNow())), string.Empty) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task LookAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var newest = await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Publications.Where(each => each.Failure == null).MaxAsync(each => (long?)each.Number);
        if (newest is { } number && number != publication)
        {
            var files = await scope.ServiceProvider.GetRequiredService<SiteContent>().LiveAsync();
            if (scope.ServiceProvider.GetRequiredService<SiteMemory>().Read(files).Library is { } library)
            {
                known = new(new(library, Instant.FromDateTimeOffset(time.GetUtcNow())), settings.SiteUrl);
                publication = number;
            }
        }

        Interlocked.Exchange(ref lookedAt, time.GetTimestamp());
    }
}
