using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using SoftDiff.Generator.Frontend.Objects;
using Descriptors = SoftDiff.Generator.Diagnostics.Descriptors;

namespace SoftDiff.Generator.Frontend;

/// <summary>
/// The walk over one method body. Input: its bound operation tree. Output: a function of the IR. The walk lowers each expression and
/// statement. Other classes resolve what the IR cannot express directly: <see cref="Branches"/> control flow, <see cref="ArrayVariables"/>
/// array variables, <see cref="CarriedVariables"/> loops, <see cref="Frontend.Jumps"/> jumps. An expression that the IR cannot express is
/// reported, and a placeholder takes its place, so that the rest of the method is checked too.
/// </summary>
internal sealed partial class FunctionLowering
{
    private readonly ModuleLowering _module;
    private readonly MethodBody _body;
    private readonly Point _point;
    private readonly Branches _branches;
    private readonly ArrayVariables _arrays;

    /// <summary>Variables of a type without place in the IR, which was reported where they are declared.</summary>
    private readonly HashSet<ISymbol> _reported = new(SymbolEqualityComparer.Default);

    private BodyContext _context;

    /// <param name="module">Its module.</param>
    /// <param name="types">Maps type parameters to types.</param>
    /// <param name="body">The body.</param>
    /// <param name="values">The source of value numbers; the parameters' numbers are taken.</param>
    /// <param name="receiver">The object that <c>this</c> is; null in a static method.</param>
    public FunctionLowering(ModuleLowering module, TypeMapping types, MethodBody body, ValueSource values, ConstantObject? receiver)
    {
        _module = module;
        _body = body;
        _point = new Point(values);
        _branches = new Branches(_point);
        _arrays = _branches.Arrays;
        _context = new BodyContext(body.Method, types, new Jumps(_point), SourceLines.First(body.Syntax), null) { Receiver = receiver };
    }

    /// <summary>Whether this is the marked method itself. Only there is it known what arguments depend on.</summary>
    public bool IsRoot { get; init; }

    /// <summary>The class of the object that <c>this</c> is, where it is known to be no derived one.</summary>
    public INamedTypeSymbol? DynamicReceiver { get; init; }

    /// <summary>The name of such a target in the module; empty for the marked method.</summary>
    public string Within { get; init; } = "";

    /// <summary>The delegates that it is called with; null if there are none.</summary>
    public Specialization? Known { get; init; }

    /// <summary>A callee.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="byElement">Positions of the <c>ref</c>, <c>out</c> and <c>in</c> parameters that are given as spans of one element.</param>
    public Function? Lower(string name, ImmutableArray<int> byElement)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        if (HasReceiver)
        {
            if (ReceiverType is not { } type)
            {
                ReportType(_context.Method.ContainingType, _context.Method.Locations[0]);
                return null;
            }

            var mode = Receivers.Changes(_context.Method, _module.Compilation) ? ParameterMode.Ref : ParameterMode.Value;
            parameters.AddRange(Parts("this", type, mode));
        }

        if (HasObjectReceiver)
        {
            var self = _point.Values.Fresh(ObjectTypes.Of(_context.Method.ContainingType, Types), "self");
            parameters.Add(new Parameter(self, ParameterMode.Value, Wrt: false));
        }

        foreach (var symbol in _context.Method.Parameters)
        {
            if (Known?.Arguments.ContainsKey(symbol.Ordinal) == true) continue;
            if (Products.Map(symbol.Type, Types) is { } product)
            {
                var passive = ParameterLowering.IsPassive(symbol);
                if (byElement.Contains(symbol.Ordinal))
                {
                    var numbers = _point.Values.Fresh(new ArrayType((ScalarType)product.Leaves.First(), ArrayForm.Span), symbol.Name);
                    parameters.Add(new Parameter(numbers, ParameterMode.Value, Wrt: !passive, Scratch: passive));
                    _elements[symbol] = new StructElementPlace(product, numbers, Constants.Int(0), 0);
                    continue;
                }

                parameters.AddRange(Parts(symbol.Name, product, ModeOf(symbol))
                    .Select(p => p with { Wrt = p.Wrt && !passive, Scratch = p.Value.Type.IsFloat && passive }));
                continue;
            }

            if (symbol.RefKind is RefKind.None or RefKind.In && Types.InParts(symbol.Type) is { } parted)
            {
                parameters.AddRange(Parameters(symbol, parted));
                continue;
            }

            if (ParameterLowering.Lower(symbol, Types, _point.Values, wrt: null, IsAccessible).FirstOrDefault() is not { } parameter)
            {
                ReportType(symbol.Type, symbol.Locations[0]);
                return null;
            }

            // Arrays made in a method are spans in the derivative, so its helpers take spans.
            if (parameter.Value.Type is ArrayType array && (array.Form == ArrayForm.Array || array.IsMemory))
            {
                parameter = parameter with { Value = parameter.Value with { Type = array.AsSpan() } };
            }

            if (byElement.Contains(symbol.Ordinal))
            {
                var element = (ScalarType)parameter.Value.Type;
                parameter = parameter with { Value = parameter.Value with { Type = new ArrayType(element, ArrayForm.Span) }, Mode = ParameterMode.Value };
                _references[symbol] = new ElementPlace(parameter.Value, Constants.Int(0));
            }

            parameters.Add(parameter);
        }

        parameters.AddRange(CapturedParameters());
        return Lower(name, parameters.ToImmutable());
    }

    public TypeMapping Types => _context.Types;

    private Jumps Jumps => _context.Jumps;

    public bool IsAccessible(ISymbol symbol) => _module.IsAccessible(symbol);

    public Function? Lower(string name, ImmutableArray<Parameter> parameters)
    {
        if (IsRoot) parameters = WithNullable(parameters);
        var results = new List<object>();
        var rest = new Queue<Parameter>(parameters);
        var isTree = rest.Count > 0 && rest.Peek() is { IsLeaf: true, Part.IsReceiver: true };
        if (HasReceiver && !isTree)
        {
            if (rest.Peek().IsResult) results.Add(ThisVariable);
            Enter(ThisVariable, ReceiverType!, rest);
        }

        if (isTree)
        {
            _point.Env.Set(ThisVariable, EnterTree(_context.Method.ContainingType, rest.Peek().Part!.Type, rest));
        }
        else if (HasObjectReceiver)
        {
            _point.Env.Set(ThisVariable, rest.Dequeue().Value);
        }

        foreach (var symbol in _context.Method.Parameters)
        {
            if (Known?.Arguments.TryGetValue(symbol.Ordinal, out var known) == true)
            {
                _point.Env.Set(symbol, known);
                continue;
            }

            if (rest.Peek() is { IsLeaf: true, Part.Type: var tree })
            {
                _point.Env.Set(symbol, EnterTree((INamedTypeSymbol)Types.Resolve(symbol.Type), tree, rest));
                continue;
            }

            if (rest.Peek().IsResult) results.Add(symbol);
            if (_elements.ContainsKey(symbol))
            {
                rest.Dequeue();
                continue;
            }

            if (Products.Map(symbol.Type, Types) is { } items)
            {
                Enter(symbol, items, rest);
                continue;
            }

            var parameter = rest.Dequeue();
            var value = parameter.Value;
            if (parameter.Mode == ParameterMode.Out)
            {
                _point.Env.Set(symbol, Constants.Default(TypeOf(symbol.Type) ?? value.Type));
                continue;
            }

            if (StructArrays.Map(symbol.Type, Types) is { } structs)
            {
                _point.Env.Set(symbol, new StructArray(structs, value));
                continue;
            }

            _point.Env.Set(symbol, value.Type is ArrayType { IsMemory: true } ? _point.Entry.Elements(value)
                : value.Type is ArrayType { IsContainer: true, IsTensor: false } ? Entered(value)
                : Types.InParts(symbol.Type) is { } parted ? Entered(parted, value, rest)
                : value.Type is ArrayType { IsTensor: true } ? Enter(value)
                : value);
            if (parameter.MayBeNull) _arrays.AddNullable(value);
        }

        results.AddRange(EnterCaptured(rest));
        var returns = _context.Method.ReturnsVoid ? null : TypeOf(_context.Method.ReturnType);
        var returned = parameters.FirstOrDefault(p => p is { IsReturned: true, Part: null });
        if (!_context.Method.ReturnsVoid && returns is not (ScalarType or ProductType) && returned is null)
        {
            ReportType(_context.Method.ReturnType, _context.Method.Locations[0]);
            return null;
        }

        var result = LowerBody(_body, returns);
        var yields = new List<Operand>();
        if (returns is ScalarType) yields.Add(result!);
        yields.AddRange(results.SelectMany(symbol => GivenBy(symbol, parameters)));
        if (returned is not null) yields.Add(Give(result!, returned, _context.Method.Locations[0]));

        // A function of the IR returns at most one scalar, so the scalars of a product leave like out parameters. Those of the root are there already.
        if (result is Product product)
        {
            var leaves = Composite.Leaves(product).ToList();
            yields.AddRange(leaves);
            if (rest.Count == 0) parameters = parameters.AddRange(leaves.Select(Item));
        }

        return new Function(name, parameters, returns as ScalarType, WithSizes(new Block(_point.Entry.Ops.AddRange(_point.Block.Ops), yields.ToImmutableArray())));
    }

    private Parameter Item(Operand leaf) => new(_point.Values.Fresh(leaf.Type, "item"), ParameterMode.Out, Wrt: false);

    /// <summary>Gives a variable the value whose scalars are the next parameters.</summary>
    private void Enter(ISymbol variable, ProductType type, Queue<Parameter> parameters) =>
        _point.Env.Set(variable, Composite.Map(Constants.Default(type), zero =>
            parameters.Dequeue() is { Mode: not ParameterMode.Out } given ? Entered(given) : zero));

    private Value Entered(Parameter scalar)
    {
        _scalarsOfParameters.Add(scalar.Value);
        return scalar.Value;
    }

    /// <summary>The scalars of a product that is passed to a callee: a parameter each.</summary>
    private List<Parameter> Parts(string name, ProductType product, ParameterMode mode)
    {
        var names = product.Form == ProductForm.Tuple ? product.Leaves.Select((_, i) => name + (i + 1)) : product.LeafNames(name);
        return product.Leaves.Zip(names, (leaf, own) => new Parameter(_point.Values.Fresh(leaf, own), mode, Wrt: leaf.IsFloat)).ToList();
    }

    /// <summary>Products are values in a callee, also those that C# passes by <c>in</c>.</summary>
    private static ParameterMode ModeOf(IParameterSymbol symbol) => symbol.RefKind switch
    {
        RefKind.Ref => ParameterMode.Ref,
        RefKind.Out => ParameterMode.Out,
        _ => ParameterMode.Value,
    };

    private void ReportType(ITypeSymbol type, Location at) =>
        _module.Report(Descriptors.UnsupportedType, at, type.Spelled(), TypeAdvice.For(type));

    /// <summary>The operand that the body returns, if any.</summary>
    private Operand? LowerBody(MethodBody body, IrType? returns)
    {
        Jumps.Start(returns);
        LowerList(body.Block.Operations, 0);
        return returns is null ? null : _point.Env.Get(Jumps.Result);
    }

    /// <summary>Reports that the expression cannot be differentiated, and returns a placeholder for its value.</summary>
    private Operand Fail(DiagnosticDescriptor descriptor, IOperation operation, params object[] args)
    {
        // A variable whose type was reported is the cause of what does not fit in its uses.
        if (operation.DescendantsAndSelf().Any(IsReported)) return Placeholder(operation.Type);

        // An expression that was reported, or that contains one, is not reported again.
        if (descriptor == Descriptors.UnsupportedExpression && _module.Reports.AnyWithin(operation.Syntax)) return Placeholder(operation.Type);
        _module.Report(descriptor, operation.Syntax.GetLocation(), args);
        return Placeholder(operation.Type);
    }

    public Operand Unsupported(IOperation operation, string instead) =>
        Fail(Descriptors.UnsupportedExpression, operation, SourceLines.Short(operation.Syntax), instead);

    private Operand Invalid(IOperation operation)
    {
        _module.IsInvalid = true;
        if (operation.Type is not { TypeKind: TypeKind.Error }) _module.Suspects.Add(operation.Syntax);
        return Placeholder(operation.Type);
    }

    private Operand Placeholder(ITypeSymbol? type) => Constants.Default((type is null ? null : TypeOf(type)) ?? ScalarType.Double);

    /// <summary>Sets the line of the operations that follow. A body that is lowered in place keeps the line of its call.</summary>
    private void At(IOperation operation)
    {
        if (_context.FirstLine is { } first) _point.Block.Line = SourceLines.Relative(operation.Syntax, first);
    }

    /// <summary>Gives a computed value the user's name, so that the emitted code says it too.</summary>
    private Operand Named(Operand operand, string name)
    {
        if (operand is PartedArray array) return array with { Elements = Named(array.Elements, name) };
        if (operand is Product { Of: { Form: not ProductForm.Tuple } type } product)
        {
            var names = new Queue<string>(type.LeafNames(name));
            return Composite.Map(product, leaf => Named(leaf, names.Dequeue()));
        }

        if (operand is not Value { IsUserNamed: false, Name.Length: 0 } value) return operand;
        return _point.Block.Rename(value, name, isUserNamed: true) ?? value;
    }
}
