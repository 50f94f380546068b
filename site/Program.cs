using System.CommandLine;

using Portal.Site.Commands;

namespace Portal.Site;

/// <summary>The command line: <c>build</c>, <c>serve</c>, <c>check</c>, <c>stamp</c>.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => Root().Parse(args).InvokeAsync();

    private static RootCommand Root() => new("Publishes the content folder as a static site.")
    {
        BuildCommand.Create(),
        ServeCommand.Create(),
        CheckCommand.Create(),
        StampCommand.Create(),
    };
}
