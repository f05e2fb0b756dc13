namespace SoftDiff;

/// <summary>
/// The averages of <see cref="SoftAverages"/> for smooth SoftSort, whose weights are exp(-|aᵣ - aⱼ|) / Σ: all rows at once in linear time. Elements
/// are sorted and in units of the softness; the row of position r has the anchor aᵣ.
/// </summary>
internal static class ExponentialAverages
{
    public static void Value(ReadOnlySpan<double> keys, in RowRequest request, ReadOnlySpan<double> v, Span<double> y)
    {
        var n = keys.Length;
        using var parts = new Parts(n, 6);
        var sums = new ExponentialSums(keys, parts.Next());
        var centred = parts.Next();
        var ones = parts.Next();
        var weight = parts.Next();
        var product = parts.Next();
        var unused = parts.Next();
        Centre(v, centred);
        ones.Fill(1);
        sums.Sum(new(ones, centred), new(weight, product), new(unused, unused));
        for (var i = 0; i < y.Length; i++)
        {
            var r = request.Position(i, n);
            y[i] = v[0] + (product[r] / weight[r]);
        }
    }

    /// <summary>Overwrites the cotangents of the sorted elements as elements and as anchors and of their values.</summary>
    /// <returns>The cotangent of the softness times the softness.</returns>
    public static double Vjp(
        ReadOnlySpan<double> keys, in RowRequest request, ReadOnlySpan<double> v, Span<double> y, ReadOnlySpan<double> cY,
        Span<double> cKeys, Span<double> cAnchors, Span<double> cV)
    {
        var n = keys.Length;
        using var parts = new Parts(n, 11);
        var sums = new ExponentialSums(keys, parts.Next());
        var centred = parts.Next();
        var ones = parts.Next();
        var weight = parts.Next();
        var signedWeight = parts.Next();
        var weightMoment = parts.Next();
        var product = parts.Next();
        var signedProduct = parts.Next();
        var productMoment = parts.Next();
        Centre(v, centred);
        ones.Fill(1);
        sums.Sum(new(ones, centred), new(weight, product), new(signedWeight, signedProduct));
        sums.Moment(new(ones, centred), new(weightMoment, productMoment));

        // With gᵣ = cᵣ / Σ and the average mᵣ, the cotangent of the logit -|aᵣ - aⱼ| is gᵣ exp(-|aᵣ - aⱼ|) (vⱼ - mᵣ).
        var g = parts.Next();
        var gTimesMean = parts.Next();
        g.Clear();
        for (var i = 0; i < cY.Length; i++)
        {
            var r = request.Position(i, n);
            var share = 1 / weight[r];
            if (!y.IsEmpty) y[i] = v[0] + (product[r] * share);
            g[r] += cY[i] * share;
        }

        var cSoftness = 0.0;
        for (var r = 0; r < n; r++)
        {
            var mean = product[r] / weight[r];
            gTimesMean[r] = g[r] * mean;
            cAnchors[r] = -g[r] * (signedProduct[r] - (mean * signedWeight[r]));
            cSoftness += g[r] * (productMoment[r] - (mean * weightMoment[r]));
        }

        var signedG = signedWeight;
        var signedGTimesMean = signedProduct;
        sums.Sum(new(g, gTimesMean), new(cV, product), new(signedG, signedGTimesMean));
        for (var j = 0; j < n; j++) cKeys[j] = signedGTimesMean[j] - (centred[j] * signedG[j]);
        return cSoftness;
    }

    /// <summary>Overwrites the cotangents of the values, with the weights taken for constant.</summary>
    public static void PullbackOfValues(
        ReadOnlySpan<double> keys, in RowRequest request, ReadOnlySpan<double> v, Span<double> y, ReadOnlySpan<double> cY, Span<double> cV)
    {
        var n = keys.Length;
        using var parts = new Parts(n, 6);
        var sums = new ExponentialSums(keys, parts.Next());
        var f = parts.Next();
        var centred = parts.Next();
        var weight = parts.Next();
        var total = parts.Next();
        var unused = parts.Next();
        f.Fill(1);
        Centre(v, centred);
        sums.Sum(new(f, centred), new(weight, total), new(unused, unused));
        f.Clear();
        for (var i = 0; i < cY.Length; i++)
        {
            var r = request.Position(i, n);
            if (!y.IsEmpty) y[i] = v[0] + (total[r] / weight[r]);
            f[r] += cY[i] / weight[r];
        }

        sums.Sum(new(f, centred), new(cV, total), new(unused, unused));
    }

    public static void Jvp(
        ReadOnlySpan<double> keys, in RowRequest request, ReadOnlySpan<double> tKeys, ReadOnlySpan<double> tAnchors, double relativeSoftnessTangent,
        ReadOnlySpan<double> v, ReadOnlySpan<double> tV, Span<double> y, Span<double> tY)
    {
        var n = keys.Length;
        using var parts = new Parts(n, 16);
        var sums = new ExponentialSums(keys, parts.Next());
        var centred = parts.Next();
        var ones = parts.Next();
        var unused = parts.Next();
        var weight = parts.Next();
        var signedWeight = parts.Next();
        var weightMoment = parts.Next();
        var product = parts.Next();
        var signedProduct = parts.Next();
        var productMoment = parts.Next();
        var signedTangent = parts.Next();
        var signedTangentProduct = parts.Next();
        var tangents = parts.Next();
        var tangentProducts = parts.Next();
        var tValues = parts.Next();
        var tTotals = parts.Next();
        Centre(v, centred);
        ones.Fill(1);
        sums.Sum(new(ones, centred), new(weight, product), new(signedWeight, signedProduct));
        sums.Moment(new(ones, centred), new(weightMoment, productMoment));
        tKeys.CopyTo(tangents);
        Lanewise.Map(centred, tKeys, tangentProducts, default(Product<double>));
        sums.Sum(new(tangents, tangentProducts), new(unused, unused), new(signedTangent, signedTangentProduct));
        tV.CopyTo(tValues);
        sums.Sum(new(tValues, ones), new(tTotals, unused), new(unused, unused));
        for (var i = 0; i < y.Length; i++)
        {
            // The tangent of the logit -|aᵣ - aⱼ| is -sign(aᵣ - aⱼ) (tᵣ - tⱼ) + |aᵣ - aⱼ| ts / s.
            var r = request.Position(i, n);
            var mean = product[r] / weight[r];
            var logits = signedTangentProduct[r] - (mean * signedTangent[r])
                - (tAnchors[r] * (signedProduct[r] - (mean * signedWeight[r])))
                + (relativeSoftnessTangent * (productMoment[r] - (mean * weightMoment[r])));
            y[i] = v[0] + mean;
            tY[i] = (logits + tTotals[r]) / weight[r];
        }
    }

    // Averages of v - v[0] are as good as those of v, and exact where all are equal.
    private static void Centre(ReadOnlySpan<double> v, Span<double> centred) => Lanewise.Map(v, centred, new Shifted<double>(v[0], 0));
}
