using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SoftDiff;

/// <summary>Dense systems of linear equations, which the derivatives of implicit functions solve.</summary>
/// <remarks>Thread-safe. Up to 64 unknowns nothing but the stack is used; beyond, pooled memory.</remarks>
public static partial class LinearSystem
{
    private const int StackUnknowns = 64;

    /// <summary>Solves matrix · solution = right by elimination with partial pivoting.</summary>
    /// <remarks>
    /// Rows and columns are first scaled by powers of two, which changes no digit of the solution and makes the test for a singular matrix
    /// independent of the units of equations and unknowns. A matrix is taken for singular if a pivot is so small that rounding alone may
    /// have made it. Cost: 2n³/3 operations.
    /// </remarks>
    /// <param name="matrix">The matrix, n × n in row-major order.</param>
    /// <param name="transposed">Whether the transposed matrix takes the matrix's place.</param>
    /// <param name="right">The right side, n numbers. May be the span of the solution.</param>
    /// <param name="solution">Receives the n unknowns.</param>
    /// <exception cref="ArgumentException">A length does not fit that of <paramref name="solution"/>.</exception>
    /// <exception cref="InvalidOperationException">The matrix is singular.</exception>
    [FloatTwin]
    public static void Solve(ReadOnlySpan<double> matrix, bool transposed, ReadOnlySpan<double> right, Span<double> solution)
    {
        var n = solution.Length;
        if (matrix.Length != (long)n * n) ThrowLength(nameof(matrix), matrix.Length, (long)n * n);
        if (right.Length != n) ThrowLength(nameof(right), right.Length, n);
        using var rented = n > StackUnknowns ? Scratch.Rent<double>((n + 1L) * n) : default;
        Span<double> work = n > StackUnknowns ? rented.Span : stackalloc double[(n + 1) * n];
        var rows = work[..(n * n)];
        var scales = work[(n * n)..];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) rows[i * n + j] = transposed ? matrix[j * n + i] : matrix[i * n + j];
        }

        right.CopyTo(solution);
        Scale(rows, solution, scales);
        Eliminate(rows, solution);
        Substitute(rows, solution);
        for (var i = 0; i < n; i++) solution[i] *= scales[i];
    }

    /// <summary>Makes the largest element of every row, and then of every column, one of [1, 2).</summary>
    /// <param name="rows">The matrix.</param>
    /// <param name="right">The right side, which is scaled as the rows are.</param>
    /// <param name="scales">Receives the scale of each column: that of its unknown.</param>
    [FloatTwin]
    private static void Scale(Span<double> rows, Span<double> right, Span<double> scales)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            var largest = 0.0;
            for (var j = 0; j < n; j++) largest = Math.Max(largest, Math.Abs(rows[i * n + j]));
            var scale = PowerOfTwo(largest);
            for (var j = 0; j < n; j++) rows[i * n + j] *= scale;
            right[i] *= scale;
        }

        for (var j = 0; j < n; j++)
        {
            var largest = 0.0;
            for (var i = 0; i < n; i++) largest = Math.Max(largest, Math.Abs(rows[i * n + j]));
            scales[j] = PowerOfTwo(largest);
            for (var i = 0; i < n; i++) rows[i * n + j] *= scales[j];
        }
    }

    /// <summary>The power of two that brings a size to [1, 2); 1 where there is none.</summary>
    [FloatTwin]
    private static double PowerOfTwo(double size) => double.IsNormal(size) ? Math.ScaleB(1.0, -Math.ILogB(size)) : 1;

    /// <summary>Makes the matrix an upper triangle.</summary>
    [FloatTwin]
    private static void Eliminate(Span<double> rows, Span<double> right)
    {
        var n = right.Length;
        var smallest = n * (Math.BitIncrement(1.0) - 1);
        for (var k = 0; k < n; k++)
        {
            var pivot = k;
            for (var i = k + 1; i < n; i++)
            {
                if (Math.Abs(rows[i * n + k]) > Math.Abs(rows[pivot * n + k])) pivot = i;
            }

            if (Math.Abs(rows[pivot * n + k]) <= smallest) ThrowSingular(k);
            var top = rows.Slice(k * n, n);
            if (pivot != k)
            {
                var chosen = rows.Slice(pivot * n, n);
                for (var j = 0; j < n; j++) (top[j], chosen[j]) = (chosen[j], top[j]);
                (right[k], right[pivot]) = (right[pivot], right[k]);
            }

            for (var i = k + 1; i < n; i++)
            {
                var row = rows.Slice(i * n, n);
                var factor = row[k] / top[k];
                if (factor == 0) continue;
                for (var j = k + 1; j < n; j++) row[j] -= factor * top[j];
                right[i] -= factor * right[k];
            }
        }
    }

    /// <summary>Solves the triangle.</summary>
    [FloatTwin]
    private static void Substitute(ReadOnlySpan<double> rows, Span<double> solution)
    {
        var n = solution.Length;
        for (var i = n - 1; i >= 0; i--)
        {
            var rest = solution[i];
            for (var j = i + 1; j < n; j++) rest -= rows[i * n + j] * solution[j];
            solution[i] = rest / rows[i * n + i];
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(string name, int length, long expected) => throw new ArgumentException(
        string.Create(CultureInfo.InvariantCulture, $"The length of {name} is {length}, not {expected}."), name);

    [DoesNotReturn]
    private static void ThrowSingular(int column) => throw new InvalidOperationException(string.Create(
        CultureInfo.InvariantCulture, $"The matrix is singular: unknown {column} of the equations, or of a combination of them, is not determined."));
}
