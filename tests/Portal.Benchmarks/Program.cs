using System.Diagnostics;

using NodaTime;

using Portal.Benchmarks;

// "floor …" is this program as its own child, so that a floor starts as cold as the build it stands beside.
if (args is ["floor", var corpus])
{
    Console.WriteLine(Floors.Markdown(corpus));
    return 0;
}

var at = Instant.FromUtc(2026, 11, 26, 10, 0);
var content = Path.Combine(Repository.Root, "content");

// "delivery" asks the headless interface alone.
if (args is ["delivery"])
{
    using var scratch = new Scratch();
    await CmsDelivery.RunAsync(content, scratch.Folder);
    return 0;
}

// "sealing" alone, or with a number of rounds: referrals sealed on the server.
if (args is ["sealing", ..])
{
    new Sealing(args.Length > 1 ? int.Parse(args[1]) : 3).Run();
    return 0;
}

// "form" alone, or with a number of rounds: bytes of the form, and what a browser takes for it.
if (args is ["form", ..])
{
    await FormAsync(args.Length > 1 ? int.Parse(args[1]) : 5);
    return 0;
}

// "intake cuts", or with a number: the power goes again and again, as root. Exit code 1 where a promise was broken.
if (args is ["intake", "cuts", ..]) return await CutsAsync(args.Length > 2 ? int.Parse(args[2]) : 10);

// "intake" alone, or with a number of rounds: messages a second. "intake kills", or with a number: ended again and again.
if (args is ["intake", ..])
{
    await (args is [_, "kills", ..] ? KillsAsync(args.Length > 2 ? int.Parse(args[2]) : 25) : IntakeAsync(args.Length > 1 ? int.Parse(args[1]) : 3));
    return 0;
}

// "corpus FOLDER PAGES" leaves the generated content in place, for a profiler or a look.
if (args is ["corpus", var target, var size])
{
    using var scratch = new Scratch();
    var starter = Stages.Run(content, Path.Combine(scratch.Folder, "starter"), at);
    new Corpus(starter.Map.Edition).Write(target, int.Parse(size), starter.Map.Pages.Count);
    return 0;
}

// "stages FOLDER" times the steps of three builds of a corpus in one process, for a look at one change.
if (args is ["stages", var source])
{
    using var scratch = new Scratch();
    for (var round = 0; round < 3; round++)
    {
        Table.Heading($"round {round}", "ms");
        foreach (var (name, seconds) in Stages.Run(source, Path.Combine(scratch.Folder, "built-" + round), at).Times) Table.Row(name, seconds * 1000);
    }

    return 0;
}

// "cms" alone, or with a number of rounds: the CMS without the builds of the command line.
if (args is ["cms", ..])
{
    await CmsAsync(args.Length > 1 ? int.Parse(args[1]) : 3);
    return 0;
}

var rounds = args is [var first, ..] && int.TryParse(first, out var asked) ? Math.Clamp(asked, 1, 9) : 3;
using var work = new Scratch();
Console.WriteLine($"{Environment.ProcessorCount} cores, medians of {rounds} rounds, built for {at}, on {Scratch.Place}");
new Session(content, work.Folder, at, rounds, Stopwatch.StartNew()).Run();
await CmsDelivery.RunAsync(content, work.Folder);
await CmsAsync(rounds);
new Sealing(rounds).Run();
await IntakeAsync(rounds);
await KillsAsync(25);
await FormAsync(rounds);
if (IntakeCuts.MayRun) return await CutsAsync(10);
Console.WriteLine("\nPower cuts are left out: they take Linux and root.");
return 0;

async Task FormAsync(int times)
{
    using var scratch = new Scratch();
    await new FormPart(content, scratch.Folder, at, times).RunAsync();
}

async Task<int> CutsAsync(int times)
{
    var code = 0;
    await OnDiskAsync("portal-bench-cuts-", async folder => code = await new IntakeCuts(content, folder, times).RunAsync());
    return code;
}

Task IntakeAsync(int times) => OnDiskAsync("portal-bench-intake-", folder => new Intake(content, folder, times).RunAsync());

Task KillsAsync(int kills) => OnDiskAsync("portal-bench-kills-", folder => new IntakeKills(content, folder, kills).RunAsync());

// Never in memory: what is acknowledged is flushed.
static async Task OnDiskAsync(string name, Func<string, Task> run)
{
    var disk = Directory.CreateTempSubdirectory(name);
    try
    {
        await run(disk.FullName);
    }
    finally
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        disk.Delete(recursive: true);
    }
}

async Task CmsAsync(int times)
{
    const int Documents = 5000;
    var disk = Directory.CreateTempSubdirectory("portal-bench-cms-");
    try
    {
        var starter = Stages.Run(content, Path.Combine(disk.FullName, "starter"), at);
        new Corpus(starter.Map.Edition).Write(Path.Combine(disk.FullName, "corpus"), Documents, starter.Map.Edition.Library.Files.Paths.Count(path => path.StartsWith("pages/", StringComparison.Ordinal)));
        await new CmsPart(Path.Combine(disk.FullName, "corpus"), Path.Combine(disk.FullName, "data"), times).RunAsync();
        await new CmsStart(content, Path.Combine(disk.FullName, "start"), times).RunAsync();
    }
    finally
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        disk.Delete(recursive: true);
    }
}
