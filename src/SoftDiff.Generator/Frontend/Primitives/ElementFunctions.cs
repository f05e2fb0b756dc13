namespace SoftDiff.Generator.Frontend.Primitives;

/// <summary>
/// What the methods of TensorPrimitives compute of each element: scalar functions, by their names and numbers of operands. Only the
/// derivative matters here, since the method itself computes the values.
/// </summary>
internal static class ElementFunctions
{
    private static readonly Dictionary<(string Name, int Operands), Derivative> Derivatives = Known();

    /// <summary>
    /// The derivative of the function that gives the elements of each destination; null if there is none, or one has no derivative.
    /// </summary>
    public static ImmutableArray<Derivative>? Of(string method, int operands, int destinations)
    {
        var names = destinations == 1 ? new[] { method }
            : method == "SinCos" ? new[] { "Sin", "Cos" }
            : method == "SinCosPi" ? new[] { "SinPi", "CosPi" } : Array.Empty<string>();
        var found = names.Select(name => Derivatives.TryGetValue((name, operands), out var derivative) ? derivative : null).OfType<Derivative>().ToImmutableArray();
        return found.Length == destinations ? found : null;
    }

    /// <summary>Whether the function is constant between steps, however many digits it keeps.</summary>
    public static bool IsSteps(string method) =>
        Enum.TryParse<Opcode>(method, out var code) && ScalarFunctions.Of(code) is { Derivative: null, Signature.Works: Domain.Float };

    private static Dictionary<(string Name, int Operands), Derivative> Known()
    {
        var derivatives = new Dictionary<(string Name, int Operands), Derivative>();
        foreach (var row in ScalarFunctions.All.Where(row => row.Derivative is not null && row.Spelling.Home is not (Home.Form or Home.Partials)))
        {
            // An operator's name is a symbol, and two functions are clamps.
            var name = row.Spelling.Home == Home.Operator ? row.Code.ToString() : row.Spelling.Name;
            if (row.Code != Opcode.ClampNative) derivatives.Add((name, row.Signature.Operands.Length), row.Derivative!);
        }

        void Add(string name, int operands, Derivative derivative) => derivatives.Add((name, operands), derivative);
        Derivative Like(Opcode code) => ScalarFunctions.Of(code).Derivative!;
        Add("Reciprocal", 1, Like(Opcode.ReciprocalEstimate));
        Add("ReciprocalSqrt", 1, Like(Opcode.ReciprocalSqrtEstimate));
        Add("MultiplyAdd", 3, Like(Opcode.FusedMultiplyAdd));
        foreach (var name in new[] { "Increment", "Decrement", "ConvertChecked", "ConvertSaturating", "ConvertTruncating" }) Add(name, 1, Like(Opcode.Convert));
        Add("AddMultiply", 3, new Derivative(Needs.Inputs, "c, c, a + b", "", (b, i, t) => b.Multiply(t, i == 2 ? b.Add(b.X(0), b.X(1)) : b.X(2))));
        return derivatives;
    }
}
