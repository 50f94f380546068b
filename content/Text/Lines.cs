namespace Portal.Content.Text;

/// <summary>Lines that keep their own endings, so that joining them gives the text back to the byte.</summary>
internal static class Lines
{
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
}
