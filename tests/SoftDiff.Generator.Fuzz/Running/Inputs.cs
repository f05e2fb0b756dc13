using System.Globalization;
using SoftDiff.Generator.Tests.Harness;

namespace SoftDiff.Generator.Fuzz.Running;

/// <summary>The inputs of a drawn program at a point, in the order of <see cref="ProbeAdapter"/>. Drawn points are plain numbers.</summary>
internal static class Inputs
{
    public static double[] Of(MethodShape shape, ProbePoint point) =>
    [
        .. from p in shape.Parameters
           where p.IsInput
           from item in p.IsBuffer ? ArgumentText.Items(point.Arguments[p.Name]) : [point.Arguments[p.Name]]
           let number = double.Parse(item, CultureInfo.InvariantCulture)
           select p.Element == "float" || (p.Element == "T" && point.Arguments["T"] == "float") ? (float)number : number,
    ];
}
