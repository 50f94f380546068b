using System.Globalization;

using Microsoft.Extensions.Primitives;

using Portal.Content.Reading;

namespace Portal.Cms.Translations;

/// <summary>The button "Copy English": puts the English words of a block into the inputs beside them.</summary>
internal static class TranslationCopy
{
    /// <returns>What to say; null where there is no such block.</returns>
    public static string? Into(Dictionary<string, StringValues> inputs, string number, TranslationWork work)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || !inputs.TryGetValue($"b.{at}.hash", out var hash)) return null;
        if (work.EnglishText.WordBlocks.FirstOrDefault(block => Stamp.OfBlock(block.Source) == hash.ToString()) is not { } block) return null;
        var english = TranslationForm.ValueOf(block);
        inputs[$"b.{at}.words"] = english.Words;
        foreach (var (key, value) in english.Attributes) inputs[$"b.{at}.a.{key}"] = value;
        return $"The English words of block {at + 1} stand in the form. They are not saved yet.";
    }
}
