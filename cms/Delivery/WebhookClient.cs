using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

using NodaTime;

using Portal.Cms.Hosting;

namespace Portal.Cms.Delivery;

/// <summary>What came of one try.</summary>
internal sealed record WebhookResult(bool IsTaken, string Text);

/// <summary>
/// Sends one message. A name is looked up here and the connection goes to an address that was looked at, so that a name
/// that leads elsewhere a moment later leads nowhere. No redirect is followed and no proxy asked.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CmsSettings settings;
    private readonly TimeProvider time;
    private readonly SocketsHttpHandler handler;
    private readonly HttpClient client;

    public WebhookClient(CmsSettings settings, TimeProvider time)
    {
        (this.settings, this.time) = (settings, time);
        handler = new() { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync, PooledConnectionLifetime = TimeSpan.FromSeconds(30) };
        client = new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<WebhookResult> SendAsync(string url, string secret, long id, string body, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url)) { Content = new StringContent(body, Encoding.UTF8, Answer.Json) };
        request.Headers.Add("Portal-Signature", Signature(secret, body, Instant.FromDateTimeOffset(time.GetUtcNow())));
        request.Headers.Add("Portal-Delivery", id.ToString());
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new(response.IsSuccessStatusCode, $"answered {(int)response.StatusCode}{((int)response.StatusCode is >= 300 and < 400 ? ", and no redirect is followed" : string.Empty)}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(false, $"no answer in {Patience.TotalSeconds:0} seconds");
        }
        catch (HttpRequestException error)
        {
            return new(false, Refused(error) ? "its name leads to this machine or a private network" : error.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "its name is not known",
                HttpRequestError.SecureConnectionError => "its certificate is not trusted",
                _ => "it could not be reached",
            });
        }
    }

    /// <summary><c>t=SECONDS,v1=HEX</c>: HMAC-SHA256 over seconds since 1970, a full stop and the body.</summary>
    public static string Signature(string secret, string body, Instant at)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{seconds}.{body}")))}";
    }

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var allowed = found.Where(address => PublicAddress.IsPublic(address) || (settings.WebhooksToLoopback && IPAddress.IsLoopback(address))).ToArray();
        if (allowed.Length < found.Length || allowed.Length == 0) throw new UnauthorizedAccessException("The name leads to a private address."); // One bad address among good ones is no accident.
        Socket? socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null; // It is the stream's now.
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }

    private static bool Refused(Exception? error) => error is UnauthorizedAccessException || (error is not null && Refused(error.InnerException));
}
