using System.Numerics.Tensors;

namespace SoftDiff;

/// <summary>
/// A weighting on the corresponding rows of elements, soft indices and result. Outputs may lie in the memory of inputs, in any way.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TWeighting">The weighting.</typeparam>
internal static class WeightedRows<T, TWeighting>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TWeighting : IWeighting<T>
{
    public static void Value(in SelectionPlan plan, in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> p, in TensorSpan<T> y)
    {
        RequireResult(plan, x, y, OutputNames.Destination.Value);
        var xMemory = TensorMemory.Of(x, plan.Names.Elements);
        var pMemory = TensorMemory.Of(p, plan.Names.Index);
        var yMemory = TensorMemory.Of(y, OutputNames.Destination.Value);
        using var xView = new InputView<T>(x, xMemory, plan.Elements);
        using var pView = new InputView<T>(p, pMemory, plan.Indices);
        using var yView = new OutputView<T>(y, yMemory, plan.Result, yMemory.Overlaps(xMemory) || yMemory.Overlaps(pMemory));

        var xs = xView.Rows(stackalloc int[xView.Storage], plan.Rows);
        var ps = pView.Rows(stackalloc int[pView.Storage], plan.Rows);
        var ys = yView.Rows(stackalloc int[yView.Storage]);
        using var scratch = new RowScratch<T>(xs.Scratch, ps.Scratch, ys.Scratch);
        var rows = plan.RowCount;
        for (var row = 0; row < rows; row++)
        {
            var to = ys.Row(row, scratch.Third);
            TWeighting.Value(xs.Row(row, scratch.First), ps.Row(row, scratch.Second), to);
            ys.Put(row, to);
        }

        yView.Commit();
    }

    /// <summary>Overwrites the cotangents of the elements and of the indices, and <paramref name="y"/> unless it is empty.</summary>
    public static void Vjp(
        in SelectionPlan plan, in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> cY,
        in TensorSpan<T> dX, in TensorSpan<T> dP)
    {
        if (!y.IsEmpty) RequireResult(plan, x, y, OutputNames.Destination.Value);
        RequireResult(plan, x, cY, OutputNames.Destination.Cotangent);
        AxisShape.Same(dX.Lengths, x.Lengths, plan.Names.DElements, plan.Names.Elements, x.Lengths);
        AxisShape.Same(dP.Lengths, p.Lengths, plan.Names.DIndex, plan.Names.Index, p.Lengths);
        var xMemory = TensorMemory.Of(x, plan.Names.Elements);
        var pMemory = TensorMemory.Of(p, plan.Names.Index);
        var cMemory = TensorMemory.Of(cY, OutputNames.Destination.Cotangent);
        var dXMemory = TensorMemory.Of(dX, plan.Names.DElements);
        var dPMemory = TensorMemory.Of(dP, plan.Names.DIndex);
        Outputs.RequireApart(dX, plan.Names.DElements, dP, plan.Names.DIndex);
        Outputs.RequireApart(dX, plan.Names.DElements, y, OutputNames.Destination.Value);
        Outputs.RequireApart(dP, plan.Names.DIndex, y, OutputNames.Destination.Value);

        using var xView = new InputView<T>(x, xMemory, plan.Elements);
        using var pView = new InputView<T>(p, pMemory, plan.Indices);
        using var cView = new InputView<T>(cY, cMemory, plan.Result);
        using var dXView = new OutputView<T>(
            dX, dXMemory, plan.Elements, dXMemory.Overlaps(xMemory) || dXMemory.Overlaps(pMemory) || dXMemory.Overlaps(cMemory));
        using var dPView = new OutputView<T>(
            dP, dPMemory, plan.Indices, dPMemory.Overlaps(xMemory) || dPMemory.Overlaps(pMemory) || dPMemory.Overlaps(cMemory));

        AddPullbacks(plan, xView, pView, cView, dXView, dPView);

        // The value comes last among what reads the inputs, and the derivatives, which may lie in their memory, after it.
        if (!y.IsEmpty) Value(plan, x, p, y);
        dXView.Commit();
        dPView.Commit();
    }

    public static void Jvp(
        in SelectionPlan plan, in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> p, in TensorSpan<T> y, in ReadOnlyTensorSpan<T> tX,
        in ReadOnlyTensorSpan<T> tP, in TensorSpan<T> tY)
    {
        RequireResult(plan, x, y, OutputNames.Destination.Value);
        RequireResult(plan, x, tY, OutputNames.Destination.Tangent);
        AxisShape.Same(tX.Lengths, x.Lengths, plan.Names.TElements, plan.Names.Elements, x.Lengths);
        AxisShape.Same(tP.Lengths, p.Lengths, plan.Names.TIndex, plan.Names.Index, p.Lengths);
        Outputs.RequireApart(tY, OutputNames.Destination.Tangent, y, OutputNames.Destination.Value);

        // The tangent waits in memory of its own, since y and it may lie in that of the inputs.
        using var tangent = Scratch.Rent<T>((long)tY.FlattenedLength);
        using var part = Scratch.Rent<T>((long)tY.FlattenedLength);
        Value(plan, tX, p, new TensorSpan<T>(tangent.Span, tY.Lengths));
        Value(plan, x, tP, new TensorSpan<T>(part.Span, tY.Lengths));
        Lanewise.Map(tangent.Span, part.Span, tangent.Span, default(Plus<T>));
        Value(plan, x, p, y);
        new ReadOnlyTensorSpan<T>(tangent.Span, tY.Lengths).CopyTo(tY);
    }

    private static void AddPullbacks(
        in SelectionPlan plan, in InputView<T> xView, in InputView<T> pView, in InputView<T> cView, in OutputView<T> dXView,
        in OutputView<T> dPView)
    {
        dXView.Clear();
        dPView.Clear();
        var xs = xView.Rows(stackalloc int[xView.Storage], plan.Rows);
        var ps = pView.Rows(stackalloc int[pView.Storage], plan.Rows);
        var cs = cView.Rows(stackalloc int[cView.Storage]);
        var dXs = dXView.Rows(stackalloc int[dXView.Storage], plan.Rows);
        var dPs = dPView.Rows(stackalloc int[dPView.Storage], plan.Rows);
        using var forInputs = new RowScratch<T>(xs.Scratch, ps.Scratch, cs.Scratch);
        using var forOutputs = new RowScratch<T>(dXs.Scratch, dPs.Scratch);
        var rows = plan.RowCount;
        for (var row = 0; row < rows; row++)
        {
            var cotangent = cs.Row(row, forInputs.Third);
            var elements = dXs.Current(row, forOutputs.First);
            TWeighting.AddPullbackOfElements(ps.Row(row, forInputs.Second), cotangent, elements);
            dXs.Put(row, elements);
            var indices = dPs.Current(row, forOutputs.Second);
            TWeighting.AddPullbackOfIndex(xs.Row(row, forInputs.First), cotangent, indices);
            dPs.Put(row, indices);
        }
    }

    private static void RequireResult(in SelectionPlan plan, in ReadOnlyTensorSpan<T> x, in ReadOnlyTensorSpan<T> y, string parameter) =>
        AxisShape.Same(y.Lengths, plan.Shape, parameter, plan.Names.Elements, x.Lengths);
}
