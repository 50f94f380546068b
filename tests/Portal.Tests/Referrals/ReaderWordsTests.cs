using System.Text.Json;

using Portal.Cms.Referrals.Inbox;
using Portal.Content.Referrals;

using Xunit;

namespace Portal.Tests.Referrals;

public sealed class ReaderWordsTests
{
    private static readonly List<JsonElement> Fields = [.. JsonDocument.Parse(ReaderWords.Json).RootElement.EnumerateArray().SelectMany(step => step.GetProperty("fields").EnumerateArray())];

    [Fact]
    public void Every_field_of_the_form_has_words_for_staff() =>
        Assert.Equal(ReferralForm.Fields.Select(field => field.Name), Fields.Where(field => field.GetProperty("label").GetString()!.Length > 0).Select(field => field.GetProperty("name").GetString()!));

    [Fact]
    public void Every_answer_to_choose_has_words_for_staff() =>
        Assert.Equal([], ReferralForm.Fields.SelectMany(field => field.Choices.Select(choice => $"{field.Name}.{choice.Value}")).Where(choice => ReaderWords.Choice(choice.Split('.')[0], choice.Split('.')[1]) is null));

    /// <summary>What may not be done is said where nothing was ticked.</summary>
    [Fact]
    public void Every_tick_about_a_way_to_be_reached_stands_with_it()
    {
        var ways = ReferralForm.Steps.Single(step => step.Name == "reach").Fields;

        Assert.Equal(ways.Where(field => field.Control == ReferralControl.Tick).Select(field => field.Name), Fields.Where(field => field.GetProperty("of").ValueKind == JsonValueKind.String).Select(field => field.GetProperty("name").GetString()!));
        Assert.All(Fields, field => Assert.Equal(ReferralForm.Fields.Single(each => each.Name == field.GetProperty("name").GetString()).Control == ReferralControl.Tick, field.GetProperty("isTick").GetBoolean()));
    }
}
