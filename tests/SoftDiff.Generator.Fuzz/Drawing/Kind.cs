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
}

/// <summary>
/// What a program is drawn for. Everything may occur in every kind; what a kind emphasises occurs more often.
/// </summary>
/// <param name="Needs">Parameters that every program of the kind has.</param>
/// <param name="Emphasis">Names of statements and terms.</param>
internal sealed record Kind(string Name, Number Number, Parameters Needs, params string[] Emphasis)
{
    private const double Factor = 6;

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
        new("part of Wrt", Number.Double, Parameters.Wrt | Parameters.Span, "for over length", "store", "new array"),
    ];

    public double Weight(IDrawn drawn) => Avoided.Names.Contains(drawn.Name) ? 0
        : drawn.Weight * (Emphasis.Contains(drawn.Name) ? Factor : 1);
}
