using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Cms.Database.SqliteMigrations
{
    /// <inheritdoc />
    public partial class Slices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Publications of before have no number; the next start publishes anew.
            migrationBuilder.Sql("DELETE FROM \"Publications\"");
            migrationBuilder.Sql("DELETE FROM \"Files\" WHERE \"Hash\" NOT IN (SELECT \"Hash\" FROM \"Media\")");

            migrationBuilder.DropIndex(
                name: "IX_Publications_At",
                table: "Publications");

            migrationBuilder.RenameColumn(
                name: "Manifest",
                table: "Publications",
                newName: "Program");

            migrationBuilder.AddColumn<string>(
                name: "Day",
                table: "Publications",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Inputs",
                table: "Publications",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Number",
                table: "Publications",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<Guid>(
                name: "RollBackOf",
                table: "Publications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RollBackTo",
                table: "Outbox",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "NeedsConfirming",
                table: "Entries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Parts",
                table: "Entries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Progress",
                table: "Entries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReviewedBy",
                table: "Entries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ReviewedOn",
                table: "Entries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Stale",
                table: "Entries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "Bundle",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    PublishAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpireAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LiveSince = table.Column<long>(type: "INTEGER", nullable: true),
                    SubmittedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    SubmittedBy = table.Column<string>(type: "TEXT", nullable: true),
                    SubmittedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Comment = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bundle", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Delivered",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Document = table.Column<string>(type: "TEXT", nullable: false),
                    Language = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Topics = table.Column<string>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Tag = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ItemLength = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<byte[]>(type: "BLOB", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: true),
                    GoneAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Delivered", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryEditions",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false),
                    Publication = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Site = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryEditions", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "DeliveryTokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MadeBy = table.Column<string>(type: "TEXT", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    LastUsed = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeliveryTokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Deploys",
                columns: table => new
                {
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    HostId = table.Column<string>(type: "TEXT", nullable: true),
                    LiveSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deploys", x => x.PublicationId);
                });

            migrationBuilder.CreateTable(
                name: "LeaveChecks",
                columns: table => new
                {
                    Night = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    First = table.Column<string>(type: "TEXT", nullable: false),
                    FirstFault = table.Column<string>(type: "TEXT", nullable: true),
                    Second = table.Column<string>(type: "TEXT", nullable: true),
                    SecondFault = table.Column<string>(type: "TEXT", nullable: true),
                    UsesSecond = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeaveChecks", x => x.Night);
                });

            migrationBuilder.CreateTable(
                name: "Manifests",
                columns: table => new
                {
                    PublicationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Lines = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Manifests", x => x.PublicationId);
                });

            migrationBuilder.CreateTable(
                name: "PreviewLink",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Path = table.Column<string>(type: "TEXT", nullable: false),
                    RevisionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MadeBy = table.Column<string>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    RevokedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PreviewLink", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Webhooks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Url = table.Column<string>(type: "TEXT", nullable: false),
                    Secret = table.Column<string>(type: "TEXT", nullable: false),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AddedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Webhooks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "BundleMember",
                columns: table => new
                {
                    BundleId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Path = table.Column<string>(type: "TEXT", nullable: false),
                    RevisionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Placed = table.Column<Guid>(type: "TEXT", nullable: true),
                    Before = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BundleMember", x => new { x.BundleId, x.Path });
                    table.ForeignKey(
                        name: "FK_BundleMember_Bundle_BundleId",
                        column: x => x.BundleId,
                        principalTable: "Bundle",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "WebhookMessages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WebhookId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Publication = table.Column<Guid>(type: "TEXT", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    WrittenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Result = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WebhookMessages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WebhookMessages_Webhooks_WebhookId",
                        column: x => x.WebhookId,
                        principalTable: "Webhooks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Publications_Number",
                table: "Publications",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Entries_Language_Progress_State_Stale",
                table: "Entries",
                columns: new[] { "Language", "Progress", "State", "Stale" });

            migrationBuilder.CreateIndex(
                name: "IX_BundleMember_Path",
                table: "BundleMember",
                column: "Path");

            migrationBuilder.CreateIndex(
                name: "IX_Delivered_Document_Language_From",
                table: "Delivered",
                columns: new[] { "Document", "Language", "From" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Delivered_Until",
                table: "Delivered",
                column: "Until");

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryEditions_At",
                table: "DeliveryEditions",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_DeliveryTokens_Hash",
                table: "DeliveryTokens",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PreviewLink_Hash",
                table: "PreviewLink",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PreviewLink_Path",
                table: "PreviewLink",
                column: "Path");

            migrationBuilder.CreateIndex(
                name: "IX_WebhookMessages_State_WebhookId",
                table: "WebhookMessages",
                columns: new[] { "State", "WebhookId" });

            migrationBuilder.CreateIndex(
                name: "IX_WebhookMessages_WebhookId",
                table: "WebhookMessages",
                column: "WebhookId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BundleMember");

            migrationBuilder.DropTable(
                name: "Delivered");

            migrationBuilder.DropTable(
                name: "DeliveryEditions");

            migrationBuilder.DropTable(
                name: "DeliveryTokens");

            migrationBuilder.DropTable(
                name: "Deploys");

            migrationBuilder.DropTable(
                name: "LeaveChecks");

            migrationBuilder.DropTable(
                name: "Manifests");

            migrationBuilder.DropTable(
                name: "PreviewLink");

            migrationBuilder.DropTable(
                name: "WebhookMessages");

            migrationBuilder.DropTable(
                name: "Bundle");

            migrationBuilder.DropTable(
                name: "Webhooks");

            migrationBuilder.DropIndex(
                name: "IX_Publications_Number",
                table: "Publications");

            migrationBuilder.DropIndex(
                name: "IX_Entries_Language_Progress_State_Stale",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "Day",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "Inputs",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "Number",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "RollBackOf",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "RollBackTo",
                table: "Outbox");

            migrationBuilder.DropColumn(
                name: "NeedsConfirming",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "Parts",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "Progress",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "ReviewedBy",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "ReviewedOn",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "Stale",
                table: "Entries");

            migrationBuilder.RenameColumn(
                name: "Program",
                table: "Publications",
                newName: "Manifest");

            migrationBuilder.CreateIndex(
                name: "IX_Publications_At",
                table: "Publications",
                column: "At");
        }
    }
}
