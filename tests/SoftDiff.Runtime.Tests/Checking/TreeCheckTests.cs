using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Platform = (System.Numerics.Complex Z, System.Numerics.Vector3 V, double? N, float[] F, System.Collections.Generic.List<double> Constant);

namespace SoftDiff.Runtime.Tests.Checking;

public sealed class TreeCheckTests
{
    private static readonly double[][] Jagged = [[1.5], [], [2, -0.5]];
    private static readonly double[,] Matrix = { { 1.5, 2 }, { -0.5, 3 } };
    private static readonly double[] Shared = [1];

    [Fact]
    public void A_wrong_number_of_a_class_is_named_by_its_path()
    {
        var model = NewModel();
        Assert.Equal(8, GradientCheck.Verify((Model m) => m.Value(), (m, dM) => Gradient(m, dM, 0), model).Entries.Count);
        Assert.Equal("dM.W1[3]", GradientCheck.Check((Model m) => m.Value(), (m, dM) => Gradient(m, dM, 1e-3), model).Worst.Name);
        var thrown = Assert.Throws<GradientCheckException>(
            () => GradientCheck.Verify((Model m) => m.Value(), (m, dM) => Gradient(m, dM, 1e-3), model));
        Assert.Contains("\ndM.W1[3]  ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_check_leaves_the_point_alone()
    {
        var model = NewModel();
        static double Overwrite(Model m, Model dM)
        {
            m.W1[0] = m.Bias = 100;
            return 0;
        }

        Assert.False(GradientCheck.Check((Model m) => m.Value(), Overwrite, model).Passed);
        Assert.Equal([1, -2, 3, 0.25], model.W1);
        Assert.Equal(0.5, model.Bias);
    }

    [Fact]
    public void A_wrong_number_of_an_array_is_named_by_its_indices()
    {
        Assert.Equal("dX[1, 1]", GradientCheck.Check((double[,] x) => x[1, 0] * x[0, 1], (x, dX) => Product(x, dX), Matrix).Worst.Name);
        Assert.Equal("dRows[2][1]", GradientCheck.Check((double[][] rows) => rows[0][0] * rows[2][0], Product, Jagged).Worst.Name);
    }

    [Fact]
    public void A_vector_is_checked_without_reflection_where_a_span_fits()
    {
        // Only the check of trees names its entries after the parameter.
        var report = GradientCheck.Verify(w => w[0] * w[0], (w, dW) => (dW[0] = 2 * w[0]) * w[0] / 2, Shared);
        Assert.Equal(["dX[0]", "value"], report.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_wrong_number_of_a_struct_is_named()
    {
        static double Cube(Pair p) => p.A * p.A * p.A * p.B;
        double Gradient(Pair p, out Pair dP, double error)
        {
            dP = new Pair { A = 3 * p.A * p.A * p.B, B = (p.A * p.A * p.A) + error };
            return Cube(p);
        }

        var point = new Pair { A = 3, B = 0.5 };
        Assert.Equal(3, GradientCheck.Verify(Cube, (Pair p, out Pair dP) => Gradient(p, out dP, 0), point).Entries.Count);
        Assert.Equal("dP.B", GradientCheck.Check(Cube, (Pair p, out Pair dP) => Gradient(p, out dP, 1e-6), point).Worst.Name);
    }

    [Fact]
    public void A_number_of_a_struct_with_arrays_that_is_not_written_is_named()
    {
        static double Gradient(Layer layer, ref Layer dLayer, int written)
        {
            dLayer.Scale = layer.W[0] + layer.W[1];
            for (var i = 0; i < written; i++) dLayer.W[i] = layer.Scale;
            return layer.Scale * (layer.W[0] + layer.W[1]);
        }

        static double Value(Layer layer) => layer.Scale * layer.W.Sum();
        var point = new Layer { Scale = 3, W = [2, -0.5] };
        Assert.Equal(4, GradientCheck.Verify(Value, (Layer x, ref Layer dX) => Gradient(x, ref dX, 2), point).Entries.Count);
        Assert.Equal("dLayer.W[1]", GradientCheck.Check(Value, (Layer x, ref Layer dX) => Gradient(x, ref dX, 1), point).Worst.Name);
    }

    [Fact]
    public void Values_of_the_platform_have_numbers()
    {
        static double Value(Platform x) => (x.Z.Real * x.V.Y) + (x.N!.Value * x.F[0]) + x.Constant[0];

        Platform point = (new Complex(2, 1), new Vector3(1, 3, 2), 0.5, [4f], [8]);
        var report = GradientCheck.Verify(
            Value,
            (Platform x, out Platform dX) =>
            {
                dX = (new Complex(x.V.Y, 0), new Vector3(0, (float)x.Z.Real, 0), x.F[0], [(float)x.N!.Value], []);
                return Value(x);
            },
            point,
            tolerance: 1e-3);
        Assert.Equal(8, report.Entries.Count);
    }

    [Fact]
    public void Records_that_cannot_be_assigned_get_a_new_object()
    {
        static double Gradient(Point p, out Point dP)
        {
            dP = new Point(p.Y, p.X);
            return p.X * p.Y;
        }

        Assert.Equal(3, GradientCheck.Verify(p => p.X * p.Y, Gradient, new Point(2, 3)).Entries.Count);
        var report = GradientCheck.Check(p => p.X, (Point p, out Point dP) => (dP = new Point(1, 1)).X * p.X, new Point(2, 3));
        Assert.Equal("dP.Y", report.Worst.Name);
    }

    [Fact]
    public void Members_of_a_derived_class_are_constants()
    {
        Base model = NewModel();
        static double Factor(Base m) => ((Model)m).W1[2];
        Assert.Equal(2, GradientCheck.Verify(m => m.Bias * Factor(m), (m, dM) => (dM.Bias = Factor(m)) * m.Bias, model).Entries.Count);
    }

    [Fact]
    public void One_array_at_two_paths_is_refused()
    {
        var point = new Layers { First = new Layer { W = Shared }, Second = new Layer { W = Shared } };
        Refused("'dX.Second.W' and 'dX.First.W' are one object", () => GradientCheck.Check((Layers x) => 0, (x, dX) => 0, point));

        // A gradient is an object of the caller, so it may share arrays though the point does not.
        point.Second = new Layer { W = [2] };
        static double Share(Layers x, Layers dX)
        {
            dX.Second = dX.First;
            return 0;
        }

        Refused("'dX.Second.W' and 'dX.First.W' are one object", () => GradientCheck.Check((Layers x) => 0, Share, point));
    }

    [Fact]
    public void An_object_that_contains_itself_is_refused()
    {
        var loop = new Loop();
        loop.Next = loop;
        Refused("'dX.Next' and 'dX' are one object", () => GradientCheck.Check((Loop x) => 0, (x, dX) => 0, loop));
    }

    [Fact]
    public void A_gradient_of_another_shape_is_refused()
    {
        Refused("no 'dX.First.W[1]'", () => GradientCheck.Check((Layers x) => 0, (x, dX) => Shorten(dX, [1]), NewLayers()));
        Refused("no 'dX.First.W[0]'", () => GradientCheck.Check((Layers x) => 0, (x, dX) => Shorten(dX, null!), NewLayers()));
        Refused("no 'dX.First.W[2]'", () => GradientCheck.Check((Layers x) => 0, (x, dX) => Shorten(dX, [1, 2, 3]), NewLayers()));

        static Layers NewLayers() => new() { First = new Layer { W = [1, 2] }, Second = new Layer { W = [] } };
        static double Shorten(Layers dX, double[] w)
        {
            dX.First = new Layer { W = w };
            return 0;
        }
    }

    [Fact]
    public void Points_without_numbers_of_their_own_are_refused()
    {
        Refused("'dX' has no floating-point numbers", () => GradientCheck.Check((int[] x) => 0, (x, dX) => 0, new[] { 1, 2 }));
        Refused("'dX' is a union", () => GradientCheck.Check(x => 0, (Union x, out Union dX) => (dX = x).A, default));
        Refused("'dX' is a union or an inline array", () => GradientCheck.Check(x => 0, (Four x, out Four dX) => (dX = x)[0], default));
    }

    private static void Refused(string message, Func<GradientReport> check) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(check).Message, StringComparison.Ordinal);

    private static Model NewModel() => new() { Bias = 0.5, W1 = [1, -2, 3, 0.25], Inner = new Pair { A = 2 } };

    // The last element stays unset.
    private static double Product(double[,] x, double[,] dX)
    {
        (dX[0, 0], dX[0, 1], dX[1, 0]) = (0, x[1, 0], x[0, 1]);
        return x[1, 0] * x[0, 1];
    }

    private static double Product(double[][] x, double[][] dX)
    {
        (dX[0][0], dX[2][0]) = (x[2][0], x[0][0]);
        return x[0][0] * x[2][0];
    }

    private static double Gradient(Model m, Model dM, double error)
    {
        dM.Bias = m.W1[3];
        for (var i = 0; i < 4; i++) dM.W1[i] = 2 * m.W1[i];
        dM.W1[3] += m.Bias + error;
        dM.Inner = new Pair { A = 1 };
        return m.Value();
    }

    private record Point(double X, double Y);

    private struct Pair
    {
        public double A { get; set; }

        public double B { get; set; }
    }

    private struct Layer
    {
        public double Scale { get; set; }

        public double[] W { get; set; }
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public double A;

        [FieldOffset(0)]
        public double B;
    }

    [InlineArray(4)]
    private struct Four
    {
        private double _first;
    }

    private class Base
    {
        public double Bias { get; set; }
    }

    private sealed class Model : Base
    {
        public double[] W1 { get; set; } = [];

        public Pair Inner { get; set; }

        public double Value() => W1.Sum(w => w * w) + (Bias * W1[3]) + Inner.A;
    }

    private sealed class Layers
    {
        public Layer First { get; set; }

        public Layer Second { get; set; }
    }

    private sealed class Loop
    {
        public double X { get; set; }

        public Loop? Next { get; set; }
    }
}
