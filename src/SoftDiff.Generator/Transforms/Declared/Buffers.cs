namespace SoftDiff.Generator.Transforms.Declared;

/// <summary>
/// The arrays that a target writes, where it runs more than once: each run finds what the arrays held at first. Nothing is copied where
/// the target runs only once or writes no array.
/// </summary>
internal sealed class Buffers
{
    private readonly List<(Operand Buffer, Operand Initial)> _copies = new();
    private readonly Dictionary<Value, Operand> _initial = new();

    public Buffers(DeclaredCode code)
    {
        foreach (var parameter in code.Target.Function.Parameters.Where(code.Target.IsWritten))
        {
            var buffer = code.Block.Elements(code.Point(parameter.Value));
            var initial = code.Block.Values.Fresh(((ArrayType)buffer.Type).Writable(), parameter.Name + "Initial");
            code.Block.Add(new Allocate(initial, code.Block.Length(buffer), Cleared: false));
            code.Block.Add(new Copy(buffer, initial));
            _copies.Add((buffer, initial));
            _initial[parameter.Value] = initial;
        }
    }

    /// <summary>The elements that an array held at first; null if the target does not write it.</summary>
    public Operand? Initial(Value parameter) => _initial.TryGetValue(parameter, out var initial) ? initial : null;

    public void Restore(BlockBuilder into)
    {
        foreach (var (buffer, initial) in _copies) into.Add(new Copy(initial, buffer));
    }
}
