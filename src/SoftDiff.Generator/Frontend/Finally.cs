using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SoftDiff.Generator.Frontend.Objects;

namespace SoftDiff.Generator.Frontend;

// Code that runs however other code ends: finally, and what using disposes. In a companion it does not run if an exception ends the other code.
internal sealed partial class FunctionLowering
{
    private void LowerFinally(Action body, Action last)
    {
        Run(body);
        if (!_point.Env.IsDead) Run(last);

        // A jump ends the one part and not the other.
        void Run(Action part)
        {
            Jumps.Enter(new JumpTarget(isLoop: false, null, null));
            part();
            Jumps.Leave();
        }
    }

    private void LowerUsing(IOperation resources, Action body)
    {
        var made = new List<Operand>();
        if (resources is IVariableDeclarationGroupOperation group)
        {
            foreach (var declarator in group.Declarations.SelectMany(d => d.Declarators))
            {
                Declare(declarator);
                if (_point.Env.Get(declarator.Symbol) is { } held) made.Add(held);
            }
        }
        else
        {
            made.Add(Lower(resources));
        }

        if (made.Any(resource => !ObjectTypes.IsObject(AsObject(resource))))
        {
            const string Instead = "open resources that hold differentiated numbers outside the differentiated method";
            Fail(Diagnostics.Descriptors.UnsupportedStatement, resources, "using", Instead);
            return;
        }

        LowerFinally(body, () =>
        {
            foreach (var resource in made.AsEnumerable().Reverse())
            {
                if (IsNull(resource)) continue;
                var args = ImmutableArray.Create(AsObject(resource));
                Add(resources, new Evaluate(null, "((global::System.IDisposable){0})?.Dispose()", args, ObjectEffect.Call));
            }
        });
    }
}
