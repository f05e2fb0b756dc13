namespace SoftDiff.Generator.Transforms.Simplify;

/// <summary>
/// Evaluates scalar functions of constants, and drops neutral operands. Every rewrite gives the same bits as the emitted code. So it folds
/// + − · / of doubles and floats, which are correctly rounded everywhere, and no other functions.
/// </summary>
internal static class Folding
{
    /// <summary>An operand that equals the function's value, or null.</summary>
    public static Operand? Fold(Compute compute)
    {
        var args = compute.Args;
        if (compute.Checked) return args.Length == 2 && compute.Result.Type == ScalarType.Int32 ? FoldChecked(compute) : null;
        switch (compute.Code)
        {
            case Opcode.Select when args[0] is BoolConstant condition:
                return condition.Flag ? args[1] : args[2];
            case Opcode.Select when args[1].Equals(args[2]):
                return args[1];
            case Opcode.Not when args[0] is BoolConstant flag:
                return new BoolConstant(!flag.Flag);
            case Opcode.BitAnd or Opcode.BitOr when compute.Result.Type == ScalarType.Bool:
                return FoldLogic(compute);
            case Opcode.Convert when args[0].Type == compute.Result.Type:
                return args[0];
            case Opcode.Convert when args[0] is NumberConstant { Scalar.Name: "float" } number && compute.Result.Type is ScalarType { Name: "double" } type:
                return new NumberConstant(type, number.Number);
            case Opcode.Convert when args[0] is IntegerConstant { FitsFloat: true } whole && compute.Result.Type is ScalarType { Kind: ScalarKind.Float } type:
                return new NumberConstant(type, whole.Number);
        }

        if (args.Length != 2) return args.Length == 1 ? FoldNegation(compute) : null;
        if (args[0] is NumberConstant x && args[1] is NumberConstant y) return FoldNumbers(compute, x, y);
        if (args[0] is IntegerConstant i && args[1] is IntegerConstant j) return FoldIntegers(compute, i.Number, j.Number);
        return FoldNeutral(compute);
    }

    private static Operand? FoldNeutral(Compute compute)
    {
        var args = compute.Args;
        return compute.Code switch
        {
            Opcode.Multiply when IsOne(args[0]) => args[1],
            Opcode.Multiply or Opcode.Divide when IsOne(args[1]) => args[0],
            // x + 0 is x for integers only: for floats −0 + 0 is 0.
            Opcode.Add when args[0] is IntegerConstant { Number: 0 } && args[1].Type == compute.Result.Type => args[1],
            Opcode.Add or Opcode.Subtract when args[1] is IntegerConstant { Number: 0 } && args[0].Type == compute.Result.Type => args[0],
            Opcode.Multiply when args.FirstOrDefault(a => a is IntegerConstant { Number: 0 }) is { } zero => zero,
            _ => null,
        };
    }

    private static bool IsOne(Operand operand) => operand is NumberConstant number && number.Is(1) || operand is IntegerConstant { Number: 1 };

    private static Operand? FoldLogic(Compute compute)
    {
        var absorbing = compute.Code == Opcode.BitOr;
        foreach (var (a, b) in new[] { (compute.Args[0], compute.Args[1]), (compute.Args[1], compute.Args[0]) })
        {
            if (a is BoolConstant constant) return constant.Flag == absorbing ? constant : b;
        }

        return null;
    }

    private static Operand? FoldNegation(Compute compute) => compute.Code == Opcode.Negate
        ? compute.Args[0] switch
        {
            NumberConstant number => new NumberConstant(number.Scalar, -number.Number),
            IntegerConstant { Scalar.Name: "int" } whole => new IntegerConstant(whole.Scalar, unchecked(-(int)whole.Number)),
            _ => null,
        }
        : null;

    private static Operand? FoldNumbers(Compute compute, NumberConstant x, NumberConstant y)
    {
        if (x.Scalar.IsTypeParameter || compute.Result.Type is not ScalarType { Kind: ScalarKind.Float } type) return null;
        double? exact = compute.Code switch
        {
            Opcode.Add => x.Number + y.Number,
            Opcode.Subtract => x.Number - y.Number,
            Opcode.Multiply => x.Number * y.Number,
            Opcode.Divide when y.Number != 0 => x.Number / y.Number,
            _ => null,
        };
        // Rounding the double result of two floats to float is the correctly rounded float result.
        return exact is { } value && !double.IsNaN(value) ? new NumberConstant(type, type.Name == "float" ? (float)value : value) : null;
    }

    /// <summary>Folds only if the result does not overflow. Otherwise the emitted code throws when it runs.</summary>
    private static Operand? FoldChecked(Compute compute)
    {
        var (left, right) = (compute.Args[0], compute.Args[1]);
        if (left is not IntegerConstant x || right is not IntegerConstant y) return FoldNeutral(compute);
        long? exact = compute.Code switch
        {
            Opcode.Add => x.Number + y.Number,
            Opcode.Subtract => x.Number - y.Number,
            Opcode.Multiply => x.Number * y.Number,
            _ => null,
        };
        return exact is >= int.MinValue and <= int.MaxValue and var number ? new IntegerConstant(ScalarType.Int32, number) : null;
    }

    private static Operand? FoldIntegers(Compute compute, long x, long y)
    {
        if (compute.Result.Type == ScalarType.Bool)
        {
            return compute.Code switch
            {
                Opcode.Equal => new BoolConstant(x == y),
                Opcode.NotEqual => new BoolConstant(x != y),
                _ when compute.Args[0].Type != ScalarType.Int32 => null,
                Opcode.Less => new BoolConstant(x < y),
                Opcode.LessEqual => new BoolConstant(x <= y),
                Opcode.Greater => new BoolConstant(x > y),
                Opcode.GreaterEqual => new BoolConstant(x >= y),
                _ => null,
            };
        }

        if (compute.Result.Type != ScalarType.Int32) return null;
        int? value = compute.Code switch
        {
            Opcode.Add => unchecked((int)x + (int)y),
            Opcode.Subtract => unchecked((int)x - (int)y),
            Opcode.Multiply => unchecked((int)x * (int)y),
            Opcode.Divide when y > 0 => (int)x / (int)y,
            Opcode.Max => (int)Math.Max(x, y),
            Opcode.Min => (int)Math.Min(x, y),
            _ => null,
        };
        return value is { } folded ? new IntegerConstant(ScalarType.Int32, folded) : null;
    }
}
