namespace SoftDiff.Generator.IR;

/// <summary>
/// The table of scalar functions, one row each. To add a function: its code in <see cref="Opcode"/>, a row here (in the file of its topic),
/// and the line in docs/kinks.md that the test of that page prints.
/// </summary>
internal static partial class ScalarFunctions
{
    public static readonly ImmutableArray<ScalarFunction> All = new[]
    {
        Arithmetic(), Exponential(), Power(), Trigonometric(), Hyperbolic(), Selecting(), Sign(), Whole(), Forms(), Steps(),
    }.SelectMany(rows => rows).ToImmutableArray();

    private static readonly Dictionary<Opcode, ScalarFunction> Rows = All.ToDictionary(row => row.Code);

    /// <summary>The row of a function.</summary>
    public static ScalarFunction Of(Opcode code) => Rows[code];

    private const double Inf = double.PositiveInfinity;
    private const double NaN = double.NaN;

    /// <summary>A function of one floating-point number.</summary>
    private static ScalarFunction Unary(Opcode code, Home home) => Float(code, home, 1);

    /// <summary>A function of two floating-point numbers.</summary>
    private static ScalarFunction Binary(Opcode code, Home home) => Float(code, home, 2);

    /// <summary>A function of three floating-point numbers.</summary>
    private static ScalarFunction Ternary(Opcode code, Home home) => Float(code, home, 3);

    /// <summary>A function of floating-point numbers or integers.</summary>
    private static ScalarFunction Number(Opcode code, Home home, int operands) =>
        new(code, Signature.Of(Domain.Number, operands), new Spelling(home, code.ToString()));

    /// <summary>A function of a floating-point number and an integer.</summary>
    private static ScalarFunction Indexed(Opcode code, Home home) =>
        new(code, Signature.Of(Domain.Float, OperandKind.Own, OperandKind.Integer), new Spelling(home, code.ToString()));

    private static ScalarFunction Float(Opcode code, Home home, int operands) =>
        new(code, Signature.Of(Domain.Float, operands), new Spelling(home, code.ToString()));

    /// <summary>An operator of the language.</summary>
    private static ScalarFunction Operator(Opcode code, string symbol, Domain works, int operands) =>
        new(code, Signature.Of(works, operands), new Spelling(Home.Operator, symbol)) { Cost = 1 };

    /// <summary>A function that is written in a form of its own.</summary>
    private static ScalarFunction Form(Opcode code, Domain works, params OperandKind[] operands) =>
        new(code, Signature.Of(works, operands), new Spelling(Home.Form, code.ToString())) { Cost = 1 };

    private static ScalarFunction Named(this ScalarFunction function, string name) =>
        function with { Spelling = function.Spelling with { Name = name } };

    private static ScalarFunction NamedInMath(this ScalarFunction function, string name) =>
        function with { Spelling = function.Spelling with { MathName = name } };

    /// <summary>The function takes any operands to any result.</summary>
    private static ScalarFunction Open(this ScalarFunction function) =>
        function with { Signature = function.Signature with { IsOpen = true } };

    private static Box Reals(double low, double high) => new(new Interval(low, high));

    private static double[] In(params double[] inputs) => inputs;

    /// <summary>x * c with the constant folded into a constant x.</summary>
    private static Operand Scale(RuleBuilder b, double factor, Operand t) => b.Multiply(b.Number(factor), t);
}
