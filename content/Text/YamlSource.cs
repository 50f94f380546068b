using Portal.Content.Problems;

using YamlDotNet.Core;
using YamlDotNet.Core.Events;
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
        var (root, mistake) = Load(yaml);
        if (mistake is { } wrong)
            problems.Add(new(file, offset + wrong.Line, $"This is not valid YAML: {wrong.What}", "Put values with ':' or '#' in double quotes and keep the indentation even."));
        else if (root is null or YamlMappingNode)
            return root as YamlMappingNode ?? new YamlMappingNode();
        else
            problems.Add(new(file, offset + 1, "This is not a list of fields.", "Write one 'key: value' on each line."));
        return null;
    }

    /// <summary>The root of a YAML text, null where it is empty; what is wrong and on which line, counted from 1, where it is none.</summary>
    public static (YamlNode? Root, (int Line, string What)? Mistake) Load(string yaml)
    {
        var scanner = new Scanner(new StringReader(yaml));
        try
        {
            // A name that refers to what holds it sends the library round and round until the stack is full, and the program with it.
            if (yaml.AsSpan().ContainsAny('&', '*') && AnchorIn(yaml) is { } at) return (null, ((int)at.Line, "'&' or '*' before a word names another value, which is not done here."));
            var stream = new YamlStream();
            stream.Load(new Parser(scanner));
            return (stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode, null);
        }
        catch (YamlException error)
        {
            return (null, ((int)error.Start.Line, error.InnerException?.Message ?? error.Message));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // So the library ends where a list in brackets runs on into the next field, or two marks contradict one another.
            return (null, ((int)scanner.CurrentPosition.Line, "A bracket is not closed, or a mark stands where none may."));
        }
    }

    /// <summary>Where the first anchor or alias stands; null where there is none.</summary>
    private static Mark? AnchorIn(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        while (parser.MoveNext())
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false }) return parser.Current.Start;
        return null;
    }
}
