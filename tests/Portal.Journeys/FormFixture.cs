using System.Text;

using Portal.Content.Referrals;
using Portal.Site.Hosting;
using Portal.Tests;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>Tests of the form run one after another: they share one intake.</summary>
[CollectionDefinition(Name)]
public sealed class FormOrder : ICollectionFixture<FormFixture>
{
    public const string Name = "The form";
}

/// <summary>The pages about the form with an intake that listens, and identities that open what it gets.</summary>
public sealed class FormFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-form").FullName;
    private readonly Func<string, string>? change;
    private StaticServer? server;

    public FormFixture()
        : this(null)
    {
    }

    /// <param name="change">Changes the settings' text.</param>
    internal FormFixture(Func<string, string>? change) => this.change = change;

    /// <summary>Address of the site, without a slash at the end.</summary>
    public string Url { get; private set; } = string.Empty;

    public string Output => Path.Combine(folder, "output");

    /// <summary>Codes of the languages that have the form.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];

    public LeaveDestination Destination { get; } = new();

    internal FormIntake Intake { get; } = new();

    internal FormSite Site { get; private set; } = null!;

    internal Identity Member { get; } = Identity.New();

    internal Identity Lead { get; } = Identity.New();

    internal Identity Recovery { get; } = Identity.New();

    internal IntakeSetting Keys { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Destination.StartAsync();
        await Intake.StartAsync();
        Keys = FormSite.KeysOf([$"{Member.Recipient}", $"{Recovery.Recipient}"], [$"{Lead.Recipient}", $"{Recovery.Recipient}"]);
        Site = FormSite.Of(Intake.Url, Keys, change);
        Languages = [.. Site.Map.Pages.Where(page => page.Neutral == "/contact/write/").Select(page => page.Language.Code)];
        foreach (var (path, bytes) in Site.Files)
        {
            var file = Path.Combine(Output, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            // The setting of the leave button wants https; a test's destination cannot have it.
            await File.WriteAllBytesAsync(file, path.EndsWith(".html", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("https://www.bbc.co.uk/weather", Destination.Url, StringComparison.Ordinal)) : bytes);
        }

        server = new StaticServer(Output, Site.Rules);
        await server.StartAsync("http://127.0.0.1:0", CancellationToken.None);
        Url = server.Urls.First();
        Intake.Framed = new(Site.Map.Edition, Url);
        Reset();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        await Intake.DisposeAsync();
        await Destination.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>An intake that knows nothing of the test before, and whose keys are those of the page.</summary>
    internal void Reset()
    {
        Intake.Posts.Clear();
        Intake.Answers.Clear();
        Intake.Keys = FormIntake.Told(Keys);
        Intake.Challenges = true;
    }
}
