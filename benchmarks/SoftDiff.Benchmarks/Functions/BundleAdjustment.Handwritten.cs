namespace SoftDiff.Benchmarks.Functions;

// The block as a person writes it who knows the chain rule: the rotation once, then each row backwards through it.
public static partial class BundleAdjustment
{
    public static void BlockByHand(
        ReadOnlySpan<double> camera, ReadOnlySpan<double> point, double weight, ReadOnlySpan<double> feature, Span<double> error, Span<double> block)
    {
        Lengths.Same(block.Length, 30, nameof(block));
        Rotation rotation = new(camera[0], camera[1], camera[2], point[0] - camera[3], point[1] - camera[4], point[2] - camera[5]);
        double u = rotation.X / rotation.Z, v = rotation.Y / rotation.Z;
        double radius = (u * u) + (v * v), focal = camera[6];
        double lens = 1 + (camera[9] * radius) + (camera[10] * radius * radius), slope = 2 * (camera[9] + (2 * camera[10] * radius));
        double errorX = (u * lens * focal) + camera[7] - feature[0], errorY = (v * lens * focal) + camera[8] - feature[1];
        error[0] = weight * errorX;
        error[1] = weight * errorY;
        double scale = weight * focal, mixed = scale * u * v * slope;
        Row(in rotation, u, v, scale * (lens + (u * u * slope)), mixed, weight * u, lens, focal, radius, block[..15]);
        Row(in rotation, u, v, mixed, scale * (lens + (v * v * slope)), weight * v, lens, focal, radius, block[15..]);
        (block[7], block[8], block[14]) = (weight, 0, errorX);
        (block[22], block[23], block[29]) = (0, weight, errorY);
    }

    private static void Row(
        in Rotation rotation, double u, double v, double dU, double dV, double weighted, double lens, double focal, double radius, Span<double> row)
    {
        double inverse = 1 / rotation.Z;
        var (dRotation, dLocal) = rotation.Pullback(dU * inverse, dV * inverse, -((dU * u) + (dV * v)) * inverse);
        (row[0], row[1], row[2]) = dRotation;
        (row[3], row[4], row[5]) = (-dLocal.X, -dLocal.Y, -dLocal.Z);
        row[6] = weighted * lens;
        row[9] = weighted * focal * radius;
        row[10] = row[9] * radius;
        (row[11], row[12], row[13]) = dLocal;
    }

    /// <summary>A rotated vector, and what its derivative needs.</summary>
    private readonly struct Rotation
    {
        private readonly double _r0, _r1, _r2, _p0, _p1, _p2, _inverse, _w0, _w1, _w2, _cos, _sin, _along, _cross0, _cross1, _cross2;

        public Rotation(double r0, double r1, double r2, double p0, double p1, double p2)
        {
            (_r0, _r1, _r2, _p0, _p1, _p2) = (r0, r1, r2, p0, p1, p2);
            double square = (r0 * r0) + (r1 * r1) + (r2 * r2);
            if (square == 0)
            {
                (X, Y, Z) = (p0 + (r1 * p2) - (r2 * p1), p1 + (r2 * p0) - (r0 * p2), p2 + (r0 * p1) - (r1 * p0));
                return;
            }

            double angle = Math.Sqrt(square);
            (_sin, _cos) = Math.SinCos(angle);
            _inverse = 1 / angle;
            (_w0, _w1, _w2) = (r0 * _inverse, r1 * _inverse, r2 * _inverse);
            _along = (_w0 * p0) + (_w1 * p1) + (_w2 * p2);
            (_cross0, _cross1, _cross2) = ((_w1 * p2) - (_w2 * p1), (_w2 * p0) - (_w0 * p2), (_w0 * p1) - (_w1 * p0));
            double rest = _along * (1 - _cos);
            X = (p0 * _cos) + (_cross0 * _sin) + (_w0 * rest);
            Y = (p1 * _cos) + (_cross1 * _sin) + (_w1 * rest);
            Z = (p2 * _cos) + (_cross2 * _sin) + (_w2 * rest);
        }

        public double X { get; }

        public double Y { get; }

        public double Z { get; }

        public ((double X, double Y, double Z) Rotation, (double X, double Y, double Z) Vector) Pullback(double a, double b, double c)
        {
            if (_inverse == 0)
            {
                return (((_p1 * c) - (_p2 * b), (_p2 * a) - (_p0 * c), (_p0 * b) - (_p1 * a)), (a + (b * _r2) - (c * _r1), b + (c * _r0) - (a * _r2), c + (a * _r1) - (b * _r0)));
            }

            double onAxis = (a * _w0) + (b * _w1) + (c * _w2), rest = onAxis * (1 - _cos), far = _along * (1 - _cos);
            double g0 = (_sin * ((_p1 * c) - (_p2 * b))) + (far * a) + (rest * _p0);
            double g1 = (_sin * ((_p2 * a) - (_p0 * c))) + (far * b) + (rest * _p1);
            double g2 = (_sin * ((_p0 * b) - (_p1 * a))) + (far * c) + (rest * _p2);
            double turn = (_cos * ((a * _cross0) + (b * _cross1) + (c * _cross2))) - (_sin * ((a * _p0) + (b * _p1) + (c * _p2))) + (_sin * onAxis * _along);
            turn -= ((_w0 * g0) + (_w1 * g1) + (_w2 * g2)) * _inverse;
            return (
                ((g0 * _inverse) + (_w0 * turn), (g1 * _inverse) + (_w1 * turn), (g2 * _inverse) + (_w2 * turn)),
                ((_cos * a) + (_sin * ((b * _w2) - (c * _w1))) + (_w0 * rest), (_cos * b) + (_sin * ((c * _w0) - (a * _w2))) + (_w1 * rest), (_cos * c) + (_sin * ((a * _w1) - (b * _w0))) + (_w2 * rest)));
        }
    }
}
