namespace SoftDiff.Generator.IR;

internal static partial class ScalarFunctions
{
    /// <summary>Functions of real numbers that are constant between steps.</summary>
    private static IEnumerable<ScalarFunction> Steps()
    {
        yield return Step(Opcode.Floor).Costs(2).Rounds((MidpointRounding)3);
        yield return Step(Opcode.Ceiling).Costs(2).Rounds((MidpointRounding)4);
        yield return Step(Opcode.Truncate).Costs(2).Rounds((MidpointRounding)2);
        yield return Step(Opcode.Round).Rounds(MidpointRounding.ToEven);
        yield return Step(Opcode.RoundAwayFromZero).Named("Round").Rounds(MidpointRounding.AwayFromZero, needsArgument: true);

        // The derivative of |x|, which keeps the type of x: the framework's function gives an integer and throws at NaN.
        yield return Unary(Opcode.Sign, Home.Partials).Costs(2).Zero(BetweenSteps);
    }

    private static ScalarFunction Step(Opcode code) => Unary(code, Home.Math).Zero(BetweenSteps);

    private const string BetweenSteps = "constant between its steps, 0 at them";
}
