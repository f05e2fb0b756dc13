namespace SoftDiff.Generator.Emit;

/// <summary>Prints one method: documentation, signature, body.</summary>
internal static class MethodWriter
{
    private const string Attribute = "[global::System.CodeDom.Compiler.GeneratedCode(\"SoftDiff.Generator\", \"0.1.0\")]";

    public static void Write(EmittedMethod method, CompanionFile file, IReadOnlyDictionary<string, Function> functions, CodeWriter code)
    {
        var tree = new Tree(method.Function);
        Endings.Assign(tree);
        var uses = new Uses(tree);
        var folding = new ExpressionFolding(tree, uses);
        var calls = CallSite.Find(tree, functions);
        var variables = new Variables(tree, uses, folding, calls);
        var names = new Names(Reserved(file, tree));
        var products = new ProductText(names);
        var hidden = new HiddenFields(names);
        names.Assign(tree, variables, products);

        if (method.Summary.Length > 0) code.Line("/// <summary>" + method.Summary + "</summary>");
        foreach (var element in method.Documentation) code.Line("/// " + element);
        // Analyzers skip what is marked as generated, and the mark would count for the user's part of the method too.
        if (method.Header is null) code.Line(Attribute);
        WriteSignature(method, file.Declaration, code);
        code.Open();
        var wraps = file.ChecksOverflow && tree.Nodes.Any(node => ExpressionPrinter.WrapsAround(node.Op));
        if (wraps)
        {
            code.Line("unchecked");
            code.Open();
        }

        var overflow = wraps ? Overflow.Unchecked : file.ChecksOverflow ? Overflow.Checked : Overflow.Default;
        new StatementWriter(tree, uses, folding, variables, names, products, calls, file.Declaration.TypeParameters, overflow, hidden, code) { IsInstance = method.IsInstance }.WriteBody();
        if (wraps) code.Close();
        products.WriteAccessors(code);
        hidden.Write(code);
        code.Close();
        ParallelArguments.Write(calls, file.Declaration, code);
        PatternCaches.Write(calls, code);
    }

    private static IEnumerable<string> Reserved(CompanionFile file, Tree tree)
    {
        var declaration = file.Declaration;
        foreach (var name in declaration.ReservedNames) yield return Identifiers.Unescape(name);
        foreach (var function in file.Methods.Select(m => m.Function).Concat(file.Others)) yield return function.Name;
        foreach (var name in Identifiers.In(declaration.TypeParameters)) yield return name;
        if (tree.Function.Lane is { } lane) yield return lane.Name;
        foreach (var name in declaration.Types.SelectMany(t => Identifiers.In(t.Name + t.TypeParameters))) yield return name;
        foreach (var node in tree.Nodes)
        {
            var called = node.Op switch
            {
                Invoke invoke => invoke.Method,
                RuleCall call => call.Rule.Primal,
                Compute { Symbol: { } symbol } => symbol,
                Evaluate evaluate => evaluate.Expression,
                _ => "",
            };
            foreach (var name in Identifiers.In(called)) yield return name;
            if (node.Op is FindPattern find) yield return PatternCaches.NameOf(find.Callee);
        }
    }

    private static void WriteSignature(EmittedMethod method, Declaration declaration, CodeWriter code)
    {
        var header = method.Header ?? Header(method, declaration);
        var start = header.Start + "(";
        var constraints = header.Constraints.Length == 0 ? "" : " " + header.Constraints.Trim();
        var parameters = header.Parameters;
        var line = start + string.Join(", ", parameters) + ")" + constraints;
        if (parameters.IsEmpty || Fits(line, code))
        {
            code.Line(line);
            return;
        }

        // As many to a line as fit, so that a long signature takes few lines.
        code.Line(start);
        var continued = "";
        for (var i = 0; i < parameters.Length; i++)
        {
            var next = parameters[i] + (i + 1 < parameters.Length ? "," : ")" + constraints);
            if (continued.Length > 0 && !Fits("     " + continued + next, code))
            {
                code.Line("    " + continued);
                continued = "";
            }

            continued += (continued.Length > 0 ? " " : "") + next;
        }

        code.Line("    " + continued);
    }

    private static MethodHeader Header(EmittedMethod method, Declaration declaration)
    {
        var function = method.Function;
        var returned = function.Parameters.FirstOrDefault(p => p.IsReturned);
        var returns = returned is not null ? TypeNames.Of(returned) : function.Returns is null ? "void" : TypeNames.Of(function.Returns);
        var start = method.Accessibility + (method.Accessibility.Length > 0 ? " " : "") + (method.IsInstance ? "" : "static ") + returns + " "
            + Identifiers.Escape(function.Name) + (function.Lane is { } own ? "<" + own.Name + ">" : declaration.TypeParameters);
        var constraints = function.Lane is { LaneOf: { } element } lane
            ? "where " + lane.Name + " : unmanaged, global::SoftDiff.ILane<" + lane.Name + ", " + element.Name + ">"
            : declaration.Constraints;
        return new MethodHeader(start, Declared(function).Select(Parameter).ToImmutableArray(), constraints);
    }

    /// <summary>The parameters of the C# method: of a value in parts the first part.</summary>
    private static IEnumerable<Parameter> Declared(Function function)
    {
        ParameterPart? last = null;
        foreach (var parameter in function.Parameters.Where(p => !p.IsReturned && p.Part is not { IsReceiver: true }))
        {
            if (parameter.Part is null || last is null || !last.IsSameWhole(parameter.Part)) yield return parameter;
            last = parameter.Part;
        }
    }

    private static bool Fits(string line, CodeWriter code) => (code.Indent * 4) + line.Length <= CodeWriter.Width;

    private static string Parameter(Parameter parameter)
    {
        var mode = parameter.Value.Type is TapeType ? "ref " : parameter.PassedAs switch
        {
            ParameterMode.In => "in ",
            ParameterMode.Ref => "ref ",
            ParameterMode.Out => "out ",
            _ => "",
        };
        return mode + TypeNames.Of(parameter) + " " + Identifiers.Escape(Identifiers.Unescape(parameter.DeclaredName));
    }
}
