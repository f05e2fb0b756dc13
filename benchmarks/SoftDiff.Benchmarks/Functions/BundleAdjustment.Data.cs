namespace SoftDiff.Benchmarks.Functions;

// The data of the benchmark problem: one camera, point, weight and feature, repeated with small changes. Observation i is of point i mod m
// by camera i mod n.
public static partial class BundleAdjustment
{
    /// <summary>A problem of some size.</summary>
    public sealed record Problem(double[] Cameras, double[] Points, double[] Weights, double[] Features, int[] CameraOf, int[] PointOf)
    {
        /// <summary>The smallest of the public problems: 49 cameras, 7 776 points and 31 843 observations.</summary>
        public static Problem Ladybug { get; } = Of(49, 7_776, 31_843);

        public int Rows => 3 * Weights.Length;

        public int Columns => Cameras.Length + Points.Length + Weights.Length;

        public SparseMatrix<double> Jacobian(Span<double> errors) => ResidualsJacobian(Cameras, Points, Weights, Features, CameraOf, PointOf, errors);

        /// <summary>
        /// What <see cref="JacobianByHand"/> wrote, as the sparse matrix has it: without the zeros. No error depends on the other
        /// coordinate of the principal point.
        /// </summary>
        internal double[] WithoutZeros(double[] values) => [.. values.Where((_, i) => i >= 30 * Weights.Length || i % 30 is not (8 or 22))];

        /// <summary>The blocks of all observations, then the derivatives of the errors of the weights.</summary>
        internal void JacobianByHand(Span<double> errors, Span<double> values)
        {
            int count = Weights.Length;
            for (int i = 0; i < count; i++)
            {
                BlockByHand(
                    Cameras.AsSpan(CameraNumbers * CameraOf[i], CameraNumbers), Points.AsSpan(PointNumbers * PointOf[i], PointNumbers), Weights[i],
                    Features.AsSpan(2 * i, 2), errors.Slice(2 * i, 2), values.Slice(30 * i, 30));
                errors[(2 * count) + i] = 1 - (Weights[i] * Weights[i]);
                values[(30 * count) + i] = -2 * Weights[i];
            }
        }

        public static Problem Of(int cameras, int points, int observations)
        {
            double[] camera = [0.02, -0.13, 0.11, 0.4, -0.3, 1.1, 390, 0.2, -0.1, -4e-7, 6e-13], point = [-0.6, 0.5, -3.9];
            double[] Repeated(double[] one, int count) => [.. Enumerable.Range(0, one.Length * count).Select(i => one[i % one.Length] * (1 + (1e-3 * Math.Sin(i))))];
            return new(
                Repeated(camera, cameras), Repeated(point, points), Repeated([0.9], observations), Repeated([-3.3, 2.6], observations),
                [.. Enumerable.Range(0, observations).Select(i => i % cameras)], [.. Enumerable.Range(0, observations).Select(i => i % points)]);
        }
    }
}
