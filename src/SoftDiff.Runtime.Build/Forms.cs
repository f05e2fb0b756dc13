using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftDiff.Runtime.Build;

/// <summary>A further form of an operator that is not written by hand.</summary>
/// <param name="Method">The operator in this form.</param>
/// <param name="IsSoft">Whether the driver it calls depends on a softness.</param>
internal sealed record Form(WrittenMember Method, bool IsSoft)
{
    private const string Tensors = "using System.Numerics.Tensors;";

    /// <summary>The form with its derivatives.</summary>
    public OperatorSpec On(Surroundings around)
    {
        var value = Method.Spec;
        var call = DriverCall.Read(value, SyntaxFactory.ParseExpression(Method.Body[0]), IsSoft)
            ?? throw new InvalidOperationException($"The body of the form {Method.Cref} is not a call of a driver.");
        var usings = around with { Usings = new EquatableArray<string>(around.Usings.Append(Tensors).Distinct(StringComparer.Ordinal)) };
        var spec = OperatorSpec.Of(usings, value, call, null, null);
        return spec with { Written = new EquatableArray<string>([Method.With("SoftOperator").Documented, .. spec.Written]) };
    }
}

/// <summary>The further forms that the attributes of an operator ask for.</summary>
internal static class Forms
{
    /// <summary>The forms; null if forms are requested but the operator's body is not a call of a driver.</summary>
    public static IReadOnlyList<Form>? Of(IEnumerable<AttributeData> attributes, MethodSpec value, DriverCall? call)
    {
        var asked = attributes.Select(Read).OfType<Func<MethodSpec, DriverCall, IEnumerable<Form>>>().ToList();
        if (asked.Count == 0) return [];
        return call is null ? null : [.. asked.SelectMany(forms => forms(value, call))];
    }

    private static Func<MethodSpec, DriverCall, IEnumerable<Form>>? Read(AttributeData attribute)
    {
        switch (attribute.AttributeClass?.Name)
        {
            case "ArrayFormsAttribute":
                var inputs = attribute.ConstructorArguments[0].Values.Select(v => (string)v.Value!);
                var arrays = new ArrayForms(new EquatableArray<string>(inputs), Named(attribute, "Tensors") is not false);
                return (value, call) => arrays.Of(value, call).Select(method => new Form(method, call.IsSoft));
            case "AxisFormAttribute":
                var axis = Named(attribute, "Axis")?.ToString() ?? "null";
                var form = new AxisForm((RowResult)attribute.ConstructorArguments[0].Value!, axis);
                return (value, call) => [new Form(form.Of(value, call), AxisForm.IsSoft)];
            default:
                return null;
        }
    }

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value;
}
