using SoftDiff.Generator.Analysis;
using SoftDiff.Generator.Diagnostics;
using SoftDiff.Generator.Frontend;

namespace SoftDiff.Generator.Pipeline;

/// <summary>
/// The conditions on arguments that need all methods of a module: that a callee does not write an array it may not, and that an argument by which a
/// rule of the library has no derivative (a quantile, a tolerance) does not depend on what is differentiated.
/// </summary>
internal static class ArgumentChecks
{
    /// <summary>Reports the arguments for which the conditions do not hold.</summary>
    public static void Run(Module module, PassedArguments arguments, Reports reports)
    {
        if (arguments.ReadOnly.Count > 0)
        {
            var written = new WrittenInputs(module.Callees);
            foreach (var argument in arguments.ReadOnly.Where(argument => written.Contains(argument.Callee, argument.Position)))
            {
                reports.Add(argument.Descriptor, argument.Syntax.GetLocation(), null, SourceLines.Short(argument.Syntax), argument.Instead);
            }
        }

        if (!module.Callees.Append(module.Root).Any(ConstantInputs.Exist)) return;
        var callees = module.Callees.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var constants = new ConstantInputs(callees);
        var varied = new VariedInputs(module);
        foreach (var passed in arguments.Constant.GroupBy(argument => argument.Within, StringComparer.Ordinal))
        {
            var function = passed.Key.Length > 0 ? callees[passed.Key] : module.Root;
            var activity = ConstantInputs.Varying(function, varied.Of(function));
            foreach (var argument in passed.Where(argument => activity.IsVaried(argument.Value)))
            {
                if (argument.Callee is { } callee && !constants.Contains(callee, argument.Position)) continue;
                reports.Add(Descriptors.UnknownMethod, argument.Syntax.GetLocation(), null, argument.Parameter, Instead(argument, callees));
            }
        }
    }

    private static string Instead(ConstantArgument argument, IReadOnlyDictionary<string, Function> callees)
    {
        if (argument.Value.Type is not ArrayType) return $"if it is to count as constant, write Diff.StopGradient({SourceLines.Short(argument.Syntax)})";
        return argument.Callee is { } callee && ConstantInputs.IsMarked(callees[callee].Inputs[argument.Position])
            ? "[NonDifferentiable] on a span stops no derivative in a call: leave it out there, or pass what does not depend on the differentiated parameters"
            : "mark it [NonDifferentiable], or leave it out of Wrt";
    }
}
