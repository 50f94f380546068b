using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Cms.Database.PostgresMigrations
{
    /// <inheritdoc />
    public partial class Referrals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "FormSwitch",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Open = table.Column<bool>(type: "boolean", nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: true),
                    Why = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FormSwitch", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KeyMember",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Recipient = table.Column<string>(type: "text", nullable: false),
                    Wrapped = table.Column<byte[]>(type: "bytea", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    AdmittedAt = table.Column<long>(type: "bigint", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyMember", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryKey",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Recipient = table.Column<string>(type: "text", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: false),
                    CheckedAt = table.Column<long>(type: "bigint", nullable: true),
                    TestHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryKey", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Referral",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Reference = table.Column<string>(type: "text", nullable: false),
                    RetryHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    KeySet = table.Column<string>(type: "text", nullable: false),
                    Readers = table.Column<string>(type: "text", nullable: false),
                    Received = table.Column<long>(type: "bigint", nullable: false),
                    SizeClass = table.Column<int>(type: "integer", nullable: false),
                    Group = table.Column<int>(type: "integer", nullable: false),
                    Urgent = table.Column<bool>(type: "boolean", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    ConfirmHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    Unchecked = table.Column<bool>(type: "boolean", nullable: false),
                    Header = table.Column<byte[]>(type: "bytea", nullable: true),
                    Payload = table.Column<byte[]>(type: "bytea", nullable: true),
                    OpenedAt = table.Column<long>(type: "bigint", nullable: true),
                    HandedOverAt = table.Column<long>(type: "bigint", nullable: true),
                    ClosedAt = table.Column<long>(type: "bigint", nullable: true),
                    AssignedTo = table.Column<Guid>(type: "uuid", nullable: true),
                    KeptUntil = table.Column<long>(type: "bigint", nullable: true),
                    KeptFor = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Referral", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReferralAlert",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Group = table.Column<int>(type: "integer", nullable: false),
                    WantedAt = table.Column<long>(type: "bigint", nullable: false),
                    NextAt = table.Column<long>(type: "bigint", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    To = table.Column<Guid>(type: "uuid", nullable: true),
                    SentAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferralAlert", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReferralFacts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ReferralId = table.Column<Guid>(type: "uuid", nullable: true),
                    Quarter = table.Column<string>(type: "text", nullable: false),
                    Source = table.Column<string>(type: "text", nullable: false),
                    District = table.Column<string>(type: "text", nullable: false),
                    AgeBand = table.Column<string>(type: "text", nullable: false),
                    Language = table.Column<string>(type: "text", nullable: false),
                    Outcome = table.Column<string>(type: "text", nullable: false),
                    Urgent = table.Column<bool>(type: "boolean", nullable: false),
                    ResponseHours = table.Column<int>(type: "integer", nullable: true),
                    TargetHours = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferralFacts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReferralTargets",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    UrgentHours = table.Column<int>(type: "integer", nullable: true),
                    OtherHours = table.Column<int>(type: "integer", nullable: true),
                    StaffedHours = table.Column<string>(type: "text", nullable: false),
                    DaysAfterHandOver = table.Column<int>(type: "integer", nullable: false),
                    DaysAfterReading = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferralTargets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RotaDay",
                columns: table => new
                {
                    Date = table.Column<string>(type: "text", nullable: false),
                    OnDuty = table.Column<Guid>(type: "uuid", nullable: false),
                    Cover = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RotaDay", x => x.Date);
                });

            migrationBuilder.CreateTable(
                name: "ContactAttempt",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ReferralId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    By = table.Column<Guid>(type: "uuid", nullable: false),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    Outcome = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactAttempt", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactAttempt_Referral_ReferralId",
                        column: x => x.ReferralId,
                        principalTable: "Referral",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ContactAttempt_ReferralId",
                table: "ContactAttempt",
                column: "ReferralId");

            migrationBuilder.CreateIndex(
                name: "IX_FormSwitch_At",
                table: "FormSwitch",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_KeyMember_AccountId",
                table: "KeyMember",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_KeyMember_Recipient",
                table: "KeyMember",
                column: "Recipient",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Referral_Reference",
                table: "Referral",
                column: "Reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Referral_RetryHash",
                table: "Referral",
                column: "RetryHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Referral_State",
                table: "Referral",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_ReferralAlert_SentAt",
                table: "ReferralAlert",
                column: "SentAt");

            migrationBuilder.CreateIndex(
                name: "IX_ReferralFacts_Quarter",
                table: "ReferralFacts",
                column: "Quarter");

            migrationBuilder.CreateIndex(
                name: "IX_ReferralFacts_ReferralId",
                table: "ReferralFacts",
                column: "ReferralId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContactAttempt");

            migrationBuilder.DropTable(
                name: "FormSwitch");

            migrationBuilder.DropTable(
                name: "KeyMember");

            migrationBuilder.DropTable(
                name: "RecoveryKey");

            migrationBuilder.DropTable(
                name: "ReferralAlert");

            migrationBuilder.DropTable(
                name: "ReferralFacts");

            migrationBuilder.DropTable(
                name: "ReferralTargets");

            migrationBuilder.DropTable(
                name: "RotaDay");

            migrationBuilder.DropTable(
                name: "Referral");
        }
    }
}
