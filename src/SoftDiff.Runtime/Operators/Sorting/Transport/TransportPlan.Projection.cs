namespace SoftDiff;

internal ref partial struct TransportPlan
{
    /// <summary>θ and G for given offsets, and the value of the function that the offsets minimise.</summary>
    private readonly double Project(ReadOnlySpan<double> offsets)
    {
        _top.Fill(double.NegativeInfinity);
        for (var j = 0; j < _positions; j++) Lanewise.Map(_x, _top, _top, new LargerAffine(_scales[j], offsets[j]));
        var value = _power == 0 ? ProjectSmooth(offsets) : ProjectPower(offsets);
        for (var i = 0; i < _elements; i++) value += _top[i] + _level[i];
        for (var j = 0; j < _positions; j++)
        {
            if (_masses[j] > 0) value -= _masses[j] * offsets[j];
        }

        return value;
    }

    /// <summary>G = exp(t) divided by its sums.</summary>
    private readonly double ProjectSmooth(ReadOnlySpan<double> offsets)
    {
        var sums = _elementScratch;
        sums.Clear();
        for (var j = 0; j < _positions; j++)
        {
            var row = Row(_weights, j);
            Lanewise.Map(_x, _top, row, new ExpAffineDifference(_scales[j], offsets[j]));
            Lanewise.Map(sums, row, sums, default(Plus<double>));
        }

        Lanewise.Map(sums, _level, default(Log<double>));
        for (var i = 0; i < _elements; i++) sums[i] = 1 / sums[i];
        for (var j = 0; j < _positions; j++) Lanewise.Map(Row(_weights, j), sums, Row(_weights, j), default(Product<double>));
        _slopeSums.Fill(1);
        return 0;
    }

    /// <summary>G = max(t - θ, 0)ᵖ, and the sum of the integrals of this.</summary>
    private readonly double ProjectPower(ReadOnlySpan<double> offsets)
    {
        for (var j = 0; j < _positions; j++) Lanewise.Map(_x, _top, Row(_weights, j), new AffineDifference(_scales[j], offsets[j]));
        FindLevels();

        var integrals = _elementScratch;
        integrals.Clear();
        _slopeSums.Clear();
        for (var j = 0; j < _positions; j++)
        {
            var row = Row(_weights, j);
            var slopes = Row(_slopes, j);
            Lanewise.Map(row, _level, row, default(Excess));
            Lanewise.Map(row, integrals, integrals, new AddedPower(_power + 1, 1.0 / (_power + 1)));
            Lanewise.Map(row, slopes, new ScaledPower(_power - 1, _power));
            Lanewise.Map(_slopeSums, slopes, _slopeSums, default(Plus<double>));
            Lanewise.Map(row, row, new ScaledPower(_power, 1));
        }

        return Lanewise.Sum(integrals, integrals, default(First<double>));
    }

    /// <summary>
    /// Newton's method for ‖max(t - θ, 0)‖ₚ = 1, all elements at once. It starts at -1, which the root is not below since the largest t is 0
    /// here. The norm is convex in θ and falls, so that no step passes the root; one step is exact where the entries are equal.
    /// </summary>
    private readonly void FindLevels()
    {
        const int MaxIterations = 60;
        var sums = _elementScratch;
        var slopes = _elementScratch2;
        var excess = _slopeSums;
        _level.Fill(-1);
        var previous = double.PositiveInfinity;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            sums.Clear();
            slopes.Clear();
            for (var j = 0; j < _positions; j++)
            {
                Lanewise.Map(Row(_weights, j), _level, excess, default(Excess));
                Lanewise.Map(excess, sums, sums, new AddedPower(_power, 1));
                Lanewise.Map(excess, slopes, slopes, new AddedPower(_power - 1, 1));
            }

            var largest = 0.0;
            for (var i = 0; i < _elements; i++)
            {
                var sum = sums[i];
                var step = (sum - (_power == 1 ? 1 : _power == 2 ? Math.Sqrt(sum) : Math.Cbrt(sum * sum))) / slopes[i];
                _level[i] += step;
                largest = Math.Max(largest, Math.Abs(step));
            }

            // Until the steps are rounding errors.
            if (!(largest > 1e-16) || (largest < 1e-13 && largest >= previous / 2)) return;
            previous = largest;
        }
    }

    /// <summary>
    /// By how much the masses exceed the sums of the rows of G; returns the largest, and the largest relative to what the position
    /// exchanges (to its mass, for the modes where that may vanish altogether). Both are counted from what the positions have where the
    /// softness vanishes, as shares received minus shares given away: these keep their digits when they are small, and with them the ratios
    /// of small weights.
    /// </summary>
    private readonly Gap MeasureGaps(Span<double> gaps)
    {
        var stays = _elementScratch;
        var given = _elementScratch2;
        for (var i = 0; i < _elements; i++)
        {
            ref var own = ref _weights[(_home[i] * _elements) + i];
            (stays[i], own) = (own, 0);
        }

        given.Clear();
        for (var j = 0; j < _positions; j++)
        {
            var row = Row(_weights, j);
            var received = Lanewise.Sum(row, row, default(First<double>));
            Lanewise.Map(given, row, given, default(Plus<double>));
            var missing = _masses[j] - _counts[j];
            gaps[j] = missing - received;
            _exchanged[j] = Math.Abs(missing) + received;
        }

        for (var i = 0; i < _elements; i++)
        {
            var home = _home[i];
            _weights[(home * _elements) + i] = stays[i];
            gaps[home] += given[i];
            _exchanged[home] += given[i];
        }

        var (absolute, relative) = (0.0, 0.0);
        for (var j = 0; j < _positions; j++)
        {
            if (gaps[j] == 0) continue;
            absolute = Math.Max(absolute, Math.Abs(gaps[j]));
            relative = Math.Max(relative, Math.Abs(gaps[j]) / (_power == 0 ? _exchanged[j] : _masses[j]));
        }

        return new Gap(absolute, relative);
    }

    private readonly record struct Gap(double Absolute, double Relative)
    {
        /// <summary>
        /// Whether the relative gap is less than a part of the other, or the absolute one less than half and not yet negligible.
        /// </summary>
        public bool IsLess(Gap other, double part) =>
            Relative < part * other.Relative || (Absolute < other.Absolute / 2 && other.Absolute > 1e-11);
    }
}
