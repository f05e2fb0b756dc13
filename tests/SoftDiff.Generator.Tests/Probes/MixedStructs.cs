using System;
using System.Linq;
using SoftDiff;

namespace SoftDiff.Probes;

public readonly record struct Deal(double Strike, double Price, bool IsCall, int Weight = 1);

public sealed class Book(params Deal[] deals)
{
    private readonly Deal[] _deals = deals;

    public int Count => _deals.Length;

    public double Error(double volatility)
    {
        double sum = 0;
        for (int i = 0; i < _deals.Length; i++)
        {
            var deal = _deals[i];
            sum += MixedStructs.Error(volatility, deal) / Count;
        }

        return sum;
    }

    public double Calls(double volatility) => _deals.Where(deal => deal.IsCall).Sum(deal => volatility * volatility * deal.Strike);
}

/// <summary>Arrays of structs whose members are of several types: data that the method is not differentiated by.</summary>
public static partial class MixedStructs
{
    private static readonly Deal[] Listed = [new(1.25, 0.3, true), new(0.75, 0.4, false, 3)];

    //? a `[NonDifferentiable]` array of structs with members of several types
    //? volatility = 0.4, deals = [new Deal(1, 0.2, true, 2), new Deal(1.5, 0.1, false)]
    //? volatility = 0.4, deals = []
    [Differentiable]
    public static double Marked(double volatility, [NonDifferentiable] Deal[] deals)
    {
        double sum = 0;
        foreach (var deal in deals) sum += Error(volatility, deal);
        return sum;
    }

    //? such an array beside a parameter that `Wrt` names
    //? w = [0.5, -0.25], deals = [new Deal(1, 0.2, true, 1), new Deal(1.5, 0.1, false, 0)]
    //? w = [0.5], deals = [new Deal(1, 0.2, true, 1)] -> throws IndexOutOfRangeException
    [Differentiable(Wrt = ["w"])]
    public static double Indexed(ReadOnlySpan<double> w, Deal[] deals)
    {
        double sum = 0;
        for (int i = 0; i < deals.Length; i++) sum += w[deals[i].Weight] * w[0] * deals[i].Strike;
        return sum;
    }

    //? such an array in an object
    //? volatility = 0.4, book = new Book(new Deal(1, 0.2, true, 2), new Deal(1.5, 0.1, false))
    [Differentiable]
    public static double Field(double volatility, Book book) => book.Error(volatility);

    //? queries over such an array
    //? volatility = 0.4, book = new Book(new Deal(1, 0.2, true, 2), new Deal(1.5, 0.1, false))
    [Differentiable]
    public static double Query(double volatility, Book book) => book.Calls(volatility);

    //? such an array in a static field
    //? volatility = 0.4
    [Differentiable]
    public static double Static(double volatility)
    {
        double product = 1;
        foreach (var deal in Listed) product *= Error(volatility, deal);
        return product;
    }

    internal static double Error(double volatility, Deal deal)
    {
        double model = deal.IsCall ? volatility * deal.Strike : volatility * volatility - deal.Strike;
        return deal.Weight * (model - deal.Price) * (model - deal.Price);
    }
}
