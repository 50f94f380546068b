using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;

using AngleSharp.Html.Dom;

using Microsoft.Data.Sqlite;

using Portal.Tests.Cms;
using Portal.Tests.Referrals;

namespace Portal.Journeys;

/// <summary>What came of one post; the status is null where no answer came.</summary>
internal sealed record Posted(string Key, HttpStatusCode? Status, string Reference, string Text = "");

/// <summary>A CMS with an open form as a process of its own on a disk, for what no process in memory can show.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class IntakeChild : IAsyncDisposable
{
    private const int Port = 5988;
    private const string Site = "https://localhelp.example";

    private readonly string folder = Directory.CreateTempSubdirectory("portal-intake-").FullName;
    private readonly IntakeProgram program;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private CmsChild? child;
    private int posts;
    private int acknowledged;

    private IntakeChild(IntakeProgram program) => this.program = program;

    private string Data => Path.Combine(folder, "data");

    public string DatabaseFile => Path.Combine(Data, "portal.db");

    public string LogFile(string name) => Path.Combine(folder, name);

    public int ProcessId => child!.Id; // Started before anybody asks.

    public string Said => child?.Said ?? string.Empty;

    /// <summary>A copy of one that was made before, which stays as it was.</summary>
    public static async Task<IntakeChild> CopyAsync(IntakeProgram program)
    {
        var made = new IntakeChild(program);
        File.SetUnixFileMode(made.folder, (UnixFileMode)0b111_101_101);
        using var copy = Process.Start("cp", ["-a", program.Data, made.Data]);
        await copy.WaitForExitAsync();
        return made;
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    public async Task StartAsync(params IEnumerable<(string Name, string Value)> environment)
    {
        child = await CmsChild.StartAsync(program.Folder, Data, string.Empty, Port, environment: [("Portal__IntakeUrl", "http://127.0.0.1:0"), ("Portal__Proxies", "127.0.0.1"), .. environment]);
        await child.WaitForAsync(() => child.Said.Contains("The CMS is at", StringComparison.Ordinal));
        client.CancelPendingRequests();
        Address = Listens().Match(child.Said).Groups["url"].Value;
    }

    public string Address { get; private set; } = string.Empty;

    /// <summary>How many it has said it keeps.</summary>
    public int Acknowledged => Volatile.Read(ref acknowledged);

    public Task<HttpResponseMessage> HealthAsync() => child!.GetAsync("/health");

    public Task KillAsync() => child!.KillAsync();

    /// <summary>Posts a message; the same key is another try of the same.</summary>
    public async Task<Posted> PostAsync(string? key = null, bool urgent = false)
    {
        var tried = key ?? IntakeServer.NewKey();
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + "/intake/v1/sealed") { Content = new ReadOnlyMemoryContent(program.Message) };
        request.Content.Headers.ContentType = new("application/age");
        var number = Interlocked.Increment(ref posts);
        foreach (var (name, value) in new[] { ("Origin", Site), ("Idempotency-Key", tried), ("X-Keyset", program.Keys.Id), ("X-Group", "team"), ("X-Urgent", urgent ? "1" : "0"), ("X-Forwarded-For", $"10.{number / 250 % 250}.{number % 250}.1") })
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            using var json = JsonDocument.Parse(text);
            if (answer.StatusCode == HttpStatusCode.Created) Interlocked.Increment(ref acknowledged);
            return new(tried, answer.StatusCode, json.RootElement.TryGetProperty("reference", out var reference) ? reference.GetString()! : string.Empty, text);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException or SocketException)
        {
            return new(tried, null, string.Empty);
        }
    }

    /// <summary>Posts a form as a browser without a script does; the key is the page that came back.</summary>
    public async Task<(HttpStatusCode? Status, IHtmlDocument? Page)> PostFormAsync(IEnumerable<KeyValuePair<string, string>> fields, string path = "/intake/v1/form")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address + path) { Content = new FormUrlEncodedContent(fields) };
        var number = Interlocked.Increment(ref posts);
        foreach (var (name, value) in new[] { ("Origin", "null"), ("X-Forwarded-For", $"10.{number / 250 % 250}.{number % 250}.1") }) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await client.SendAsync(request);
            return (answer.StatusCode, await answer.DocumentAsync());
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException or SocketException)
        {
            return (null, null);
        }
    }

    /// <summary>References of everything in the database, read while nothing runs or beside it.</summary>
    public IReadOnlyList<string> Stored()
    {
        using var connection = new SqliteConnection($"Data Source={DatabaseFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Reference FROM Referral";
        using var reader = command.ExecuteReader();
        var references = new List<string>();
        while (reader.Read()) references.Add(reader.GetString(0));
        return references;
    }

    public async ValueTask DisposeAsync()
    {
        if (child is not null) await child.DisposeAsync();
        client.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"The intake of messages is at (?<url>\S+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listens();
}
