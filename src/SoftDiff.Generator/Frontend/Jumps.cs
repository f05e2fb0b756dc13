using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Frontend;

/// <summary>What a jump may leave: the function, a loop, a switch. Skip: the rest of the body is not run; Exit: neither are further iterations.</summary>
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

    public Slot Skip { get; } = new();

    public Slot Exit { get; } = new();
}

// break, continue and return. Where a branch always jumps and the other never does, the rest of the list goes into the other branch and no flag is
// needed; elsewhere the rest is run only if the flag of the innermost target is not set.
internal sealed partial class FunctionLowering
{
    private readonly List<JumpTarget> _jumps = new();
    private readonly Slot _result = new();

    private JumpTarget Function => _jumps[0];

    private JumpTarget Innermost => _jumps[_jumps.Count - 1];

    /// <summary>Lowers statements from an index on; stops where control cannot go on.</summary>
    private void LowerList(ImmutableArray<IOperation> statements, int from)
    {
        for (var i = from; i < statements.Length; i++)
        {
            _module.Cancellation.ThrowIfCancellationRequested();
            if (_env.IsDead) return;
            var statement = statements[i];
            if (statement is IConditionalOperation conditional)
            {
                if (LowerIf(conditional, statements, i + 1)) return;
            }
            else
            {
                LowerStatement(statement);
            }

            if (_env.IsDead) return;
            switch (_env.Get(Innermost.Skip))
            {
                case BoolConstant { Flag: true }:
                    return;
                case Value skipped when i + 1 < statements.Length:
                    var next = i + 1;
                    Branch(skipped, () => { }, () => LowerList(statements, next));
                    return;
            }
        }
    }

    /// <summary>An if statement; true if it took the rest of the list into one of its branches.</summary>
    private bool LowerIf(IConditionalOperation statement, ImmutableArray<IOperation> rest, int from)
    {
        At(statement);
        var condition = Lower(statement.Condition);
        if (condition is BoolConstant known)
        {
            if (known.Flag) LowerStatement(statement.WhenTrue);
            else if (statement.WhenFalse is not null) LowerStatement(statement.WhenFalse);
            return false;
        }

        var outer = (Block: _block, Env: _env);
        var then = Path(outer.Env, () => LowerStatement(statement.WhenTrue));
        var @else = Path(outer.Env, () => { if (statement.WhenFalse is not null) LowerStatement(statement.WhenFalse); });
        var took = false;
        if (from < rest.Length)
        {
            var (thenSkips, elseSkips) = (Skips(then), Skips(@else));
            if (thenSkips == true && elseSkips == false)
            {
                Continue(@else, () => LowerList(rest, from));
                took = true;
            }
            else if (thenSkips == false && elseSkips == true)
            {
                Continue(then, () => LowerList(rest, from));
                took = true;
            }
        }

        (_block, _env) = outer;
        At(statement);
        Join(condition, then, @else);
        return took;
    }

    /// <summary>Whether a path always (true), never (false) or sometimes (null) jumps. A dead path counts as neither.</summary>
    private bool? Skips(LoweredPath path) => path.Env.IsDead ? null : path.Env.Get(Innermost.Skip) is BoolConstant flag ? flag.Flag : null;

    private void LowerReturn(IReturnOperation statement)
    {
        if (statement.ReturnedValue is { } value)
        {
            if (_method.ReturnsVoid)
            {
                LowerForEffect(value);
            }
            else
            {
                var result = Lower(value);
                _env.Set(_result, result);
            }
        }

        foreach (var target in _jumps)
        {
            _env.Set(target.Skip, BoolConstant.True);
            if (target.IsLoop) _env.Set(target.Exit, BoolConstant.True);
        }
    }

    private void LowerJump(IBranchOperation statement)
    {
        for (var i = _jumps.Count - 1; i > 0; i--)
        {
            var target = _jumps[i];
            _env.Set(target.Skip, BoolConstant.True);
            if (SymbolEqualityComparer.Default.Equals(target.Continue, statement.Target)) return;
            if (!SymbolEqualityComparer.Default.Equals(target.Break, statement.Target)) continue;
            if (target.IsLoop) _env.Set(target.Exit, BoolConstant.True);
            return;
        }

        Fail(Diagnostics.Descriptors.UnsupportedStatement, statement, SourceLines.Short(statement.Syntax), "use if, loops, break, continue and return instead of goto");
    }
}
