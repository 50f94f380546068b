using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.Playwright;

using Portal.Cms.Referrals.Intake;

namespace Portal.Benchmarks;

/// <summary>Milliseconds of each step of the form in a browser, and of its floors.</summary>
internal sealed record FormTimes(double Check, double Fields, double Seal, double Primitives, double Proof, double Hashes);

/// <summary>Measures in the page of the form, with the script that the page itself loads.</summary>
internal sealed class FormBench
{
    /// <summary>Of a challenge the counter is drawn from 8,000 to 16,000; a round's time is brought to this one.</summary>
    public const int MiddleTries = 12_000;

    // Many times each, for a browser's clock is coarse.
    private const int Checks = 100;
    private const int Seals = 20;

    // The module's send() is all that seals: what it would fetch is answered here, so that no network is in its time.
    private const string Start = """
        async length => {
          const ask = document.querySelector("[data-ask]");
          const words = ask.dataset;
          const tool = await import(words.module);
          const rest = await tool.rest(words.rest);
          for (const box of ["[name=route][value=me]", "[name=age][value='18over']", "#f-privacy"]) ask.querySelector(box).checked = true;
          for (const [name, text] of [["name", "Ann"], ["other", "By the side door"], ["message", "words ".repeat(60)]]) ask.querySelector("#f-" + name).value = text;
          const publics = rest.keys.team.length;
          if (publics !== 3) throw new Error(`sealed to ${publics}`);

          self.fetch = async (address, { body }) => {
            if (!address.endsWith("/sealed")) throw new Error("not asked here");
            if (body.length !== length) throw new Error(`${body.length} bytes and not ${length}`);
            return new Response('{"reference":"K7MP-2QRT"}', { status: 201 });
          };

          const timed = async (times, act) => {
            const started = performance.now();
            for (let time = 0; time < times; time++) await act();
            return (performance.now() - started) / times;
          };

          const seal = async () => {
            const outcome = await tool.send(words, rest.keys, tool.check(ask, rest));
            if (!outcome.reference) throw new Error(outcome.why);
          };

          const reader = await crypto.subtle.generateKey("X25519", true, ["deriveBits"]);
          const raw = await crypto.subtle.exportKey("raw", reader.publicKey);
          const plain = new Uint8Array(4096);
          const primitives = async () => {
            for (let each = 0; each < publics; each++) {
              const own = await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
              const other = await crypto.subtle.importKey("raw", raw, "X25519", false, []);
              await crypto.subtle.deriveBits({ name: "X25519", public: other }, own.privateKey, 256);
            }
            const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"]);
            await crypto.subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, key, plain);
          };

          self.bench = {
            check: (times) => timed(times, () => {
              if (tool.check(ask, rest).mistakes.length) throw new Error("not filled in");
            }),
            fields: (times) => timed(times, () => [...ask.querySelectorAll("input,select,textarea")].map((field) => field.value + field.checked).length),
            seal: (times) => timed(times, seal),
            primitives: (times) => timed(times, primitives),
            proof: async (challenge, middle) => {
              const started = performance.now();
              const payload = await tool.solve(JSON.parse(challenge), started + 120000);
              const took = performance.now() - started;
              return took / (JSON.parse(atob(payload)).solution.counter + 1) * middle;
            },
            hashes: (blocks) => {
              const bytes = new Uint8Array(64 * blocks);
              return timed(1, () => crypto.subtle.digest("SHA-256", bytes));
            },
          };
        }
        """;

    private readonly IPage page;
    private readonly Challenges challenges = new(new EphemeralDataProtectionProvider(), TimeProvider.System);

    private FormBench(IPage page) => this.page = page;

    /// <param name="page">Of the form, just loaded.</param>
    /// <param name="length">Bytes that a sealed message must have.</param>
    public static async Task<FormBench> StartAsync(IPage page, int length)
    {
        await page.EvaluateAsync(Start, length);
        var bench = new FormBench(page);
        await bench.OnceAsync(); // Warm.
        return bench;
    }

    /// <summary>The median of each time, at the speed that the browser has now.</summary>
    public async Task<FormTimes> MeasureAsync(int rounds)
    {
        var times = new List<FormTimes>();
        while (times.Count < rounds) times.Add(await OnceAsync());
        return new(Of(time => time.Check), Of(time => time.Fields), Of(time => time.Seal), Of(time => time.Primitives), Of(time => time.Proof), Of(time => time.Hashes));

        double Of(Func<FormTimes, double> figure) => Median.Of(times.Select(figure));
    }

    private async Task<FormTimes> OnceAsync()
    {
        var challenge = Encoding.ASCII.GetString(challenges.Create());
        using var json = JsonDocument.Parse(challenge);
        var cost = json.RootElement.GetProperty("parameters").GetProperty("cost").GetInt32();
        return new(
            await AskAsync("check", Checks),
            await AskAsync("fields", Checks),
            await AskAsync("seal", Seals),
            await AskAsync("primitives", Seals),
            await page.EvaluateAsync<double>("([challenge, middle]) => bench.proof(challenge, middle)", new object[] { challenge, MiddleTries }),
            await AskAsync("hashes", MiddleTries * cost));
    }

    private Task<double> AskAsync(string what, int times) => page.EvaluateAsync<double>("([what, times]) => bench[what](times)", new object[] { what, times });
}
