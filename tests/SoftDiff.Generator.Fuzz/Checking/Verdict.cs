namespace SoftDiff.Generator.Fuzz.Checking;

/// <summary>How a check ended for one program.</summary>
internal enum Outcome
{
    /// <summary>Checked, and found right.</summary>
    Right,

    /// <summary>Right as far as it was judged. At some points differences do not settle, as near a kink.</summary>
    Kink,

    /// <summary>Refused by the compiler with an error of the language; <see cref="Verdict.Kind"/> is its id.</summary>
    Refused,

    /// <summary>
    /// No subject for the check: not C#, endless, not finite, or the program throws. Drawn programs should not be, shrunk ones often are.
    /// </summary>
    Unusable,

    /// <summary>A fault of the compiler.</summary>
    Wrong,
}

/// <summary>The result of a check for one program.</summary>
/// <param name="Kind">A short name by which shrinking recognises the same fault in a smaller program.</param>
/// <param name="Detail">What a reader needs: numbers, messages, the setting of the passes.</param>
internal sealed record Verdict(Outcome Outcome, string Kind, string Detail)
{
    public static readonly Verdict Right = new(Outcome.Right, "right", "");

    public static Verdict Kink(string where) => new(Outcome.Kink, "kink", where);

    public static Verdict Refused(string id, string message) => new(Outcome.Refused, id, message);

    public static Verdict Unusable(string why, string detail) => new(Outcome.Unusable, why, detail);

    /// <summary>The first type of exceptions that a message names; null if it names none.</summary>
    public static string? ExceptionIn(string message) => message.Split(' ', ':', '\'', '\n')
        .Select(word => word.TrimEnd('.')).FirstOrDefault(word => word.EndsWith("Exception", StringComparison.Ordinal));

    public static Verdict Wrong(string kind, string detail) => new(Outcome.Wrong, kind, detail);
}
