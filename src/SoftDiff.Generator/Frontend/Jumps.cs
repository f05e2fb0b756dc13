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

    /// <summary>For a switch: lowers the section with a label, for <c>goto case</c>; false if there is none or it is being lowered.</summary>
    public Func<ILabelSymbol, bool>? Section { get; set; }

    public Slot Skip { get; } = new();

    public Slot Exit { get; } = new();
}

// break, continue and return. Where a branch always jumps and the other never does, the rest of the list goes into the other branch and no flag is
// needed; elsewhere the rest is run only if the flag of the innermost target is not set.
internal sealed partial class FunctionLowering
{
    private List<JumpTarget> _jumps = new() { new JumpTarget(isLoop: false, null, null) };
    private Slot _result = new();

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
            if (NextLabel(statements, i) is { } label)
            {
                // What a goto skips is a block that it leaves.
                var end = statements.IndexOf(label);
                var target = new JumpTarget(isLoop: false, label.Label, null);
                _jumps.Add(target);
                _env.Set(target.Skip, BoolConstant.False);
                DeclareBeyond(statements, end);
                LowerList(ImmutableArray.Create(statements, i, end - i), 0);
                _jumps.RemoveAt(_jumps.Count - 1);
                i = end - 1;
            }
            else if (statement is IConditionalOperation conditional)
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

    /// <summary>
    /// What is declared before a label and read after it is known on every path to it, also on those that leave the method before the declaration.
    /// </summary>
    private void DeclareBeyond(ImmutableArray<IOperation> statements, int label)
    {
        foreach (var local in statements.Skip(label).SelectMany(s => s.DescendantsAndSelf()).OfType<ILocalReferenceOperation>().Select(o => o.Local))
        {
            if (!local.IsConst && !local.IsRef && !_env.TryGet(local, out _) && TypeOf(local.Type) is { } type) _env.Set(local, Default(type));
        }
    }

    /// <summary>The last label further on in the list, to which a goto may jump from here.</summary>
    private ILabeledOperation? NextLabel(ImmutableArray<IOperation> statements, int from) =>
        statements.Skip(from + 1).OfType<ILabeledOperation>()
            .LastOrDefault(label => _jumps.All(target => !SymbolEqualityComparer.Default.Equals(target.Break, label.Label)));

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
        var then = Path(outer.Env, () =>
        {
            Narrow(statement.Condition, holds: true);
            LowerStatement(statement.WhenTrue);
        });
        var @else = Path(outer.Env, () =>
        {
            Narrow(statement.Condition, holds: false);
            if (statement.WhenFalse is not null) LowerStatement(statement.WhenFalse);
        });
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
        if (_jumps.Any(target => target.Section?.Invoke(statement.Target) == true)) return;
        for (var i = _jumps.Count - 1; i > 0; i--)
        {
            var target = _jumps[i];
            _env.Set(target.Skip, BoolConstant.True);
            if (SymbolEqualityComparer.Default.Equals(target.Continue, statement.Target)) return;
            if (target.IsLoop) _env.Set(target.Exit, BoolConstant.True);
            if (SymbolEqualityComparer.Default.Equals(target.Break, statement.Target)) return;
        }

        Fail(Diagnostics.Descriptors.UnsupportedStatement, statement, SourceLines.Short(statement.Syntax), "use a loop instead of a goto that jumps back");
    }
}
