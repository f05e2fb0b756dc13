namespace SoftDiff.Generator.Fuzz.Drawing;

/// <summary>A parameter that a kind insists on; the others are drawn now and then.</summary>
[Flags]
internal enum Parameters
{
    None = 0,
    Span = 1,
    WrittenSpan = 2,
    Array = 4,
    WrittenArray = 8,
    Matrix = 16,
    Tensor = 32,
    Order = 64,
    Reference = 128,
    Softness = 256,
    Wrt = 512,
    NoResult = 1024,
    Value = 2048,
    ValueReference = 4096,
    ValueSpan = 8192,
    WrittenValues = 16384,
    Grid = 32768,
    WrittenGrid = 65536,
    Jagged = 131072,
    WrittenJagged = 262144,
    ValueResult = 524288,
    Constants = 1048576,
    ClassReceiver = 2097152,
    StructReceiver = 4194304,
}

/// <summary>
/// What a program is drawn for. Everything may occur in every kind; what a kind emphasises occurs more often.
/// </summary>
/// <param name="Needs">Parameters that every program of the kind has.</param>
/// <param name="Emphasis">Names of statements and terms.</param>
internal sealed record Kind(string Name, Number Number, Parameters Needs, params string[] Emphasis)
{
    private const double Factor = 6;

    /// <summary>Parameters and results that are trees of numbers or objects. Only kinds that need them have them.</summary>
    public const Parameters Trees = Parameters.Value | Parameters.ValueReference | Parameters.ValueSpan | Parameters.WrittenValues
        | Parameters.Grid | Parameters.WrittenGrid | Parameters.Jagged | Parameters.WrittenJagged | Parameters.ValueResult
        | Parameters.Constants | Parameters.ClassReceiver | Parameters.StructReceiver;

    public static IReadOnlyList<Kind> All { get; } =
    [
        new("scalars", Number.Double, Parameters.None, "declare", "assign", "update", "chained", "assignment", "power", "conditional"),
        new("branches", Number.Double, Parameters.None, "if", "switch", "pattern switch", "pattern", "switch expression", "conditional",
            "extremum"),
        new("loops", Number.Double, Parameters.Span, "for over length", "for counted", "triangular", "while", "do", "foreach", "break",
            "continue", "return"),
        new("jumps", Number.Double, Parameters.Span, "goto target", "goto", "goto case", "break", "continue", "return", "switch"),
        new("tuples", Number.Double, Parameters.None, "deconstruct", "exchange", "tuple state", "call with two results"),
        new("calls", Number.Double, Parameters.Span, "call", "reduction", "call with two results", "call that writes",
            "call that makes an array", "local function"),
        new("references", Number.Double, Parameters.Reference | Parameters.WrittenSpan, "call by reference", "call that writes", "store"),
        new("recursion", Number.Double, Parameters.WrittenSpan, "recursion", "mutual recursion", "recursion over slices",
            "recursive writer"),
        new("checkpoints", Number.Double, Parameters.WrittenSpan | Parameters.Span, "checkpointed loop", "call that writes", "call", "reduction"),
        new("arrays", Number.Double, Parameters.Array, "new array", "stack buffer", "array of values", "copy", "store", "fill",
            "copy into", "step by new array"),
        new("neighbours", Number.Double, Parameters.Span | Parameters.WrittenSpan, "for over length", "store", "prefix sums"),
        new("indices", Number.Double, Parameters.Span | Parameters.Order, "for over length", "triangular", "store"),
        new("swapped buffers", Number.Double, Parameters.WrittenSpan | Parameters.Span, "swap", "new array", "copy", "store",
            "step by new array"),
        new("views", Number.Double, Parameters.WrittenSpan, "slice", "store", "call that writes", "fill"),
        new("rows", Number.Double, Parameters.Matrix | Parameters.Span, "rows", "matrix", "store", "for over length", "reduction"),
        new("in-out", Number.Double, Parameters.WrittenSpan | Parameters.Span | Parameters.NoResult, "store", "prefix sums", "swap", "if"),
        new("written arrays", Number.Double, Parameters.WrittenArray | Parameters.Array, "store", "copy into", "call that writes"),
        new("tensors", Number.Double, Parameters.Tensor, "tensor loop", "tensor over a matrix", "matrix", "store"),
        new("soft operators", Number.Double, Parameters.Softness | Parameters.Span, "soft", "safe", "straight through", "stopped",
            "elementwise", "row operator"),
        new("rules", Number.Double, Parameters.WrittenSpan, "rule", "rule with residual", "reduction rule", "span rule", "for over length"),
        new("primitives", Number.Double, Parameters.Span | Parameters.WrittenSpan, "primitive", "elementwise", "for counted"),
        new("float", Number.Float, Parameters.Span),
        new("float arrays", Number.Float, Parameters.WrittenSpan, "store", "for over length", "new array", "call that writes"),
        new("generic", Number.Generic, Parameters.Span),
        new("generic arrays", Number.Generic, Parameters.WrittenSpan, "store", "for over length", "new array", "call", "reduction"),
        new("structs", Number.Double, Parameters.Value, "declare value", "assign value", "change value", "property of a value",
            "method of a value", "helper of values", "member of a value"),
        new("struct states", Number.Double, Parameters.ValueReference | Parameters.Span, "change value", "value by reference", "value state",
            "exchange values", "deconstruct value", "for over length"),
        new("struct arrays", Number.Double, Parameters.ValueSpan | Parameters.WrittenValues, "store value", "foreach value",
            "new value array", "value array of values", "for over length"),
        new("struct results", Number.Double, Parameters.ValueResult | Parameters.Value, "assign value", "value state", "pattern of a value"),
        new("float structs", Number.Float, Parameters.Value | Parameters.ValueSpan, "declare value", "assign value", "store value"),
        new("matrices", Number.Double, Parameters.Grid | Parameters.Span, "tensor loop", "new matrix", "matrix helper", "store"),
        new("written matrices", Number.Double, Parameters.WrittenGrid | Parameters.Grid, "tensor loop", "matrix writer", "store"),
        new("jagged arrays", Number.Double, Parameters.Jagged | Parameters.Span, "row of jagged", "jagged helper", "new jagged",
            "exchange rows"),
        new("written jagged arrays", Number.Double, Parameters.WrittenJagged | Parameters.NoResult, "row of jagged", "new jagged", "store"),
        new("lambdas", Number.Double, Parameters.Span, "lambda", "lambda of statements", "returned lambda", "writing lambda",
            "call of a lambda", "delegate helper", "local function"),
        new("queries", Number.Double, Parameters.Array, "query", "query of pairs", "query of a range", "query of values", "query array",
            "new array", "new value array"),
        new("float lambdas", Number.Float, Parameters.None, "lambda", "lambda of statements", "writing lambda", "call of a lambda",
            "delegate helper"),
        new("methods of classes", Number.Double, Parameters.ClassReceiver | Parameters.Span, "call", "local function", "query", "for over length"),
        new("methods of structs", Number.Double, Parameters.StructReceiver | Parameters.Span, "update", "declare value", "call",
            "call by reference", "if"),
        new("constant objects", Number.Double, Parameters.Constants | Parameters.Span, "constant of an object", "method of a constant",
            "foreach constant", "constant of a list", "random generator", "random number"),
        new("made objects", Number.Double, Parameters.None, "new object", "call of an object", "step of an object",
            "reading of an object", "helper of an object", "for counted", "list of numbers"),
        new("part of Wrt", Number.Double, Parameters.Wrt | Parameters.Span, "for over length", "store", "new array"),
    ];

    /// <summary>Whether parameters or the result are trees of numbers or objects.</summary>
    public bool HasTrees => (Needs & Trees) != 0;

    public double Weight(IDrawn drawn) => Avoided.Names.Contains(drawn.Name) ? 0
        : drawn.Weight * (Emphasis.Contains(drawn.Name) ? Factor : 1);
}
