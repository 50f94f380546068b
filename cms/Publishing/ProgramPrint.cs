using System.Security.Cryptography;
using System.Text;

namespace Portal.Cms.Publishing;

/// <summary>A hash of the program that makes the site: another one may draw other pages of the same texts.</summary>
internal static class ProgramPrint
{
    public static string Value { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ',
        new[] { typeof(Content.Documents.Document), typeof(Theme.ThemeAssets), typeof(Site.Building.BuiltSite), typeof(ProgramPrint) }.Select(type => type.Module.ModuleVersionId)))));
}
