namespace SoftDiff.Tests.Declared;

/// <summary>Declared transformations of a method on a matrix: Σ aᵢⱼ² sin(xᵢ) xⱼ.</summary>
public sealed partial class MatrixDeclarations
{
    private static readonly double[,] A = { { 0.5, -1.5 }, { 2, 0.25 } };
    private static readonly double[] X = [0.7, -0.4];

    [Differentiable]
    internal static double Form(double[,] a, double[] x)
    {
        double s = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                s += a[i, j] * a[i, j] * Math.Sin(x[i]) * x[j];
            }
        }

        return s;
    }

    [Gradient(nameof(Form))]
    internal static partial double FormGradient(double[,] a, double[] x, double[,] dA, Span<double> dX);

    [Hessian(nameof(Form))]
    internal static partial double FormHessian(double[,] a, double[] x, Span<double> hessian);

    [HessianVectorProduct(nameof(Form))]
    internal static partial double FormProduct(double[,] a, double[] x, double[,] tA, ReadOnlySpan<double> tX, double[,] hA, Span<double> hX);

    [Vmap(nameof(Form))]
    internal static partial void FormBatch(int batch, [Shared] double[,] a, ReadOnlySpan<double> x, Span<double> values);

    [Fact]
    public void A_Hessian_by_a_matrix_and_an_array()
    {
        double[] hessian = new double[36];
        Assert.Equal(Form(A, X), FormHessian(A, X, hessian));
        const double Step = 1e-4;
        for (int column = 0; column < 6; column++)
        {
            double[] after = Gradient(column, Step), before = Gradient(column, -Step);
            for (int row = 0; row < 6; row++)
            {
                Assert.Equal((after[row] - before[row]) / (2 * Step), hessian[(row * 6) + column], 1e-7);
            }
        }
    }

    [Fact]
    public void A_product_has_the_shapes_of_its_parameters()
    {
        double[] hessian = new double[36], hX = new double[2];
        double[,] hA = new double[2, 2];
        FormHessian(A, X, hessian);
        FormProduct(A, X, new double[,] { { 1, 0 }, { 0, 2 } }, [0, 3], hA, hX);
        double Expected(int row) => hessian[row * 6] + (2 * hessian[(row * 6) + 3]) + (3 * hessian[(row * 6) + 5]);
        double[] found = [.. hA.Cast<double>(), .. hX];
        for (int row = 0; row < 6; row++)
        {
            Assert.Equal(Expected(row), found[row], 1e-12);
        }
    }

    [Fact]
    public void A_batch_shares_its_matrix()
    {
        double[] values = new double[2];
        FormBatch(2, A, [.. X, 1, 2], values);
        Assert.Equal([Form(A, X), Form(A, [1, 2])], values);
    }

    /// <summary>The gradient with one number moved.</summary>
    private static double[] Gradient(int moved, double by)
    {
        double[,] a = (double[,])A.Clone(), dA = new double[2, 2];
        double[] x = [.. X], dX = new double[2];
        if (moved < 4)
        {
            a[moved / 2, moved % 2] += by;
        }
        else
        {
            x[moved - 4] += by;
        }

        FormGradient(a, x, dA, dX);
        return [.. dA.Cast<double>(), .. dX];
    }
}
