using System;
using System.Collections.Generic;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public struct Charge
{
    public double X, Q;

    public Charge(double x, double q) => (X, Q) = (x, q);

    public void Move(double by) => X += by;

    public double Moved(double by)
    {
        X += by;
        return X * Q;
    }

    public readonly double Tried(double by)
    {
#pragma warning disable CS8656 // the copy is what the probe is about
        Move(by);
#pragma warning restore CS8656
        return X;
    }
}

public struct Holder
{
    public readonly Charge Kept;

    public Holder(Charge kept)
    {
        Kept = kept;
        Kept.Move(1);
        Given = kept;
    }

    public Charge Given { get; set; }

    public double Try(double by)
    {
        Kept.Move(by);
        Given.Move(by);
        return (Kept.X * Given.X) + Given.Moved(by) + Kept.Moved(by);
    }
}

public sealed class Trap
{
    private readonly Charge _wall;
    private Charge _ion;
    private (double Work, double Heat) _sums;

    public Trap(Charge wall, double x)
    {
        _wall = wall;
        _wall.Move(1);
        _ion.X = x;
        _ion.Q = 2;
    }

    public Charge Ion => _ion;

    public double Step(double by)
    {
        _ion.X -= by * _ion.Q;
        _ion.Move(by);
        _wall.Move(by);
        _sums.Work += _ion.X * _wall.X;
        _sums.Heat += _sums.Work * Ion.Moved(by);
        return _sums.Heat;
    }
}

public static partial class StructReferences
{
    private static double Energy(in Charge a, in Charge b) => a.Q * b.Q * (a.X - b.X + 3);

    private static double Tried(in Charge a, double by)
    {
        a.Move(by);
        return a.X + a.Moved(by);
    }

    private static void Repel(ref Charge a, ref Charge b, double k)
    {
        a.X += k * b.Q;
        b.X -= k * a.X;
        b.Q *= a.Q;
        a.Q += b.X;
    }

    private static void Twice(ref Charge a, ref Charge b)
    {
        Repel(ref a, ref b, 0.5);
        Repel(ref b, ref a, 0.25);
    }

    private static void Pull(in Charge a, Charge[] all, int k)
    {
        all[k].X += a.X * a.Q;
        all[k].Q *= a.X;
    }

    private static void Mix(ref Charge a, ref double x)
    {
        a.X += 2 * x;
        x *= a.X;
        a.Q += x;
    }

    private static double[] Both(in Charge a, in Charge b) => [a.X * b.Q, a.Q + b.X];

    private static double Sum(Charge[] all) => all.Select((c, i) => ((i + 1) * c.X * c.X) + (c.Q * c.X)).Sum();

    //? elements of an array of structs as `in` arguments
    //? all = [new Charge(0.3, 0.7), new Charge(1.3, -0.4)], i = 0, j = 1
    //? all = [new Charge(0.3, 0.7), new Charge(1.3, -0.4)], i = 1, j = 1
    [Differentiable]
    public static double Given(Charge[] all, int i, int j) => Energy(all[i], all[j]) * Energy(in all[j], in all[0]);

    //? two elements of an array of structs by `ref`, which may be one
    //? all = [new Charge(0.3, 0.7), new Charge(1.3, -0.4)], i = 0, j = 1
    //? all = [new Charge(0.3, 0.7), new Charge(1.3, -0.4)], i = 1, j = 1
    [Differentiable]
    public static double Changed(Charge[] all, int i, int j)
    {
        var own = (Charge[])all.Clone();
        Repel(ref own[i], ref own[j], 0.5);
        Twice(ref own[j], ref own[i]);
        ref Charge a = ref own[i], b = ref own[0];
        Repel(ref a, ref b, 2);
        return Sum(own);
    }

    //? an element of an array of structs with the array, and with a member of another
    //? all = [new Charge(0.3, 0.7), new Charge(1.3, -0.4)], i = 0, j = 1
    //? all = [new Charge(0.3, 0.7), new Charge(1.3, -0.4)], i = 1, j = 1
    [Differentiable]
    public static double Reached(Charge[] all, int i, int j)
    {
        var own = all.ToArray();
        Pull(in own[i], own, j);
        Mix(ref own[i], ref own[j].X);
        return Sum(own);
    }

    //? elements and variables in turn as `in` arguments of a method that returns an array
    //? all = [new Charge(0.3, 0.7), new Charge(1.3, -0.4)], i = 0, j = 1
    [Differentiable]
    public static double Returned(Charge[] all, int i, int j)
    {
        double[] first = Both(in all[i], in all[j]);
        Charge other = new(all[i].Q, 2 * all[j].X);
        double[] second = Both(in other, all[j]);
        return (first[0] * second[1]) + (first[1] * second[0]);
    }

    //? methods that change a struct, called on `in` parameters, in read-only methods and on read-only elements: on copies
    //? x = 0.3, by = 0.7
    [Differentiable]
    public static double Copied(double x, double by)
    {
        Charge[] all = [new(x, by), new(by, x)];
        ReadOnlySpan<Charge> seen = all;
        seen[0].Move(by);
        seen[^1].Move(x);
        ref readonly Charge last = ref all[1];
        last.Move(x);
        all[^1].Move(by);
        List<Charge> list = [new(x, 2), all[1]];
        list[0].Move(by);
        foreach (Charge each in list) each.Move(by);
        return Tried(all[0], by) + (Tried(in all[1], x) * all[1].Tried(by)) + (list[0].X * list[1].Moved(x)) + list[1].X;
    }

    //? methods that change a struct, called on read-only fields and properties of structs: on copies
    //? x = 0.3, by = 0.7
    [Differentiable]
    public static double Held(double x, double by)
    {
        var holder = new Holder(new Charge(x, by));
        return holder.Try(by) + holder.Try(x * by);
    }

    //? fields of structs and tuples in an object of the method's own
    //? x = 0.3, by = 0.7
    [Differentiable]
    public static double InObjects(double x, double by)
    {
        var trap = new Trap(new Charge(by, x), x);
        return trap.Step(by) + (trap.Step(x) * trap.Ion.X);
    }
}
