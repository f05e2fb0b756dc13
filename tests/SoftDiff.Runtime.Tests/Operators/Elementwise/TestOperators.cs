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
            For<T>.Of("heaviside", mode, new HeavisideOperator<T>(s, mode)),
            For<T>.Of("sign", mode, new SignOperator<T>(s, mode)),
            For<T>.Of("abs", mode, new AbsOperator<T>(s, mode)),
            For<T>.Of("relu", mode, new ReluOperator<T>(s, mode, false)),
            For<T>.Of("gated relu", mode, new ReluOperator<T>(s, mode, true)),
            For<T>.Of("clamp", mode, new ClampOperator<T>(s, mode, false)),
            For<T>.Of("gated clamp", mode, new ClampOperator<T>(s, mode, true)),
            For<T>.Of("round", mode, new RoundOperator<T>(s, mode, 2)),
            For<T>.Of("greater", mode, new OrderOperator<T>(s, mode, -epsilon, false, T.Zero)),
            For<T>.Of("greater or equal", mode, new OrderOperator<T>(s, mode, epsilon, false, T.One)),
            For<T>.Of("less", mode, new OrderOperator<T>(s, mode, epsilon, true, T.Zero)),
            For<T>.Of("less or equal", mode, new OrderOperator<T>(s, mode, -epsilon, true, T.One)),
            For<T>.Of("equal", mode, new ClosenessOperator<T>(s, mode, epsilon, T.Zero, T.Zero, false)),
            For<T>.Of("not equal", mode, new ClosenessOperator<T>(s, mode, epsilon, T.Zero, T.Zero, true)),
            For<T>.Of("close", mode, new ClosenessOperator<T>(s, mode, epsilon, T.CreateChecked(0.125), T.CreateChecked(0.0625), false)),
        ];
    }

    public static IEnumerable<TestOperator<T>> Plain<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        For<T>.Of("and", null, new AndOperator<T>(false)),
        For<T>.Of("or", null, new OrOperator<T>(false)),
        For<T>.Of("xor", null, new XorOperator<T>(false)),
        For<T>.Of("geometric and", null, new AndOperator<T>(true)),
        For<T>.Of("geometric or", null, new OrOperator<T>(true)),
        For<T>.Of("geometric xor", null, new XorOperator<T>(true)),
        For<T>.Of("not", null, new NotOperator<T>()),
        For<T>.Of("where", null, new WhereOperator<T>()),
        For<T>.Of("sqrt", null, new SafeSqrtOperator<T>()),
        For<T>.Of("log", null, new SafeLogOperator<T>()),
        For<T>.Of("asin", null, new SafeAsinOperator<T>()),
        For<T>.Of("acos", null, new SafeAcosOperator<T>()),
        For<T>.Of("div", null, new SafeDivOperator<T>()),
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

    /// <summary>Leaves the operator's type to be inferred.</summary>
    private static class For<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static TestOperator<T> Of<TOperator>(string name, SoftMode? mode, TOperator @operator)
            where TOperator : struct, IElementwise<T> => new TestOperator<T, TOperator>(name, mode, @operator);
    }
}
