using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Hosting;
using Portal.Cms.Referrals.Intake;

namespace Portal.Benchmarks;

/// <summary>
/// Messages a second that are taken for good, at 64 connections: sealed in a browser, and posted without a script and
/// sealed here. Client and server share the machine. Beside them the floors of the same disk: one writer that commits as
/// many bytes, each flushed, one by one and as many together as wait.
/// </summary>
internal sealed class Intake(string content, string folder, int rounds)
{
    private const int Connections = 64;
    private const string Heading = "intake, messages a second on a disk, 64 connections";

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    private int posts;

    public async Task RunAsync()
    {
        var data = new IntakeFolder(content, Path.Combine(folder, "data"));
        await data.FillAsync();
        await using var app = data.Host();
        await CmsHost.PrepareAsync(app);
        await app.StartAsync();
        var address = new Uri(app.Services.GetRequiredService<IntakeHost>().Address);
        var file = data.Seal();

        Table.Heading(Heading, "best", "middle", "p99 ms");
        Task<(int Status, string Text)> Sealed(IntakeCaller caller) => data.PostAsync(caller, file, IntakeFolder.NewKey());
        Task<(int Status, string Text)> Plain(IntakeCaller caller) => caller.PostAsync("/intake/v1/form", "application/x-www-form-urlencoded",
            Encoding.ASCII.GetBytes($"page=en&route=me&name=Alex&phone=01622+000000&phoneCall=yes&age=18over&privacy=yes&message=words+{Interlocked.Increment(ref posts)}"), ("Origin", "null"));
        var (sealedRate, formRate) = (await RowAsync("sealed in the browser", address, 201, Sealed), await RowAsync("without a script, sealed here", address, 200, Plain));
        await app.StopAsync();

        var (single, together) = (Floor(1), Floor(Connections));
        Table.Row("floor: one writer, a commit each", single, single, string.Empty);
        Table.Row("floor: one writer, 64 to a commit", together, together, string.Empty);
        Table.Line($"  sealed: {sealedRate / single:0.00} of the first floor, {sealedRate / together:0.00} of the second; without a script: {formRate / single:0.00} and {formRate / together:0.00}");
    }

    private async Task<double> RowAsync(string name, Uri address, int expected, Func<IntakeCaller, Task<(int Status, string Text)>> post)
    {
        var (rates, times) = (new List<double>(), new ConcurrentBag<double>());
        for (var round = 0; round <= rounds; round++)
        {
            times.Clear(); // The first round warms up, and p99 is the last round's.
            var (clock, done) = (Stopwatch.StartNew(), 0);
            await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
            {
                using var caller = await IntakeCaller.ConnectAsync(address);
                while (clock.Elapsed < Span)
                {
                    var one = Stopwatch.StartNew();
                    var (status, text) = await post(caller);
                    if (status != expected) throw new InvalidOperationException($"{name}: {status} {text}");
                    times.Add(one.Elapsed.TotalMilliseconds);
                    Interlocked.Increment(ref done);
                }
            })));
            if (round > 0) rates.Add(done / clock.Elapsed.TotalSeconds);
        }

        Table.Row(name, rates.Max(), Median.Of(rates), $"{times.Order().ElementAt((int)(times.Count * 0.99)):0.0}");
        return Median.Of(rates);
    }

    /// <summary>Rows a second of the size of a message, with so many to a commit.</summary>
    private double Floor(int together)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, $"floor{together}.db")}");
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE T (Id BLOB PRIMARY KEY, Header BLOB, Payload BLOB)");
        var (clock, rows) = (Stopwatch.StartNew(), 0);
        while (clock.Elapsed < Span)
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO T VALUES (randomblob(16), randomblob(400), randomblob(4128))";
            for (var row = 0; row < together; row++) rows += command.ExecuteNonQuery();
            transaction.Commit();
        }

        return rows / clock.Elapsed.TotalSeconds;
    }

    private static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written here.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
