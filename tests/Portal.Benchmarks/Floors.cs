using System.Diagnostics;

using Markdig;

using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Benchmarks;

/// <summary>The least a build of the same files could cost: what nobody can leave out, and nothing else.</summary>
internal static class Floors
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    /// <summary>Reads every document and turns its body into HTML. Returns the characters written, so that no work is idle.</summary>
    public static long Markdown(string content)
    {
        var files = ContentFiles.FromFolder(content);
        var written = 0L;
        Parallel.ForEach(files.Paths.Where(path => path.EndsWith(".md", StringComparison.Ordinal)), path =>
            Interlocked.Add(ref written, Markdig.Markdown.ToHtml(DocumentText.Parse(files.Text(path)).Body, Pipeline).Length));
        return written;
    }

    /// <summary>Seconds that writing the files of <paramref name="from"/> to the empty folder <paramref name="to"/> takes, reading them apart.</summary>
    public static double Write(string from, string to)
    {
        var files = Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Select(path => (Path: Path.Combine(to, Path.GetRelativePath(from, path)), Bytes: File.ReadAllBytes(path))).ToList();
        var clock = Stopwatch.StartNew();
        foreach (var folder in files.Select(file => Path.GetDirectoryName(file.Path)!).Distinct()) Directory.CreateDirectory(folder);
        Parallel.ForEach(files, file => File.WriteAllBytes(file.Path, file.Bytes));
        return clock.Elapsed.TotalSeconds;
    }
}
