using MathNet.Numerics.LinearAlgebra;
using SoftDiff;

namespace Kepler;

/// <summary>
/// A ladder of resistors in which every node has a diode to the ground. The voltages solve one equation for each node. The derivative solves a
/// linear system of the same size, here with a factorisation of MathNet.Numerics.
/// </summary>
public static partial class Circuit
{
    private const double Supply = 5, Saturation = 1e-9, Thermal = 0.05;

    /// <summary>The voltages, by damped Newton steps.</summary>
    [ImplicitFunction(nameof(Currents), LinearSolver = nameof(Factorise))]
    public static void Voltages(ReadOnlySpan<double> resistances, Span<double> voltages)
    {
        int n = voltages.Length;
        double[] currents = new double[n], jacobian = new double[n * n], step = new double[n];
        voltages.Fill(0.4);
        for (int t = 0; t < 200; t++)
        {
            CurrentsJacobian(voltages, resistances, currents, jacobian);
            Factorise(jacobian, false, currents, step);
            double largest = step.Max(value => Math.Abs(value));
            for (int i = 0; i < n; i++) voltages[i] -= step[i] * Math.Min(1, 0.1 / largest);
            if (largest < 1e-14) break;
        }
    }

    /// <summary>The current into each node, which is 0 at the solution.</summary>
    [Differentiable]
    public static void Currents(ReadOnlySpan<double> voltages, ReadOnlySpan<double> resistances, Span<double> currents)
    {
        for (int i = 0; i < voltages.Length; i++)
        {
            double before = i == 0 ? Supply : voltages[i - 1];
            double current = (before - voltages[i]) / resistances[i] - Saturation * (Math.Exp(voltages[i] / Thermal) - 1);
            if (i + 1 < voltages.Length) current -= (voltages[i] - voltages[i + 1]) / resistances[i + 1];
            currents[i] = current;
        }
    }

    [Jacobian(nameof(Currents), Wrt = ["voltages"])]
    private static partial void CurrentsJacobian(
        ReadOnlySpan<double> voltages, ReadOnlySpan<double> resistances, Span<double> currents, Span<double> jacobian);

    /// <summary>The voltage at the end of the ladder.</summary>
    [Differentiable]
    public static double LastVoltage(ReadOnlySpan<double> resistances)
    {
        Span<double> voltages = new double[resistances.Length];
        Voltages(resistances, voltages);
        return voltages[voltages.Length - 1];
    }

    private static void Factorise(ReadOnlySpan<double> matrix, bool transposed, ReadOnlySpan<double> right, Span<double> solution)
    {
        int n = solution.Length;
        // MathNet stores columns one after the other, so it takes rows for columns.
        var columns = Matrix<double>.Build.Dense(n, n, matrix.ToArray());
        var solved = (transposed ? columns : columns.Transpose()).LU().Solve(Vector<double>.Build.Dense(right.ToArray()));
        if (!double.IsFinite(solved.Sum())) throw new InvalidOperationException("The conductances are singular.");
        solved.ToArray().CopyTo(solution);
    }
}
