using Microsoft.EntityFrameworkCore.Design;

using Portal.Cms.Hosting;

namespace Portal.Cms.Database;

// Only `dotnet ef migrations add` asks for these; neither ever opens a database. They come from the host, since the tables
// of accounts are shaped by its services.
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteDatabase>
{
    public SqliteDatabase CreateDbContext(string[] args) =>
        (SqliteDatabase)CmsHost.Build(new()).Services.CreateScope().ServiceProvider.GetRequiredService<CmsDatabase>();
}

internal sealed class DesignTimePostgres : IDesignTimeDbContextFactory<PostgresDatabase>
{
    public PostgresDatabase CreateDbContext(string[] args) =>
        (PostgresDatabase)CmsHost.Build(new() { Database = "Host=design" }).Services.CreateScope().ServiceProvider.GetRequiredService<CmsDatabase>();
}
