using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;

using Portal.Cms.Hosting;

namespace Portal.Cms.Publishing;

/// <summary>A deploy as Netlify describes it.</summary>
/// <param name="Required">Digests of the files it does not have yet.</param>
internal sealed record NetlifyState(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("required")] IReadOnlyList<string>? Required,
    [property: JsonPropertyName("error_message")] string? Error);

/// <summary>Why a deploy came to nothing, in words for staff; never with the token.</summary>
internal sealed class NetlifyException : Exception
{
    public NetlifyException()
    {
    }

    public NetlifyException(string message)
        : base(message)
    {
    }

    public NetlifyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The few calls of Netlify's interface that a deploy needs, each tried again where the fault may pass.</summary>
/// <param name="wait">Waits for a while; a test only notes for how long.</param>
internal sealed class NetlifyApi(HttpClient client, NetlifySettings settings, TimeProvider time, Func<TimeSpan, CancellationToken, Task> wait)
{
    private const int Tries = 6;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Waits between two looks at a deploy.</summary>
    public Task WaitAsync(TimeSpan duration, CancellationToken cancel) => wait(duration, cancel);

    /// <summary>Begins a deploy of these files: SHA-1 by path, each path with a slash in front.</summary>
    public async Task<NetlifyState> BeginAsync(IReadOnlyDictionary<string, string> digests, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Post, $"sites/{Uri.EscapeDataString(settings.Site)}/deploys", () => JsonContent.Create(new { files = digests }), cancel);
        return await ReadAsync(answer, cancel);
    }

    /// <summary>How far a deploy is; null where there is none of that id.</summary>
    public async Task<NetlifyState?> LookAsync(string deploy, CancellationToken cancel)
    {
        using var answer = await SendAsync(HttpMethod.Get, $"deploys/{Uri.EscapeDataString(deploy)}", () => null, cancel, mayBeMissing: true);
        return answer.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(answer, cancel);
    }

    public async Task UploadAsync(string deploy, string path, byte[] bytes, CancellationToken cancel)
    {
        var address = string.Join('/', path.TrimStart('/').Split('/').Select(Uri.EscapeDataString));
        using var answer = await SendAsync(
            HttpMethod.Put,
            $"deploys/{Uri.EscapeDataString(deploy)}/files/{address}",
            () => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/octet-stream") } },
            cancel);
    }

    private static async Task<NetlifyState> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<NetlifyState>(cancel) is { Id: not null, State: not null } state ? state : throw new NetlifyException("Netlify's answer names no deploy.");
        }
        catch (JsonException error)
        {
            throw new NetlifyException("Netlify's answer is no JSON.", error);
        }
    }

    /// <exception cref="NetlifyException">It was refused, or failed as often as it was tried.</exception>
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, Func<HttpContent?> body, CancellationToken cancel, bool mayBeMissing = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (fault, pause) = (string.Empty, TimeSpan.FromSeconds(1 << attempt));
            Exception? cause = null;
            try
            {
                using var request = new HttpRequestMessage(method, $"{settings.Api.TrimEnd('/')}/{path}") { Content = body() };
                request.Headers.Authorization = new("Bearer", settings.Token);
                request.Headers.UserAgent.Add(new("Portal", null));
                var answer = await client.SendAsync(request, cancel);
                if (answer.IsSuccessStatusCode || (mayBeMissing && answer.StatusCode == HttpStatusCode.NotFound)) return answer;
                using (answer)
                {
                    fault = $"Netlify answered {((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)} {await SaidAsync(answer, cancel)}".TrimEnd();
                    if (answer.StatusCode != HttpStatusCode.TooManyRequests && (int)answer.StatusCode < 500) throw new NetlifyException(fault + Remedy(answer.StatusCode));
                    pause = Asked(answer.Headers.RetryAfter) ?? pause;
                }
            }
            catch (HttpRequestException error)
            {
                cause = error;
                fault = $"Netlify could not be reached: {error.Message}";
            }
            catch (TaskCanceledException error) when (!cancel.IsCancellationRequested)
            {
                cause = error;
                fault = "Netlify did not answer in time.";
            }

            if (attempt == Tries) throw cause is null ? new NetlifyException(fault) : new NetlifyException(fault, cause);
            await wait(pause < Longest ? pause : Longest, cancel);
        }
    }

    private TimeSpan? Asked(RetryConditionHeaderValue? header) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private async Task<string> SaidAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        const int most = 200;
        var text = await answer.Content.ReadAsStringAsync(cancel);
        try
        {
            if (JsonDocument.Parse(text).RootElement is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty("message", out var message)) text = message.ToString();
        }
        catch (JsonException)
        {
            // Said in other words; they are shown as they are.
        }

        text = text.Replace(settings.Token, "…", StringComparison.Ordinal).ReplaceLineEndings(" ");
        return text.Length <= most ? text : text[..most];
    }

    private static string Remedy(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ". Look at Portal__Netlify__Token.",
        HttpStatusCode.NotFound => ". Look at Portal__Netlify__Site.",
        _ => string.Empty,
    };
}
