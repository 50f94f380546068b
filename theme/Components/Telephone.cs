namespace Portal.Theme.Components;

/// <summary>Telephone numbers of the United Kingdom as addresses (RFC 3966).</summary>
public static class Telephone
{
    /// <summary><c>tel:+448081689111</c> for a national number; short codes such as 999 and 101, and international numbers, stay as they are.</summary>
    public static string Uri(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        if (number.TrimStart().StartsWith('+')) return "tel:+" + digits;
        return digits.StartsWith('0') ? "tel:+44" + digits[1..] : "tel:" + digits;
    }
}
