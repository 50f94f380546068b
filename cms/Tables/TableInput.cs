using Microsoft.Extensions.Primitives;

using Portal.Cms.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Tables;

/// <summary>What was typed in the form of the settings or a table.</summary>
/// <param name="Form">The fields; null where the file was typed as text.</param>
/// <param name="Text">The file with what was typed.</param>
internal sealed record TableInput(EditorForm? Form, string Text)
{
    /// <summary>Fields with a page of their own.</summary>
    public static IReadOnlyList<string> Elsewhere { get; } = ["redirects"];

    /// <param name="posted">The form as it was sent.</param>
    /// <param name="table">Null for a file that is edited as text alone.</param>
    /// <param name="head">The saved file.</param>
    public static TableInput Read(IReadOnlyCollection<KeyValuePair<string, StringValues>> posted, DataTable? table, string head)
    {
        var inputs = posted.ToDictionary(each => each.Key, each => each.Value);
        if (table is null || inputs.ContainsKey("text"))
        {
            // A browser sends one sort of line end; the file keeps those it had.
            var typed = inputs.GetValueOrDefault("text").ToString();
            return new(null, typed.ReplaceLineEndings("\n") == head.ReplaceLineEndings("\n") ? head : typed.ReplaceLineEndings(head.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n"));
        }

        var form = EditorForm.Posted(posted, table.Form, Language.Base.Code, Elsewhere).WithEntry(inputs.GetValueOrDefault("act").ToString());
        return new(form, table.Close(form.Apply(table.Open(head))));
    }
}
