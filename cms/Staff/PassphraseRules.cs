using System.Collections.Frozen;

using Microsoft.AspNetCore.Identity;

namespace Portal.Cms.Staff;

/// <summary>
/// Long, not common, not the person's own name: no rule about kinds of signs, which only make phrases harder to remember.
/// The list of common words travels with the program; nobody elsewhere is asked.
/// </summary>
internal sealed class PassphraseRules : IPasswordValidator<Account>
{
    public const int Shortest = 12;
    public const int Longest = 200;

    private const int FewestSigns = 5;
    private const int FewestOwn = 5; // A shorter name would forbid too many phrases by chance.

    private static readonly FrozenSet<string> Common = Read();

    public static int CommonCount => Common.Count;

    /// <summary>The list, for a browser to ask about a passphrase that no server may see.</summary>
    public static string CommonLines { get; } = string.Join('\n', Common.Order(StringComparer.Ordinal));

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Fault(password ?? string.Empty, user.Name, user.Email ?? string.Empty) is { } fault ? IdentityResult.Failed(new IdentityError { Code = "Passphrase", Description = fault }) : IdentityResult.Success);

    /// <summary>What is wrong with a passphrase, in a sentence; null for nothing.</summary>
    public static string? Fault(string passphrase, string name, string email)
    {
        if (passphrase.Length < Shortest) return $"Choose a passphrase of at least {Shortest} characters. Four or five words that do not belong together are good.";
        if (passphrase.Length > Longest) return $"Choose a passphrase of at most {Longest} characters.";
        var letters = string.Concat(passphrase.Where(char.IsLetter)).ToLowerInvariant();
        if (letters.Length == 0 || passphrase.Distinct().Count() < FewestSigns || IsCommon(letters)) return "This passphrase is too easy to guess: it is on the list of common ones. Choose another.";
        var plain = string.Concat(passphrase.Where(sign => !char.IsWhiteSpace(sign))).ToLowerInvariant();
        var own = new[] { name, email, email.Split('@')[0] }.Select(text => string.Concat(text.Where(sign => !char.IsWhiteSpace(sign))).ToLowerInvariant());
        return own.Any(text => text.Length >= FewestOwn && plain.Contains(text, StringComparison.Ordinal)) ? "The passphrase must not contain your own name or email address. Choose another." : null;
    }

    /// <summary>True for one common word, two in a row, or one again and again, whatever digits and marks stand around them.</summary>
    private static bool IsCommon(string letters)
    {
        for (var end = 1; end <= letters.Length; end++)
        {
            if (!Common.Contains(letters[..end])) continue;
            var rest = letters[end..];
            if (rest.Length == 0 || Common.Contains(rest) || rest.Replace(letters[..end], string.Empty, StringComparison.Ordinal).Length == 0) return true;
        }

        return false;
    }

    private static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(PassphraseRules).Assembly.GetManifestResourceStream("common-passphrases.txt")!); // Embedded by the project file.
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
