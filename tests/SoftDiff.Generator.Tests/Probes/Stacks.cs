using System;
using System.Collections.Generic;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public static partial class Stacks
{
    //? a stack that is filled and emptied
    //? x = 0.7, n = 4
    //? x = 0.7, n = 0
    [Differentiable]
    public static double Emptied(double x, int n)
    {
        var stack = new Stack<double>();
        for (int i = 0; i < n; i++) stack.Push(Math.Sin(x * i));
        double s = 1;
        while (stack.Count > 0) s = s * x + stack.Pop() * stack.Count;
        return s;
    }

    //? a calculator with a stack
    //? x = 0.7, y = 1.3, program = [0, 1, 2, 0, 3, 2]
    //? x = 0.7, y = 1.3, program = [0, 2] -> throws InvalidOperationException
    [Differentiable]
    public static double Calculator(double x, double y, int[] program)
    {
        var stack = new Stack<double>();
        foreach (int code in program)
        {
            switch (code)
            {
                case 0: stack.Push(x); break;
                case 1: stack.Push(y); break;
                case 2: stack.Push(stack.Pop() * stack.Pop()); break;
                default: stack.Push(Math.Exp(stack.Peek())); break;
            }
        }

        return stack.Peek() + 2 * stack.Sum();
    }

    //? a stack read from the top by `foreach`, a query and ToArray
    //? x = [0.5, -1.2, 0.3]
    [Differentiable]
    public static double FromTheTop(double[] x)
    {
        var stack = new Stack<double>(x);
        double s = 0, p = 1;
        foreach (double v in stack) s = s * x[0] + v;
        double[] all = stack.ToArray();
        for (int i = 0; i < all.Length; i++) p += all[i] * all[i] * i;
        return s * p + stack.Select((v, i) => v * i).Sum() + stack.First();
    }

    //? TryPop and TryPeek, and a loop that is left early
    //? x = 0.7, n = 6, limit = 2
    //? x = 0.7, n = 0, limit = 2
    [Differentiable]
    public static double Tried(double x, int n, [NonDifferentiable] double limit)
    {
        var stack = new Stack<double>();
        for (int i = 0; i < n; i++) stack.Push(x * i);
        double s = 0;
        while (stack.TryPop(out double v))
        {
            s += v * v;
            if (s > limit) break;
        }

        return stack.TryPeek(out double next) ? s * next : s + next + x;
    }

    //? a queue through which numbers pass
    //? x = 0.7, n = 5
    //? x = 0.7, n = 0
    [Differentiable]
    public static double Passing(double x, int n)
    {
        var queue = new Queue<double>();
        queue.Enqueue(x);
        for (int i = 0; i < n; i++)
        {
            double first = queue.Dequeue();
            queue.Enqueue(first * x);
            queue.Enqueue(Math.Cos(first));
        }

        return queue.Sum() + queue.Peek() * queue.Count;
    }

    //? a moving average by a queue
    //? x = [0.5, -1.2, 0.3, 2, 0.7], width = 2
    [Differentiable]
    public static double MovingAverage(double[] x, int width)
    {
        var window = new Queue<double>();
        double sum = 0, s = 0;
        foreach (double v in x)
        {
            window.Enqueue(v);
            sum += v;
            if (window.Count > width) sum -= window.Dequeue();
            double mean = sum / window.Count;
            s += mean * mean;
        }

        foreach (double v in window) s = s * x[0] + v;
        window.Clear();
        window.Enqueue(s);
        return window.TryDequeue(out double last) ? last * last : 0;
    }

    //? a stack of tuples: the intervals of a bisection, level by level
    //? a = 0.2, b = 1.7, depth = 3
    //? a = 0.2, b = 1.7, depth = 0
    [Differentiable]
    public static double Bisected(double a, double b, int depth)
    {
        var level = new Stack<(double From, double To)>();
        level.Push((a, b));
        for (int d = 0; d < depth; d++)
        {
            var next = new Stack<(double From, double To)>();
            while (level.TryPop(out var part))
            {
                double middle = 0.5 * (part.From + part.To) * Math.Cos(0.1 * d);
                next.Push((part.From, middle));
                next.Push((middle, part.To));
            }

            foreach (var part in next) level.Push(part);
        }

        double area = 0;
        foreach (var (from, to) in level) area += (to - from) * Math.Sin(from * to);
        return area;
    }

    //? a queue given to a helper
    //? x = 0.7
    [Differentiable]
    public static double Helped(double x)
    {
        var queue = new Queue<double>([x, 2 * x]);
        Shift(queue, x * x);
        Shift(queue, Math.Exp(x));
        return queue.Dequeue() * queue.Dequeue();
    }

    private static void Shift(Queue<double> queue, double value)
    {
        queue.Enqueue(value * queue.Dequeue());
    }
}
