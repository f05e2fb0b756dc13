using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

/// <summary>The scalar functions of the IR as the runtime library computes them.</summary>
internal static class Scalars
{
    public static object Zero(ScalarType type) => type.Kind switch
    {
        ScalarKind.Float => 0.0,
        ScalarKind.Bool => false,
        _ => 0L,
    };

    public static object Add(ScalarType type, object a, object b) =>
        type.Kind == ScalarKind.Float ? Round(type, (double)a + (double)b) : (object)Wrap(type, (long)a + (long)b);

    public static object Multiply(ScalarType type, object a, object b) => Round(type, (double)a * (double)b);

    public static object Apply(Compute compute, object[] args)
    {
        var result = (ScalarType)compute.Result.Type;
        switch (compute.Code)
        {
            case Opcode.Select: return (bool)args[0] ? args[1] : args[2];
            case Opcode.StopGradient or Opcode.Replace: return args[0];
            case Opcode.Pure: throw new NotSupportedException("The interpreter does not know " + compute.Symbol);
            case Opcode.Convert when args[0] is double number && result.Kind == ScalarKind.Int: return Wrap(result, (long)Math.Truncate(number));
            case Opcode.Convert when args[0] is double number: return Round(result, number);
            case Opcode.Convert when result.Kind == ScalarKind.Int: return Wrap(result, (long)args[0]);
            case Opcode.Convert: return Round(result, (long)args[0]);
        }

        return args[0] switch
        {
            bool a => Bools(compute.Code, a, args.Length > 1 && (bool)args[1]),
            long a when compute.Code == Opcode.Clamp => Math.Clamp(a, (long)args[1], (long)args[2]),
            long a => Integers(compute, result, a, args.Length > 1 ? (long)args[1] : 0),
            double a when result.Kind == ScalarKind.Bool => Compare(compute.Code, a, (double)args[1]),
            double => Round(result, Floats(compute.Code, args)),
            _ => throw new NotSupportedException(compute.Code.ToString()),
        };
    }

    private static double Round(ScalarType type, double number) => type == ScalarType.Single ? (float)number : number;

    private static long Wrap(ScalarType type, long number) => type.Name switch
    {
        "sbyte" => (sbyte)number,
        "byte" => (byte)number,
        "short" => (short)number,
        "ushort" or "char" => (ushort)number,
        "int" => (int)number,
        "uint" => (uint)number,
        _ => number,
    };

    private static bool Bools(Opcode code, bool a, bool b) => code switch
    {
        Opcode.Not => !a,
        Opcode.BitAnd => a & b,
        Opcode.BitOr => a | b,
        Opcode.BitXor or Opcode.NotEqual => a != b,
        Opcode.Equal => a == b,
        _ => throw new NotSupportedException(code + " of bools"),
    };

    private static object Integers(Compute compute, ScalarType result, long a, long b)
    {
        var isLong = result.Name is not ("int" or "uint" or "short" or "ushort" or "byte" or "sbyte" or "char");
        var shift = (int)(b & (isLong ? 63 : 31));
        switch (compute.Code)
        {
            case Opcode.Equal: return a == b;
            case Opcode.NotEqual: return a != b;
            case Opcode.Less: return a < b;
            case Opcode.LessEqual: return a <= b;
            case Opcode.Greater: return a > b;
            case Opcode.GreaterEqual: return a >= b;
        }

        var exact = compute.Code switch
        {
            Opcode.Add => compute.Checked ? checked(a + b) : a + b,
            Opcode.Subtract => compute.Checked ? checked(a - b) : a - b,
            Opcode.Multiply => compute.Checked ? checked(a * b) : a * b,
            Opcode.Divide => a / b,
            Opcode.Remainder => a % b,
            Opcode.Negate => compute.Checked ? checked(-a) : -a,
            Opcode.CheckIndex => a >= 0 && a < b ? a : throw new InterpretedException($"IndexOutOfRange: {a} of {b}"),
            Opcode.RowCount => a >= 0 ? a - b : throw new InterpretedException("NullReference: a row"),
            Opcode.Count => a >= 0 && b >= 0 && a * b <= int.MaxValue ? a * b : -1,
            Opcode.Max => Math.Max(a, b),
            Opcode.Min => Math.Min(a, b),
            Opcode.BitAnd => a & b,
            Opcode.BitOr => a | b,
            Opcode.BitXor => a ^ b,
            Opcode.BitNot => ~a,
            Opcode.ShiftLeft => a << shift,
            Opcode.ShiftRight => a >> shift,
            Opcode.ShiftRightUnsigned => isLong ? a >>> shift : (uint)a >>> shift,
            _ => throw new NotSupportedException(compute.Code + " of integers"),
        };
        var wrapped = Wrap(result, exact);
        return compute.Checked && wrapped != exact ? throw new OverflowException() : wrapped;
    }

    private static bool Compare(Opcode code, double a, double b) => code switch
    {
        Opcode.Equal => a == b,
        Opcode.NotEqual => a != b,
        Opcode.Less => a < b,
        Opcode.LessEqual => a <= b,
        Opcode.Greater => a > b,
        Opcode.GreaterEqual => a >= b,
        _ => throw new NotSupportedException(code + " of floats"),
    };

    private static double Floats(Opcode code, object[] args)
    {
        var x = (double)args[0];
        var y = args.Length > 1 && args[1] is double second ? second : double.NaN;
        var n = args.Length > 1 && args[1] is long integer ? (int)integer : 0;
        var z = args.Length > 2 ? (double)args[2] : double.NaN;
        return code switch
        {
            Opcode.Add => x + y,
            Opcode.Subtract => x - y,
            Opcode.Multiply => x * y,
            Opcode.Divide => x / y,
            Opcode.Remainder => x % y,
            Opcode.Negate => -x,
            Opcode.Abs => Math.Abs(x),
            Opcode.Sqrt => Math.Sqrt(x),
            Opcode.Cbrt => Math.Cbrt(x),
            Opcode.ReciprocalEstimate => 1 / x,
            Opcode.ReciprocalSqrtEstimate => 1 / Math.Sqrt(x),
            Opcode.Exp => Math.Exp(x),
            Opcode.ExpM1 => double.ExpM1(x),
            Opcode.Exp2 => double.Exp2(x),
            Opcode.Exp2M1 => double.Exp2M1(x),
            Opcode.Exp10 => double.Exp10(x),
            Opcode.Exp10M1 => double.Exp10M1(x),
            Opcode.Log => Math.Log(x),
            Opcode.LogP1 => double.LogP1(x),
            Opcode.Log2 => Math.Log2(x),
            Opcode.Log2P1 => double.Log2P1(x),
            Opcode.Log10 => Math.Log10(x),
            Opcode.Log10P1 => double.Log10P1(x),
            Opcode.Sin => Math.Sin(x),
            Opcode.Cos => Math.Cos(x),
            Opcode.Tan => Math.Tan(x),
            Opcode.Asin => Math.Asin(x),
            Opcode.Acos => Math.Acos(x),
            Opcode.Atan => Math.Atan(x),
            Opcode.Sinh => Math.Sinh(x),
            Opcode.Cosh => Math.Cosh(x),
            Opcode.Tanh => Math.Tanh(x),
            Opcode.Asinh => Math.Asinh(x),
            Opcode.Acosh => Math.Acosh(x),
            Opcode.Atanh => Math.Atanh(x),
            Opcode.SinPi => double.SinPi(x),
            Opcode.CosPi => double.CosPi(x),
            Opcode.TanPi => double.TanPi(x),
            Opcode.AsinPi => double.AsinPi(x),
            Opcode.AcosPi => double.AcosPi(x),
            Opcode.AtanPi => double.AtanPi(x),
            Opcode.DegreesToRadians => double.DegreesToRadians(x),
            Opcode.RadiansToDegrees => double.RadiansToDegrees(x),
            Opcode.Sigmoid => Sigmoid(x),
            Opcode.Softplus => Math.Max(x, 0) + double.LogP1(Math.Exp(-Math.Abs(x))),
            Opcode.Floor => Math.Floor(x),
            Opcode.Ceiling => Math.Ceiling(x),
            Opcode.Truncate => Math.Truncate(x),
            Opcode.Round => Math.Round(x),
            Opcode.RoundAwayFromZero => Math.Round(x, MidpointRounding.AwayFromZero),
            Opcode.Sign => double.IsNaN(x) ? x : Math.Sign(x),
            Opcode.BitIncrement => Math.BitIncrement(x),
            Opcode.BitDecrement => Math.BitDecrement(x),
            Opcode.Pow => Math.Pow(x, y),
            Opcode.Atan2 => Math.Atan2(x, y),
            Opcode.Atan2Pi => double.Atan2Pi(x, y),
            Opcode.Hypot => double.Hypot(x, y),
            Opcode.LogBase => Math.Log(x, y),
            Opcode.CopySign => Math.CopySign(x, y),
            Opcode.TimesSign => x * (double.IsNaN(y) ? y : Math.Sign(y)),
            Opcode.Ieee754Remainder => Math.IEEERemainder(x, y),
            Opcode.Max => Math.Max(x, y),
            Opcode.Min => Math.Min(x, y),
            Opcode.MaxMagnitude => Math.MaxMagnitude(x, y),
            Opcode.MinMagnitude => Math.MinMagnitude(x, y),
            Opcode.MaxNumber => double.MaxNumber(x, y),
            Opcode.MinNumber => double.MinNumber(x, y),
            Opcode.MaxMagnitudeNumber => double.MaxMagnitudeNumber(x, y),
            Opcode.MinMagnitudeNumber => double.MinMagnitudeNumber(x, y),
            Opcode.FusedMultiplyAdd => Math.FusedMultiplyAdd(x, y, z),
            Opcode.MultiplyAddEstimate => (x * y) + z,
            Opcode.Lerp => double.Lerp(x, y, z),
            Opcode.Clamp => Math.Clamp(x, y, z),
            Opcode.ClampNative => double.ClampNative(x, y, z),
            Opcode.RootN => double.RootN(x, n),
            Opcode.ScaleB => Math.ScaleB(x, n),
            _ => throw new NotSupportedException(code + " of floats"),
        };
    }

    private static double Sigmoid(double x)
    {
        if (x >= 0) return 1 / (1 + Math.Exp(-x));
        var e = Math.Exp(x);
        return e / (1 + e);
    }
}
