using System.Reflection;

namespace SoftDiff.Runtime.Tests.SecondOrder;

/// <summary>Shapes for the operators on tensors: of one axis to three, each axis in turn, with axes that are repeated.</summary>
internal static class TensorShapes
{
    // Elements, axis, whether it is kept.
    private static readonly (int[] X, int? Axis, bool KeepDims)[] Rows =
        [([5], 0, false), ([2, 4], -1, false), ([3, 2, 2], 0, true), ([2, 3], null, false), ([2, 2, 2], null, true), ([2, 3, 2], 1, false)];

    // Inputs that are repeated along each other.
    private static readonly int[][][] Repeated = [[[2, 3], [2, 3], [2, 3]], [[3, 1, 2], [2, 2], [2, 1]], [[2], [1], [3, 1]]];

    public static IEnumerable<NestedShapes> Of(MethodInfo vjp)
    {
        var name = NestedMethods.Operator(vjp);
        var arrays = vjp.GetParameters().TakeWhile(p => !NestedPoint.IsWritten(p)).Where(NestedPoint.IsArray).Select(p => p.Name!)
            .Where(n => n != "destination" && n != "cDestination").ToList();
        return name switch
        {
            "Choose" => [Selected((arrays[0], [2, 1, 3]), (arrays[1], [3, 1, 4]), [2, 4]), Selected((arrays[0], [1, 3]), (arrays[1], [3, 2]), [2])],
            "Take" => [.. InDim([2, 3], 4), Selected(("x", [2, 3]), (arrays[1], [2, 6]), [2], ("axis", null))],
            "TakeAlongAxis" =>
            [
                Selected(("x", [2, 3]), (arrays[1], [2, 4, 3]), [2, 4], ("axis", 1)),
                Selected(("x", [3, 2]), (arrays[1], [2, 1, 3]), [2, 2], ("axis", 0)),
                Selected(("x", [2, 3]), (arrays[1], [2, 6]), [2], ("axis", null)),
            ],
            "DynamicIndexInDim" =>
            [
                Selected(("x", [2, 3]), (arrays[1], [3]), [2], ("axis", 1), ("keepDims", false)),
                Selected(("x", [3, 2, 2]), (arrays[1], [3]), [1, 2, 2], ("axis", 0), ("keepDims", true)),
            ],
            "DynamicSliceInDim" => [Selected(("x", [2, 3]), (arrays[1], [3]), [2, 2], ("axis", 1)), Selected(("x", [3, 2]), (arrays[1], [3]), [3, 2], ("axis", -2))],
            "DynamicSlice" => [Selected(("x", [3, 2]), (arrays[1], [5]), [2, 2]), Selected(("x", [2, 1, 3]), (arrays[1], [6]), [1, 1, 2])],
            _ when vjp.GetParameters().Any(p => p.Name == "axis") => Rows.Select(r => Along(vjp, name, r.X, r.Axis, r.KeepDims)),
            _ => Repeated.Select(shapes => Elementwise([.. arrays.Zip(shapes)])),
        };

        static IEnumerable<NestedShapes> InDim(int[] x, int k) =>
        [
            Selected(("x", x), ("softIndex", [k, x[0]]), [k, x[1]], ("axis", 0)),
            Selected(("x", x), ("softIndex", [k, x[1]]), [x[0], k], ("axis", -1)),
        ];
    }

    private static NestedShapes Elementwise((string Name, int[] Shape)[] inputs)
    {
        var joined = Enumerable.Repeat(1, inputs.Max(i => i.Shape.Length)).ToArray();
        foreach (var (_, shape) in inputs)
        {
            for (var d = 1; d <= shape.Length; d++) joined[^d] = Math.Max(joined[^d], shape[^d]);
        }

        return Named(inputs, ("destination", joined));
    }

    private static NestedShapes Selected((string, int[]) first, (string, int[]) second, int[] destination, params (string, object?)[] options) =>
        Named([first, second], ("destination", destination), options);

    private static NestedShapes Along(MethodInfo vjp, string name, int[] x, int? axis, bool keepDims)
    {
        var at = axis < 0 ? axis + x.Length : axis;
        var n = at is { } d ? x[d] : x.Aggregate(1, (a, b) => a * b);
        var stays = name is "Sort" or "Rank" or "ArgSort" or "TopK";
        var hasEntries = name.StartsWith("Arg", StringComparison.Ordinal);
        var several = vjp.GetParameters().Any(p => p.Name is "q" or "p" && NestedPoint.IsArray(p));
        (string, object?)[] options = stays ? [("axis", axis)] : [("axis", axis), ("keepDims", keepDims)];
        return Named(
            [("x", x), ("values", Result(2, false)), ("indices", Result(2, true)), (several ? vjp.GetParameters()[1].Name! : "", [2])],
            ("destination", Result(stays ? n : null, hasEntries)), options);

        int[] Result(int? positions, bool entries)
        {
            var shape = new List<int>();
            if (several) shape.Add(2);
            if (at is null && positions is { } all) shape.Add(all);
            for (var i = 0; i < x.Length; i++)
            {
                if (at is not null && at != i) shape.Add(x[i]);
                else if (positions is null && keepDims) shape.Add(1);
                else if (positions is { } some && at is not null) shape.Add(some);
            }

            if (entries) shape.Add(n);
            return shape.Count == 0 ? [1] : [.. shape];
        }
    }

    private static NestedShapes Named((string Name, int[] Shape)[] inputs, (string, int[]) destination, params (string Name, object? Value)[] options)
    {
        var text = string.Join(", ", inputs.Where(i => i.Name.Length > 0).Select(i => $"{i.Name} [{string.Join(", ", i.Shape)}]"));
        return new NestedShapes(text, inputs.Append(destination).ToDictionary(i => i.Item1, i => i.Item2, StringComparer.Ordinal), options);
    }
}
