using Portal.Content.Reading;
using Portal.Site.Commands;

using Xunit;

namespace Portal.Tests.Commands;

/// <summary>The command that says a translation matches, on files on the disk.</summary>
public sealed class StampCommandTests : IDisposable
{
    private const string Polish = "pages/home/pl.md";
    private const string Urdu = "pages/home/ur.md";

    private readonly string folder = Directory.CreateTempSubdirectory("portal-stamp").FullName;

    public StampCommandTests() => Put(A.Site());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("home/pl.md")]
    [InlineData("pages/home/pl.md")]
    [InlineData("home", "--language", "pl")]
    public void One_translation_is_stamped_and_no_other(params string[] names)
    {
        Assert.Equal(0, Run(names));

        Assert.DoesNotContain("unstamped", Text(Polish), StringComparison.Ordinal);
        Assert.Contains("unstamped", Text(Urdu), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("home")]
    [InlineData("home/xx.md")]
    [InlineData("home/en.md")]
    [InlineData("nowhere/pl.md")]
    [InlineData("pl.md")]
    [InlineData("home/pl.md", "nowhere/pl.md")]
    [InlineData("home", "--language", "xx")]
    public void A_name_of_no_translation_is_an_error_and_nothing_is_stamped(params string[] names)
    {
        Assert.Equal(1, Run(names));
        Assert.Contains("unstamped", Text(Polish), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_name_everything_never_stamped_is()
    {
        Assert.Equal(0, Run());
        Assert.DoesNotContain("unstamped", Text(Polish) + Text(Urdu), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stamp_keeps_the_line_ends_and_comments_of_its_file()
    {
        var text = A.Site().Text(Polish).Replace("source:", "# Whose text it is.\nsource:", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        Put(A.Site((Polish, text)));

        Assert.Equal(0, Run("home/pl.md"));

        var stamped = Text(Polish);
        Assert.NotEqual(text, stamped);
        Assert.Equal(stamped.Count(letter => letter == '\n'), stamped.Split("\r\n").Length - 1);
        Assert.Equal(text.Split("\r\n").Where(line => !IsStamp(line)), stamped.Split("\r\n").Where(line => !IsStamp(line)));

        static bool IsStamp(string line) => line.Split(':')[0] is "source" or "blocks" or "fields";
    }

    [Fact]
    public void A_reviewed_translation_is_stamped_only_when_that_is_said()
    {
        Put(A.Site((Polish, A.Translation("Początek", "Ty.\n", "reviewed", "0123456789ab"))));

        Assert.Equal(1, Run("home/pl.md"));
        Assert.Contains("0123456789ab", Text(Polish), StringComparison.Ordinal);
        Assert.Equal(0, Run("home/pl.md", "--reviewed"));
        Assert.DoesNotContain("0123456789ab", Text(Polish), StringComparison.Ordinal);
    }

    [Fact]
    public void A_translation_that_cannot_be_read_is_an_error()
    {
        Put(A.Site((Polish, "---\ntitle: [\n---\nTy.\n")));

        Assert.Equal(1, Run("home/pl.md"));
        Assert.Equal(1, Run());
    }

    [Fact]
    public void A_missing_folder_is_an_error()
    {
        Directory.Delete(folder, recursive: true);

        Assert.Equal(1, Run());
        Directory.CreateDirectory(folder);
    }

    private int Run(params string[] names) => StampCommand.Create().Parse([.. names, "--content", folder]).Invoke(new() { EnableDefaultExceptionHandler = false });

    private string Text(string path) => File.ReadAllText(Path.Combine(folder, path));

    private void Put(ContentFiles files)
    {
        foreach (var path in files.Paths)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, files.Bytes(path));
        }
    }
}
