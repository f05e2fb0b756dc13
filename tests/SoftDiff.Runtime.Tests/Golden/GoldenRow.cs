using System.Globalization;
using System.Text.Json;

namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>One reference: the options and inputs of a call, its result, and its derivatives for a cotangent.</summary>
internal sealed class GoldenRow
{
    private readonly JsonElement json;
    private readonly Func<double, double> round;

    public GoldenRow(JsonElement json)
        : this(json, number => number)
    {
    }

    private GoldenRow(JsonElement json, Func<double, double> round)
    {
        (this.json, this.round) = (json, round);
        Id = json.GetProperty("id").GetString()!;
        Op = json.GetProperty("op").GetString()!;
        Inputs = GoldenArray.ReadAll(json.GetProperty("inputs"))
            .ToDictionary(input => input.Key, input => new GoldenArray(input.Value.Shape, Array.ConvertAll(input.Value.Data, round.Invoke)), StringComparer.Ordinal);
        Output = GoldenArray.Read(json.GetProperty("output"));
        Cotangent = GoldenArray.Read(json.GetProperty("cotangent"));
        Grads = GoldenArray.ReadAll(json.GetProperty("grads"));
        GradSoftness = NumberOrNull("grad_softness");
        Softness = round(NumberOrNull("softness") ?? 0.1);
        NoiseOutput = NumberOrNull("noise_output") ?? 0;
        NoiseGrads = NumberOrNull("noise_grads") ?? 0;
        Edge = TextOrNull("edge");
        OwnSolver = TextOrNull("provenance") == "own-solver";
        ModeName = TextOrNull("mode");
        Method = TextOrNull("method");
    }

    public string Id { get; }

    public string Op { get; }

    public IReadOnlyDictionary<string, GoldenArray> Inputs { get; }

    public GoldenArray Output { get; }

    public GoldenArray Cotangent { get; }

    public IReadOnlyDictionary<string, GoldenArray> Grads { get; }

    public double? GradSoftness { get; }

    public double Softness { get; }

    /// <summary>How much the reference itself moves when its inputs move by 1e-15, relatively.</summary>
    public double NoiseOutput { get; }

    /// <inheritdoc cref="NoiseOutput"/>
    public double NoiseGrads { get; }

    /// <summary>What is special about the inputs: ties, kinks, one element; null for nothing.</summary>
    public string? Edge { get; }

    /// <summary>Whether the reference is the converged solution of an own solver, not SoftJAX's answer.</summary>
    public bool OwnSolver { get; }

    public string? ModeName { get; }

    public string? Method { get; }

    /// <summary>The row with inputs and options as floats hold them; its references are those of the row itself, and so do not quite fit.</summary>
    public GoldenRow InFloat() => new(json, number => (float)number);

    /// <summary>The numbers that have a reference.</summary>
    public IEnumerable<Number> Numbers()
    {
        for (var i = 0; i < Output.Data.Length; i++) yield return new(Quantity.Output, i, Output.Data[i]);
        foreach (var gradient in Grads.Values)
        {
            for (var i = 0; i < gradient.Data.Length; i++) yield return new(Quantity.Gradient, i, gradient.Data[i]);
        }

        if (GradSoftness is { } softness) yield return new(Quantity.SoftnessGradient, 0, softness);
    }

    public bool Has(string option) => json.TryGetProperty(option, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether the row says something about an option, be it null.</summary>
    public bool IsGiven(string option) => json.TryGetProperty(option, out _);

    /// <summary>A flag; null for an option that is something else.</summary>
    public bool? Flags(string option) => json.GetProperty(option).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public bool Flag(string option, bool absent = false) => Has(option) ? json.GetProperty(option).GetBoolean() : absent;

    public int Integer(string option, int absent) => Has(option) ? json.GetProperty(option).GetInt32() : absent;

    public double Number(string option, double absent) => round(NumberOrNull(option) ?? absent);

    /// <summary>A number or a list of them.</summary>
    public double[] Numbers(string option) => Elements(option).Select(e => round(GoldenArray.Number(e))).ToArray();

    /// <summary>An integer, a list of them, or none.</summary>
    public int[]? Integers(string option) => Has(option) ? Elements(option).Select(e => e.GetInt32()).ToArray() : null;

    public bool IsList(string option) => Has(option) && json.GetProperty(option).ValueKind == JsonValueKind.Array;

    public string? TextOrNull(string option) => Has(option) ? json.GetProperty(option).GetString() : null;

    public override string ToString() => string.Join(' ', json.EnumerateObject()
        .Where(p => p.Value.ValueKind is not JsonValueKind.Object and not JsonValueKind.Null && !p.Name.StartsWith("noise", StringComparison.Ordinal))
        .Select(p => p.Name is "id" or "op" ? p.Value.GetString() : $"{p.Name}={p.Value}"));

    private double? NumberOrNull(string option) => Has(option) ? GoldenArray.Number(json.GetProperty(option)) : null;

    private IEnumerable<JsonElement> Elements(string option)
    {
        var value = json.GetProperty(option);
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
    }
}

/// <summary>An array of any rank, row-major.</summary>
internal sealed record GoldenArray(int[] Shape, double[] Data)
{
    public static GoldenArray Read(JsonElement json) => new(
        json.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32()).ToArray(),
        json.GetProperty("data").EnumerateArray().Select(Number).ToArray());

    public static IReadOnlyDictionary<string, GoldenArray> ReadAll(JsonElement json) =>
        json.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value), StringComparer.Ordinal);

    /// <summary>A number, or one of the names that stand for the non-finite ones; a boolean counts as 0 or 1.</summary>
    public static double Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Null => double.NaN,
        _ => json.GetString()!.ToLowerInvariant() switch
        {
            "inf" or "infinity" or "+inf" or "+infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            "nan" => double.NaN,
            var text => double.Parse(text, CultureInfo.InvariantCulture),
        },
    };
}
