namespace SoftDiff.Runtime.Tests.Golden;

/// <summary>
/// The operators by their names in the reference rows, each with the forms it is called in. The build makes the twins for float out of the files
/// of this folder, by replacing the names of the type.
/// </summary>
internal static partial class DoubleOperators
{
    public static IReadOnlyDictionary<string, Func<Call<double>, IEnumerable<Form<double>>>> All { get; } =
        new Dictionary<string, Func<Call<double>, IEnumerable<Form<double>>>>(StringComparer.Ordinal)
        {
        };
}
