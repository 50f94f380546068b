using System.Net.Mail;

using Microsoft.AspNetCore.Identity;

using Portal.Cms.Layout;

namespace Portal.Cms.Staff;

/// <summary>What is wrong in the forms about people, by field.</summary>
internal static class FormFaults
{
    private const int LongestName = 100;
    private const int LongestEmail = 200;

    public static List<Problem> Person(string? name, string? email)
    {
        var problems = Name(name);
        var address = email?.Trim() ?? string.Empty;
        if (address.Length > LongestEmail || !MailAddress.TryCreate(address, out var parsed) || parsed.Address != address) problems.Add(new("email", "Give an email address, such as name@example.org."));
        return problems;
    }

    public static List<Problem> Name(string? name) => (name?.Trim().Length ?? 0) is > 0 and <= LongestName ? [] : [new("name", $"Give a name of at most {LongestName} characters.")];

    /// <param name="languages">Codes of the languages the site has; empty while it has no table of them.</param>
    public static Problem? Roles(IReadOnlyList<string> named, IReadOnlyList<RoleChoice> roles, IReadOnlyList<string> languages)
    {
        if (languages.Count > 0 && roles.Where(role => role.Role == Role.Translator && !languages.Contains(role.Language)).Select(role => role.Language).ToList() is { Count: > 0 } unknown)
            return new("languages", $"The site has no language {string.Join(", ", unknown)}. Its codes are: {string.Join(' ', languages)}.");
        if (named.Contains(nameof(Role.Translator)) && roles.All(role => role.Role != Role.Translator)) return new("languages", "Name the languages of the translator by their codes, such as: pl ur");
        if (Permissions.Clash(roles.Select(role => role.Role)) is { } clash) return new("roles", clash);
        return roles.Count == 0 ? new("roles", "Choose at least one role.") : null;
    }

    /// <summary>The framework's answers, at the field they are about.</summary>
    public static List<Problem> From(IEnumerable<IdentityError> errors) => [.. errors
        .Select(error => error.Code == "Passphrase" ? new Problem("passphrase", error.Description) : new Problem("email", "This email address cannot be used: it is taken or mistyped."))
        .Distinct()];
}
