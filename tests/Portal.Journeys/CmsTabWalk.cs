using Microsoft.Playwright;

namespace Portal.Journeys;

/// <summary>Presses Tab through a staff page: every control is reached, in the order it is read, and the focus is seen wherever it is.</summary>
internal static class CmsTabWalk
{
    /// <summary>Controls up to which a page is walked whole; of a longer one the beginning and the end.</summary>
    private const int Most = 80;

    private const int Beginning = 60;

    private const int End = 20;

    /// <summary>
    /// Numbers what Tab should stop at, in the order of the page, and notes before each Tab where the focus is: only then
    /// has the page scrolled to it. What is wrong with its looks stands after a tab.
    /// </summary>
    private const string Start = """
        () => {
          const stops = self.stops = [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"],[contenteditable=true]')]
            .filter(each => (each.tabIndex >= 0 || each.isContentEditable) && !each.parentElement.isContentEditable && !each.disabled && !each.closest('fieldset:disabled') && each.checkVisibility({ visibilityProperty: true }));
          const walk = self.walk = [];
          const look = at => {
            const style = getComputedStyle(at), boxes = [...at.getClientRects()], box = boxes.find(each => each.width && each.height) ?? boxes[0];
            const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            const [x, y] = [Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), box.top + Math.min(box.height / 2, 20)];
            const top = document.elementFromPoint(x, y);
            const clear = top && (at.contains(top) || top.contains(at) || top.closest('label')?.control === at);
            return (ring ? '' : '\thas no ring: ' + at.outerHTML.slice(0, 80)) + (clear ? '' : '\tis hidden: ' + at.outerHTML.slice(0, 80) + ' under ' + top?.outerHTML.slice(0, 60));
          };
          addEventListener('keydown', () => {
            const at = document.activeElement, number = stops.indexOf(at);
            if (number >= 0) walk.push(number + look(at)); // Chromium also stops at boxes that scroll.
          }, true);
          return stops.length;
        }
        """;

    private const string Walked = "() => self.walk.splice(0)";

    /// <summary>What is wrong, each as the end of a sentence that the page's name begins.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        var keys = await page.Context.NewCDPSessionAsync(page); // Keys one after the other without waiting for an answer between them.
        var count = await page.EvaluateAsync<int>(Start);
        await PressAsync(keys, (count > Most ? Beginning : count) + 1);
        var faults = Faults(0, count > Most ? Beginning : count, await page.EvaluateAsync<string[]>(Walked)).ToList();
        if (count > Most)
        {
            await page.EvaluateAsync($"() => self.stops[{count - End}].focus()");
            await PressAsync(keys, End);
            faults.AddRange(Faults(count - End, count, await page.EvaluateAsync<string[]>(Walked)));
        }

        await keys.DetachAsync();
        return faults;
    }

    private static async Task PressAsync(ICDPSession keys, int times) => await Task.WhenAll(Enumerable.Range(0, times).Select(_ =>
        keys.SendAsync("Input.dispatchKeyEvent", new() { ["type"] = "rawKeyDown", ["key"] = "Tab", ["code"] = "Tab", ["windowsVirtualKeyCode"] = 9 })));

    private static IEnumerable<string> Faults(int first, int end, string[] walked)
    {
        var numbers = walked.Select(stop => int.Parse(stop.Split('\t')[0])).ToList();
        var expected = Enumerable.Range(first, end - first).ToList();
        if (!numbers.SequenceEqual(expected))
        {
            var at = numbers.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
            yield return $"stops at {numbers.Count} of {expected.Count} controls, or not in their order: after {at} of them comes {(at < numbers.Count ? $"number {numbers[at]}" : "none")}";
        }

        foreach (var fault in walked.SelectMany(stop => stop.Split('\t').Skip(1))) yield return "has a control whose focus " + fault;
    }
}
