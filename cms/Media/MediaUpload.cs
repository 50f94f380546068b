using Portal.Cms.Audit;
using Portal.Content.Reading;

namespace Portal.Cms.Media;

/// <summary>What came of an upload: what was taken, and what was not and why.</summary>
internal sealed record UploadResult(IReadOnlyList<string> Taken, IReadOnlyList<string> Refusals);

/// <summary>Takes the files of a form in, each for itself: one that is refused keeps no other out.</summary>
internal sealed class MediaUpload(MediaStore media, UploadCheck check)
{
    /// <param name="folder">As typed; a new one comes to be by its first file.</param>
    /// <param name="name">As typed; empty for the names of the files. Several files are numbered.</param>
    public async Task<UploadResult> AddAsync(IReadOnlyList<IFormFile> files, string folder, string name, string about, Actor actor, CancellationToken cancel = default)
    {
        var (taken, refusals) = (new List<string>(), new List<string>());
        var slug = MediaName.Slug(name);
        if (name.Trim().Length > 0 && slug.Length == 0) return new([], [$"'{name}' holds no letter from a to z and no digit. Type another name, such as words-to-share."]);
        for (var at = 0; at < files.Count; at++)
        {
            var sent = MediaName.Last(files[at].FileName);
            var found = await check.RunAsync(sent, files[at], cancel);
            if (found.Bytes is null || found.Type is null)
            {
                refusals.Add(found.Refusal);
                continue;
            }

            var own = slug.Length == 0 ? MediaName.Slug(Path.GetFileNameWithoutExtension(sent)) : files.Count == 1 ? slug : $"{slug}-{at + 1}";
            var path = $"{(folder.Length == 0 ? string.Empty : folder + "/")}{(own.Length == 0 ? "file" : own)}{found.Type.Ending}";
            if (MediaName.Fault(path, await check.SensitiveWordsAsync(cancel)) is { } fault) refusals.Add($"'{sent}' was not taken: {fault}");
            else if (await media.AddAsync(path, found.Bytes, MediaNotes.None with { About = about.Trim() }, actor, cancel)) taken.Add(path);
            else refusals.Add($"'{sent}' was not taken: '{path}' is there already. Choose another name, or open that file and replace it.");
        }

        return new(taken, refusals);
    }

    /// <summary>Why a file cannot take the place of another; null where it did. Nothing that a second person said yes to is changed by one alone.</summary>
    public async Task<string?> ReplaceAsync(MediaFile file, IFormFile upload, Actor actor, CancellationToken cancel = default)
    {
        if ((await media.UsesAsync(file.Path, cancel)).Any(use => use.IsJudged)) return "A text that is public, or waits to be, shows this file, and a second person has to see what changes there. Upload the new one as a new file and name it in the text.";
        var sent = MediaName.Last(upload.FileName);
        var found = await check.RunAsync(sent, upload, cancel);
        if (found.Bytes is null || found.Type is null) return found.Refusal;
        if (found.Type != file.Type) return $"'{sent}' is {found.Type.Spoken}, and {file.Name} is {file.Type?.Spoken ?? "of another kind"}. Choose a file of the same kind, or upload this one as a new file.";
        return await media.ReplaceAsync(file, found.Bytes, actor, cancel) ? null : "Somebody changed this file meanwhile. Look at it again, then try once more.";
    }
}
