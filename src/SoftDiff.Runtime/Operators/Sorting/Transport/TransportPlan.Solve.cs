namespace SoftDiff;

internal ref partial struct TransportPlan
{
    private const int MaxSteps = 100;
    private const int MaxTrials = 40;

    /// <summary>Relative gaps from which on Newton's method converges: whole steps are taken while they make the gaps smaller.</summary>
    private const double NearGap = 1e-3;

    /// <summary>
    /// A gap for each element that may remain when no step makes it smaller: what the empty positions take from the others, and rounding.
    /// </summary>
    private const double ToleratedGap = 2e-12;

    /// <summary>A relative gap that is not worth a step.</summary>
    private const double ExactGap = 1e-16;

    private const double LeastRidge = 1e-8;

    private readonly void Solve()
    {
        Fill();
        if (Tangents.Exist) MoveTangents();
    }

    /// <summary>
    /// One more Newton step, for the tangents of the offsets alone. The search ends where the values fit, which may be where it starts.
    /// </summary>
    private readonly void MoveTangents()
    {
        FactorHessian(0);
        for (var j = 0; j < _positions; j++) _step[j] = _gaps[j] - StopGradient.Of(_gaps[j]);
        new GroundedLaplacian(_matrix, _ground).Solve(_step);
        for (var j = 0; j < _positions; j++) _offsets[j] += _step[j];
        Project(_offsets);
    }

    /// <summary>Without the empty positions first; they hardly change the others.</summary>
    private readonly void Fill()
    {
        Minimize();
        if (!_counts.Contains(0)) return;

        const double LeastMass = 1e-12;
        var total = 0.0;
        for (var j = 0; j < _positions; j++) total += _masses[j] = Math.Max((double)_counts[j] / _elements, LeastMass);
        for (var j = 0; j < _positions; j++)
        {
            _masses[j] *= _elements / total;
            if (_counts[j] == 0) _offsets[j] = FittingOffset(j);
        }

        Minimize();
    }

    /// <summary>
    /// Newton's method for the offsets, with a line search. The Hessian is the Laplacian of a graph of the positions, linked by the
    /// elements that they share. If the graph falls into parts whose masses do not fit, the step cannot move mass between them. Every
    /// position then gets a link to the ground; with strong links the step becomes a gradient step.
    /// </summary>
    private readonly void Minimize()
    {
        var value = Project(_offsets);
        var gap = MeasureGaps(_gaps);
        var tolerated = _elements * (ToleratedGap + (1e-16 * (_scales[^1] - _scales[0]) * Lanewise.Max(_x)));
        var ridge = 0.0;
        for (var step = 0; step < MaxSteps && gap.Relative > ExactGap && ridge <= 1; step++)
        {
            FactorHessian(ridge);
            _gaps.CopyTo(_step);
            new GroundedLaplacian(_matrix, _ground).SolveWithoutNoise(_step, _exchanged);
            var isSmall = gap.Absolute < tolerated;
            if (Advance(isSmall, ref value, ref gap))
            {
                _trialOffsets.CopyTo(_offsets);
                _trialGaps.CopyTo(_gaps);
                ridge = ridge <= LeastRidge ? 0 : ridge / 10;
                continue;
            }

            // The step is of no use; back to where it started from.
            Project(_offsets);
            MeasureGaps(_gaps);
            if (isSmall) break;
            ridge = Math.Max(LeastRidge, 100 * ridge);
        }
    }

    /// <summary>Takes the step, or a part of it; false if that does not help.</summary>
    private readonly bool Advance(bool isSmall, ref double value, ref Gap gap)
    {
        if (gap.Relative < NearGap)
        {
            var trialValue = Try(1, out var trialGap);
            if (trialGap.IsLess(gap, isSmall ? 0.5 : 1))
            {
                (value, gap) = (trialValue, trialGap);
                return true;
            }

            if (isSmall) return false;
        }

        return Search(isSmall, ref value, ref gap);
    }

    /// <summary>The value and the gaps after a part of the step.</summary>
    private readonly double Try(double length, out Gap gap)
    {
        for (var j = 0; j < _positions; j++) _trialOffsets[j] = _offsets[j] + (length * _step[j]);
        var value = Project(_trialOffsets);
        gap = MeasureGaps(_trialGaps);
        return value;
    }

    /// <summary>
    /// Line search for offsets at which the function is not larger and clearly flatter, or the gaps are half as large; false if there are
    /// none. The function itself says nothing any more when the gaps are small.
    /// </summary>
    private readonly bool Search(bool isSmall, ref double value, ref Gap gap)
    {
        var slope = Lanewise.Sum(_gaps, _step, default(Product<double>));
        if (!(slope > 0) || !double.IsFinite(slope)) return false;

        var (length, low, high) = (1.0, 0.0, double.PositiveInfinity);
        for (var trial = 0; trial < (isSmall ? MaxTrials / 10 : MaxTrials); trial++)
        {
            var trialValue = Try(length, out var trialGap);
            var trialSlope = Lanewise.Sum(_trialGaps, _step, default(Product<double>));
            var isLower = !isSmall && trialValue <= value + (1e-14 * Math.Abs(value));
            if ((isLower && Math.Abs(trialSlope) <= 0.9 * slope) || trialGap.IsLess(gap, 0.5))
            {
                (value, gap) = (trialValue, trialGap);
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

    /// <summary>The offset that gives a position its mass when θ does not change.</summary>
    private readonly double FittingOffset(int position)
    {
        var t = _elementScratch;
        Lanewise.Map(_x, _top, t, new AffineDifference(_scales[position], 0));
        Lanewise.Map(t, _level, t, new Mixture<double>(1, -1));
        var largest = Lanewise.Max(t);
        if (_power == 0) return Math.Log(_masses[position]) - largest - Math.Log(Lanewise.Sum(t, t, new ExpShifted<double>(largest, 0)));

        // As for the elements: ‖max(t - level, 0)‖ₚ is the p-th root of the mass, and levels come from below.
        var norm = Math.Pow(_masses[position], 1.0 / _power);
        var level = -norm;
        for (var iteration = 0; iteration < MaxTrials; iteration++)
        {
            var (sum, slope) = (0.0, 0.0);
            foreach (var element in t)
            {
                var excess = element - largest - level;
                if (!(excess > 0)) continue;
                var power = _power == 1 ? 1 : _power == 2 ? excess : excess * excess;
                (sum, slope) = (sum + (power * excess), slope + power);
            }

            var root = Math.Pow(sum, 1.0 / _power);
            var step = (root - norm) * sum / (root * slope);
            level += step;
            if (!(step > 1e-15 * norm)) break;
        }

        return -(level + largest);
    }

    /// <summary>
    /// The Hessian in the offsets: with the slopes W and their sums over the positions, positions j and k are linked by Σ Wⱼ Wₖ / sum over
    /// the elements.
    /// </summary>
    private readonly void FactorHessian(double ridge)
    {
        var shares = _elementScratch;
        for (var j = 0; j < _positions; j++)
        {
            var slopes = Row(_slopes, j);
            Lanewise.Map(slopes, _slopeSums, shares, default(QuotientOrZero<double>));
            MultiplyWithSlopes(shares, j + 1, _matrix.Slice((j * _positions) + j + 1, _positions - j - 1));
            var own = ridge == 0 ? 0 : Lanewise.Sum(slopes, slopes, default(First<double>));
            _ground[j] = ridge * (own > 0 ? own : 1);
        }

        new GroundedLaplacian(_matrix, _ground).Factor();
    }
}
