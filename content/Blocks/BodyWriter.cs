using System.Text;

using Portal.Content.Text;

namespace Portal.Content.Blocks;

/// <summary>
/// Writes typed blocks in the canonical form that <see cref="BodyReader"/> reads: attributes in the order of the block's
/// record, Markdown as its author wrote it, one blank line between blocks.
/// </summary>
internal static class BodyWriter
{
    /// <summary>The body's text; empty for a body without blocks.</summary>
    public static string Write(Body body) => string.Join('\n', body.Blocks.Select(Write));

    private static string Write(Block block) => block switch
    {
        Block.Prose prose => Markdown(prose.Words),
        Block.Callout callout => Container("callout", callout.Words, ("tone", Names.Kebab(callout.Tone)), ("title", callout.Title)),
        Block.Steps steps => Container("steps", steps.Words),
        Block.Details details => Container("details", details.Words, ("title", details.Title)),
        Block.Contact contact => Container("contact", null, ("line", contact.HelplineId)),
        Block.Places places => Container("places", null, ("district", places.District), ("type", places.Type)),
        Block.Quote quote => Container("quote", quote.Words, ("from", quote.From)),
        Block.Image image => Container("image", null, ("media", image.Media), ("alt", image.Description), ("decorative", image.Description is null ? "yes" : null), ("caption", image.Caption), ("shape", image.Shape == PictureShape.Whole ? null : Names.Kebab(image.Shape))),
        Block.Video video => Container("video", video.Transcript, ("media", video.Media), ("captions", video.Captions), ("poster", video.Poster), ("title", video.Title)),
        Block.Download download => Container("download", null, ("media", download.Media), ("label", download.Label)),
        Block.Table table => Container("table", table.Rows, ("caption", table.Caption)),
        Block.Action action => Container("action", null, ("href", action.Href), ("label", action.Label)),
        Block.Checklist checklist => Container("checklist", checklist.Items, ("title", checklist.Title)),
        Block.Write write => Container("write", null, ("label", write.Label), ("hint", write.Hint), ("rows", write.Rows == Block.Write.UsualRows ? null : write.Rows.ToString())),
        Block.Picture picture => Container("picture", picture.Words, ("icon", picture.Icon)),
        _ => throw new InvalidOperationException($"The block {block.GetType().Name} has no written form."),
    };

    private static string Container(string name, RichText? words, params ReadOnlySpan<(string Key, string? Value)> attributes)
    {
        var text = new StringBuilder(BlockText.Fence).Append(' ').Append(name);
        foreach (var (key, value) in attributes)
            if (value is not null) text.Append(' ').Append(BlockAttributes.Write(key, value));
        text.Append('\n');
        if (words is not null) text.Append(Markdown(words));
        return text.Append(BlockText.Fence).Append('\n').ToString();
    }

    /// <summary>The Markdown without blank lines around it: they part blocks and belong to none.</summary>
    private static string Markdown(RichText words)
    {
        var lines = words.Source.ReplaceLineEndings("\n").TrimEnd().Split('\n').SkipWhile(string.IsNullOrWhiteSpace);
        return string.Join('\n', lines) + "\n";
    }
}
