namespace Portal.Benchmarks;

/// <summary>A folder of our own, gone at the end: on a RAM disk where there is one, since a disk's mood would drown what is measured.</summary>
internal sealed class Scratch : IDisposable
{
    private const string RamDisk = "/dev/shm";

    public string Folder { get; } = Directory.Exists(RamDisk)
        ? Directory.CreateDirectory(Path.Combine(RamDisk, "portal-bench-" + Environment.ProcessId)).FullName
        : Directory.CreateTempSubdirectory("portal-bench").FullName;

    /// <summary>Where the folder lies, in words.</summary>
    public static string Place => Directory.Exists(RamDisk) ? "a RAM disk" : "the temporary folder";

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
