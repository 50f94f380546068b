using System.Net;
using System.Net.Mime;

namespace Portal.Cms.Leave;

/// <summary>Asks a page of the leave button whether it is there, as anybody's browser would, and keeps nothing of it.</summary>
internal sealed class LeaveProbe(IHttpClientFactory clients, TimeProvider time)
{
    /// <summary>Name of the client: it keeps no cookies and follows no redirect by itself.</summary>
    public const string Client = "leave";

    private const int MostRedirects = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Why the page is no place to lead people to; null where it is. Asked within ten seconds, redirects included.</summary>
    /// <param name="url">The page.</param>
    /// <param name="allowed">Hosts it may be on or lead to.</param>
    public async Task<string?> AskAsync(string url, IReadOnlyList<string> allowed, CancellationToken cancel = default)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await FollowAsync(url, allowed, limit.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return "It did not answer within 10 seconds.";
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return $"It could not be reached: {error.Message}";
        }
    }

    private async Task<string?> FollowAsync(string url, IReadOnlyList<string> allowed, CancellationToken cancel)
    {
        using var client = clients.CreateClient(Client);
        var next = new Uri(url);
        for (var step = 0; step <= MostRedirects; step++)
        {
            if (next.Scheme != Uri.UriSchemeHttps || !allowed.Contains(next.Host)) return $"It leads to {next.Scheme}://{next.Host}, which is not allowed.";
            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Accept.ParseAdd(MediaTypeNames.Text.Html);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest && response.Headers.Location is { } target)
            {
                next = new(next, target);
                continue;
            }

            if (response.StatusCode != HttpStatusCode.OK) return $"It answered with {(int)response.StatusCode}.";
            if (response.Content.Headers.ContentType?.MediaType != MediaTypeNames.Text.Html) return "It is no HTML page.";
            await using var page = await response.Content.ReadAsStreamAsync(cancel);
            return await page.ReadAsync(new byte[1], cancel) == 1 ? null : "The page is empty.";
        }

        return $"It leads on more than {MostRedirects} times.";
    }
}
