namespace SoftDiff.Generator.Fuzz.Reference;

/// <summary>A dual number of any type.</summary>
internal interface IDual
{
    double Wide { get; }

    double Tangent { get; }

    /// <summary>A number of the same type.</summary>
    object Replaced(double value, double tangent);
}
