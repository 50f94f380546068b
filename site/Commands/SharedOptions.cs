using System.CommandLine;

using NodaTime;
using NodaTime.Text;

using Portal.Site.Building;

namespace Portal.Site.Commands;

/// <summary>Options that several commands have, with one meaning.</summary>
internal sealed class SharedOptions
{
    public Option<string> Content { get; } = new("--content") { Description = "Folder of the content.", DefaultValueFactory = _ => "content" };

    public Option<string> Output { get; } = new("--output") { Description = "Folder the site is put into.", DefaultValueFactory = _ => Path.Combine("site", "output") };

    public Option<string?> BaseUrl { get; } = new("--base-url") { Description = "Address the site will stand at, instead of the setting." };

    public Option<Instant?> At { get; } = new("--at")
    {
        Description = "Instant to build for, such as 2026-11-25T09:00:00Z; now, where left out.",
        CustomParser = result =>
        {
            var parsed = InstantPattern.ExtendedIso.Parse(result.Tokens[0].Value);
            if (parsed.Success) return parsed.Value;
            result.AddError($"'{result.Tokens[0].Value}' is not an instant. Write it like 2026-11-25T09:00:00Z.");
            return null;
        },
    };

    public BuildOptions Read(ParseResult parsed) => new(
        parsed.GetValue(At) ?? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
        parsed.GetValue(BaseUrl)?.TrimEnd('/'),
        Cache(parsed));

    /// <summary>Encoded pictures lie beside the output, not in it.</summary>
    private string Cache(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(Output)!).TrimEnd(Path.DirectorySeparatorChar) + ".cache";
}
