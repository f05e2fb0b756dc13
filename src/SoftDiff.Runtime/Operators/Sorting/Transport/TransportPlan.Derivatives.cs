namespace SoftDiff;

/// <summary>
/// The derivatives of the optimum. With the slopes W of φ and their sum w of an element, a change τ of x changes ln φ' … G by W (scale τ + δ - change of θ),
/// where the change δ of the offsets keeps the masses. Differences of scales and of offsets are taken pair by pair, so that they keep their digits where one
/// position has nearly all of an element.
/// </summary>
internal ref partial struct TransportPlan
{
    /// <summary>
    /// The cotangents of x and, returned, of the softness from those of the weights (or of their logarithms) of some positions, row by row.
    /// </summary>
    public readonly double Vjp(in TransportRows rows, bool log, ReadOnlySpan<double> cWeights, Span<double> dX)
    {
        using var rented = Scratch.Rent<double>((3L * _elements) + _positions);
        var own = rented.Span[.._elements];
        var sums = rented.Span.Slice(_elements, _elements);
        var means = rented.Span.Slice(2 * _elements, _elements);
        var lambda = rented.Span[(3 * _elements)..];

        // Through t, and through θ, which takes the mean over the positions.
        dX.Clear();
        sums.Clear();
        lambda.Clear();
        for (var r = 0; r < rows.Count; r++)
        {
            var j = rows.Position(r);
            Responses(j, log, own);
            Lanewise.Map(own, cWeights.Slice(r * _elements, _elements), own, default(Product<double>));
            Lanewise.Map(own, sums, sums, default(Plus<double>));
            Lanewise.Map(dX, own, dX, new PlusScaled<double>(_scales[j]));
            lambda[j] = Lanewise.Sum(own, own, default(First<double>));
        }

        MeanScales(means);
        for (var i = 0; i < _elements; i++) dX[i] -= means[i] * sums[i];
        Lanewise.Map(sums, _slopeSums, sums, default(QuotientOrZero<double>));
        for (var j = 0; j < _positions; j++) lambda[j] -= Lanewise.Sum(Row(_slopes, j), sums, default(Product<double>));

        // Through the offsets.
        FactorHessian(0);
        new GroundedLaplacian(_matrix, _ground).Solve(lambda);
        for (var j = 0; j < _positions; j++)
        {
            sums.Clear();
            for (var k = j + 1; k < _positions; k++)
            {
                var slopes = Row(_slopes, k);
                Lanewise.Map(sums, slopes, sums, new PlusScaled<double>((_scales[k] - _scales[j]) * (lambda[k] - lambda[j])));
            }

            Lanewise.Map(Row(_slopes, j), _slopeSums, own, default(QuotientOrZero<double>));
            Lanewise.Map(own, sums, own, default(Product<double>));
            Lanewise.Map(dX, own, dX, new PlusScaled<double>(-1));
        }

        return -Lanewise.Sum(_x, dX, default(Product<double>)) / _softness;
    }

    /// <summary>The tangents of the weights (or of their logarithms) of some positions, row by row.</summary>
    public readonly void Jvp(in TransportRows rows, bool log, ReadOnlySpan<double> tX, double tSoftness, Span<double> tWeights)
    {
        using var rented = Scratch.Rent<double>((3L * _elements) + _positions);
        var tau = rented.Span[.._elements];
        var common = rented.Span.Slice(_elements, _elements);
        var own = rented.Span.Slice(2 * _elements, _elements);
        var delta = rented.Span[(3 * _elements)..];

        // What the masses would lose, and the offsets that give it back.
        for (var i = 0; i < _elements; i++) tau[i] = tX[i] - (_x[i] * tSoftness / _softness);
        delta.Clear();
        for (var j = 0; j < _positions; j++)
        {
            Lanewise.Map(Row(_slopes, j), _slopeSums, own, default(QuotientOrZero<double>));
            Lanewise.Map(own, tau, own, default(Product<double>));
            for (var k = j + 1; k < _positions; k++)
            {
                var moved = (_scales[k] - _scales[j]) * Lanewise.Sum(own, Row(_slopes, k), default(Product<double>));
                delta[j] += moved;
                delta[k] -= moved;
            }
        }

        FactorHessian(0);
        new GroundedLaplacian(_matrix, _ground).Solve(delta);

        // The change of θ.
        MeanScales(common);
        Lanewise.Map(common, tau, common, default(Product<double>));
        for (var j = 0; j < _positions; j++)
        {
            Lanewise.Map(Row(_slopes, j), _slopeSums, own, default(QuotientOrZero<double>));
            Lanewise.Map(common, own, common, new PlusScaled<double>(delta[j]));
        }

        for (var r = 0; r < rows.Count; r++)
        {
            var j = rows.Position(r);
            var target = tWeights.Slice(r * _elements, _elements);
            Responses(j, log, own);
            Lanewise.Map(tau, common, target, new AffineDifference(_scales[j], delta[j]));
            Lanewise.Map(target, own, target, default(Product<double>));
        }
    }

    /// <summary>The derivative of the weights of a position, or of their logarithms, by t. A weight that is exactly 0 counts as constant.</summary>
    private readonly void Responses(int position, bool log, Span<double> responses)
    {
        if (!log) Row(_slopes, position).CopyTo(responses);
        else if (_power == 0) responses.Fill(1);
        else Lanewise.Map(Row(_slopes, position), Row(_weights, position), responses, default(QuotientOrZero<double>));
    }

    /// <summary>The mean scale of the positions of each element, weighted by the slopes.</summary>
    private readonly void MeanScales(Span<double> means)
    {
        means.Clear();
        for (var j = 0; j < _positions; j++) Lanewise.Map(means, Row(_slopes, j), means, new PlusScaled<double>(_scales[j]));
        Lanewise.Map(means, _slopeSums, means, default(QuotientOrZero<double>));
    }
}

/// <summary>Which positions make the rows of a result: <paramref name="First"/>, then one after the other, up- or downwards.</summary>
internal readonly record struct TransportRows(int First, int Stride, int Count)
{
    public int Position(int row) => First + (row * Stride);
}
