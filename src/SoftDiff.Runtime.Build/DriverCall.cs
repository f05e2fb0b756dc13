using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftDiff.Runtime.Build;

/// <summary>
/// The one call that is the body of an operator, as <c>Elementwise.Map(new AbsOperator&lt;double&gt;(softness, mode), x, destination)</c>.
/// The called method is the driver. Its class also declares its derivatives: MapVjp and MapJvp for Map, Vjp and Jvp for Value.
/// </summary>
/// <remarks>
/// A driver's derivative takes the driver's arguments. Cotangents and gradients, or tangents, follow after the last argument with a
/// derivative, in the order of the arguments they belong to. If the call wraps a parameter, as <c>new(x)</c>, it wraps its derivative too.
/// </remarks>
internal sealed class DriverCall
{
    /// <summary>The parameter for the tangent of the softness. A driver that has it depends on a softness.</summary>
    public const string SoftnessTangent = "tSoftness";

    private readonly string _receiver, _driver;
    private readonly List<ArgumentSyntax> _arguments;

    // The arguments that pass a destination or a parameter with a derivative, by the parameter's name.
    private readonly Dictionary<string, ArgumentSyntax> _data;

    // The position at which the further arguments of the derivative are inserted.
    private readonly int _behind;

    private DriverCall(MethodSpec value, MemberAccessExpressionSyntax method, List<ArgumentSyntax> arguments, bool isSoft)
    {
        (_receiver, _driver) = (method.Expression.ToString(), method.Name.Identifier.Text);
        (_arguments, IsSoft) = (arguments, isSoft);
        _data = value.Parameters
            .Where(p => p.Name != Expected.Softness && (p.HasDerivative || p.Role == Role.Destination))
            .Select(p => (p.Name, Argument: arguments.LastOrDefault(a => Leader(a) == p.Name)))
            .Where(d => d.Argument is not null)
            .ToDictionary(d => d.Name, d => d.Argument!, StringComparer.Ordinal);
        _behind = arguments.FindLastIndex(a => _data.ContainsValue(a)) + 1;
    }

    /// <summary>Reads the body of an operator; null if it is not one call that passes all parameters with a derivative.</summary>
    /// <param name="value">The operator.</param>
    /// <param name="body">Its body.</param>
    /// <param name="isSoft">Whether the driver depends on a softness.</param>
    public static DriverCall? Read(MethodSpec value, ExpressionSyntax? body, bool isSoft)
    {
        if (value.Softness is not null && !isSoft) return null;
        if (body is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax method } call) return null;
        var driver = new DriverCall(value, method, [.. call.ArgumentList.Arguments], isSoft);
        var data = value.Inputs.Concat(value.Destinations).Where(p => p.Name != Expected.Softness);
        return data.All(p => driver._data.ContainsKey(p.Name)) ? driver : null;
    }

    /// <summary>The name of a driver's derivative.</summary>
    public static string Derivative(string driver, string mode) => driver == "Value" ? mode : driver + mode;

    /// <summary>
    /// Whether the driver depends on a softness. If so, its forward mode takes the tangent of the softness, and the reverse mode of a
    /// driver that returns the value gives the cotangent.
    /// </summary>
    public bool IsSoft { get; }

    /// <summary>The first argument of a driver: the function to compute for each element or row.</summary>
    public string Operator => Member.OneLine(_arguments[0].ToString());

    /// <summary>The same on arrays: the driver's method Map, which writes its result.</summary>
    public string Map(string destination) => Call("Map", [destination]);

    /// <summary>The call of the driver's reverse mode. A driver that writes its result returns the cotangent of the softness.</summary>
    public string Vjp(MethodSpec value)
    {
        var cotangents = value.IsVoid ? InOrder(value.Destinations).Select(d => With(d, d.Cotangent)) : ["cResult"];
        var gradients = InOrder(value.Inputs).Select(p => p.Role == Role.Number ? "out " + p.Gradient : With(p, p.Gradient));
        string[] softness = value.IsVoid || !IsSoft ? [] : [value.Softness is { } s ? "out " + s.Gradient : "out _"];
        var call = Call(Derivative(_driver, "Vjp"), cotangents.Concat(gradients).Concat(softness));
        return value.IsVoid && value.Softness is { } returned ? $"{returned.Gradient} = {call}" : call;
    }

    /// <summary>The call of the driver's forward mode.</summary>
    public string Jvp(MethodSpec value)
    {
        var tangents = InOrder(value.Inputs).Select(p => With(p, p.Tangent));
        string[] softness = IsSoft ? [value.Softness?.Tangent ?? "0"] : [];
        return Call(Derivative(_driver, "Jvp"), value.IsVoid
            ? tangents.Concat(InOrder(value.Destinations).Select(d => With(d, d.Tangent))).Concat(softness)
            : tangents.Concat(softness).Append("out tResult"));
    }

    private IEnumerable<ParameterSpec> InOrder(IEnumerable<ParameterSpec> parameters) => parameters
        .Where(p => _data.ContainsKey(p.Name))
        .OrderBy(p => _arguments.IndexOf(_data[p.Name]));

    // The argument of a parameter with another name in its place.
    private string With(ParameterSpec parameter, string name)
    {
        var argument = _data[parameter.Name];
        var old = argument.DescendantNodes().OfType<IdentifierNameSyntax>().First(n => n.Identifier.Text == parameter.Name);
        return argument.ReplaceNode(old, SyntaxFactory.IdentifierName(name)).ToString();
    }

    private string Call(string method, IEnumerable<string> more)
    {
        var arguments = _arguments.Select(a => a.ToString()).ToList();
        arguments.InsertRange(_behind, more);
        return Member.OneLine($"{_receiver}.{method}({string.Join(", ", arguments)})");
    }

    // The parameter that an argument passes, alone or as the first argument of a conversion.
    private static string? Leader(ArgumentSyntax argument) => argument.Expression switch
    {
        IdentifierNameSyntax name => name.Identifier.Text,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } inner } => Leader(inner[0]),
        InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } inner } => Leader(inner[0]),
        _ => null,
    };
}
