using Portal.Content.Blocks;

namespace Portal.Content.Rules;

/// <summary>Every piece of words a block shows: its Markdown without marks, its title, labels and captions.</summary>
internal static class BlockWords
{
    public static IEnumerable<string> Of(Block block) => Attributes(block).Append(block.Text?.Plain).OfType<string>();

    private static IEnumerable<string?> Attributes(Block block) => block switch
    {
        Block.Callout callout => [callout.Title],
        Block.Details details => [details.Title],
        Block.Quote quote => [quote.From],
        Block.Image image => [image.Description, image.Caption],
        Block.Video video => [video.Title],
        Block.Download download => [download.Label],
        Block.Table table => [table.Caption],
        Block.Action action => [action.Label],
        Block.Checklist checklist => [checklist.Title],
        Block.Write write => [write.Label, write.Hint],
        _ => [],
    };
}
