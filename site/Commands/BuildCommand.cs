using System.CommandLine;
using System.Diagnostics;

using Portal.Content.Reading;
using Portal.Site.Building;

namespace Portal.Site.Commands;

/// <summary><c>build</c>: reads, checks, renders, and puts in place what differs.</summary>
internal static class BuildCommand
{
    public static Command Create()
    {
        var options = new SharedOptions();
        var command = new Command("build", "Builds the site into a folder.") { options.Content, options.Output, options.BaseUrl, options.At };
        command.SetAction(parsed => Run(parsed.GetValue(options.Content)!, parsed.GetValue(options.Output)!, options.Read(parsed), out _));
        return command;
    }

    /// <summary>Builds and places; 1 where an error stopped it, and then the output is as it was.</summary>
    public static int Run(string content, string output, BuildOptions options, out SiteBuild? build)
    {
        build = null;
        if (OutputWriter.Refusal(output, content) is { } refusal)
        {
            Console.Error.WriteLine($"error: {refusal}");
            return 1;
        }

        var clock = Stopwatch.StartNew();
        try
        {
            build = Report.Step("Building the site", () => SiteBuilder.Build(ContentFiles.FromFolder(content), options));
        }
        catch (DirectoryNotFoundException error)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return 1;
        }

        Report.Problems(build.Problems, all: false);
        if (build.Output is not { } site) return Report.Failed(build.Problems);

        var placed = new OutputWriter(output).Place(site);
        Console.WriteLine($"{build.Pages} pages in {clock.Elapsed.TotalSeconds:0.0} s: {placed.Written} files written, {placed.Removed} removed, {placed.Kept} unchanged, in {output}");
        return 0;
    }
}
