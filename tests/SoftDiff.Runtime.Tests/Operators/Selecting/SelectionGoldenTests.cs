using System.Numerics.Tensors;
using SoftDiff.Runtime.Tests.Golden;
using SoftDiff.Runtime.Tests.Operators.Axes;

namespace SoftDiff.Runtime.Tests.Operators.Selecting;

/// <summary>The selections against the reference rows, with inputs and outputs in every memory layout; and ⟨c, J t⟩ = ⟨Jᵀ c, t⟩.</summary>
public class SelectionGoldenTests
{
    public static TheoryData<string> Rows() =>
        [.. GoldenFiles.Rows.Where(row => row.Id.StartsWith("selection/", StringComparison.Ordinal) && row.Op != "where").Select(row =>
            row.Id)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void AgreesWithReference(string id)
    {
        var row = GoldenFiles.Rows.Single(row => row.Id == id);
        foreach (var layout in Enum.GetValues<MemoryLayout>())
        {
            var other = (MemoryLayout)(((int)layout + 1) % 3);
            var starts = row.Op.StartsWith("dynamic", StringComparison.Ordinal);
            var (elements, indices) = (row.Inputs.ContainsKey("choices") ? "choices" : "x",
                row.Inputs.Keys.Where(k => k.StartsWith("soft", StringComparison.Ordinal)).ToArray());
            var x = Tensor(row.Inputs[elements].Shape, layout, row.Inputs[elements].Data);
            double[] indexData = [.. indices.SelectMany(k => row.Inputs[k].Data)];
            var p = starts ? Tensor([indexData.Length], MemoryLayout.Dense, indexData)
                : Tensor(row.Inputs[indices[0]].Shape, other, indexData);
            var result = row.Output.Shape.Length == 0 ? [1] : row.Output.Shape;
            var c = Tensor(result, layout, row.Cotangent.Data);
            StridedTensor y = new(result, other), yOfVjp = new(result, layout), yOfJvp = new(result, layout), tY = new(result, other);
            StridedTensor dX = new(row.Inputs[elements].Shape, other),
                dP = new(starts ? [indexData.Length] : row.Inputs[indices[0]].Shape, starts ? MemoryLayout.Dense : layout);
            var random = new Random(5);
            var tX = Tensor(row.Inputs[elements].Shape, other, [.. row.Inputs[elements].Data.Select(_ => random.NextDouble())]);
            var tP = Tensor(starts ? [indexData.Length] : row.Inputs[indices[0]].Shape, starts ? MemoryLayout.Dense : layout,
                [.. indexData.Select(_ => random.NextDouble())]);

            Call(row, x, p, y, yOfVjp, yOfJvp, c, dX, dP, tX, tP, tY);

            Close(row.Output.Data, y.Elements, row.NoiseOutput);
            Close(row.Output.Data, yOfVjp.Elements, row.NoiseOutput);
            Close(row.Output.Data, yOfJvp.Elements, row.NoiseOutput);
            Close(row.Grads[elements].Data, dX.Elements, row.NoiseGrads);
            Close([.. indices.SelectMany(k => row.Grads[k].Data)], dP.Elements, row.NoiseGrads);
            var forward = Dot(c, tY);
            Assert.Equal(Dot(dX, tX) + Dot(dP, tP), forward, 1e-12 * (1 + Math.Abs(forward)));
        }
    }

    private static void Call(
        GoldenRow row, StridedTensor x, StridedTensor p, StridedTensor y, StridedTensor yOfVjp, StridedTensor yOfJvp, StridedTensor c,
        StridedTensor dX, StridedTensor dP, StridedTensor tX, StridedTensor tP, StridedTensor tY)
    {
        int? axis = row.Integers("axis") is [var given] ? given : null;
        switch (row.Op)
        {
            case "take_along_axis":
                Soft.TakeAlongAxis(x.Span, p.Span, y.Span, axis);
                Soft.TakeAlongAxisVjp(x.Span, p.Span, yOfVjp.Span, c.Span, dX.Span, dP.Span, axis);
                Soft.TakeAlongAxisJvp(x.Span, p.Span, yOfJvp.Span, tX.Span, tP.Span, tY.Span, axis);
                break;
            case "take":
                Soft.Take(x.Span, p.Span, y.Span, axis);
                Soft.TakeVjp(x.Span, p.Span, yOfVjp.Span, c.Span, dX.Span, dP.Span, axis);
                Soft.TakeJvp(x.Span, p.Span, yOfJvp.Span, tX.Span, tP.Span, tY.Span, axis);
                break;
            case "choose":
                Soft.Choose(p.Span, x.Span, y.Span);
                Soft.ChooseVjp(p.Span, x.Span, yOfVjp.Span, c.Span, dP.Span, dX.Span);
                Soft.ChooseJvp(p.Span, x.Span, yOfJvp.Span, tP.Span, tX.Span, tY.Span);
                break;
            case "dynamic_index_in_dim":
                var keepDims = row.Flag("keepdims");
                Soft.DynamicIndexInDim(x.Span, p.Row, y.Span, axis!.Value, keepDims);
                Soft.DynamicIndexInDimVjp(x.Span, p.Row, yOfVjp.Span, c.Span, dX.Span, dP.Row, axis.Value, keepDims);
                Soft.DynamicIndexInDimJvp(x.Span, p.Row, yOfJvp.Span, tX.Span, tP.Row, tY.Span, axis.Value, keepDims);
                break;
            case "dynamic_slice_in_dim":
                Soft.DynamicSliceInDim(x.Span, p.Row, y.Span, axis!.Value);
                Soft.DynamicSliceInDimVjp(x.Span, p.Row, yOfVjp.Span, c.Span, dX.Span, dP.Row, axis.Value);
                Soft.DynamicSliceInDimJvp(x.Span, p.Row, yOfJvp.Span, tX.Span, tP.Row, tY.Span, axis.Value);
                break;
            case "dynamic_slice":
                Soft.DynamicSlice(x.Span, p.Row, y.Span);
                Soft.DynamicSliceVjp(x.Span, p.Row, yOfVjp.Span, c.Span, dX.Span, dP.Row);
                Soft.DynamicSliceJvp(x.Span, p.Row, yOfJvp.Span, tX.Span, tP.Row, tY.Span);
                break;
            default: throw new NotSupportedException(row.Op);
        }
    }

    private static StridedTensor Tensor(int[] shape, MemoryLayout layout, double[] data) => StridedTensor.Of(shape, layout, i => data[i]);

    private static double Dot(StridedTensor a, StridedTensor b) => a.Elements.Zip(b.Elements, (x, y) => x * y).Sum();

    private static void Close(double[] expected, double[] actual, double noise)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], (1e-12 * (1 + Math.Abs(expected[i])))
            + (50 * noise));
    }
}
