using System.Text;

using Portal.Cms.Referrals.Sealing;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>Both ways between our sealing and the age program: no referral depends on our code to be read.</summary>
public sealed class AgeTests
{
    private const int Mebibyte = 1 << 20;

    private static readonly Identity[] People = [.. Enumerable.Range(0, 8).Select(_ => Identity.New())];

    /// <summary>Each number of recipients with one length: around the ends of chunks, and the lengths that referrals have.</summary>
    public static TheoryData<int, int> Files => new()
    {
        { 1, 0 }, { 2, 1 }, { 3, 4096 }, { 4, 32768 }, { 5, 65535 }, { 6, 65536 }, { 7, 65537 }, { 8, Mebibyte }, { 1, 131072 }, { 8, 131073 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_program_opens_what_we_seal(int recipients, int length)
    {
        var plain = Plain(length);
        var file = Sealer.Seal(plain, [.. People.Take(recipients).Select(person => person.Recipient)]);

        var run = await AgeProgram.OpenAsync(file, People[recipients - 1].ToString());

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Complained));
        Assert.True(run.Said.AsSpan().SequenceEqual(plain));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_the_program_seals_is_opened_by_each(int recipients, int length)
    {
        var plain = Plain(length);

        var file = await AgeProgram.SealAsync(plain, People.Take(recipients).Select(person => person.Recipient.ToString()));

        Assert.Equal(HeaderText.LengthFor(recipients) + Payload.LengthOf(length), file.Length);
        foreach (var person in People.Take(recipients))
        {
            var opening = Opener.Open(file, person);
            Assert.Equal(Outcome.Success, opening.Outcome);
            Assert.True(opening.Plain.AsSpan().SequenceEqual(plain));
        }
    }

    /// <summary>As the organisation does in ten years, with the identity it made offline.</summary>
    [Fact]
    public async Task The_recovery_identity_opens_a_referral()
    {
        var recovery = await AgeProgram.KeygenAsync();
        var json = "{\"message\":\"Ruf mich an — تماس\"}"u8.ToArray();
        var file = Sealer.Seal(Padding.Pad(json), [.. People.Take(3).Select(person => person.Recipient), Recipient.Parse(recovery.Recipient)]);

        var run = await AgeProgram.OpenAsync(file, recovery.Identity);

        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(run.Said).TrimEnd(' '));
        Assert.True(SealedFile.TryRead(file, 4, out _, out var problem), problem);
    }

    [Fact]
    public async Task A_referral_sealed_by_the_program_is_taken()
    {
        var file = await AgeProgram.SealAsync(Padding.Pad("{}"u8), People.Take(3).Select(person => person.Recipient.ToString()));

        Assert.True(SealedFile.TryRead(file, 3, out var read, out var problem), problem);
        Assert.Equal(SizeClass.Small, read.Size);
    }

    [Fact]
    public async Task Keys_are_written_as_the_program_writes_them()
    {
        var made = await AgeProgram.KeygenAsync();

        Assert.Equal((made.Identity, made.Recipient), (Identity.Parse(made.Identity).ToString(), Identity.Parse(made.Identity).Recipient.ToString()));
        Assert.Equal(People[0].Recipient.ToString(), await AgeProgram.RecipientAsync(People[0].ToString()));
    }

    [Fact]
    public async Task The_program_refuses_another_identity_and_a_changed_file()
    {
        var file = Sealer.Seal(Padding.Pad("{}"u8), [People[0].Recipient, People[1].Recipient]);
        byte[] changed = [.. file];
        changed[^1] ^= 1;

        var other = await AgeProgram.OpenAsync(file, People[2].ToString());
        var damaged = await AgeProgram.OpenAsync(changed, People[0].ToString());

        Assert.All([other, damaged], run => Assert.NotEqual(0, run.ExitCode));
        Assert.All([other, damaged], run => Assert.Empty(run.Said));
    }

    private static byte[] Plain(int length)
    {
        var plain = new byte[length];
        for (var at = 0; at < length; at++) plain[at] = (byte)(at * 31 / 7);
        return plain;
    }
}
