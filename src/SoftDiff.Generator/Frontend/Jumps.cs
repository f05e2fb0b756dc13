using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// A construct that a jump may leave: the function, a loop, a switch. Skip means that the rest of the body does not run; Exit means that no
/// further iteration runs either.
/// </summary>
internal sealed class JumpTarget
{
    public JumpTarget(bool isLoop, ILabelSymbol? breakLabel, ILabelSymbol? continueLabel)
    {
        IsLoop = isLoop;
        Break = breakLabel;
        Continue = continueLabel;
    }

    public bool IsLoop { get; }

    public ILabelSymbol? Break { get; }

    public ILabelSymbol? Continue { get; }

    /// <summary>For a switch: lowers the section with a label, for <c>goto case</c>; false if there is none or it is being lowered.</summary>
    public Func<ILabelSymbol, bool>? Section { get; set; }

    public Slot Skip { get; } = new();

    public Slot Exit { get; } = new();
}

/// <summary>
/// The jumps of one body: <c>break</c>, <c>continue</c>, <c>goto</c> and <c>return</c> set the flags of the targets they leave. The code
/// after a jump runs only if the flag of the innermost target is not set.
/// </summary>
internal sealed class Jumps
{
    private readonly Point _point;
    private readonly List<JumpTarget> _targets = new() { new JumpTarget(isLoop: false, null, null) };

    public Jumps(Point point) => _point = point;

    /// <summary>Holds what the body returns.</summary>
    public Slot Result { get; } = new();

    /// <summary>From the body itself to the innermost.</summary>
    public IReadOnlyList<JumpTarget> Targets => _targets;

    public JumpTarget Innermost => _targets[_targets.Count - 1];

    /// <summary>Whether the rest of the innermost target is skipped, at the current point.</summary>
    public Operand? Skipped => _point.Env.Get(Innermost.Skip);

    /// <summary>Whether the innermost target, a loop, ends.</summary>
    public Operand? Exit
    {
        get => _point.Env.Get(Innermost.Exit);
        set => _point.Env.Set(Innermost.Exit, value!);
    }

    public void Enter(JumpTarget target)
    {
        _targets.Add(target);
        _point.Env.Set(target.Skip, BoolConstant.False);
    }

    public void Leave() => _targets.RemoveAt(_targets.Count - 1);

    /// <summary>Starts the body. Its result is unassigned until a return sets it.</summary>
    public void Start(IrType? returns)
    {
        _point.Env.Set(_targets[0].Skip, BoolConstant.False);
        if (returns is not null) _point.Env.Set(Result, Constants.Default(returns));
    }

    /// <summary>Leaves the body.</summary>
    public void Return() => Leave(from: 0);

    /// <summary>Leaves the targets from a position on.</summary>
    public void Leave(int from)
    {
        foreach (var target in _targets.Skip(from))
        {
            _point.Env.Set(target.Skip, BoolConstant.True);
            if (target.IsLoop) _point.Env.Set(target.Exit, BoolConstant.True);
        }
    }

    /// <summary>Leaves the targets inside the one with the label; false if none has it.</summary>
    public bool JumpTo(ILabelSymbol label)
    {
        if (_targets.Any(target => target.Section?.Invoke(label) == true)) return true;
        for (var i = _targets.Count - 1; i > 0; i--)
        {
            var target = _targets[i];
            _point.Env.Set(target.Skip, BoolConstant.True);
            if (SymbolEqualityComparer.Default.Equals(target.Continue, label)) return true;
            if (target.IsLoop) _point.Env.Set(target.Exit, BoolConstant.True);
            if (SymbolEqualityComparer.Default.Equals(target.Break, label)) return true;
        }

        return false;
    }

    /// <summary>Whether a path always (true), never (false) or sometimes (null) jumps. A dead path counts as neither.</summary>
    public bool? Skips(LoweredPath path) => path.Env.IsDead ? null : path.Env.Get(Innermost.Skip) is BoolConstant flag ? flag.Flag : null;
}
