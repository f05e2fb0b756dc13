using System.Numerics;

namespace SoftDiff.Benchmarks.Functions;

/// <summary>Weights, a batch of examples, a direction, and memory for the derivatives of <see cref="Mlp"/>.</summary>
internal sealed class Network<T>
    where T : IFloatingPointIeee754<T>
{
    public Network(int batch)
    {
        var random = new Random(5);
        T[] Uniform(int count, double size) =>
            [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(size * (2 * random.NextDouble() - 1)))];
        (W1, B1) = (Uniform(Mlp.Hidden * Mlp.Inputs, 0.2), Uniform(Mlp.Hidden, 0.1));
        (W2, B2) = (Uniform(Mlp.Classes * Mlp.Hidden, 0.2), Uniform(Mlp.Classes, 0.1));
        (VW1, VB1, VW2, VB2) = (Uniform(W1.Length, 1), Uniform(B1.Length, 1), Uniform(W2.Length, 1), Uniform(B2.Length, 1));
        Inputs = Uniform(batch * Mlp.Inputs, 1);
        Labels = [.. Enumerable.Range(0, batch).Select(_ => random.Next(Mlp.Classes))];
        Values = new T[batch];
    }

    public T[] W1 { get; }

    public T[] B1 { get; }

    public T[] W2 { get; }

    public T[] B2 { get; }

    public T[] VW1 { get; }

    public T[] VB1 { get; }

    public T[] VW2 { get; }

    public T[] VB2 { get; }

    public T[] Inputs { get; }

    public int[] Labels { get; }

    public T[] Values { get; }

    public ReadOnlySpan<T> Input(int example) => Inputs.AsSpan(example * Mlp.Inputs, Mlp.Inputs);
}

/// <summary>Memory for a number of gradients of the network.</summary>
internal sealed class NetworkGradients<T>(int count)
    where T : IFloatingPointIeee754<T>
{
    public T[] W1 { get; } = new T[count * Mlp.Hidden * Mlp.Inputs];

    public T[] B1 { get; } = new T[count * Mlp.Hidden];

    public T[] W2 { get; } = new T[count * Mlp.Classes * Mlp.Hidden];

    public T[] B2 { get; } = new T[count * Mlp.Classes];

    public IEnumerable<T[]> All => [W1, B1, W2, B2];

    /// <summary>The part of one gradient.</summary>
    public static Span<T> Row(T[] all, int count, int number) => all.AsSpan(all.Length / count * number, all.Length / count);
}
