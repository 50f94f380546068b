using Portal.Cms.Publishing;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Documents;

/// <summary>The languages the site has, from <c>data/languages.yaml</c> as it is public.</summary>
internal sealed class ContentLanguages(SiteContent content)
{
    private IReadOnlyList<Language>? languages;

    public async Task<IReadOnlyList<Language>> AllAsync(CancellationToken cancel = default) =>
        languages ??= ContentReader.Languages(await content.TextsAsync(["data/languages.yaml"], cancel));

    /// <summary>The language of a code; one that is not in the table is taken for its own name, left to right.</summary>
    public async Task<Language> FindAsync(string code, CancellationToken cancel = default) =>
        (await AllAsync(cancel)).FirstOrDefault(language => language.Code == code) ?? new(code, code, code, code, IsRightToLeft: false);
}
