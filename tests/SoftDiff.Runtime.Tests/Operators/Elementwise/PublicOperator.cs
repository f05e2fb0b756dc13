using System.Numerics;
using System.Reflection;
using SoftDiff.Runtime.Tests.Golden;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>
/// An elementwise operator as it is published: for spans and for numbers, each with its derivatives. Arguments are passed by the names of the
/// parameters, as numbers, as blocks for spans and as arrays of one element for what is handed out; options that are not given take their defaults.
/// </summary>
internal sealed class PublicOperator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly MethodInfo value, vjp, jvp, number, numberVjp, numberJvp;

    private PublicOperator(MethodInfo method)
    {
        value = method;
        Inputs = [.. method.GetParameters().Where(IsInput).Select(p => p.Name!)];
        Bounds = [.. method.GetParameters().Where(p => p.ParameterType == typeof(T) && !p.HasDefaultValue).Select(p => p.Name!)];
        HasSoftness = method.GetParameters().Any(p => p.Name == "softness");
        (vjp, jvp) = (Find(method, "Vjp", spans: true), Find(method, "Jvp", spans: true));
        (number, numberVjp, numberJvp) = (Find(method, "", spans: false), Find(method, "Vjp", spans: false), Find(method, "Jvp", spans: false));
    }

    /// <summary>All that there are: whatever has a form for spans, one for numbers and derivatives of both.</summary>
    public static IReadOnlyList<PublicOperator<T>> All { get; } =
    [
        .. new[] { typeof(Soft), typeof(Safe) }.SelectMany(owner => owner.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(m => m.GetParameters() is [var first, ..] && first.ParameterType == typeof(ReadOnlySpan<T>))
            .Where(m => m.GetParameters().Any(p => p.Name == "destination") && m.IsDefined(typeof(CustomVjpAttribute)))
            .Where(m => Methods(m, "", spans: false).Any() && Methods(m, "Vjp", spans: true).Any())
            .Select(m => new PublicOperator<T>(m)),
    ];

    /// <summary>The parameters that are spans, and numbers that the spans are compared with.</summary>
    public string[] Inputs { get; }

    /// <inheritdoc cref="Inputs"/>
    public string[] Bounds { get; }

    public bool HasSoftness { get; }

    public string Name => value.Name;

    public static string Gradient(string input) => "d" + char.ToUpperInvariant(input[0]) + input[1..];

    public static string Tangent(string input) => "t" + char.ToUpperInvariant(input[0]) + input[1..];

    /// <summary>The three forms for spans with the names of what they read and of what they write, both spans.</summary>
    public IEnumerable<(Func<Arguments<T>, object?> Call, string[] Read, string[] Written)> SpanForms()
    {
        yield return (a => Call(value, a), Inputs, ["destination"]);
        yield return (a => Call(vjp, a), [.. Inputs, "cDestination"], ["destination", .. Inputs.Select(Gradient)]);
        yield return (a => Call(jvp, a), [.. Inputs, .. Inputs.Select(Tangent)], ["destination", "tDestination"]);
    }

    public void Map(Arguments<T> arguments) => Call(value, arguments);

    /// <summary>The cotangent of the softness; null if there is none.</summary>
    public T? Vjp(Arguments<T> arguments)
    {
        Call(vjp, arguments);
        return HasSoftness ? arguments.Array("dSoftness")[0] : null;
    }

    public void Jvp(Arguments<T> arguments) => Call(jvp, arguments);

    public T Number(Arguments<T> arguments) => (T)Call(number, arguments)!;

    public T NumberVjp(Arguments<T> arguments) => (T)Call(numberVjp, arguments)!;

    public T NumberJvp(Arguments<T> arguments) => (T)Call(numberJvp, arguments)!;

    public override string ToString() => $"{Name}({string.Join(", ", Inputs.Concat(Bounds))}) {typeof(T).Name}";

    private static bool IsInput(ParameterInfo parameter) => parameter.ParameterType == typeof(ReadOnlySpan<T>);

    private static MethodInfo Find(MethodInfo method, string suffix, bool spans) =>
        Methods(method, suffix, spans).Single(m => !spans || Array.TrueForAll(method.GetParameters(), p => Has(m, p)));

    private static bool Has(MethodInfo method, ParameterInfo parameter) =>
        Array.Exists(method.GetParameters(), p => p.Name == parameter.Name && p.ParameterType == parameter.ParameterType);

    private static IEnumerable<MethodInfo> Methods(MethodInfo method, string suffix, bool spans) =>
        method.DeclaringType!.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m =>
            m.Name == method.Name + suffix && !m.IsGenericMethod
            && m.GetParameters()[0].ParameterType == (spans ? typeof(ReadOnlySpan<T>) : typeof(T)));

    private static object? Call(MethodInfo method, Arguments<T> arguments)
    {
        var invocation = Invocation.Of(method);
        return invocation.Run(Array.ConvertAll(invocation.Parameters, parameter => arguments.For(parameter)));
    }
}

/// <summary>Arguments by name.</summary>
internal sealed class Arguments<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<string, object> byName = new(StringComparer.Ordinal);

    public object this[string name]
    {
        set => byName[name] = value;
    }

    public T Number(string name) => (T)byName[name];

    /// <summary>The memory of a span, not a copy.</summary>
    public T[] Shared(string name) => ((Block<T>)byName[name]).Data;

    /// <summary>What a span shows, or a number that was handed out.</summary>
    public T[] Array(string name) => byName[name] is Block<T> block ? block.Data[block.Part] : (T[])byName[name];

    public void Span(string name, T[] data) => byName[name] = new Block<T>(data, [data.Length]);

    public void Span(string name, T[] data, int start, int length) =>
        byName[name] = new Block<T>(data, [data.Length]) { Part = start..(start + length) };

    public object? For(ParameterInfo parameter)
    {
        var type = Invocation.Plain(parameter.ParameterType);
        if (byName.TryGetValue(parameter.Name!, out var argument)) return argument;
        if (parameter.IsOut) return byName[parameter.Name!] = new T[1];
        if (parameter.HasDefaultValue) return type.IsEnum ? Enum.ToObject(type, parameter.RawDefaultValue!) : parameter.RawDefaultValue;
        return type.IsByRefLike ? null : throw new ArgumentException($"'{parameter.Name}' is not given.", nameof(parameter));
    }
}
