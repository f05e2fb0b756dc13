namespace SoftDiff.Tests.Programs.Expressions;

public abstract record Expr;

public sealed record Const(double Value) : Expr;

public sealed record Var(int Index) : Expr;

public sealed record Add(Expr Left, Expr Right) : Expr;

public sealed record Mul(Expr Left, Expr Right) : Expr;

public sealed record Fn(string Name, Expr Argument) : Expr;

/// <summary>An expression tree of records that a recursive switch evaluates.</summary>
public static partial class Evaluator
{
    static double Evaluate(Expr e, double[] x) => e switch
    {
        Const c => c.Value,
        Var v => x[v.Index],
        Add a => Evaluate(a.Left, x) + Evaluate(a.Right, x),
        Mul m => Evaluate(m.Left, x) * Evaluate(m.Right, x),
        Fn { Name: "sin" } f => Math.Sin(Evaluate(f.Argument, x)),
        Fn { Name: "exp" } f => Math.Exp(Evaluate(f.Argument, x)),
        Fn f => throw new NotSupportedException(f.Name),
        _ => throw new ArgumentException($"unexpected node {e.GetType().Name}")
    };
    [Differentiable]
    public static double Value(Expr expression, double[] x) => Evaluate(expression, x);
}
