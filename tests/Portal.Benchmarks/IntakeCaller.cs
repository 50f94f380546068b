using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portal.Benchmarks;

/// <summary>One connection that posts and reads answers: a bare socket, so that what is timed is the server.</summary>
internal sealed class IntakeCaller : IDisposable
{
    private static int addresses;

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[128 * 1024];

    private IntakeCaller()
    {
    }

    public static async Task<IntakeCaller> ConnectAsync(Uri address)
    {
        var caller = new IntakeCaller();
        await caller.socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
        return caller;
    }

    /// <summary>The answer's status and its text; 0 where the connection was lost.</summary>
    public async Task<(int Status, string Text)> PostAsync(string path, string type, ReadOnlyMemory<byte> body, params IEnumerable<(string Name, string Value)> headers)
    {
        var number = Interlocked.Increment(ref addresses);
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: intake\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nX-Forwarded-For: 10.{number / 250 % 250}.{number % 250}.1\r\n");
        foreach (var (name, value) in headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        try
        {
            await socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body.Span], SocketFlags.None);
            return await ReadAsync();
        }
        catch (SocketException)
        {
            return (0, string.Empty);
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<(int Status, string Text)> ReadAsync()
    {
        for (var read = 0; ;)
        {
            var more = await socket.ReceiveAsync(buffer.AsMemory(read), SocketFlags.None);
            if (more == 0) return (0, string.Empty);
            read += more;
            var text = Encoding.UTF8.GetString(buffer, 0, read);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is not (var end and > 0)) continue;
            if (End(text, end, buffer.AsSpan(0, read))) return (int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[(end + 4)..]);
        }
    }

    /// <summary>The whole answer is there: every one of the intake says how long it is. What does not is none of its own, and its status tells enough.</summary>
    private static bool End(string text, int head, ReadOnlySpan<byte> bytes)
    {
        var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return at < 0 || at > head || bytes.Length >= head + 4 + int.Parse(text.AsSpan(at + 16, text.IndexOf('\r', at) - at - 16), CultureInfo.InvariantCulture); // The head is ASCII: letters are bytes.
    }
}
