using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;

using Portal.Content.Referrals;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>
/// The English words that a reader's browser puts beside the answers, for it alone knows them. They say to staff what the
/// form asked of the writer: a tick that is not set is a "no", and what is not allowed is said as clearly as what is.
/// </summary>
internal static class ReaderWords
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Default };

    private static readonly FrozenDictionary<string, string> Steps = new Dictionary<string, string>
    {
        ["work"] = "Who refers",
        ["name"] = "Who wrote",
        ["client"] = "Who it is about",
        ["reach"] = "How to reach them safely",
        ["about"] = "About them",
        ["consent"] = "Consent",
        ["risk"] = "Risk",
        ["message"] = "Message",
        ["privacy"] = "Privacy",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Fields = new Dictionary<string, string>
    {
        ["worker"] = "Name",
        ["organisation"] = "Organisation",
        ["source"] = "Where they work",
        ["job"] = "Job",
        ["workPhone"] = "Work phone",
        ["workEmail"] = "Work email",
        ["name"] = "Name to call them",
        ["client"] = "First name or initials",
        ["phone"] = "Phone",
        ["phoneCall"] = "Call this number",
        ["phoneVoicemail"] = "Leave a voicemail",
        ["phoneText"] = "Send a text",
        ["email"] = "Email",
        ["emailSafe"] = "Write to this address",
        ["other"] = "Another way",
        ["times"] = "Safe times",
        ["age"] = "Age",
        ["district"] = "Area",
        ["language"] = "Language they want to speak",
        ["otherLanguage"] = "Another language",
        ["interpreter"] = "Wants an interpreter",
        ["access"] = "What makes it easier",
        ["consent"] = "Do they agree",
        ["basis"] = "Lawful basis",
        ["risk"] = "High risk",
        ["message"] = "In their words",
        ["worksHere"] = "Worried about somebody who works here",
        ["privacy"] = "Read the privacy notice",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Choices = new Dictionary<string, string>
    {
        ["source.police"] = "Police or justice",
        ["source.housing"] = "Housing",
        ["source.children"] = "Children’s social care",
        ["source.adults"] = "Adult social care",
        ["source.health"] = "Health",
        ["source.education"] = "Education",
        ["source.voluntary"] = "Voluntary sector",
        ["source.other"] = "Somewhere else",
        ["age.under16"] = "Under 16",
        ["age.16to17"] = "16 or 17",
        ["age.18over"] = "18 or over",
        ["consent.yes"] = "They know and agree",
        ["consent.no"] = "They have not agreed; there is another lawful basis",
        ["risk.yes"] = "Yes",
        ["risk.no"] = "No",
        ["risk.unsure"] = "Not sure",
        ["district.moving"] = "Moving to Kent or Medway",
        ["district.outside"] = "Outside Kent and Medway",
        ["district.unsure"] = "Not sure",
        ["language.other"] = "Another",
    }.ToFrozenDictionary();

    /// <summary>Ticks that say what may be done with the field before them: shown with it as yes or no.</summary>
    private static readonly FrozenDictionary<string, string> Allows = new Dictionary<string, string>
    {
        ["phoneCall"] = "phone",
        ["phoneVoicemail"] = "phone",
        ["phoneText"] = "phone",
        ["emailSafe"] = "email",
    }.ToFrozenDictionary();

    /// <summary>Steps with their fields, as the reader's script takes them.</summary>
    public static string Json { get; } = JsonSerializer.Serialize(
        ReferralForm.Steps.Select(step => new
        {
            Title = Steps[step.Name],
            Fields = step.Fields.Select(field => new
            {
                field.Name,
                Label = Fields[field.Name],
                IsTick = field.Control == ReferralControl.Tick,
                IsPlain = field.Control is ReferralControl.Phone or ReferralControl.Email, // Of no language.
                Of = Allows.GetValueOrDefault(field.Name),
                Choices = Choices.Where(choice => choice.Key.StartsWith(field.Name + ".", StringComparison.Ordinal)).ToDictionary(choice => choice.Key[(field.Name.Length + 1)..], choice => choice.Value),
            }),
        }), Plain);

    /// <summary>What a choice of the form is called; null where a table of the content names it.</summary>
    public static string? Choice(string field, string value) => Choices.GetValueOrDefault($"{field}.{value}");
}
