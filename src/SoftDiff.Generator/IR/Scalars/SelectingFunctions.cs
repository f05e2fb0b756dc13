namespace SoftDiff.Generator.IR;

/// <summary>
/// Functions that return one of their inputs. Their partials select t, t/2 or 0. They never multiply by a 0 or 1 from the comparison,
/// because an infinite t would make the product on the unused side NaN.
/// </summary>
internal static partial class ScalarFunctions
{
    private static IEnumerable<ScalarFunction> Selecting()
    {
        const string half = "Half to each where a = b. ";
        const string propagate = half + "NaN to both where an input is NaN, as the function propagates it.";
        const string ignore = half + "Where one input is NaN the other gets all, as it is what the function returns; NaN if both are.";
        const string magnitude = "At a = -b all goes to the input that is returned. ";
        const string others = magnitude + ignore;

        var apart = new[] { new Box((-3, 0.9), (1, 4)), new Box((1, 4), (-3, 0.9)) };
        var apartInSize = new[]
        {
            new Box((-3, 3), (3.1, 8)), new Box((-8, -3.1), (-3, 3)), new Box((3.1, 8), (-3, 3)), new Box((-3, 3), (-8, -3.1)),
        };

        yield return Extremum(Number(Opcode.Max, Home.Math, 2).Costs(2), "a > b", propagate, Opcode.Greater, false, false).On(apart)
            .At(In(1, 1), 0.5, 0.5).At(In(0, -0.0), 0.5, 0.5).At(In(NaN, 1), NaN, NaN).At(In(1, NaN), NaN, NaN)
            .At(In(Inf, 1), 1, 0).At(In(Inf, Inf), 0.5, 0.5);
        yield return Extremum(Number(Opcode.Min, Home.Math, 2).Costs(2), "a < b", propagate, Opcode.Less, false, false).On(apart)
            .At(In(1, 1), 0.5, 0.5).At(In(0, -0.0), 0.5, 0.5).At(In(NaN, 1), NaN, NaN).At(In(1, NaN), NaN, NaN)
            .At(In(Inf, 1), 0, 1).At(In(-Inf, -Inf), 0.5, 0.5);
        yield return Extremum(Binary(Opcode.MaxNumber, Home.NumberType), "a > b", ignore, Opcode.Greater, false, true).On(apart)
            .At(In(1, 1), 0.5, 0.5).At(In(NaN, 1), 0, 1).At(In(1, NaN), 1, 0).At(In(NaN, NaN), NaN, NaN);
        yield return Extremum(Binary(Opcode.MinNumber, Home.NumberType), "a < b", ignore, Opcode.Less, false, true).On(apart)
            .At(In(1, 1), 0.5, 0.5).At(In(NaN, 1), 0, 1).At(In(1, NaN), 1, 0).At(In(NaN, NaN), NaN, NaN);

        yield return Extremum(Binary(Opcode.MaxMagnitude, Home.Math), "|a| > |b|", magnitude + propagate, Opcode.Greater, true, false)
            .On(apartInSize)
            .At(In(1, 1), 0.5, 0.5).At(In(2, -2), 1, 0).At(In(-2, 2), 0, 1).At(In(NaN, 1), NaN, NaN).At(In(-Inf, 1), 1, 0);
        yield return Extremum(Binary(Opcode.MinMagnitude, Home.Math), "|a| < |b|", magnitude + propagate, Opcode.Less, true, false)
            .On(apartInSize)
            .At(In(1, 1), 0.5, 0.5).At(In(2, -2), 0, 1).At(In(-2, 2), 1, 0).At(In(1, NaN), NaN, NaN).At(In(-Inf, 1), 0, 1);
        yield return Extremum(Binary(Opcode.MaxMagnitudeNumber, Home.NumberType), "|a| > |b|", others, Opcode.Greater, true, true)
            .On(apartInSize)
            .At(In(1, 1), 0.5, 0.5).At(In(2, -2), 1, 0).At(In(-2, 2), 0, 1).At(In(NaN, 1), 0, 1).At(In(1, NaN), 1, 0);
        yield return Extremum(Binary(Opcode.MinMagnitudeNumber, Home.NumberType), "|a| < |b|", others, Opcode.Less, true, true)
            .On(apartInSize)
            .At(In(1, 1), 0.5, 0.5).At(In(2, -2), 0, 1).At(In(-2, 2), 1, 0).At(In(NaN, 1), 0, 1).At(In(1, NaN), 1, 0);

        yield return Clamp(Number(Opcode.Clamp, Home.MathOfDouble, 3).Costs(2).ThrowsIn(Domain.Number, mayBeLeftOut: true));
        yield return Clamp(Ternary(Opcode.ClampNative, Home.NumberType));
    }

    /// <summary>A function that returns whichever input <paramref name="wins"/> against the other.</summary>
    private static ScalarFunction Extremum(
        ScalarFunction function, string first, string kink, Opcode wins, bool byMagnitude, bool ignoresNaN) =>
        function.Partials(Needs.Inputs, $"1 and 0 where {first}, else 0 and 1", (b, i, t) =>
            {
                var (own, other) = (b.X(i), b.X(1 - i));
                var unordered = ignoresNaN
                    ? b.Select(Equal(own, own), t, b.Select(Equal(other, other), b.Number(0), b.Number(NaN)))
                    : b.Number(NaN);
                var tie = b.Select(Equal(own, other), Scale(b, 0.5, t), unordered);
                var result = Contest(own, other, tie);
                return byMagnitude ? Contest(b.Apply(Opcode.Abs, own), b.Apply(Opcode.Abs, other), result) : result;

                Operand Equal(Operand a, Operand c) => b.Compare(Opcode.Equal, a, c);

                Operand Contest(Operand mine, Operand theirs, Operand otherwise) =>
                    b.Select(b.Compare(wins, mine, theirs), t, b.Select(b.Compare(wins, theirs, mine), b.Number(0), otherwise));
            }, kink);

    /// <summary>The comparisons are those that the function makes, so each input gets the partial exactly when it is returned.</summary>
    private static ScalarFunction Clamp(ScalarFunction function) => function
        .Partials(Needs.Inputs, "x: 1 where low ≤ x ≤ high, else 0; low: 1 where x < low; high: 1 where x > high", (b, i, t) =>
            {
                var zero = b.Number(0);
                Operand IsBelow() => b.Compare(Opcode.Less, b.X(0), b.X(1));
                Operand IsAbove() => b.Compare(Opcode.Greater, b.X(0), b.X(2));
                return i switch
                {
                    0 => b.Select(IsBelow(), zero, b.Select(IsAbove(), zero, t)),
                    1 => b.Select(IsBelow(), t, zero),
                    _ => b.Select(IsAbove(), t, zero),
                };
            }, "At a bound x gets 1 and the bound 0. A NaN x is returned and gets 1.")
        .On(new Box((-0.9, 0.9), (-2, -1), (1, 2)), new Box((-5, -2.1), (-2, -1), (1, 2)), new Box((2.1, 5), (-2, -1), (1, 2)))
        .At(In(1, 1, 2), 1, 0, 0).At(In(2, 1, 2), 1, 0, 0)
        .At(In(Inf, 1, 2), 0, 0, 1).At(In(-Inf, 1, 2), 0, 1, 0).At(In(NaN, 1, 2), 1, 0, 0);
}
