using System.Diagnostics;
using System.Text.Json;

using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Hosting;
using Portal.Site.Map;

using Xunit;

namespace Portal.Journeys;

/// <summary>The host's own parsers understand our three files as we mean them.</summary>
public sealed class NetlifyTests(SiteFixture site) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-host").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Headers_and_redirects_mean_to_the_host_what_the_table_says()
    {
        var read = await ReadAsync(SiteFixture.Repository, Path.Combine(site.Output, "_headers"), Path.Combine(site.Output, "_redirects"));

        Assert.Empty(read.Problems);
        Same(HostRules.Of(HtmlPages.Map), read);
    }

    [Fact]
    public async Task Redirects_mean_to_the_host_what_the_settings_say()
    {
        var rules = RulesWith(new() { From = "/old/", To = "/help-now/" }, new() { From = "/pl/old/", To = "/pl/help-now/" });

        var read = await ReadAsync(SiteFixture.Repository, Write("_headers", rules.ToHeadersFile()), Write("_redirects", rules.ToRedirectsFile()));

        Assert.Empty(read.Problems);
        Assert.Equal(2, read.Redirects.Count);
        Same(rules, read);
    }

    [Fact]
    public async Task The_host_publishes_what_the_build_writes()
    {
        var read = await ReadAsync(SiteFixture.Repository, Path.Combine(site.Output, "_headers"), Path.Combine(site.Output, "_redirects"));

        Assert.Equal(Path.Combine(SiteFixture.Repository, "site", "output"), read.Publish);
        Assert.EndsWith("dotnet run --project site --configuration Release -- build --base-url \"$URL\"\n", read.Command, StringComparison.Ordinal);
        Assert.DoesNotContain("_TOKEN", await File.ReadAllTextAsync(Path.Combine(SiteFixture.Repository, "netlify.toml"), TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Runs the command itself, with a stand-in for each program that it calls.</summary>
    [Fact]
    public async Task The_build_command_installs_the_channel_of_global_json_first()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The host's command is for bash.");
        var read = await ReadAsync(SiteFixture.Repository, Path.Combine(site.Output, "_headers"), Path.Combine(site.Output, "_redirects"));
        var log = Path.Combine(folder, "log");
        StandIn("curl", $"while [ $# -gt 1 ]; do [ \"$1\" = --output ] && file=$2; shift; done; printf 'echo \"install $*\" >> {log}' > \"$file\"; echo \"curl $1\" >> {log}");
        StandIn("node", "echo 10.0");
        StandIn("dotnet", $"echo \"dotnet $*\" >> {log}");
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", read.Command])
        {
            WorkingDirectory = SiteFixture.Repository,
            Environment = { ["PATH"] = $"{folder}:/usr/bin:/bin", ["HOME"] = folder, ["URL"] = "https://a.example" },
        })!;
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, bash.ExitCode);
        Assert.Equal(
            ["curl https://dot.net/v1/dotnet-install.sh", $"install --channel 10.0 --install-dir {folder}/.dotnet --no-path", "dotnet run --project site --configuration Release -- build --base-url https://a.example"],
            await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_redirect_without_a_target_is_found()
    {
        var read = await ReadAsync(SiteFixture.Repository, Write("_headers", "/*\n  A: b\n"), Write("_redirects", "/old/\n"));

        Assert.Contains(read.Problems, problem => problem.Contains("Missing destination", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_configuration_is_found()
    {
        Write("netlify.toml", "[build]\n  publish = \n");

        var read = await ReadAsync(folder, Write("_headers", "/*\n  A: b\n"), Write("_redirects", string.Empty));

        Assert.NotEmpty(read.Problems);
    }

    /// <summary>The host drops a header line that it cannot read without a word: only comparing tells.</summary>
    [Fact]
    public async Task A_header_that_the_host_drops_is_found()
    {
        var rules = RulesWith();
        var headers = rules.ToHeadersFile().Replace("Referrer-Policy: ", "Referrer-Policy ", StringComparison.Ordinal);

        var read = await ReadAsync(SiteFixture.Repository, Write("_headers", headers), Write("_redirects", string.Empty));

        Assert.ThrowsAny<Exception>(() => Same(rules, read));
    }

    private static void Same(HostRules rules, HostFiles read)
    {
        Assert.Equal(
            rules.Headers.SelectMany(rule => rule.Headers.Select(header => $"{rule.Pattern} {header.Name}: {header.Value}")),
            read.Headers.SelectMany(rule => rule.Values.Select(header => $"{rule.For} {header.Key}: {header.Value}")));
        Assert.Equal(
            rules.Redirects.Select(redirect => $"{redirect.From} {redirect.To} 301 True"),
            read.Redirects.Select(redirect => $"{redirect.From} {redirect.To} {redirect.Status} {redirect.Force}"));
    }

    private static HostRules RulesWith(params IReadOnlyList<RedirectSetting> redirects)
    {
        var library = HtmlPages.Map.Edition.Library;
        return HostRules.Of(new SiteMap(new Edition(library.With(library.Settings with { Redirects = redirects }), SiteFixture.At)));
    }

    private static async Task<HostFiles> ReadAsync(string repository, string headers, string redirects)
    {
        var run = await HtmlTools.RunScriptAsync("netlify.mjs", repository, headers, redirects);
        Assert.True(run.ExitCode == 0, run.Complained);
        using var json = JsonDocument.Parse(run.Said);
        var root = json.RootElement;
        var build = root.GetProperty("build");
        return new(
            [.. root.GetProperty("headers").EnumerateArray().Select(rule => new HostHeaders(
                rule.GetProperty("for").GetString()!, [.. rule.GetProperty("values").EnumerateObject().Select(value => KeyValuePair.Create(value.Name, value.Value.ToString()))]))],
            [.. root.GetProperty("redirects").EnumerateArray().Select(rule => new HostRedirect(
                rule.GetProperty("from").GetString()!, rule.GetProperty("to").GetString()!, rule.GetProperty("status").GetInt32(), rule.GetProperty("force").GetBoolean()))],
            build.TryGetProperty("publish", out var publish) ? publish.GetString()! : string.Empty,
            build.TryGetProperty("command", out var command) ? command.GetString()! : string.Empty,
            [.. root.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!)]);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void StandIn(string program, string script)
    {
        var path = Write(program, $"#!/bin/bash\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private sealed record HostFiles(IReadOnlyList<HostHeaders> Headers, IReadOnlyList<HostRedirect> Redirects, string Publish, string Command, IReadOnlyList<string> Problems);

    private sealed record HostHeaders(string For, IReadOnlyList<KeyValuePair<string, string>> Values);

    private sealed record HostRedirect(string From, string To, int Status, bool Force);
}
