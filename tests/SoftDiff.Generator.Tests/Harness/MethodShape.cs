using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace SoftDiff.Generator.Tests.Harness;

internal enum PassedAs
{
    Value,
    In,
    Ref,
    Out,
    ReadOnlySpan,
    Span,
    Array,
    ReadOnlyTensor,
    Tensor,

    /// <summary>A rectangular array.</summary>
    Matrix,

    /// <summary>An array of arrays.</summary>
    Jagged,
}

public enum CompanionForm
{
    Grad,
    Vjp,
    Jvp,
}

/// <summary>A parameter as the rules for companions see it.</summary>
/// <param name="Name">As the symbol has it: without <c>@</c>.</param>
/// <param name="Type">The type as it is written in C#.</param>
/// <param name="Element">The floating-point element type, or null if the parameter has no derivative.</param>
/// <param name="Wrt">Whether the derivative with respect to it is asked for.</param>
/// <param name="Written">Whether it carries a result out of the method.</param>
/// <param name="Leaves">If the element is a value type with numbers inside, how many; otherwise 0.</param>
internal sealed record ParameterShape(string Name, string Type, string? Element, PassedAs PassedAs, bool Wrt, bool Written, int Leaves = 0)
{
    public bool IsBuffer => PassedAs is PassedAs.ReadOnlySpan or PassedAs.Span or PassedAs.Array || IsTensor || IsContainer;

    /// <summary>Whether its derivatives have its own type.</summary>
    public bool IsContainer => PassedAs is PassedAs.Matrix or PassedAs.Jagged;

    /// <summary>Whether it is a value type with numbers inside, or a buffer of them.</summary>
    public bool IsTree => Leaves > 0 || IsObject;

    /// <summary>Whether it is an object of a class or a struct with arrays, whose numbers only the value itself can count.</summary>
    public bool IsObject { get; init; }

    /// <summary>Whether it is a struct with arrays, so that its gradient is a variable of the caller's.</summary>
    public bool IsStruct { get; init; }

    /// <summary>Whether a number of the object cannot be assigned, so that its gradient is a new object.</summary>
    public bool IsRemade { get; init; }

    /// <summary>How many numbers an element has.</summary>
    public int Numbers => Math.Max(Leaves, 1);

    /// <summary>Whether the method makes an array and gives it back by <c>out</c>. A probe's point says how long it is: <c>y = [0, 0]</c>.</summary>
    public bool IsMade => PassedAs == PassedAs.Out && Type.EndsWith(']');

    public bool IsTensor => PassedAs is PassedAs.ReadOnlyTensor or PassedAs.Tensor;

    /// <summary>Whether what it holds on entry is an input of the differentiated function.</summary>
    public bool IsInput => Element is not null && PassedAs != PassedAs.Out && (Wrt || Written);

    /// <summary>Whether what it holds on exit is an output of the differentiated function.</summary>
    public bool IsOutput => Element is not null && Written;

    /// <summary>Whether companions have a gradient output or a tangent for it.</summary>
    public bool TakesPart => IsInput || IsOutput;
}

/// <summary>
/// A method's signature, and the signatures its companions must have. Stated here a second time, independently of the generator, from
/// the description of the public surface.
/// </summary>
/// <param name="ResultLeaves">If the result is a value type with numbers inside, how many; otherwise 0.</param>
internal sealed record MethodShape(string Name, string? Result, ImmutableArray<ParameterShape> Parameters, int ResultLeaves = 0)
{
    /// <summary>How many numbers the result has, or each of its elements.</summary>
    public int ResultNumbers => Result is null ? 0 : Math.Max(ResultLeaves, 1);

    public bool ReturnsNumber => Result is not null && ResultLeaves == 0 && Array is null;

    /// <summary>The array that the method returns, as an <c>out</c> parameter with the name <c>result</c>; null if it returns none.</summary>
    public ParameterShape? Array => Result?.EndsWith(']') == true
        ? new("result", Result, ArgumentText.ElementOf(Result), PassedAs.Out, Wrt: false, Written: true, ResultLeaves)
        : null;

    /// <summary>The shape of a method; <paramref name="writtenArrays"/> names the <c>T[]</c> parameters whose elements it assigns.</summary>
    public static MethodShape Of(IMethodSymbol method, ImmutableArray<string> writtenArrays)
    {
        AttributeData? attribute = method.GetAttributes().SingleOrDefault(a => a.AttributeClass?.Name == "DifferentiableAttribute");
        KeyValuePair<string, TypedConstant> named = attribute is null ? default : attribute.NamedArguments.SingleOrDefault(a => a.Key == "Wrt");
        HashSet<string?>? wrt = named.Key is null || named.Value.IsNull || named.Value.Values.IsEmpty ? null : [.. named.Value.Values.Select(value => (string?)value.Value)];
        string? result = method.ReturnsVoid ? null : Text(method.ReturnType);
        int leaves = method.ReturnsVoid ? 0 : Leaves(method.ReturnType is IArrayTypeSymbol array ? array.ElementType : method.ReturnType);
        return new MethodShape(method.Name, result, [.. method.Parameters.Select(p => Of(p, wrt, writtenArrays))], leaves);
    }

    /// <summary>The companion's parameters as <c>modifier type name</c>. A name is left out where the convention gives one name twice.</summary>
    public ImmutableArray<string> Companion(CompanionForm form)
    {
        List<(string Declaration, string Name)> all = [.. Parameters.Select(p => (Modifier(p.PassedAs) + p.Type, p.Name))];
        if (form == CompanionForm.Vjp && Result is not null)
        {
            all.Add((Array is { } array ? Cotangents(array) : Result, "cResult"));
        }

        foreach (ParameterShape p in Parameters.Where(p => p.TakesPart))
        {
            string space = p.IsTensor ? "global::System.Numerics.Tensors." : "global::System.";
            string kind = (p.IsTensor ? "TensorSpan<" : "Span<") + p.Element + ">";
            string span = space + kind;
            string readOnly = space + "ReadOnly" + kind;
            all.Add(form == CompanionForm.Jvp
                ? (p switch
                {
                    { PassedAs: PassedAs.Ref } => "ref " + p.Element,
                    { IsMade: true } => "out " + p.Type,
                    { PassedAs: PassedAs.Out } => "out " + p.Element,
                    { IsContainer: true } or { IsObject: true } => p.Type,
                    { IsBuffer: true } => p.Written ? span : readOnly,
                    _ => p.Element!,
                }, Prefixed("t", p.Name))
                : (p switch
                {
                    { PassedAs: PassedAs.Ref } => "ref " + p.Element,
                    { IsMade: true } => Cotangents(p),
                    { PassedAs: PassedAs.Out } => p.Element!,
                    { IsContainer: true } => p.Type,
                    { IsStruct: true } => "ref " + p.Type,
                    { IsObject: true, IsRemade: false } => p.Type,
                    { IsBuffer: true } => span,
                    _ => "out " + p.Element,
                }, Prefixed(p.PassedAs == PassedAs.Out ? "c" : "d", p.Name)));
        }

        if (form == CompanionForm.Jvp && Result is not null)
        {
            all.Add(("out " + Result, "tResult"));
        }

        // What a number was added to is taken for the same name.
        static string Stem(string name) => name.Split('_')[0];
        return [.. all.Select(one => all.Count(other => Stem(other.Name) == Stem(one.Name)) == 1 ? one.Declaration + " " + one.Name : one.Declaration)];
    }

    /// <summary>The type of the cotangents of an array that the method makes: of a matrix its own.</summary>
    private static string Cotangents(ParameterShape made) => made.Type.EndsWith("[]", StringComparison.Ordinal) ? $"global::System.ReadOnlySpan<{made.Element}>" : made.Type;

    /// <summary>
    /// The companion among a type's members: the method of its name and exactly its parameters. Otherwise null, and
    /// <paramref name="complaint"/> says what is there instead.
    /// </summary>
    public IMethodSymbol? Find(INamedTypeSymbol type, CompanionForm form, int arity, out string complaint)
    {
        ImmutableArray<string> wanted = Companion(form);
        string name = Name + form;
        List<string> seen = [];
        foreach (IMethodSymbol candidate in type.GetMembers(name).OfType<IMethodSymbol>())
        {
            string? returned = candidate.ReturnsVoid ? null : Text(candidate.ReturnType);
            string[] found = [.. candidate.Parameters.Select(p => Modifier(p.RefKind) + Text(p.Type) + " " + p.Name)];
            bool fits = returned == Result && candidate.Arity == arity && found.Length == wanted.Length && candidate.Parameters.All(p => !p.IsOptional)
                && wanted.Zip(found).All(pair => pair.First == pair.Second || pair.Second.StartsWith(pair.First + " ", StringComparison.Ordinal));
            if (fits)
            {
                complaint = string.Empty;
                return candidate;
            }

            seen.Add($"{returned ?? "void"} {name}({string.Join(", ", found)})");
        }

        complaint = $"expected {Result ?? "void"} {name}({string.Join(", ", wanted)}), found "
            + (seen.Count == 0 ? "no method of that name" : string.Join(" and ", seen));
        return null;
    }

    /// <summary>The gradient or the Jacobian–vector product as a method of its own: its outputs or tangents are parameters like others.</summary>
    public MethodShape After(CompanionForm form)
    {
        List<ParameterShape> all = [.. Parameters, .. Added(form).Select(pair => pair.Added)];
        if (form == CompanionForm.Jvp && Result is not null)
        {
            all.Add(new ParameterShape(Unique("tResult", all), Result, Result, PassedAs.Out, Wrt: false, Written: true, ResultLeaves));
        }

        return new MethodShape(Name + form, Result, [.. all], ResultLeaves);
    }

    /// <summary>
    /// The point with values for what <see cref="After"/> adds: seeds of different sizes and signs, and something to overwrite. The derivatives stated for
    /// the method are not those of its companion; what is left of them says that the companion is not the derivative of anything, so that differences of
    /// it are no judge.
    /// </summary>
    public ProbePoint Extended(ProbePoint point, CompanionForm form)
    {
        int seed = 0;
        ImmutableDictionary<string, string> arguments = point.Arguments;
        foreach ((ParameterShape of, ParameterShape added) in Added(form).Where(pair => pair.Added.PassedAs != PassedAs.Out || pair.Added.IsMade))
        {
            arguments = arguments.Add(added.Name, Seeds(of, of is { PassedAs: PassedAs.Out, IsMade: false } ? "0" : point.Arguments[of.Name], ref seed));
        }

        return point with
        {
            Arguments = arguments,
            Gradient = point.Gradient.IsEmpty ? point.Gradient : ImmutableDictionary<string, string>.Empty.Add(string.Empty, string.Empty),
        };
    }

    /// <summary>The parameters that a companion adds, each with the one it belongs to. A name that is taken gets a number.</summary>
    private List<(ParameterShape Of, ParameterShape Added)> Added(CompanionForm form)
    {
        List<(ParameterShape Of, ParameterShape Added)> pairs = [];
        foreach (ParameterShape p in Parameters.Where(p => p.TakesPart))
        {
            ParameterShape added = Added(p, form == CompanionForm.Jvp);
            pairs.Add((p, added with { Name = Unique(added.Name, Parameters.Concat(pairs.Select(pair => pair.Added))) }));
        }

        return pairs;
    }

    private static ParameterShape Added(ParameterShape p, bool tangent)
    {
        string name = Prefixed(tangent ? "t" : p.PassedAs == PassedAs.Out ? "c" : "d", p.Name);
        if (p.IsMade)
        {
            return tangent ? p with { Name = name } : new(name, Cotangents(p), p.Element, p.Type.EndsWith("[]", StringComparison.Ordinal) ? PassedAs.ReadOnlySpan : PassedAs.Matrix, Wrt: false, Written: false, p.Leaves);
        }

        bool readOnly = tangent && !p.Written;
        string space = p.IsTensor ? "global::System.Numerics.Tensors." : "global::System.";
        string type = p.IsContainer ? p.Type : p.IsBuffer ? $"{space}{(readOnly ? "ReadOnly" : string.Empty)}{(p.IsTensor ? "TensorSpan" : "Span")}<{p.Element}>" : p.Element!;
        PassedAs passedAs = p switch
        {
            { IsContainer: true } => p.PassedAs,
            { IsTensor: true } => readOnly ? PassedAs.ReadOnlyTensor : PassedAs.Tensor,
            { IsBuffer: true } => readOnly ? PassedAs.ReadOnlySpan : PassedAs.Span,
            { PassedAs: PassedAs.Ref } => PassedAs.Ref,
            { PassedAs: PassedAs.Out } => tangent ? PassedAs.Out : PassedAs.Value,
            _ => tangent ? PassedAs.Value : PassedAs.Out,
        };
        bool written = passedAs is PassedAs.Ref or PassedAs.Out or PassedAs.Span or PassedAs.Tensor || (p.IsContainer && !readOnly);
        return new ParameterShape(name, type, p.Element, passedAs, Wrt: false, written, p.Leaves);
    }

    private static string Unique(string name, IEnumerable<ParameterShape> taken)
    {
        string unique = name;
        for (int number = 2; taken.Any(p => p.Name == unique); number++)
        {
            unique = name + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return unique;
    }

    private static string Seeds(ParameterShape p, string text, ref int number)
    {
        if (!p.IsTree)
        {
            return Seeds(text, ref number);
        }

        List<string> elements = [];
        foreach (string _ in p.IsBuffer || p.IsMade ? ArgumentText.Items(text) : [text])
        {
            List<string> seeds = [];
            for (int i = 0; i < p.Leaves; i++) seeds.Add(Seed(ref number));
            elements.Add($"{ProbeAdapter.Namespace}.Trees.Of<{p.Element}>(new double[] {{ {string.Join(", ", seeds)} }}, 0)");
        }

        return p.IsBuffer || p.IsMade ? "[" + string.Join(", ", elements) + "]" : elements[0];
    }

    private static string Seed(ref int number) => (new[] { "0.75", "-0.5", "1.25", "-0.875", "0.625" })[number++ % 5];

    /// <summary>The text of a value with a seed in the place of each number.</summary>
    private static string Seeds(string text, ref int number)
    {
        string trimmed = text.Trim();
        if (trimmed == ArgumentText.Null) return "[]";
        if (!trimmed.StartsWith('['))
        {
            return Seed(ref number);
        }

        List<string> parts = [];
        foreach (string part in Probe.SplitOutsideBrackets(trimmed[1..^1]))
        {
            parts.Add(Seeds(part, ref number));
        }

        return "[" + string.Join(", ", parts) + "]";
    }

    private static ParameterShape Of(IParameterSymbol parameter, HashSet<string?>? wrt, ImmutableArray<string> writtenArrays)
    {
        PassedAs passedAs = parameter.RefKind switch
        {
            RefKind.Ref => PassedAs.Ref,
            RefKind.Out => PassedAs.Out,
            RefKind.In or RefKind.RefReadOnlyParameter => PassedAs.In,
            _ => parameter.Type switch
            {
                IArrayTypeSymbol { Rank: > 1 } => PassedAs.Matrix,
                IArrayTypeSymbol { ElementType: IArrayTypeSymbol } => PassedAs.Jagged,
                IArrayTypeSymbol => PassedAs.Array,
                INamedTypeSymbol { Name: "Span" or "Memory", Arity: 1 } => PassedAs.Span,
                INamedTypeSymbol { Name: "ReadOnlySpan" or "ReadOnlyMemory", Arity: 1 } => PassedAs.ReadOnlySpan,
                INamedTypeSymbol { Name: "TensorSpan", Arity: 1 } => PassedAs.Tensor,
                INamedTypeSymbol { Name: "ReadOnlyTensorSpan", Arity: 1 } => PassedAs.ReadOnlyTensor,
                _ => PassedAs.Value,
            },
        };

        ITypeSymbol element = parameter.Type switch
        {
            IArrayTypeSymbol { ElementType: IArrayTypeSymbol row } => row.ElementType,
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { Arity: 1 } span when passedAs is PassedAs.Span or PassedAs.ReadOnlySpan or PassedAs.Tensor or PassedAs.ReadOnlyTensor => span.TypeArguments[0],
            var other => other,
        };

        bool isStruct = HoldsArrays(element);
        bool isObject = isStruct || (wrt?.Contains(parameter.Name) == true && IsObject(element));
        int leaves = isStruct ? 0 : Leaves(element);
        bool floating = IsNumber(element) || leaves > 0 || isObject;
        bool passive = !floating || parameter.GetAttributes().Any(a => a.AttributeClass?.Name == "NonDifferentiableAttribute");
        bool written = passedAs is PassedAs.Ref or PassedAs.Out or PassedAs.Span or PassedAs.Tensor || writtenArrays.Contains(parameter.Name);
        return new ParameterShape(
            parameter.Name,
            Text(parameter.Type),
            passive ? null : Text(element),
            passedAs,
            Wrt: !passive && (wrt?.Contains(parameter.Name) ?? true),
            Written: !passive && written,
            leaves)
        {
            IsObject = isObject && !passive,
            IsStruct = isStruct && !passive,
            IsRemade = isObject && !isStruct && IsRemade((INamedTypeSymbol)element),
        };
    }

    /// <summary>Whether a struct has arrays of numbers or objects with numbers among its members, nested ones included.</summary>
    private static bool HoldsArrays(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Struct, IsRefLikeType: false, DeclaringSyntaxReferences.IsEmpty: false }
        && type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic).Any(f => HoldsArrays(f.Type) || IsObject(f.Type) || IsArrayOfNumbers(f.Type));

    private static bool IsArrayOfNumbers(ITypeSymbol type) =>
        type is IArrayTypeSymbol { ElementType: var element } && (IsNumber(element) || IsArrayOfNumbers(element) || IsObject(element));

    private static bool IsObject(ITypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } && !type.DeclaringSyntaxReferences.IsEmpty;

    private static bool IsRemade(INamedTypeSymbol type) => (type.BaseType is { } parent && IsObject(parent) && IsRemade(parent))
        || type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic).Any(f => f.IsReadOnly && (IsNumber(f.Type) || Leaves(f.Type) > 0))
        || type.GetMembers().OfType<IFieldSymbol>().Any(f => !f.IsStatic && IsObject(f.Type) && IsRemade((INamedTypeSymbol)f.Type));

    private static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Double or SpecialType.System_Single || type is ITypeParameterSymbol;

    /// <summary>The number of floating-point fields of a value type, those of its fields included; 0 for any other type.</summary>
    internal static int Leaves(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol { IsValueType: true, IsRefLikeType: false, SpecialType: SpecialType.None } value) return 0;
        if (value is { Name: "Complex", ContainingNamespace.Name: "Numerics" }) return 2;
        AttributeData? inline = value.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "InlineArrayAttribute");
        IEnumerable<ITypeSymbol> fields = value.IsTupleType
            ? value.TupleElements.Select(e => e.Type)
            : value.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic).Select(f => f.Type);
        int leaves = fields.Sum(f => IsNumber(f) ? 1 : Leaves(f));
        return inline is null ? leaves : leaves * (int)inline.ConstructorArguments[0].Value!;
    }

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static string Prefixed(string prefix, string name) => prefix + char.ToUpperInvariant(name[0]) + name[1..];

    private static string Modifier(PassedAs passedAs) => passedAs switch
    {
        PassedAs.In => "in ",
        PassedAs.Ref => "ref ",
        PassedAs.Out => "out ",
        _ => string.Empty,
    };

    private static string Modifier(RefKind kind) => kind switch
    {
        RefKind.In or RefKind.RefReadOnlyParameter => "in ",
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        _ => string.Empty,
    };
}
