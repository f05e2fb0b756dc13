using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoftDiff.Runtime.Tests.Simd;

/// <summary>The loop with several results and sums, at all lengths, widths and in place, on whole numbers, whose sums are exact.</summary>
public sealed class FusedPassTests
{
    [Fact]
    public void Results_and_sums_do_not_depend_on_length_and_width()
    {
        Check<double>();
        Check<float>();
    }

    [Fact]
    public void Outputs_may_lie_in_inputs()
    {
        foreach (var n in Samples.Lengths)
        {
            var (a, b) = (Whole<double>(n, 7), Whole<double>(n, 5));
            var (first, second) = (new double[n], new double[n]);
            var expected = FusedPass.Run(new FusedSpans<double> { A = a, B = b, C = a, D = b, First = first, Second = second }, default(Step<double>));
            var sums = FusedPass.Run(new FusedSpans<double> { A = a, B = b, C = a, D = b, First = b, Second = a }, default(Step<double>));
            Assert.Equal(expected, sums);
            Assert.Equal(first, b);
            Assert.Equal(second, a);
        }
    }

    [Fact]
    public void A_decay_is_the_exponential_to_the_bit()
    {
        foreach (var x in Samples.Uniform(11, 20_000, 0, 745).Concat([0, 1e-300, 708.5, 744.9, 746, double.NaN]))
        {
            Assert.Equal(Exp(Vector128.Create(-x)), Decay(Vector128.Create(x)));
        }

        foreach (var x in Samples.Uniform(12, 20_000, 0, 104).Concat([0, 87.5, 103.9, 104]).Select(x => (float)x))
        {
            Assert.Equal(
                Exponential.Exp<float, Vector128<float>, Lanes128<float>>(Vector128.Create(-x)).ToScalar(),
                Exponential.Decay<float, Vector128<float>, Lanes128<float>>(Vector128.Create(x)).ToScalar());
        }

        static double Exp(Vector128<double> x) => Exponential.Exp<double, Vector128<double>, Lanes128<double>>(x).ToScalar();
        static double Decay(Vector128<double> x) => Exponential.Decay<double, Vector128<double>, Lanes128<double>>(x).ToScalar();
    }

    private static void Check<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var n in Samples.Lengths)
        {
            var (a, b, c, d) = (Whole<T>(n, 7), Whole<T>(n, 5), Whole<T>(n, 3), Whole<T>(n, 2));
            T[] first = [.. a.Zip(b, (x, y) => x + y)], second = [.. c.Zip(d, (x, y) => x - y)];
            var expected = new FusedSums(Total(a), Total(b), Total(c));
            Run(FusedPass.Run);
            if (n >= Vector128<T>.Count) Run((in FusedSpans<T> s, Step<T> f) => FusedPass.Run<T, Vector128<T>, Lanes128<T>, Step<T>>(s, 0, f));
            if (n >= Vector256<T>.Count) Run((in FusedSpans<T> s, Step<T> f) => FusedPass.Run<T, Vector256<T>, Lanes256<T>, Step<T>>(s, 0, f));
            if (n >= Vector512<T>.Count) Run((in FusedSpans<T> s, Step<T> f) => FusedPass.Run<T, Vector512<T>, Lanes512<T>, Step<T>>(s, 0, f));

            void Run(Pass<T> pass)
            {
                T[] one = new T[n + 1], two = new T[n + 1];
                var sums = pass(new FusedSpans<T> { A = a, B = b, C = c, D = d, First = one.AsSpan(0, n), Second = two.AsSpan(0, n) }, default);
                Assert.Equal(expected, sums);
                Assert.Equal([.. first, T.Zero], one);
                Assert.Equal([.. second, T.Zero], two);
            }
        }
    }

    private static double Total<T>(T[] x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => x.Sum(double.CreateTruncating);

    private static T[] Whole<T>(int n, int modulus)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => [.. Enumerable.Range(1, n).Select(i => T.CreateTruncating(i % modulus))];

    private delegate FusedSums Pass<T>(in FusedSpans<T> spans, Step<T> step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private readonly struct Step<T> : IFusedStep<T>
    {
        public static int Inputs => 4;

        public static int Outputs => 2;

        public static int Sums => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector, TLanes>(TVector a, TVector b, TVector c, TVector d, out TVector second, out FusedTerms<TVector> terms)
            where TVector : struct
            where TLanes : struct, ILanes<TVector, T>
        {
            second = TLanes.Subtract(c, d);
            terms = new FusedTerms<TVector> { Term1 = a, Term2 = b, Term3 = c };
            return TLanes.Add(a, b);
        }
    }
}
