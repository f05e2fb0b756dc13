using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>An array of any rank that is lent to an operator.</summary>
internal sealed record Block<T>(T[] Data, int[] Shape)
{
    /// <summary>What a span shows of the array.</summary>
    public Range Part { get; init; } = ..;

    /// <summary>How a tensor steps through the array; empty for one without gaps.</summary>
    public nint[] Strides { get; init; } = [];
}

/// <summary>
/// A call of a public method, compiled once: reflection cannot pass spans. Arguments are boxed: a <see cref="Block{T}"/> (or null, for an empty one)
/// for a span or a tensor, and an array whose first element is written for an out parameter.
/// </summary>
internal sealed class Invocation
{
    private static readonly ConcurrentDictionary<MethodInfo, Invocation> Known = new();

    private readonly Func<object?[], object?> call;

    private Invocation(MethodInfo method)
    {
        Parameters = method.GetParameters();
        var arguments = Expression.Parameter(typeof(object?[]));
        var passed = Parameters.Select((p, i) => Passed(p, Expression.ArrayIndex(arguments, Expression.Constant(i))));
        Expression body = Expression.Call(method, passed);
        body = method.ReturnType == typeof(void)
            ? Expression.Block(body, Expression.Constant(null))
            : Expression.Convert(body, typeof(object));
        call = Expression.Lambda<Func<object?[], object?>>(body, arguments).Compile();
    }

    public ParameterInfo[] Parameters { get; }

    public static Invocation Of(MethodInfo method) => Known.GetOrAdd(method, m => new Invocation(m));

    public object? Run(object?[] arguments) => call(arguments);

    public static bool IsTensor(Type type) => type.IsGenericType && type.Name.Contains("TensorSpan", StringComparison.Ordinal);

    public static Type Plain(Type type) => type.IsByRef ? type.GetElementType()! : type;

    private static Expression Passed(ParameterInfo parameter, Expression argument)
    {
        var type = Plain(parameter.ParameterType);
        if (type.IsByRefLike)
        {
            var block = Expression.Convert(argument, typeof(Block<>).MakeGenericType(type.GetGenericArguments()[0]));
            var make = typeof(Invocation).GetMethod(MakerOf(type), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.GetGenericArguments()[0]);
            return Expression.Call(make, block);
        }

        return parameter.IsOut
            ? Expression.ArrayAccess(Expression.Convert(argument, type.MakeArrayType()), Expression.Constant(0))
            : Expression.Convert(argument, type);
    }

    private static string MakerOf(Type type) => IsTensor(type)
        ? type.Name.StartsWith("ReadOnly", StringComparison.Ordinal) ? nameof(ReadTensor) : nameof(Tensor)
        : type.Name.StartsWith("ReadOnly", StringComparison.Ordinal) ? nameof(ReadSpan) : nameof(Span);

    private static ReadOnlySpan<T> ReadSpan<T>(Block<T>? block) => Span(block);

    private static Span<T> Span<T>(Block<T>? block) => block is null ? default : block.Data.AsSpan(block.Part);

    private static System.Numerics.Tensors.ReadOnlyTensorSpan<T> ReadTensor<T>(Block<T>? block) => Tensor(block);

    // A tensor without axes is an empty one in .NET; a number has one axis of length 1.
    private static System.Numerics.Tensors.TensorSpan<T> Tensor<T>(Block<T>? block) =>
        block is null ? default : new(block.Data, block.Shape.Length == 0 ? [1] : Array.ConvertAll(block.Shape, n => (nint)n), block.Strides);
}
