namespace SoftDiff;

/// <summary>Chooses the method by which rows of a soft permutation, averages by them, and ranks are computed.</summary>
internal readonly struct SoftPermutation(SortOptions<double> options) : IPlanMethod<double>, IAverageMethod, IRankMethod<double>
{
    private SoftSort SoftSort => new(options.Softness, options.Mode);

    private NeuralSort NeuralSort => new(options.Softness, options.Mode);

    private OptimalTransport<double> Transport => new(options.Softness, options.Mode);

    private SortingNetwork<double> Network => new(options.Softness, options.Mode, options.Standardize);

    private SmoothSort SmoothSort => new(options.Softness);

    private PlanAverages<OptimalTransport<double>> TransportAverages => new(Transport);

    private PlanAverages<SortingNetwork<double>> NetworkAverages => new(Network);

    private FastSoftSort Fast => new(options.Softness, options.Mode);

    public void Rows(ReadOnlySpan<double> w, in RowRequest request, bool log, Span<double> p)
    {
        switch (options.Method)
        {
            case SortMethod.SoftSort: SoftSort.Rows(w, request, log, p); break;
            case SortMethod.NeuralSort: NeuralSort.Rows(w, request, log, p); break;
            case SortMethod.OptimalTransport: Transport.Rows(w, request, log, p); break;
            default: Network.Rows(w, request, log, p); break;
        }
    }

    public double RowsVjp(ReadOnlySpan<double> w, in RowRequest request, bool log, Span<double> p, ReadOnlySpan<double> cP, Span<double> dW) =>
        options.Method switch
        {
            SortMethod.SoftSort => SoftSort.RowsVjp(w, request, log, p, cP, dW),
            SortMethod.NeuralSort => NeuralSort.RowsVjp(w, request, log, p, cP, dW),
            SortMethod.OptimalTransport => Transport.RowsVjp(w, request, log, p, cP, dW),
            _ => Network.RowsVjp(w, request, log, p, cP, dW),
        };

    public void RowsJvp(
        ReadOnlySpan<double> w, in RowRequest request, bool log, ReadOnlySpan<double> tW, double tSoftness, Span<double> p, Span<double> tP)
    {
        switch (options.Method)
        {
            case SortMethod.SoftSort: SoftSort.RowsJvp(w, request, log, tW, tSoftness, p, tP); break;
            case SortMethod.NeuralSort: NeuralSort.RowsJvp(w, request, log, tW, tSoftness, p, tP); break;
            case SortMethod.OptimalTransport: Transport.RowsJvp(w, request, log, tW, tSoftness, p, tP); break;
            default: Network.RowsJvp(w, request, log, tW, tSoftness, p, tP); break;
        }
    }

    public void Average(ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, Span<double> y)
    {
        switch (options.Method)
        {
            case SortMethod.SoftSort: SoftSort.Average(w, v, request, y); break;
            case SortMethod.NeuralSort: NeuralSort.Average(w, v, request, y); break;
            default: TransportAverages.Average(w, v, request, y); break;
        }
    }

    public double AverageVjp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        Span<double> y, ReadOnlySpan<double> cY, Span<double> dW, Span<double> dV) => options.Method switch
        {
            SortMethod.SoftSort => SoftSort.AverageVjp(w, v, request, constant, y, cY, dW, dV),
            SortMethod.NeuralSort => NeuralSort.AverageVjp(w, v, request, constant, y, cY, dW, dV),
            _ => TransportAverages.AverageVjp(w, v, request, constant, y, cY, dW, dV),
        };

    public void AverageJvp(
        ReadOnlySpan<double> w, ReadOnlySpan<double> v, in RowRequest request, bool constant,
        ReadOnlySpan<double> tW, ReadOnlySpan<double> tV, double tSoftness, Span<double> y, Span<double> tY)
    {
        switch (options.Method)
        {
            case SortMethod.SoftSort: SoftSort.AverageJvp(w, v, request, constant, tW, tV, tSoftness, y, tY); break;
            case SortMethod.NeuralSort: NeuralSort.AverageJvp(w, v, request, constant, tW, tV, tSoftness, y, tY); break;
            default: TransportAverages.AverageJvp(w, v, request, constant, tW, tV, tSoftness, y, tY); break;
        }
    }

    public void Rank(ReadOnlySpan<double> w, bool descending, Span<double> y)
    {
        switch (options.Method)
        {
            case SortMethod.SoftSort: SoftSort.Rank(w, descending, y); break;
            case SortMethod.NeuralSort: NeuralSort.Rank(w, descending, y); break;
            case SortMethod.OptimalTransport: TransportAverages.Rank(w, descending, y); break;
            case SortMethod.FastSoftSort: Fast.Rank(w, descending, y); break;
            case SortMethod.SmoothSort: SmoothSort.Rank(w, descending, y); break;
            default: NetworkAverages.Rank(w, descending, y); break;
        }
    }

    public double RankVjp(ReadOnlySpan<double> w, bool descending, Span<double> y, ReadOnlySpan<double> cY, Span<double> dW) =>
        options.Method switch
        {
            SortMethod.SoftSort => SoftSort.RankVjp(w, descending, y, cY, dW),
            SortMethod.NeuralSort => NeuralSort.RankVjp(w, descending, y, cY, dW),
            SortMethod.OptimalTransport => TransportAverages.RankVjp(w, descending, y, cY, dW),
            SortMethod.FastSoftSort => Fast.RankVjp(w, descending, y, cY, dW),
            SortMethod.SmoothSort => SmoothSort.RankVjp(w, descending, y, cY, dW),
            _ => NetworkAverages.RankVjp(w, descending, y, cY, dW),
        };

    public void RankJvp(ReadOnlySpan<double> w, bool descending, ReadOnlySpan<double> tW, double tSoftness, Span<double> y, Span<double> tY)
    {
        switch (options.Method)
        {
            case SortMethod.SoftSort: SoftSort.RankJvp(w, descending, tW, tSoftness, y, tY); break;
            case SortMethod.NeuralSort: NeuralSort.RankJvp(w, descending, tW, tSoftness, y, tY); break;
            case SortMethod.OptimalTransport: TransportAverages.RankJvp(w, descending, tW, tSoftness, y, tY); break;
            case SortMethod.FastSoftSort: Fast.RankJvp(w, descending, tW, tSoftness, y, tY); break;
            case SortMethod.SmoothSort: SmoothSort.RankJvp(w, descending, tW, tSoftness, y, tY); break;
            default: NetworkAverages.RankJvp(w, descending, tW, tSoftness, y, tY); break;
        }
    }
}
