using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>With a script: one step after another, by keyboard alone, on a narrow screen, in every language.</summary>
[Collection(FormOrder.Name)]
public sealed class FormStepsTests(BrowserFixture browsers, FormFixture form)
{
    private static readonly BrowserNewContextOptions Narrow = new() { ViewportSize = new() { Width = 320, Height = 568 } };

    [Fact]
    public async Task Steps_follow_the_route_and_tell_which_they_are()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        var part = visitor.Page.Locator("#part");
        await Assertions.Expect(part).ToHaveTextAsync("Part 1 of 8");
        Assert.Equal(1, await visitor.Page.Locator("[data-step]:visible").CountAsync());
        Assert.False(await visitor.Page.Locator("[data-back]").IsVisibleAsync());

        await visitor.BeginAsync("work");
        await Assertions.Expect(part).ToHaveTextAsync("Part 4 of 11");
        Assert.True(await visitor.Heading.EvaluateAsync<bool>("heading => heading === document.activeElement"));
        await visitor.Field("worker").FillAsync("Sam");
        await visitor.Page.ClickAsync("[data-back]");
        await visitor.Page.ClickAsync("[data-back]");
        await visitor.Page.CheckAsync("[name=route][value=someone]");
        await Assertions.Expect(part).ToHaveTextAsync("Part 2 of 8");
        await visitor.GoToAsync("device");
        await visitor.GoToAsync("name");

        Assert.Equal("How can we reach you safely?", await visitor.Page.EvaluateAsync<string>("[...document.querySelectorAll('[data-step=reach] h2 span')].filter(part => getComputedStyle(part).display !== 'none').map(part => part.textContent).join()"));
        Assert.Equal((form.Url + "/contact/write/", true), (visitor.Page.Url, await visitor.Page.EvaluateAsync<bool>("history.state === null")));
    }

    [Fact]
    public async Task What_is_missing_is_told_at_the_head_and_at_the_field_and_nothing_is_lost()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.GoToAsync("who");
        await visitor.Next.ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#errors")).ToBeFocusedAsync();
        await Assertions.Expect(visitor.Page.Locator("#errors a")).ToHaveTextAsync("Choose who this is about.");
        await visitor.BeginAgainAsync("me");
        await visitor.Field("name").FillAsync("Ann");
        await visitor.GoToAsync("reach");
        await visitor.Field("email").FillAsync("ann at home");
        await visitor.Next.ClickAsync();

        await Assertions.Expect(visitor.Page.Locator("#errors a")).ToHaveTextAsync(["This does not look like an email address. Check it.", "Give one safe way to reach you, and tick what we may do."]);
        Assert.Equal("ann at home", await visitor.Field("email").InputValueAsync());
        Assert.Equal(("true", "f-email-error"), (await visitor.Field("email").GetAttributeAsync("aria-invalid"), await visitor.Field("email").GetAttributeAsync("aria-describedby")));
        await visitor.Page.ClickAsync("#errors a >> nth=0");
        await Assertions.Expect(visitor.Field("email")).ToBeFocusedAsync();
        Assert.Equal(form.Url + "/contact/write/", visitor.Page.Url);
        await visitor.Field("email").FillAsync("ann@home.example");
        await visitor.Field("emailSafe").CheckAsync();
        await visitor.GoToAsync("about");
        Assert.Equal(0, await visitor.Page.Locator("[data-told]").CountAsync());

        // At the end all that is missing is told, wherever it stands, and each line leads to its step.
        await visitor.Page.CheckAsync("[name=age][value=under16]");
        await visitor.GoToAsync("message");
        await visitor.GoToAsync("privacy");
        await visitor.Page.EvaluateAsync("document.querySelector('#f-name').value = ''");
        await visitor.Next.ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("#errors a")).ToHaveTextAsync(["Write a name we may call you.", "Tick that you have read this."]);
        await visitor.Page.ClickAsync("#errors a >> nth=0");
        await Assertions.Expect(visitor.Field("name")).ToBeFocusedAsync();
        Assert.Empty(form.Intake.Posts);
    }

    [Fact]
    public async Task Answers_call_for_guidance_where_they_are_given_and_end_nothing()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.Page.CheckAsync("[name=danger][value=yes]");
        Assert.True(await visitor.Page.Locator("[data-tell='danger yes']").IsVisibleAsync());
        await visitor.GoToAsync("who");
        await visitor.Page.CheckAsync("[name=route][value=me]");
        await visitor.GoToAsync("device");
        Assert.False(await visitor.Page.Locator("[data-tell='device no']").IsVisibleAsync());
        await visitor.Page.CheckAsync("[name=device][value=no]");
        Assert.True(await visitor.Page.Locator("[data-tell='device no']").IsVisibleAsync());

        await visitor.HurryAsync();
        while (await visitor.Page.Locator("[data-step=about]").IsHiddenAsync()) await visitor.Page.ClickAsync("[data-back]");
        await visitor.Page.CheckAsync("[name=age][value=under16]");
        await visitor.Field("district").SelectOptionAsync("outside");
        Assert.Equal(["age under16", "district outside"], (await visitor.Page.Locator("[data-step=about] [data-tell]:visible").AllAsync()).Select(tell => tell.GetAttributeAsync("data-tell").Result!));
        await visitor.GoToAsync("message");

        await visitor.Page.EvaluateAsync("document.querySelector('[name=route][value=someone]').click()");
        await visitor.Page.ClickAsync("[data-back]");
        Assert.Equal(["age"], await visitor.ShownFieldsAsync());
    }

    [Fact]
    public async Task A_message_counts_its_letters_and_a_professional_has_more()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        await visitor.Page.ClickAsync("[data-back]");
        await visitor.Field("message").FillAsync(new string('x', 480));
        await Assertions.Expect(visitor.Page.Locator("#f-message-left")).ToHaveTextAsync("20 letters left");
        await Assertions.Expect(visitor.Page.Locator("[data-status]")).ToHaveTextAsync("20 letters left");
        await visitor.Field("message").PressSequentiallyAsync(new string('y', 25));
        Assert.Equal(500, (await visitor.Field("message").InputValueAsync()).Length);

        await visitor.Page.EvaluateAsync("document.querySelector('[name=route][value=work]').click()");
        await Assertions.Expect(visitor.Page.Locator("#f-message-left")).ToHaveTextAsync("500 letters left");
    }

    /// <summary>No pointer: Tab, Space, arrows, Enter and letters.</summary>
    [Fact]
    public async Task The_whole_form_is_filled_in_and_sent_by_keyboard()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, options: Narrow);
        var keys = visitor.Page.Keyboard;
        await ReachAsync("[name=danger]");
        await keys.PressAsync("ArrowDown");
        await OnAsync("who");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        await OnAsync("device");
        await OnAsync("name");
        await ReachAsync("#f-name");
        await keys.TypeAsync("Ann");
        await keys.PressAsync("Enter"); // In a line it goes on by itself.
        await Assertions.Expect(visitor.Page.Locator("[data-step=reach]")).ToBeVisibleAsync();
        await ReachAsync("#f-other");
        await keys.TypeAsync("Through Sam");
        await OnAsync("about");
        await ReachAsync("[name=age]");
        await keys.PressAsync("Space");
        await OnAsync("message");
        await ReachAsync("#f-message");
        await keys.TypeAsync("Please call.");
        await OnAsync("privacy");
        await ReachAsync("#f-privacy");
        await keys.PressAsync("Space");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");

        await Assertions.Expect(visitor.Page.Locator("[data-sent] h2")).ToBeFocusedAsync();
        Assert.Single(form.Intake.Posts);

        async Task ReachAsync(string selector)
        {
            for (var presses = 0; presses < 40 && !await visitor.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); presses++) await keys.PressAsync("Tab");
            Assert.True(await visitor.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector), selector);
        }

        async Task OnAsync(string step)
        {
            await ReachAsync(".p-ask__acts button");
            await keys.PressAsync("Enter");
            await Assertions.Expect(visitor.Page.Locator($"[data-step={step}]")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Every_language_goes_from_step_to_step_on_a_narrow_screen()
    {
        var faults = new List<string>();
        foreach (var language in form.Languages)
        {
            await using var visitor = await FormVisitor.ComeAsync(browsers, form, (language == "en" ? string.Empty : "/" + language) + "/contact/write/", options: Narrow);
            faults.AddRange(await visitor.Page.EvaluateAsync<string[]>("""
                async () => {
                  const [faults, find] = [[], selector => document.querySelector(selector)];
                  const look = () => {
                    const name = find('[data-step]:not([hidden])').dataset.step;
                    if (document.documentElement.scrollWidth > innerWidth) faults.push(name + ' is wider than the screen');
                    if (/[{}]|undefined|NaN/.test(find('[data-ask]').innerText)) faults.push(name + ' has a gap in its words');
                    if (!find('#leave').getBoundingClientRect().height) faults.push(name + ' has no way out');
                  };
                  for (const box of ['[name=route][value=work]', '[name=consent][value=no]', '[name=risk][value=yes]', '[name=age][value=under16]']) find(box).checked = true;
                  for (const [name, value] of [['worker', 'x'], ['organisation', 'x'], ['source', 'other'], ['workPhone', '123'], ['client', 'x'], ['other', 'x'], ['basis', 'x'], ['message', 'x'.repeat(998)]]) find('#f-' + name).value = value;
                  look();
                  while (find('[data-step=privacy]').hidden) {
                    const shown = find('[data-step]:not([hidden])');
                    find('.p-ask__acts button').click();
                    while (!shown.hidden && find('[data-errors]').hidden && find('[data-failed]').hidden) await new Promise(requestAnimationFrame);
                    if (!shown.hidden) return [...faults, shown.dataset.step + ' does not go on: ' + find('#errors').innerText];
                    look();
                  }
                  return faults;
                }
                """).ContinueWith(told => told.Result.Select(fault => $"{language}: {fault}"), TaskScheduler.Default));
            faults.AddRange(visitor.Complaints.Select(complaint => $"{language}: {complaint}"));
        }

        Assert.Equal(13, form.Languages.Count);
        Assert.Empty(faults);
    }
}
