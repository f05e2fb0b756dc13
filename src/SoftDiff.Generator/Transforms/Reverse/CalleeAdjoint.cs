using SoftDiff.Generator.Transforms.Reverse.Planning;

namespace SoftDiff.Generator.Transforms.Reverse;

/// <summary>
/// Reverse code of a callee: cotangents of its results and the shadows of its arrays come in, the gradients of its active scalars go out.
/// </summary>
internal abstract class CalleeAdjoint(ReverseSweep sweep, Variant variant, Placement placement)
{
    protected Function Primal => sweep.Primal.Function;

    protected Frame Root { get; } = new(placement, sweep.Primal.Function.Body, sweep.Values);

    /// <summary>The parameters of the function that propagates cotangents.</summary>
    protected List<Parameter> Parameters { get; } = new();

    /// <summary>Writes the adjoint of the body.</summary>
    public void Walk()
    {
        AddInputs();
        foreach (var yield in Primal.Body.Yields.Where(y => y.Type.IsFloat))
        {
            sweep.Cotangents.Seed(yield, AddParameter(yield.Type, "resultBar"), Root);
        }

        AddShadows();
        Finish();
    }

    /// <summary>Adds the parameters for what the reverse code gets of the primal.</summary>
    protected abstract void AddInputs();

    /// <summary>Walks over the operations, with parameters and shadows in place.</summary>
    protected abstract void Finish();

    /// <summary>The gradients of the active scalars, after the walk, each with a parameter to leave by.</summary>
    protected List<Operand> Gradients()
    {
        var results = new List<Operand>();
        foreach (var input in Active(true).Select(p => p.Value).Where(v => !v.Type.IsStorage))
        {
            results.Add(sweep.Take(input, Root) ?? new NumberConstant((ScalarType)input.Type, 0));
            AddParameter(input.Type, Cotangents.Name(input), ParameterMode.Out);
        }

        return results;
    }

    /// <summary>
    /// Shadows of active arrays are parameters; those of arrays that are active inside the callee alone are made in the reverse code.
    /// </summary>
    private void AddShadows()
    {
        foreach (var array in Active(true).Select(p => p.Value).Where(v => v.Type.IsStorage))
        {
            Root.Shadows[array] = AddParameter(Signatures.Companion(array.Type, writable: true), array.Name + "Bar");
        }

        foreach (var parameter in Active(false).Where(p => p.Value.Type.IsStorage && sweep.IsActive(p.Value)))
        {
            Root.Shadows[parameter.Value] = parameter.Value.Type is TapeType
                ? sweep.Shadows.Open(parameter.Value, Root.Prologue)
                : ArrayCode.Like(parameter.Value, Root.Prologue, parameter.Name + "Bar");
        }
    }

    private IEnumerable<Parameter> Active(bool isActive) => Primal.Parameters.Where((_, i) => variant.Mask[i] == '1' == isActive);

    private Value AddParameter(IrType type, string name, ParameterMode mode = ParameterMode.Value)
    {
        var value = sweep.Values.Fresh(type, name);
        Parameters.Add(new Parameter(value, mode, Wrt: false));
        return value;
    }
}
