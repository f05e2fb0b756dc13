namespace Greeks;

/// <summary>A share and an option on it, one year before maturity.</summary>
internal static class Market
{
    public const double Spot = 100, Time = 0, Rate = 0.03, Volatility = 0.2, Strike = 110, Maturity = 1;

    /// <summary>Each Greek of the call: the declared derivative and the closed form.</summary>
    public static (string Name, double Generated, double ClosedForm)[] CallGreeks()
    {
        var closed = new ClosedForms(Spot, Time, Rate, Volatility, Strike, Maturity);
        return
        [
            ("price", European.Call(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Price),
            ("delta", European.Delta(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Delta),
            ("theta", European.Theta(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Theta),
            ("rho", European.Rho(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Rho),
            ("vega", European.Vega(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Vega),
            ("gamma", European.Gamma(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Gamma),
            ("vanna", European.Vanna(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Vanna),
            ("volga", European.Volga(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Volga),
            ("speed", European.Speed(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Speed),
            ("colour", European.Colour(Spot, Time, Rate, Volatility, Strike, Maturity), closed.Colour),
        ];
    }
}
