using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Leave;
using Portal.Cms.Referrals.Intake;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>
/// The CMS as it is put together for production, on a new database, with a clock that stands still until it is moved.
/// Each client has an address of its own, so that a limit on tries counts each alone.
/// </summary>
public sealed class CmsFixture : IAsyncLifetime
{
    public const string Passphrase = "kettle marmot violin thursdayish";

    /// <summary>The secret of everybody's authenticator app.</summary>
    public const string Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    /// <summary>Hundreds of tests sign in; how slow production makes it has a test of its own.</summary>
    private const int Iterations = 100;

    private static string? hash;

    private readonly DirectoryInfo folder = RamFolder.Create("portal-cms-");
    private readonly List<string> lines = [];
    private readonly StringWriter said = new(CultureInfo.InvariantCulture);
    private readonly List<IServiceScope> scopes = [];
    private readonly Func<CmsSettings, CmsSettings> change;
    private CmsSettings? stored;
    private WebApplication? app;
    private int clients;

    public CmsFixture()
        : this(settings => settings)
    {
    }

    private CmsFixture(Func<CmsSettings, CmsSettings> change) => this.change = change;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));

    public Instant Now => Instant.FromDateTimeOffset(Clock.GetUtcNow());

    /// <summary>A server of this machine that stands in for every other host, by its name as first folder; null for one that always answers. No test asks the network.</summary>
    public Uri? Outside { get; set; }

    /// <summary>What the host wrote to its log.</summary>
    public IReadOnlyList<string> Log => lines;

    /// <summary>What it told whoever started it.</summary>
    public string Said => said.ToString();

    public IServiceProvider Services => app?.Services ?? throw new InvalidOperationException("The host is not started.");

    /// <summary>A host of one test alone, with other settings.</summary>
    public static async Task<CmsFixture> StartAsync(Func<CmsSettings, CmsSettings>? change = null)
    {
        var fixture = new CmsFixture(change ?? (settings => settings));
        await fixture.InitializeAsync();
        return fixture;
    }

    public async ValueTask InitializeAsync()
    {
        stored = await CmsTestDatabase.AddAsync(new() { Data = folder.FullName, Url = "https://localhost", SiteUrl = string.Empty, IntakeUrl = string.Empty, Content = string.Empty });
        await StartHostAsync(stored);
    }

    /// <summary>Ends the host and starts it again on the same database.</summary>
    public async Task RestartAsync()
    {
        await StopHostAsync();
        await StartHostAsync(stored!); // Set by the first start.
    }

    private async Task StartHostAsync(CmsSettings settings)
    {
        app = CmsHost.Build(change(settings), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            builder.Services.Replace(ServiceDescriptor.Singleton(TextWriter.Synchronized(said)));
            builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = Iterations);
            foreach (var client in new[] { LeaveProbe.Client, HumanCheck.Client }) builder.Services.AddHttpClient(client).AddHttpMessageHandler(() => new Elsewhere(this));
            builder.Logging.ClearProviders().AddProvider(new Listener(lines));
        });
        await CmsHost.PrepareAsync(app);
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        if (stored is not null) await CmsTestDatabase.DropAsync(stored);
        await said.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task StopHostAsync()
    {
        foreach (var scope in scopes) scope.Dispose();
        scopes.Clear();
        if (app is not null)
        {
            await app.StopAsync(); // Waits for a publication under way: it writes into the folder that is about to go.
            await app.DisposeAsync();
        }

        app = null;
    }

    /// <summary>Folder the site is published to.</summary>
    public string Site => Path.Combine(folder.FullName, "site");

    /// <summary>A context of its own, as another request would have.</summary>
    public CmsDatabase Database()
    {
        var scope = Services.CreateScope();
        lock (scopes) scopes.Add(scope);
        return scope.ServiceProvider.GetRequiredService<CmsDatabase>();
    }

    /// <summary>A browser nobody is signed in with. It keeps cookies and follows no redirect.</summary>
    public HttpClient Visitor() => Visitor(new CookieContainer());

    /// <summary>A request as it arrives at the host, before anything is made of it.</summary>
    public async Task<HttpResponse> SendAsync(Action<HttpContext> configure) => (await app!.GetTestServer().SendAsync(configure)).Response; // Started before any test.

    /// <summary>A browser in which somebody new with these roles has signed in, second factor and all.</summary>
    public async Task<HttpClient> ClientAsync(params Role[] roles) => await SignInAsync(await PersonAsync(roles: [.. roles.Select(role => (role, string.Empty))]));

    /// <summary>A translator of one language, signed in.</summary>
    public async Task<HttpClient> TranslatorAsync(string language) => await SignInAsync(await PersonAsync(roles: (Role.Translator, language)));

    /// <summary>An account with <see cref="Passphrase"/> and, unless told otherwise, an authenticator app with <see cref="Secret"/>.</summary>
    public async Task<Account> PersonAsync(bool app = true, params (Role Role, string Language)[] roles)
    {
        var id = Guid.CreateVersion7();
        var protector = Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("Portal.Cms.Staff.CodeSecret");
        var email = $"p{id:N}@example.org";
        var account = new Account
        {
            Id = id,
            Name = $"Person {Interlocked.Increment(ref clients).ToString(CultureInfo.InvariantCulture)}",
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            SecurityStamp = string.Empty,
            Since = Now,
            CodeSecret = app ? protector.Protect(Secret) : null,
            TwoFactorEnabled = app,
        };
        account.PasswordHash = hash ??= new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations })).HashPassword(account, Passphrase);
        await using var database = Database();
        database.Users.Add(account);
        database.Grants.AddRange(roles.Select(role => new Grant { AccountId = id, Role = role.Role, Language = role.Language }));
        await database.SaveChangesAsync();
        return account;
    }

    /// <summary>A browser in which this account has signed in as far as it can. The forms that lead there have tests of their own; hundreds of tests only need to have passed them.</summary>
    public async Task<HttpClient> SignInAsync(Account account)
    {
        var cookies = new CookieContainer();
        var client = Visitor(cookies);
        await using var scope = Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (context.Request.Scheme, context.Request.Host) = (client.BaseAddress!.Scheme, new(client.BaseAddress.Host));
        await scope.ServiceProvider.GetRequiredService<StaffSignIn>().BeginAsync(context, account, complete: account.CodeSecret is not null, "test", default);
        foreach (var cookie in context.Response.Headers.SetCookie) cookies.SetCookies(client.BaseAddress, cookie!);
        return client;
    }

    /// <summary>The same by typing passphrase and code into the forms.</summary>
    public async Task<HttpClient> SignInByFormsAsync(Account account)
    {
        var client = Visitor();
        using var first = await client.SubmitAsync("/sign-in", "sign-in", ("email", account.Email!), ("passphrase", Passphrase));
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        if (account.CodeSecret is null) return client;
        using var second = await client.SubmitAsync("/sign-in/second", "code", ("code", Code()));
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        return client;
    }

    private HttpClient Visitor(CookieContainer cookies)
    {
        var number = Interlocked.Increment(ref clients);
        var address = new IPAddress([10, 0, (byte)(number / 250), (byte)(1 + (number % 250))]);
        var handler = app!.GetTestServer().CreateHandler(context => context.Connection.RemoteIpAddress = address); // Started before any test.
        return new(new CookieContainerHandler(cookies) { InnerHandler = handler }) { BaseAddress = new("https://localhost") };
    }

    /// <summary>What everybody's app shows now. Each account takes a code once.</summary>
    public string Code() => OneTimeCode.At(Secret, OneTimeCode.Step(Now));

    private sealed class Elsewhere(CmsFixture cms) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (cms.Outside is null) return new(HttpStatusCode.OK) { Content = new StringContent("<p>Dull.", new MediaTypeHeaderValue("text/html")) };
            request.RequestUri = new(cms.Outside, $"/{request.RequestUri!.Host}{request.RequestUri.PathAndQuery}");
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Listener(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
