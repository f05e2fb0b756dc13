namespace SoftDiff;

internal ref partial struct TransportPlan
{
    private const int MaxSteps = 100;
    private const int MaxTrials = 40;

    /// <summary>Relative gaps from which on Newton's method converges: whole steps are taken while they make the gaps smaller.</summary>
    private const double SmallGap = 1e-3;

    /// <summary>A gap that may remain when no further step is found.</summary>
    private const double ToleratedGap = 1e-11;

    private const double LeastRidge = 1e-8;

    /// <summary>
    /// Newton's method for the offsets, with a line search. The Hessian is the Laplacian of a graph of the positions, linked by the elements that they
    /// share. Where parts of the graph are apart and their masses do not fit, it says nothing about moving mass between them; then every position
    /// gets a link to the ground, which in the limit of a strong one is a gradient step.
    /// </summary>
    private void Solve()
    {
        var value = Project(_offsets);
        var (gap, relativeGap) = MeasureGaps(_gaps);
        var ridge = 0.0;
        for (var step = 0; step < MaxSteps && gap > 0 && ridge <= 1; step++)
        {
            Newton++;
            FactorHessian(ridge);
            _gaps.CopyTo(_step);
            new GroundedLaplacian(_matrix, _ground).Solve(_step);
            if (relativeGap < SmallGap)
            {
                for (var j = 0; j < _positions; j++) _trialOffsets[j] = _offsets[j] + _step[j];
                value = Project(_trialOffsets);
                var (trialGap, trialRelativeGap) = MeasureGaps(_trialGaps);
                if (!(trialRelativeGap < relativeGap)) break;
                (gap, relativeGap) = (trialGap, trialRelativeGap);
            }
            else if (Search(ref value, ref gap, ref relativeGap))
            {
                ridge = ridge <= LeastRidge ? 0 : ridge / 10;
            }
            else if (gap < ToleratedGap)
            {
                break;
            }
            else
            {
                Ridges++;
                ridge = Math.Max(LeastRidge, 100 * ridge);
                continue;
            }

            _trialOffsets.CopyTo(_offsets);
            _trialGaps.CopyTo(_gaps);
        }

        Project(_offsets);
        (Residual, _) = MeasureGaps(_trialGaps);
    }

    /// <summary>
    /// Looks along the step for offsets where the function is not larger and clearly flatter, or where the gaps are half as large; false if there are
    /// none.
    /// </summary>
    private bool Search(ref double value, ref double gap, ref double relativeGap)
    {
        var slope = Lanewise.Sum(_gaps, _step, default(Product<double>));
        if (!(slope > 0) || !double.IsFinite(slope)) return false;

        var (length, low, high) = (1.0, 0.0, double.PositiveInfinity);
        for (var trial = 0; trial < MaxTrials; trial++)
        {
            Searches++;
            for (var j = 0; j < _positions; j++) _trialOffsets[j] = _offsets[j] + (length * _step[j]);
            var trialValue = Project(_trialOffsets);
            var (trialGap, trialRelativeGap) = MeasureGaps(_trialGaps);
            var trialSlope = Lanewise.Sum(_trialGaps, _step, default(Product<double>));
            var isLower = trialValue <= value + (1e-14 * Math.Abs(value));
            if ((isLower && Math.Abs(trialSlope) <= 0.9 * slope) || trialRelativeGap < relativeGap / 2)
            {
                (value, gap, relativeGap) = (trialValue, trialGap, trialRelativeGap);
                return true;
            }

            if (trialSlope > 0) low = length;
            else high = length;
            length = double.IsPositiveInfinity(high) ? 4 * length
                : low == 0 ? length * Math.Max(0.1, slope / (slope - trialSlope))
                : (low + high) / 2;
        }

        return false;
    }

    /// <summary>
    /// The Hessian in the offsets: with the slopes W and their sums over the positions, positions j and k are linked by Σ Wⱼ Wₖ / sum over the elements.
    /// </summary>
    private readonly void FactorHessian(double ridge)
    {
        var shares = _elementScratch;
        for (var j = 0; j < _positions; j++)
        {
            var slopes = Row(_slopes, j);
            Lanewise.Map(slopes, _slopeSums, shares, default(Quotient));
            for (var k = j + 1; k < _positions; k++)
            {
                _matrix[(j * _positions) + k] = Lanewise.Sum(shares, Row(_slopes, k), default(Product<double>));
            }

            var own = ridge == 0 ? 0 : Lanewise.Sum(slopes, slopes, default(First<double>));
            _ground[j] = ridge * (own > 0 ? own : 1);
        }

        new GroundedLaplacian(_matrix, _ground).Factor();
    }
}
