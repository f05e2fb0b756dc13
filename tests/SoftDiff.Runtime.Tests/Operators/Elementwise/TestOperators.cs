using System.Numerics;

namespace SoftDiff.Runtime.Tests.Operators.Elementwise;

/// <summary>Every elementwise operator in every mode.</summary>
internal static class TestOperators
{
    public static IEnumerable<TestOperator<T>> All<T>(double softness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Enum.GetValues<SoftMode>().SelectMany(mode => InMode<T>(softness, mode)).Concat(Plain<T>());

    public static IEnumerable<TestOperator<T>> InMode<T>(double softness, SoftMode mode)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (s, epsilon) = (T.CreateChecked(softness), T.CreateChecked(1e-3));
        return
        [
            Of("heaviside", mode, new HeavisideOperator<T>(s, mode)),
            Of("sign", mode, new SignOperator<T>(s, mode)),
            Of("abs", mode, new AbsOperator<T>(s, mode)),
            Of("relu", mode, new ReluOperator<T>(s, mode, false)),
            Of("gated relu", mode, new ReluOperator<T>(s, mode, true)),
            Of("clamp", mode, new ClampOperator<T>(s, mode, false)),
            Of("gated clamp", mode, new ClampOperator<T>(s, mode, true)),
            Of("round", mode, new RoundOperator<T>(s, mode, 2)),
            Of("greater", mode, new OrderOperator<T>(s, mode, -epsilon, false, T.Zero)),
            Of("greater or equal", mode, new OrderOperator<T>(s, mode, epsilon, false, T.One)),
            Of("less", mode, new OrderOperator<T>(s, mode, epsilon, true, T.Zero)),
            Of("less or equal", mode, new OrderOperator<T>(s, mode, -epsilon, true, T.One)),
            Of("equal", mode, new ClosenessOperator<T>(s, mode, epsilon, T.Zero, T.Zero, false)),
            Of("not equal", mode, new ClosenessOperator<T>(s, mode, epsilon, T.Zero, T.Zero, true)),
            Of("close", mode, new ClosenessOperator<T>(s, mode, epsilon, T.CreateChecked(0.125), T.CreateChecked(0.0625), false)),
        ];
    }

    public static IEnumerable<TestOperator<T>> Plain<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        Of("and", default(SoftMode?), new AndOperator<T>(false)),
        Of("or", default(SoftMode?), new OrOperator<T>(false)),
        Of("xor", default(SoftMode?), new XorOperator<T>(false)),
        Of("geometric and", default(SoftMode?), new AndOperator<T>(true)),
        Of("geometric or", default(SoftMode?), new OrOperator<T>(true)),
        Of("geometric xor", default(SoftMode?), new XorOperator<T>(true)),
        Of("not", default(SoftMode?), new NotOperator<T>()),
        Of("where", default(SoftMode?), new WhereOperator<T>()),
        Of("sqrt", default(SoftMode?), new SafeSqrtOperator<T>()),
        Of("log", default(SoftMode?), new SafeLogOperator<T>()),
        Of("asin", default(SoftMode?), new SafeAsinOperator<T>()),
        Of("acos", default(SoftMode?), new SafeAcosOperator<T>()),
        Of("div", default(SoftMode?), new SafeDivOperator<T>()),
    ];

    /// <summary>Inputs within the domain of the operator: truth values and the like for those without a mode, a ≤ b for the bounds of a clamp.</summary>
    public static T[][] Arguments<T>(this TestOperator<T> f, int seed, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (f.Mode is null) return [.. Enumerable.Range(0, 3).Select(i => Samples.Uniform(seed + i, n, 0.05, 0.95).As<T>())];
        var bounds = f.Inputs == 3;
        return
        [
            Samples.Uniform(seed, n, -4, 4).As<T>(),
            Samples.Uniform(seed + 1, n, -4, bounds ? 0 : 4).As<T>(),
            Samples.Uniform(seed + 2, n, 0, 4).As<T>(),
        ];
    }

    private static TestOperator<T, TOperator> Of<T, TOperator>(string name, SoftMode? mode, TOperator @operator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TOperator : struct, IElementwise<T> => new(name, mode, @operator);
}
