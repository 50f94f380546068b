namespace Portal.Tests;

/// <summary>
/// A new folder of one test in memory, where the machine has room there: hundreds of tests make a database each, and
/// waiting for a disk is most of that. What must outlive a power cut is tested elsewhere, on a disk.
/// </summary>
internal static class RamFolder
{
    private const string Ram = "/dev/shm";
    private const long Needed = 2L << 30;

    private static readonly bool HasRoom = Directory.Exists(Ram) && new DriveInfo(Ram).AvailableFreeSpace > Needed;

    public static DirectoryInfo Create(string prefix) => HasRoom
        ? Directory.CreateDirectory(Path.Combine(Ram, prefix + Guid.CreateVersion7().ToString("N")))
        : Directory.CreateTempSubdirectory(prefix);
}
