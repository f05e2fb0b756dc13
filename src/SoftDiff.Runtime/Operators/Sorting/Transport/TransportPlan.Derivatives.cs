namespace SoftDiff;

/// <summary>
/// The derivatives of the optimum. With the slopes W of φ and their sum w over the positions of an element, a change τ of x and the change
/// δ of the offsets that keeps the masses change G of a position j by Wⱼ Σₖ Wₖ / w ((scaleⱼ - scaleₖ) τ + δⱼ - δₖ). Differences are taken
/// pair by pair, so that they keep their digits where one position has nearly all of an element. A change ds of the softness acts as τ = -x
/// ds / s.
/// </summary>
internal ref partial struct TransportPlan
{
    /// <summary>
    /// The cotangents of x and, returned, of the softness from those of the weights (or of their logarithms) of some positions, row by row.
    /// </summary>
    public readonly double Vjp(in TransportRows rows, bool log, ReadOnlySpan<double> cWeights, Span<double> dX)
    {
        using var elements = new Parts(_elements, 2);
        using var positions = new Parts(_positions, 2);
        var own = elements.Next();
        var rest = elements.Next();
        var delta = positions.NextCleared();
        var ofPositions = positions.Next();

        // Directly, and what would go to the offsets.
        dX.Clear();
        for (var r = 0; r < rows.Count; r++)
        {
            var j = rows.Position(r);
            Responses(j, log, own);
            Lanewise.Map(own, cWeights.Slice(r * _elements, _elements), own, default(Product<double>));
            Lanewise.Map(own, _slopeSums, own, default(QuotientOrZero<double>));
            MultiplyWithSlopes(own, 0, ofPositions);
            for (var k = 0; k < _positions; k++)
            {
                if (k == j) continue;
                delta[j] += ofPositions[k];
                delta[k] -= ofPositions[k];
            }

            for (var k = 0; k < _positions; k++) ofPositions[k] = _scales[j] - _scales[k];
            CombineSlopes(ofPositions, 0, rest);
            Lanewise.Map(rest, own, rest, default(Product<double>));
            Lanewise.Map(dX, rest, dX, default(Plus<double>));
        }

        // Through the offsets: the Hessian is symmetric.
        FactorHessian(0);
        new GroundedLaplacian(_matrix, _ground).Solve(delta);
        for (var j = 0; j < _positions; j++)
        {
            var later = ofPositions[(j + 1)..];
            for (var k = j + 1; k < _positions; k++) ofPositions[k] = (_scales[k] - _scales[j]) * (delta[k] - delta[j]);
            CombineSlopes(later, j + 1, rest);
            Lanewise.Map(Row(_slopes, j), _slopeSums, own, default(QuotientOrZero<double>));
            Lanewise.Map(own, rest, own, default(Product<double>));
            Lanewise.Map(dX, own, dX, new PlusScaled<double>(-1));
        }

        return -Lanewise.Sum(_x, dX, default(Product<double>)) / _softness;
    }

    /// <summary>The tangents of the weights (or of their logarithms) of some positions, row by row.</summary>
    public readonly void Jvp(in TransportRows rows, bool log, ReadOnlySpan<double> tX, double tSoftness, Span<double> tWeights)
    {
        using var elements = new Parts(_elements, 2);
        using var positions = new Parts(_positions, 2);
        var tau = elements.Next();
        var own = elements.Next();
        var delta = positions.NextCleared();
        var ofPositions = positions.Next();
        for (var i = 0; i < _elements; i++) tau[i] = tX[i] - (_x[i] * tSoftness / _softness);

        // The masses that the change would lose, and the offsets that restore them.
        for (var j = 0; j < _positions; j++)
        {
            Lanewise.Map(Row(_slopes, j), _slopeSums, own, default(QuotientOrZero<double>));
            Lanewise.Map(own, tau, own, default(Product<double>));
            MultiplyWithSlopes(own, j + 1, ofPositions[(j + 1)..]);
            for (var k = j + 1; k < _positions; k++)
            {
                var moved = (_scales[k] - _scales[j]) * ofPositions[k];
                delta[j] += moved;
                delta[k] -= moved;
            }
        }

        FactorHessian(0);
        new GroundedLaplacian(_matrix, _ground).Solve(delta);
        for (var r = 0; r < rows.Count; r++)
        {
            var j = rows.Position(r);
            var target = tWeights.Slice(r * _elements, _elements);
            for (var k = 0; k < _positions; k++) ofPositions[k] = _scales[j] - _scales[k];
            CombineSlopes(ofPositions, 0, own);
            for (var k = 0; k < _positions; k++) ofPositions[k] = delta[j] - delta[k];
            CombineSlopes(ofPositions, 0, target);
            Lanewise.Map(own, tau, own, default(Product<double>));
            Lanewise.Map(target, own, target, default(Plus<double>));
            Lanewise.Map(target, _slopeSums, target, default(QuotientOrZero<double>));
            Responses(j, log, own);
            Lanewise.Map(target, own, target, default(Product<double>));
        }
    }

    /// <summary>Σ over the elements, for each position from the first on.</summary>
    private readonly void MultiplyWithSlopes(ReadOnlySpan<double> ofElements, int first, Span<double> products)
    {
        var kernel = new RowProducts(ofElements, _slopes[(first * _elements)..], products);
        VectorKernel.Run(ref kernel);
    }

    /// <summary>Σ over the positions from the first on, for each element.</summary>
    private readonly void CombineSlopes(ReadOnlySpan<double> coefficients, int first, Span<double> ofElements)
    {
        var kernel = new RowCombination(coefficients, _slopes[(first * _elements)..], ofElements);
        VectorKernel.Run(ref kernel);
    }

    /// <summary>
    /// The derivative of the weights of a position, or of their logarithms, by t. A weight that is exactly 0 counts as constant.
    /// </summary>
    private readonly void Responses(int position, bool log, Span<double> responses)
    {
        if (!log) Row(_slopes, position).CopyTo(responses);
        else if (_power == 0) responses.Fill(1);
        else Lanewise.Map(Row(_slopes, position), Row(_weights, position), responses, default(QuotientOrZero<double>));
    }
}

/// <summary>The positions that make the rows of a result: <paramref name="First"/>, then its successors or predecessors in turn.</summary>
internal readonly record struct TransportRows(int First, int Stride, int Count)
{
    public int Position(int row) => First + (row * Stride);
}
