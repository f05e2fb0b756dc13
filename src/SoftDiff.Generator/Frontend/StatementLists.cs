using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDiff.Generator.Frontend;

// Lowers lists of statements, if and jumps. If one branch always jumps and the other never does, the rest of the list moves into the other
// branch and needs no flag. Otherwise the rest runs only if the flag of the innermost target is not set.
internal sealed partial class FunctionLowering
{
    /// <summary>Lowers statements from an index on; stops where control cannot go on.</summary>
    private void LowerList(ImmutableArray<IOperation> statements, int from)
    {
        for (var i = from; i < statements.Length; i++)
        {
            _module.Cancellation.ThrowIfCancellationRequested();
            if (_point.Env.IsDead) return;
            var statement = statements[i];
            if (NextLabel(statements, i) is { } label)
            {
                // A goto leaves a block that contains the statements it skips.
                var end = statements.IndexOf(label);
                var target = new JumpTarget(isLoop: false, label.Label, null);
                Jumps.Enter(target);
                DeclareBeyond(statements, end);
                LowerList(ImmutableArray.Create(statements, i, end - i), 0);
                Jumps.Leave();
                i = end - 1;
            }
            else if (statement is IUsingDeclarationOperation @using)
            {
                var next = i + 1;
                LowerUsing(@using.DeclarationGroup, () => LowerList(statements, next));
                return;
            }
            else if (statement is IConditionalOperation conditional)
            {
                if (LowerIf(conditional, statements, i + 1)) return;
            }
            else
            {
                LowerStatement(statement);
            }

            if (_point.Env.IsDead) return;
            switch (Jumps.Skipped)
            {
                case BoolConstant { Flag: true }:
                    return;
                case Value skipped when i + 1 < statements.Length:
                    var next = i + 1;
                    _branches.Branch(skipped, () => { }, () => LowerList(statements, next));
                    return;
            }
        }
    }

    /// <summary>
    /// Variables that are declared before a label and read after it must have a value on every path to the label, even on paths that leave
    /// the method before the declaration.
    /// </summary>
    private void DeclareBeyond(ImmutableArray<IOperation> statements, int label)
    {
        foreach (var local in statements.Skip(label).SelectMany(s => s.DescendantsAndSelf()).OfType<ILocalReferenceOperation>().Select(o => o.Local))
        {
            if (!local.IsConst && !local.IsRef && !_point.Env.TryGet(local, out _) && TypeOf(local.Type) is { } type) _point.Env.Set(local, Constants.Default(type));
        }
    }

    /// <summary>The last label further on in the list, to which a goto may jump from here.</summary>
    private ILabeledOperation? NextLabel(ImmutableArray<IOperation> statements, int from) =>
        statements.Skip(from + 1).OfType<ILabeledOperation>()
            .LastOrDefault(label => Jumps.Targets.All(target => !SymbolEqualityComparer.Default.Equals(target.Break, label.Label)));

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

        var outer = (Block: _point.Block, Env: _point.Env);
        var then = _branches.Path(outer.Env, () =>
        {
            Narrow(statement.Condition, holds: true);
            LowerStatement(statement.WhenTrue);
        });
        var @else = _branches.Path(outer.Env, () =>
        {
            Narrow(statement.Condition, holds: false);
            if (statement.WhenFalse is not null) LowerStatement(statement.WhenFalse);
        });
        var took = false;
        if (from < rest.Length)
        {
            var (thenSkips, elseSkips) = (Jumps.Skips(then), Jumps.Skips(@else));
            if (thenSkips == true && elseSkips == false)
            {
                _branches.Continue(@else, () => LowerList(rest, from));
                took = true;
            }
            else if (thenSkips == false && elseSkips == true)
            {
                _branches.Continue(then, () => LowerList(rest, from));
                took = true;
            }
        }

        (_point.Block, _point.Env) = outer;
        At(statement);
        _branches.Join(condition, then, @else);
        return took;
    }

    private void LowerReturn(IReturnOperation statement)
    {
        if (statement.ReturnedValue is { } value)
        {
            if (_context.Method.ReturnsVoid)
            {
                LowerForEffect(value);
            }
            else
            {
                var result = Lower(value);
                if (_context.Caller is null) _returns.Add((result, value));
                _point.Env.Set(Jumps.Result, result);
            }
        }

        Jumps.Return();
    }

    private void LowerJump(IBranchOperation statement)
    {
        if (Jumps.JumpTo(statement.Target)) return;
        Fail(Diagnostics.Descriptors.UnsupportedStatement, statement, SourceLines.Short(statement.Syntax), "use a loop instead of a goto that jumps back");
    }
}
