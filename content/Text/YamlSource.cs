using Portal.Content.Problems;

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Portal.Content.Text;

/// <summary>A piece of YAML that knows which file and line it came from, so that every error can say so.</summary>
/// <param name="File">Path below the content folder.</param>
/// <param name="Offset">Lines of the file before the YAML's first line.</param>
/// <param name="Node">The value.</param>
internal sealed record YamlSource(string File, int Offset, YamlNode Node)
{
    public int Line => Offset + (int)Node.Start.Line;

    public YamlSource At(YamlNode node) => this with { Node = node };

    public Problem Problem(string what, string remedy) => new(File, Line, what, remedy);

    /// <summary>Reads a text whose top level is a map of fields; null and a problem where it is not.</summary>
    public static YamlMappingNode? ReadMap(string file, int offset, string yaml, ICollection<Problem> problems)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 0) return new YamlMappingNode();
            if (stream.Documents[0].RootNode is YamlMappingNode map) return map;
            problems.Add(new(file, offset + 1, "This is not a list of fields.", "Write one 'key: value' on each line."));
        }
        catch (YamlException error)
        {
            problems.Add(new(file, offset + (int)error.Start.Line, $"This is not valid YAML: {error.InnerException?.Message ?? error.Message}",
                "Put values with ':' or '#' in double quotes and keep the indentation even."));
        }

        return null;
    }
}
