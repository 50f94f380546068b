using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Cms.Database.SqliteMigrations
{
    /// <inheritdoc />
    public partial class Promises : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Need",
                table: "Referral",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "PromisedAfterHandOver",
                table: "Referral",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "PromisedAfterReading",
                table: "Referral",
                type: "INTEGER",
                nullable: true);

            // What waits here was promised what is promised now, as far as anybody knows.
            migrationBuilder.Sql("UPDATE \"Referral\" SET \"PromisedAfterHandOver\" = COALESCE((SELECT MAX(\"DaysAfterHandOver\") FROM \"ReferralTargets\"), 30), \"PromisedAfterReading\" = COALESCE((SELECT MAX(\"DaysAfterReading\") FROM \"ReferralTargets\"), 90) WHERE \"Header\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Need",
                table: "Referral");

            migrationBuilder.DropColumn(
                name: "PromisedAfterHandOver",
                table: "Referral");

            migrationBuilder.DropColumn(
                name: "PromisedAfterReading",
                table: "Referral");
        }
    }
}
