namespace Portal.Cms.Publishing;

/// <summary>A file to deploy.</summary>
/// <param name="Path">Below the site, without a slash in front: <c>guides/index.html</c>, <c>_headers</c>.</param>
/// <param name="Digest">SHA-1 of its bytes in lower-case hexadecimal, as the interface wants it.</param>
/// <param name="Bytes">Gives its bytes; asked only where the host does not have them. May be called from several threads.</param>
internal sealed record DeployFile(string Path, string Digest, Func<CancellationToken, Task<byte[]>> Bytes);

/// <summary>One deploy by digests: says which files there are, sends those the host lacks, and waits until it serves them.</summary>
internal sealed class NetlifyDeploy(NetlifyApi api)
{
    private const int Looks = 300;
    private const int AtOnce = 4;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    /// <param name="begun">Id of a deploy of these very files that was begun earlier; null for none.</param>
    /// <param name="begin">Told the id of a new deploy before anything is sent, so that it can be gone on with.</param>
    /// <exception cref="NetlifyException">Why the files are not live.</exception>
    public async Task RunAsync(IReadOnlyList<DeployFile> files, string? begun, Func<string, Task> begin, CancellationToken cancel)
    {
        var state = begun is null ? null : await api.LookAsync(begun, cancel);
        if (state is null or { State: "error" or "rejected" or "deleted" })
        {
            state = await api.BeginAsync(files.ToDictionary(file => "/" + file.Path, file => file.Digest), cancel);
            await begin(state.Id);
        }

        var sent = new HashSet<string>();
        for (var look = 0; look < Looks; look++)
        {
            if (state.State is "ready") return;
            if (state.State is "error" or "rejected" or "deleted") throw new NetlifyException($"Netlify could not deploy the site: {state.Error ?? state.State}");
            var wanted = (state.Required ?? []).ToHashSet();
            var missing = files.Where(file => wanted.Contains(file.Digest)).DistinctBy(file => file.Digest).Where(file => sent.Add(file.Digest)).ToList();
            var id = state.Id;
            await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (file, token) => await api.UploadAsync(id, file.Path, await file.Bytes(token), token));
            if (missing.Count == 0) await api.WaitAsync(BetweenLooks, cancel);
            state = await api.LookAsync(id, cancel) ?? throw new NetlifyException("Netlify no longer knows the deploy.");
        }

        throw new NetlifyException("Netlify took the files and was not ready after ten minutes.");
    }
}
