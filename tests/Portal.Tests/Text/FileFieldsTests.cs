using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Text;

/// <summary>Settings and tables changed by a form: what was not changed keeps its bytes.</summary>
public sealed class FileFieldsTests
{
    private const string Tone = """
        # Words we do not use.
        # --- who somebody is
        - word: "one"
          instead: "1"   # said twice
        # --- what happens
        - {word: two, instead: "2"}

        - word: "three"
          instead: "3"

        """;

    private static readonly DataTable Table = DataTable.Find("data/tone.yaml")!;

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_opened_and_closed_is_the_same_bytes(string path)
    {
        var text = File.ReadAllText(Path.Combine(A.Repository, "content", path));
        var table = DataTable.Find(path)!;
        var open = table.Open(text);

        Assert.True(FieldValues.Shows(open, table.Form));
        Assert.Equal(text, table.Close(FieldValues.Apply(open, table.Form, FieldValues.Read(open, table.Form))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_form_knows_every_field_that_the_reader_knows(string path)
    {
        var table = DataTable.Find(path)!;
        var values = FieldValues.Read(table.Open(File.ReadAllText(Path.Combine(A.Repository, "content", path))), table.Form);

        Assert.Equal(FieldMap.Of(table.Form).Fields.Select(field => field.Key), values.Keys);
        Assert.All(FieldMap.Of(table.Form).Fields.Where(field => FieldValues.ElementOf(field.Property.PropertyType) is { } row && FieldValues.HasFields(row)),
            field => Assert.All(((FieldValue.Items)values[field.Key]).Values, row => Assert.Equal(FieldMap.Of(FieldValues.ElementOf(field.Property.PropertyType)!).Fields.Where(inner => inner.Required).Select(inner => inner.Key).Except(((FieldValue.Fields)row).Values.Keys), [])));
    }

    public static TheoryData<string> Files() => [.. DataTable.All.Select(table => table.Path)];

    [Fact]
    public void A_changed_row_is_written_anew_and_no_other() => Assert.Equal(
        Tone.Replace("- {word: two, instead: \"2\"}\n", "- word: two\n  instead: changed\n", StringComparison.Ordinal),
        Written(rows => [rows[0], Row("two", "changed"), rows[2]]));

    [Fact]
    public void A_row_that_is_taken_out_leaves_the_remarks() => Assert.Equal(
        Tone.Replace("- {word: two, instead: \"2\"}\n", string.Empty, StringComparison.Ordinal),
        Written(rows => [rows[0], rows[2]]));

    [Fact]
    public void A_row_is_put_in_at_its_place() => Assert.Equal(
        Tone.Replace("- word: \"three\"", "- word: new\n  instead: words\n- word: \"three\"", StringComparison.Ordinal),
        Written(rows => [rows[0], rows[1], Row("new", "words"), rows[2]]));

    [Fact]
    public void A_row_at_the_end_follows_the_last() => Assert.Equal(
        Tone + "- word: new\n  instead: words\n",
        Written(rows => [.. rows, Row("new", "words")]));

    [Fact]
    public void Rows_in_another_order_keep_what_they_can() => Assert.Equal(3, Values(Written(rows => [rows[2], rows[0], rows[1]])).Count);

    [Fact]
    public void A_file_with_other_line_ends_keeps_them()
    {
        var changed = Written(rows => [rows[0], rows[1], Row("three", "changed")], Tone.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(Tone.Replace("- word: \"three\"\n  instead: \"3\"\n", "- word: three\n  instead: changed\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal), changed);
    }

    [Fact]
    public void A_setting_is_changed_in_its_line_and_emptied_in_its_place()
    {
        const string text = "# Head.\nname: Help\n\n# Who.\noperator: # unset\ncontroller: Somebody\nlanguages: []";
        var table = DataTable.Settings;

        string Set(params (string Key, string Value)[] values) => table.Close(FieldValues.Apply(table.Open(text), table.Form, values.ToDictionary(each => each.Key, each => (FieldValue)new FieldValue.Words(each.Value))));

        Assert.Equal(text.Replace("name: Help", "name: Other", StringComparison.Ordinal), Set(("name", "Other")));
        Assert.Equal(text.Replace("operator: # unset", "operator: A charity", StringComparison.Ordinal), Set(("operator", "A charity")));
        Assert.Equal(text.Replace("controller: Somebody", "controller:", StringComparison.Ordinal), Set(("controller", "")));
        Assert.Equal(text + "\nmainLine: main\n", Set(("mainLine", "main")));
    }

    [Theory]
    [InlineData("- word: one\n  instead: \"1\"\n  why: because\n")]
    [InlineData("- one\n")]
    [InlineData("word: one\n")]
    [InlineData("- [one\n")]
    public void What_a_form_cannot_show_is_told(string text) => Assert.False(FieldValues.Shows(Table.Open(text), Table.Form));

    [Fact]
    public void A_redirect_leads_in_one_step()
    {
        IReadOnlyList<RedirectSetting> redirects = [new() { From = "/a/", To = "/b/" }, new() { From = "/x/", To = "/y/" }];

        Assert.Equal(["/a/ /c/", "/b/ /c/", "/x/ /y/"], Told(RedirectTable.With(redirects, "/b/", "/c/")));
        Assert.Equal(["/a/ /b/", "/w/ /y/", "/x/ /y/"], Told(RedirectTable.With(redirects, "/w/", "/X/")));
        Assert.Equal(["/b/ /a/", "/x/ /y/"], Told(RedirectTable.With(redirects, "/b/", "/a/")));

        static IEnumerable<string> Told(IReadOnlyList<RedirectSetting> list) => list.Select(redirect => $"{redirect.From} {redirect.To}").Order(StringComparer.Ordinal);
    }

    private static string Written(Func<IReadOnlyList<FieldValue>, IReadOnlyList<FieldValue>> change, string text = Tone) =>
        Table.Close(FieldValues.Apply(Table.Open(text), Table.Form, new Dictionary<string, FieldValue> { ["rows"] = new FieldValue.Items(change(Values(text))) }));

    private static IReadOnlyList<FieldValue> Values(string text) => ((FieldValue.Items)FieldValues.Read(Table.Open(text), Table.Form)["rows"]).Values;

    private static FieldValue.Fields Row(string word, string instead) => new(new Dictionary<string, FieldValue> { ["word"] = new FieldValue.Words(word), ["instead"] = new FieldValue.Words(instead) });
}
