using System.Data.Common;
using System.Diagnostics;
using System.Globalization;

using Microsoft.EntityFrameworkCore.Diagnostics;

/// <summary>
/// Loaded by the runtime into a CMS that a test starts (<c>DOTNET_STARTUP_HOOKS</c>), before its own first line: takes the
/// flush away from each transaction's connection, behind the CMS's back, so that a test of the flush can be seen to fail.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime looks for exactly this name, outside any namespace.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>Name of the variable that says which level instead; without it nothing happens.</summary>
    public const string Switch = "TEST_SYNCHRONOUS";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Switch) is { Length: > 0 } level) DiagnosticListener.AllListeners.Subscribe(new Listeners(level));
    }

    private sealed class Listeners(string level) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory) value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is not TransactionStartingEventData { Context: not null } starting || Connection(starting) is not { } connection) return;
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One word of a test.
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA synchronous={level}");
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        private const string DbLoggerCategory = "Microsoft.EntityFrameworkCore";

        private static DbConnection? Connection(TransactionStartingEventData starting) => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(starting.Context!.Database);
    }
}
