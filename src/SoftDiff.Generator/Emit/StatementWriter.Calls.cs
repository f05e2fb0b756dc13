namespace SoftDiff.Generator.Emit;

// Calls, and where their results go: the value that is returned, a tuple's items, out and ref arguments.
internal sealed partial class StatementWriter
{
    private void WriteCall(Node node, CallSite call)
    {
        foreach (var (result, argument) in call.References)
        {
            var variable = _variables[result];
            if (!Holds(variable, argument)) Assign(variable, null, _print.Print(argument), node.Op.Line);
            variable.IsDeclared = true;
        }

        var arguments = call.Arguments.Select(Argument);
        var text = call.Callee + _typeParameters + "(" + string.Join(", ", arguments) + ")";
        WriteCalled(call.Returned is null ? ImmutableArray<Value>.Empty : ImmutableArray.Create(call.Returned), text, node.Op.Line);
    }

    private string Argument(CallArgument argument)
    {
        if (argument.Output is null) return _print.Argument(argument.Input!);
        return argument.Input is null ? Out(argument.Output) : "ref " + _variables[argument.Output].Text;
    }

    private string Out(Value result)
    {
        if (_variables.Find(result) is not { } variable) return "out " + TypeNames.OfLocal(result.Type) + " _";
        if (variable.IsDeclared) return "out " + variable.Text;
        variable.IsDeclared = true;
        return "out " + variable.Type + " " + variable.Text;
    }

    private void WriteInvoke(Invoke invoke)
    {
        var outs = new Queue<Value>(invoke.Outs);
        var arguments = invoke.Args.Select(a => a is null ? Out(outs.Dequeue()) : _print.Argument(a)).ToList();
        WriteCalled(invoke.Returns, invoke.Method + "(" + string.Join(", ", arguments) + ")", invoke.Line);
    }

    private void WriteEvaluate(Evaluate evaluate)
    {
        var text = _print.Fill(evaluate);
        for (var i = 0; i < evaluate.Outs.Length; i++) text = text.Replace("{out" + i + "}", Out(evaluate.Outs[i]));
        if (evaluate.Value is { } value && _variables.Find(value) is null) Statement("_ = " + text + ";", evaluate.Line, declares: true);
        else WriteCalled(evaluate.Value is null ? ImmutableArray<Value>.Empty : ImmutableArray.Create(evaluate.Value), text, evaluate.Line);
    }

    private void WriteCalled(ImmutableArray<Value> returned, string call, int line)
    {
        if (returned.All(r => _variables.Find(r) is null))
        {
            // Out variables are in scope after it, so it counts as a declaration.
            Statement(call + ";", line, declares: true);
        }
        else if (returned.Length == 1)
        {
            Define(returned[0], Code.Primary(call), line);
        }
        else
        {
            Statement("(" + string.Join(", ", returned.Select(Item)) + ") = " + call + ";", line, declares: true);
        }
    }

    private string Item(Value value)
    {
        if (_variables.Find(value) is not { } variable) return "_";
        if (variable.IsDeclared) return variable.Text;
        variable.IsDeclared = true;
        return variable.Type + " " + variable.Text;
    }
}
