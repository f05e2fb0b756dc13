namespace SoftDiff.Generator.Emit;

/// <summary>The struct that holds the arguments of a <see cref="ParallelCall"/> for all threads: one field for each parameter of the callee.</summary>
internal static class ParallelArguments
{
    /// <summary>The name of the struct, which is nested in the user's type as the callee is.</summary>
    public static string TypeOf(string callee) => callee + "Arguments";

    /// <summary>The arguments that the struct holds: all but the two ends of the part.</summary>
    public static List<CallArgument> Of(CallSite call) => call.Arguments.Skip(2).ToList();

    public static string Field(CallArgument argument) => Identifiers.Escape(Identifiers.Unescape(argument.Parameter.Name));

    /// <summary>Writes the structs of all parallel calls of a method.</summary>
    public static void Write(IEnumerable<CallSite> calls, Declaration declaration, CodeWriter code)
    {
        foreach (var call in calls.Where(call => call.Node.Op is ParallelCall))
        {
            code.Line("");
            var constraints = declaration.Constraints.Length == 0 ? "" : " " + declaration.Constraints.Trim();
            code.Line("private ref struct " + TypeOf(call.Callee) + declaration.TypeParameters + constraints);
            code.Open();
            foreach (var argument in Of(call)) code.Line("public " + TypeNames.Of(argument.Parameter.Value.Type) + " " + Field(argument) + ";");
            code.Close();
        }
    }
}
