namespace Portal.Content.Text;

/// <summary>A text as lines, and the two ways a line may end.</summary>
internal static class Lines
{
    /// <summary>Lines that keep their own endings, so that joining them gives the text back to the byte.</summary>
    public static List<string> Of(string text)
    {
        var lines = new List<string>();
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }

        return lines;
    }

    /// <summary>The same text with every CRLF made a line feed.</summary>
    public static string WithLineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
