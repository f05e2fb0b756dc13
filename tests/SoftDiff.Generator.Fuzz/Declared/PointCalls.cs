using System.Reflection;
using SoftDiff.Generator.Fuzz.Running;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Declared;

/// <summary>The drawn method and its transformations at one point, called by the names of their parameters.</summary>
internal sealed class PointCalls(Subject subject, int number, Type adapter)
{
    private readonly ProbePoint _point = subject.Probe!.Points[number];

    public Declarations Declared { get; } = new(subject.Shape!);

    public string Line => _point.Line;

    /// <summary>Whether numbers are rounded to single precision somewhere.</summary>
    public bool IsSingle => subject.Probe!.Single || _point.Arguments.ContainsValue("float");

    /// <summary>
    /// Whether its derivatives are by intention not those of its text. Then the first derivative varies with values that its own
    /// derivative holds constant,
    /// and differences of it show nothing.
    /// </summary>
    public bool StopsGradients => subject.Program.StopsGradients;

    /// <summary>The numbers of the drawn method's own parameters.</summary>
    public Dictionary<string, double[]> Own() => DeclaredAdapter.Numbers(subject, _point);

    /// <summary>Numbers of different sizes and signs, as many as a parameter has; another salt gives others.</summary>
    public double[] Direction(string parameter, int salt) => [.. Own()[parameter].Select((_, i) => Entry(i + salt + parameter[0]))];

    public static double Entry(int i) => (i % 2 == 0 ? 1 : -1) * (0.3 + (0.37 * (i % 5)));

    /// <summary>
    /// What the parameters hold after a call. Those that nobody gives hold zeros first where they are cotangents, and NaN where they are
    /// to be overwritten.
    /// </summary>
    public Dictionary<string, double[]> Call(DeclaredMethod method, params IEnumerable<(string Name, double[] Numbers)> more)
    {
        Dictionary<string, double[]> given = Own();
        foreach ((string name, double[] numbers) in more) given[name] = numbers;
        foreach (DeclaredParameter p in method.Parameters.Where(p => !given.ContainsKey(p.Name)))
        {
            bool isCotangent = Declared.Rows.Any(row => row.Name == p.Like) || p.Like is null;
            given[p.Name] = [.. Enumerable.Repeat(isCotangent ? 0 : double.NaN, p.Like is null ? 1 : given[p.Like].Length)];
        }

        MethodInfo call = adapter.GetMethod($"{method.Name}_{number}")!;
        return call.CreateDelegate<Func<Dictionary<string, double[]>, Dictionary<string, double[]>>>()(given);
    }

    /// <summary>The parameters that a derivative adds for some of the drawn method's, in order.</summary>
    public static IEnumerable<DeclaredParameter> Added(DeclaredMethod method, IEnumerable<ParameterShape> of) =>
        of.Select(shape => method.Parameters.Last(p => p.Like == shape.Name));
}
