using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

using Portal.Cms.Hosting;

namespace Portal.Benchmarks;

/// <summary>
/// What a request of the headless interface costs that was asked before, beside a bare endpoint of the same server that
/// answers with the same bytes. One connection, one request after another; this process is server and client, and the
/// client is a socket that counts bytes, so the difference of two rows is the interface alone.
/// </summary>
internal static class CmsDelivery
{
    private const int Requests = 20_000;
    private const int Rounds = 3;
    private const string Document = "/api/v1/guidance/guides/leaving-home";
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(string content, string folder)
    {
        var settings = new CmsSettings { Data = Path.Combine(folder, "cms"), Content = content, Url = "http://127.0.0.1:0", SiteUrl = string.Empty, IntakeUrl = string.Empty, ApiPerMinute = int.MaxValue };
        await using var cms = CmsHost.Build(settings, builder => builder.Logging.ClearProviders());
        await CmsHost.PrepareAsync(cms);
        await cms.StartAsync();
        var bytes = await PublishedAsync(cms.Urls.First());

        await using var bare = Bare(bytes);
        await bare.StartAsync();

        Table.Heading("headless interface, CPU of server and client together", "µs");
        var floor = Measure(bare.Urls.First(), "/", string.Empty);
        Table.Row("floor: a bare endpoint with the same bytes", floor);
        var tag = await TagAsync(cms.Urls.First());
        foreach (var (name, address, header) in new[] { ("one document", Document, string.Empty), ("one document, unchanged (304)", Document, $"If-None-Match: {tag}\r\n"), ("a list of 50", "/api/v1/page", string.Empty) })
        {
            var cost = Measure(cms.Urls.First(), address, header);
            Table.Row(name, cost);
            Table.Line($"  over the floor: {cost - floor:0.0} µs; goal: at most 30 µs for the whole request");
        }
    }

    private static WebApplication Bare(byte[] bytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/", async context =>
        {
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        });
        return app;
    }

    /// <summary>The document, once the CMS has published the site it just took in.</summary>
    /// <exception cref="TimeoutException">It was not published in two minutes.</exception>
    private static async Task<byte[]> PublishedAsync(string url)
    {
        using var client = new HttpClient();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < LongestStart; await Task.Delay(100))
        {
            using var response = await client.GetAsync(new Uri(url + Document));
            if (response.IsSuccessStatusCode) return await response.Content.ReadAsByteArrayAsync();
        }

        throw new TimeoutException("The site was not published.");
    }

    private static async Task<string> TagAsync(string url)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(url + Document));
        return response.Headers.ETag!.Tag;
    }

    /// <summary>Microseconds of CPU for one request, the median of the rounds; a first round warms up.</summary>
    private static double Measure(string url, string path, string header)
    {
        var address = new Uri(url);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Parse(address.Host), address.Port);
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{header}\r\n");
        var buffer = new byte[256 * 1024];
        socket.Send(request);
        var length = First(socket, buffer);
        var costs = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var at = 0; at < Requests; at++)
            {
                socket.Send(request);
                for (var left = length; left > 0;) left -= socket.Receive(buffer, Math.Min(left, buffer.Length), SocketFlags.None);
            }

            if (round > 0) costs.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Requests);
        }

        return Median.Of(costs);
    }

    /// <summary>Reads one answer to its end; its length is that of every later one.</summary>
    private static int First(Socket socket, byte[] buffer)
    {
        var read = 0;
        while (true)
        {
            read += socket.Receive(buffer, read, buffer.Length - read, SocketFlags.None);
            var text = Encoding.ASCII.GetString(buffer, 0, read);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) continue;
            var name = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            var body = name < 0 || name > head ? 0 : int.Parse(text.AsSpan(name + 16, text.IndexOf('\r', name) - name - 16), CultureInfo.InvariantCulture);
            if (read >= head + 4 + body) return head + 4 + body;
        }
    }
}
