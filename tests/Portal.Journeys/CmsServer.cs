using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Leave;
using Portal.Cms.Staff;

namespace Portal.Journeys;

/// <summary>
/// The CMS as in production on a loopback address, with an SQLite file in a folder of its own and a clock that stands
/// still (1 December 2026, 09:00 in Kent) until a test moves it. It serves what it publishes, as on a new machine. It can
/// be stopped and started again, as in an upgrade.
/// </summary>
internal sealed class CmsServer : IAsyncDisposable
{
    public const string Passphrase = "kettle marmot violin thursdayish";

    /// <summary>Folder of the starter content.</summary>
    public static string Starter { get; } = Path.Combine(SiteFixture.Repository, "content");

    /// <summary>Secret of everybody's authenticator app.</summary>
    private const string Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("portal-cms-");
    private readonly string content;
    private readonly string intake = $"http://127.0.0.1:{FreePort()}";
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> signedIn = new();
    private WebApplication? app;

    private CmsServer(string content, DateTimeOffset? at) => (this.content, Url, SiteUrl, Clock) =
        (content, $"http://localhost:{FreePort()}", $"http://127.0.0.1:{FreePort()}", new(at ?? new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero)));

    /// <summary>Without a slash at the end. A name, since passkeys and secure cookies refuse digits.</summary>
    public string Url { get; }

    /// <summary>The published site, once there is one. Without a slash at the end.</summary>
    public string SiteUrl { get; }

    /// <summary>Where messages are taken. Without a slash at the end.</summary>
    public string IntakeUrl => intake;

    /// <summary>Everything it keeps and writes.</summary>
    public string Folder => folder.FullName;

    public FakeTimeProvider Clock { get; }

    /// <summary>What it told whoever started it.</summary>
    public StringWriter Said { get; } = new();

    public IServiceProvider Services => app?.Services ?? throw new InvalidOperationException("The server is stopped.");

    /// <param name="content">Content folder to take in; empty for none.</param>
    /// <param name="at">Where its clock stands at first, if elsewhere.</param>
    /// <param name="fill">Writes the content folder to take in, knowing the addresses.</param>
    public static async Task<CmsServer> StartAsync(string content = "", DateTimeOffset? at = null, Func<CmsServer, Task>? fill = null)
    {
        var server = new CmsServer(content, at);
        if (fill is not null) await fill(server);
        if (content == Starter) SiteFixture.KeepPictures(Path.Combine(server.folder.FullName, "site.cache"));
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        app = CmsHost.Build(new() { Data = folder.FullName, Url = Url, SiteUrl = SiteUrl, IntakeUrl = intake, Content = content }, builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TextWriter>(TextWriter.Synchronized(Said)));
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            builder.Services.AddSingleton<IStartupFilter, EachRequestFromElsewhere>();
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100); // How slow it is in production has a test of its own.
            builder.Services.AddHttpClient(LeaveProbe.Client).AddHttpMessageHandler(() => new Elsewhere());
            builder.Logging.ClearProviders().AddProvider(new ErrorsAloud()).SetMinimumLevel(LogLevel.Error);
        });
        await CmsHost.PrepareAsync(app);
        await app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(); // Waits for a publication under way: it writes into the folder that is about to go.
            await app.DisposeAsync();
        }

        app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    /// <summary>Looks into the database, or writes to it, as another request would.</summary>
    public async Task<T> WithDatabaseAsync<T>(Func<CmsDatabase, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<CmsDatabase>());
    }

    /// <summary>Adds an English guide and gives its path; without <paramref name="body"/> it has one paragraph, "First words."</summary>
    /// <param name="id">Must be new, such as <c>guides/x-block-moves</c>.</param>
    /// <param name="title">Its heading and its tab.</param>
    /// <param name="body">Everything below the front matter.</param>
    public async Task<string> DocumentAsync(string id, string title = "A guide of a test", string body = "First words.\n")
    {
        var path = $"pages/{id}/en.md";
        await using var scope = Services.CreateAsyncScope();
        var text = $"---\nkind: guidance\ntitle: {title}\ntabTitle: {title}\nsummary: A summary.\n---\n{body}";
        _ = await scope.ServiceProvider.GetRequiredService<DocumentStore>().CreateAsync(path, "guidance", text, Actor.Import) ?? throw new InvalidOperationException($"There is a {path} already.");
        await scope.ServiceProvider.GetRequiredService<CmsDatabase>().SaveChangesAsync();
        return path;
    }

    /// <summary>A context in which somebody with exactly these roles is signed in. The forms are filled in once for each set of roles and server.</summary>
    public async Task<IBrowserContext> SignInAsync(IBrowser browser, Role[] roles, BrowserNewContextOptions? look = null)
    {
        look ??= new();
        if (roles.Length > 0) look.StorageState = await signedIn.GetOrAdd(string.Join(' ', roles.Order()), _ => new(() => SignInOnceAsync(browser, () => PersonAsync(roles)))).Value;
        return await ContextAsync(browser, look);
    }

    /// <summary>The same for somebody with a name and these grants, who is one person wherever a test asks for them.</summary>
    public async Task<IBrowserContext> SignInAsync(IBrowser browser, string name, params (Role Role, string Language)[] grants) => await ContextAsync(browser, new()
    {
        StorageState = await signedIn.GetOrAdd($"{name} {string.Join(' ', grants.Order())}", _ => new(() => SignInOnceAsync(browser, () => PersonAsync(name, grants)))).Value,
    });

    /// <summary>Types email, passphrase and code into the page's forms.</summary>
    public async Task SignInAsync(IPage page, Account account)
    {
        await page.GotoAsync(Url + "/sign-in");
        await page.FillAsync("#email", account.Email!);
        await page.FillAsync("#passphrase", Passphrase);
        await page.ClickAsync("button.main");
        await page.FillAsync("#code", OneTimeCode.At(Secret, OneTimeCode.Step(Instant.FromDateTimeOffset(Clock.GetUtcNow()))));
        await page.ClickAsync("button.main");
        await Assertions.Expect(page).ToHaveURLAsync(Url + "/", new() { Timeout = 20_000 });
    }

    /// <summary>A new account with <see cref="Passphrase"/> and an authenticator app; a translator writes Urdu.</summary>
    public Task<Account> PersonAsync(params Role[] roles) => PersonAsync("Sam Example", [.. roles.Select(role => (role, role == Role.Translator ? "ur" : string.Empty))]);

    /// <summary>The same with a name and with the languages of a translator.</summary>
    public async Task<Account> PersonAsync(string name, params (Role Role, string Language)[] grants)
    {
        var id = Guid.CreateVersion7();
        var email = $"p{id:N}@example.org";
        var account = new Account
        {
            Id = id,
            Name = name,
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            SecurityStamp = string.Empty,
            Since = Instant.FromDateTimeOffset(Clock.GetUtcNow()),
            CodeSecret = Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Portal.Cms.Staff.CodeSecret").Protect(Secret),
            TwoFactorEnabled = true,
        };
        account.PasswordHash = new PasswordHasher<Account>().HashPassword(account, Passphrase);
        return await WithDatabaseAsync(async database =>
        {
            database.Users.Add(account);
            database.Grants.AddRange(grants.Select(grant => new Grant { AccountId = id, Role = grant.Role, Language = grant.Language }));
            await database.SaveChangesAsync();
            return account;
        });
    }

    private async Task<IBrowserContext> ContextAsync(IBrowser browser, BrowserNewContextOptions look)
    {
        look.BaseURL = Url;
        look.ReducedMotion = ReducedMotion.Reduce;
        var context = await browser.NewContextAsync(look);
        context.SetDefaultTimeout(20_000);
        return context;
    }

    private async Task<string> SignInOnceAsync(IBrowser browser, Func<Task<Account>> make)
    {
        await using var context = await browser.NewContextAsync();
        await SignInAsync(await context.NewPageAsync(), await make());
        return await context.StorageStateAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Says why a page could not be drawn: the page itself does not.</summary>
    private sealed class ErrorsAloud : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Console.Error.WriteLine($"The CMS said: {formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }

    /// <summary>The page behind the leave button, asked for by night: no test asks the network.</summary>
    private sealed class Elsewhere : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent("The weather", System.Text.Encoding.UTF8, "text/html") });
    }

    /// <summary>All tests come from one address, and would share its limit on tries.</summary>
    private sealed class EachRequestFromElsewhere : IStartupFilter
    {
        private int count;

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                var number = Interlocked.Increment(ref count);
                context.Connection.RemoteIpAddress = new([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
                return then(context);
            });
            next(app);
        };
    }
}
