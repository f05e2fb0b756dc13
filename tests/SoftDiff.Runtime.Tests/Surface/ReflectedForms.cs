using System.Linq.Expressions;
using System.Numerics;
using System.Numerics.Tensors;
using System.Reflection;
using SoftDiff.Runtime.Tests.Golden;

namespace SoftDiff.Runtime.Tests.Surface;

/// <summary>
/// All forms of an operator found by its name (numbers, a row, a row to a number, tensors), called with the inputs and options of a
/// reference row under the names of the parameters.
/// </summary>
internal sealed class ReflectedForms<T>(Call<T> call, string name, string output = "destination", Type? owner = null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Options that are numbers and have a derivative, of which the rows say nothing.</summary>
    private static readonly string[] NumberOptions = ["a", "b", "p", "q"];

    private enum Kind
    {
        Number,
        Row,
        RowToNumber,
        Tensor,
    }

    public IEnumerable<Form<T>> All() => Overloads(name).Select(Form).OfType<Form<T>>();

    private IEnumerable<MethodInfo> Overloads(string name) => (owner ?? typeof(Soft)).GetMethods(BindingFlags.Static | BindingFlags.Public)
        .Where(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase))
        .Where(m => ElementOf(m.GetParameters()[0].ParameterType) == typeof(T));

    private Form<T>? Form(MethodInfo method)
    {
        var kind = KindOf(method);
        if (kind is Kind.Row or Kind.RowToNumber && call.Row.Has("axis") && call.Row.Inputs["x"].Shape.Length > 1) return null;
        if (Bind(method, kind, Blocks(kind)) is null) return null;
        var count = kind == Kind.Number ? call.OutputLength : 1;
        return new Form<T>(
            kind.ToString(),
            () =>
            {
                var y = Output();
                Run(method, kind, count, Blocks(kind, y));
                return y.Data;
            },
            () =>
            {
                var (y, softness) = (Output(), new Block(new T[count], []));
                var gradients = call.Row.Inputs.ToDictionary(i => i.Key, i => new Block(new T[i.Value.Data.Length], i.Value.Shape));
                var blocks = Blocks(kind, y);
                blocks[IsWritten(kind) ? "c" + Capital(output) : "cResult"] = new Block(call.Cotangent, call.OutputShape);
                // A companion of generated code takes the cotangent of a span where it leaves that of its former contents.
                if (IsWritten(kind)) blocks["d" + Capital(output)] = new Block([.. call.Cotangent], call.OutputShape);
                foreach (var (input, block) in gradients) blocks["d" + Capital(input)] = block;
                foreach (var option in NumberOptions) blocks["d" + Capital(option)] = new Block(new T[count], []);
                blocks["dSoftness"] = softness;
                if (IsWritten(kind)) blocks["return"] = softness;
                Run(Sibling(method, "Vjp", kind, blocks), kind, count, blocks);
                var sum = softness.Data.Sum(s => double.CreateChecked(s));
                return new Pullback<T>(y.Data, gradients.ToDictionary(g => g.Key, g => g.Value.Data), T.CreateChecked(sum));
            },
            direction =>
            {
                var (y, tY) = (Output(), Output());
                var blocks = Blocks(kind, y);
                blocks[IsWritten(kind) ? "t" + Capital(output) : "tResult"] = tY;
                foreach (var (input, tangent) in direction.Tangents) blocks["t" + Capital(input)] = new Block(tangent, call.ShapeOf(input));
                foreach (var option in NumberOptions) blocks["t" + Capital(option)] = new Block(new T[count], []);
                blocks["tSoftness"] = new Block(Enumerable.Repeat(direction.Softness, count).ToArray(), []);
                Run(Sibling(method, "Jvp", kind, blocks), kind, count, blocks);
                return new Pushforward<T>(y.Data, tY.Data);
            });
    }

    private MethodInfo Sibling(MethodInfo method, string suffix, Kind kind, Dictionary<string, Block> blocks) =>
        Overloads(method.Name + suffix).First(m => KindOf(m) == kind && Bind(m, kind, blocks) is not null);

    private Block Output() => new(new T[call.OutputLength], call.OutputShape);

    private Dictionary<string, Block> Blocks(Kind kind, Block? y = null)
    {
        var blocks = call.Row.Inputs.Keys.ToDictionary(input => input, input => new Block(call[input], call.ShapeOf(input)));
        blocks[IsWritten(kind) ? output : "return"] = y ?? Output();
        return blocks;
    }

    private void Run(MethodInfo method, Kind kind, int count, Dictionary<string, Block> blocks)
    {
        var index = Expression.Parameter(typeof(int));
        Expression body = Expression.Call(method, Bind(method, kind, blocks, index)!);
        if (method.ReturnType == typeof(T)) body = Expression.Assign(Element(blocks["return"], index), body);
        var run = Expression.Lambda<Action<int>>(body, index).Compile();
        for (var i = 0; i < count; i++) run(i);
    }

    /// <summary>The arguments; null if there is a required parameter that the row says nothing about.</summary>
    private Expression[]? Bind(MethodInfo method, Kind kind, Dictionary<string, Block> blocks, Expression? index = null)
    {
        var arguments = method.GetParameters().Select(p => Argument(p, kind, blocks, index ?? Expression.Constant(0))).ToArray();
        return arguments.All(a => a is not null) ? arguments.OfType<Expression>().ToArray() : null;
    }

    private Expression? Argument(ParameterInfo parameter, Kind kind, Dictionary<string, Block> blocks, Expression index)
    {
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        if (blocks.TryGetValue(parameter.Name!, out var block))
        {
            if (type == typeof(T)) return kind == Kind.Number || block.Data.Length == 1 ? Element(block, index) : null;
            if (!IsTensor(type)) return Expression.Convert(Expression.Constant(block.Data), type);
            var shape = Array.ConvertAll(block.Shape, n => (nint)n);
            var constructor = type.GetConstructor([typeof(T[]), typeof(ReadOnlySpan<nint>), typeof(ReadOnlySpan<nint>)])!;
            return Expression.New(constructor, Expression.Constant(block.Data), Lengths(shape), Lengths([]));
        }

        if (Option(parameter.Name!) is { } value) return Expression.Convert(Expression.Constant(value), type);
        return parameter.HasDefaultValue ? Expression.Constant(Default(parameter), type) : null;
    }

    private object? Option(string parameter) => parameter switch
    {
        "softness" => call.Softness,
        "mode" when call.Row.ModeName is not null => call.Mode,
        "method" when call.Row.Method is not null => call.Method(),
        "axis" when call.Row.Has("axis") => call.Axis,
        "standardize" when call.Row.Has(parameter) => call.Standardize,
        "descending" when call.Row.Has(parameter) => call.Descending,
        "gated" when call.Row.Has(parameter) => call.Gated,
        "k" => call.K,
        "q" or "p" or "a" or "b" when call.Row.Has(parameter) => call.Number(parameter, 0),
        _ => null,
    };

    private static object? Default(ParameterInfo parameter) => parameter.RawDefaultValue is { } value && parameter.ParameterType.IsEnum
        ? Enum.ToObject(parameter.ParameterType, value)
        : parameter.RawDefaultValue;

    private static Expression Element(Block block, Expression index) => Expression.ArrayAccess(Expression.Constant(block.Data), index);

    private static Expression Lengths(nint[] lengths) => Expression.Convert(Expression.Constant(lengths), typeof(ReadOnlySpan<nint>));

    private static bool IsWritten(Kind kind) => kind is Kind.Row or Kind.Tensor;

    private static Kind KindOf(MethodInfo method)
    {
        var types = method.GetParameters().Select(p => p.ParameterType).ToList();
        if (types.Any(IsTensor)) return Kind.Tensor;
        if (!types.Any(t => t.IsByRefLike)) return Kind.Number;
        return method.GetParameters().Any(p => p.Name is "destination" or "values" or "indices") ? Kind.Row : Kind.RowToNumber;
    }

    private static bool IsTensor(Type type) => type.ToString().Contains("TensorSpan", StringComparison.Ordinal);

    private static Type ElementOf(Type type)
    {
        if (type.IsByRef) type = type.GetElementType()!;
        return type.IsGenericType ? type.GetGenericArguments()[0] : type;
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private sealed record Block(T[] Data, int[] Shape);
}
