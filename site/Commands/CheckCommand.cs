using System.CommandLine;

using Portal.Content.Reading;
using Portal.Site.Building;

namespace Portal.Site.Commands;

/// <summary><c>check</c>: everything a build does but the writing, with every warning.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var options = new SharedOptions();
        var command = new Command("check", "Checks the content and every page made of it; writes nothing.") { options.Content, options.BaseUrl, options.At, options.Output };
        command.SetAction(parsed => Run(parsed.GetValue(options.Content)!, options.Read(parsed)));
        return command;
    }

    private static int Run(string content, BuildOptions options)
    {
        try
        {
            var build = Report.Step("Checking the content", () => SiteBuilder.Build(ContentFiles.FromFolder(content), options));
            Report.Problems(build.Problems, all: true);
            if (!build.Succeeded) return Report.Failed(build.Problems);
            Console.WriteLine($"{build.Pages} pages are right; {build.Problems.Count} warnings.");
            return 0;
        }
        catch (DirectoryNotFoundException error)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return 1;
        }
    }
}
