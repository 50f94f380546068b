namespace Portal.Benchmarks;

/// <summary>A folder of our own below the system's temporary one, gone at the end.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-bench").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
