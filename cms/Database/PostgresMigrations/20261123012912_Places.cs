using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Cms.Database.PostgresMigrations
{
    /// <inheritdoc />
    public partial class Places : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "Confidential",
                table: "Entries",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "District",
                table: "Entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "HoldsPlace",
                table: "Entries",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsRefuge",
                table: "Entries",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "VerifiedOn",
                table: "Entries",
                type: "text",
                nullable: true);

            migrationBuilder.AddCheckConstraint(
                name: "CK_Entries_ConfidentialIsNotPublic",
                table: "Entries",
                sql: "NOT (\"Confidential\" AND \"Live\" IS NOT NULL)");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Entries_RefugeHoldsNoPlace",
                table: "Entries",
                sql: "NOT (\"IsRefuge\" AND \"HoldsPlace\")");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "CK_Entries_ConfidentialIsNotPublic",
                table: "Entries");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Entries_RefugeHoldsNoPlace",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "Confidential",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "District",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "HoldsPlace",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "IsRefuge",
                table: "Entries");

            migrationBuilder.DropColumn(
                name: "VerifiedOn",
                table: "Entries");
        }
    }
}
