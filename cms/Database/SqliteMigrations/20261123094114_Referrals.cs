using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Portal.Cms.Database.SqliteMigrations
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
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Open = table.Column<bool>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: true),
                    Why = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FormSwitch", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "KeyMember",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Recipient = table.Column<string>(type: "TEXT", nullable: false),
                    Wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AdmittedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyMember", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryKey",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Recipient = table.Column<string>(type: "TEXT", nullable: false),
                    MadeAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    TestHash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryKey", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Referral",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Reference = table.Column<string>(type: "TEXT", nullable: false),
                    RetryHash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    KeySet = table.Column<string>(type: "TEXT", nullable: false),
                    Readers = table.Column<string>(type: "TEXT", nullable: false),
                    Received = table.Column<long>(type: "INTEGER", nullable: false),
                    SizeClass = table.Column<int>(type: "INTEGER", nullable: false),
                    Group = table.Column<int>(type: "INTEGER", nullable: false),
                    Urgent = table.Column<bool>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    ConfirmHash = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Unchecked = table.Column<bool>(type: "INTEGER", nullable: false),
                    Header = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Payload = table.Column<byte[]>(type: "BLOB", nullable: true),
                    OpenedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    HandedOverAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    AssignedTo = table.Column<Guid>(type: "TEXT", nullable: true),
                    KeptUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    KeptFor = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Referral", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReferralAlert",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Group = table.Column<int>(type: "INTEGER", nullable: false),
                    WantedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    To = table.Column<Guid>(type: "TEXT", nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferralAlert", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReferralFacts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReferralId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Quarter = table.Column<string>(type: "TEXT", nullable: false),
                    Source = table.Column<string>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", nullable: false),
                    AgeBand = table.Column<string>(type: "TEXT", nullable: false),
                    Language = table.Column<string>(type: "TEXT", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", nullable: false),
                    Urgent = table.Column<bool>(type: "INTEGER", nullable: false),
                    ResponseHours = table.Column<int>(type: "INTEGER", nullable: true),
                    TargetHours = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferralFacts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReferralTargets",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    UrgentHours = table.Column<int>(type: "INTEGER", nullable: true),
                    OtherHours = table.Column<int>(type: "INTEGER", nullable: true),
                    StaffedHours = table.Column<string>(type: "TEXT", nullable: false),
                    DaysAfterHandOver = table.Column<int>(type: "INTEGER", nullable: false),
                    DaysAfterReading = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReferralTargets", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RotaDay",
                columns: table => new
                {
                    Date = table.Column<string>(type: "TEXT", nullable: false),
                    OnDuty = table.Column<Guid>(type: "TEXT", nullable: false),
                    Cover = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RotaDay", x => x.Date);
                });

            migrationBuilder.CreateTable(
                name: "ContactAttempt",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReferralId = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<Guid>(type: "TEXT", nullable: false),
                    Channel = table.Column<int>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<int>(type: "INTEGER", nullable: false)
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
