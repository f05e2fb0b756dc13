using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
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

    /// <summary>The name of such a target in the module; empty for the marked method.</summary>
    public string Within { get; init; } = "";

    /// <summary>A callee.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="byElement">Positions of the <c>ref</c>, <c>out</c> and <c>in</c> parameters that are given as spans of one element.</param>
    public Function? Lower(string name, ImmutableArray<int> byElement)
    {
        var parameters = ImmutableArray.CreateBuilder<Parameter>();
        foreach (var symbol in _context.Method.Parameters)
        {
            if (symbol.RefKind is RefKind.None or RefKind.In && TypeOf(symbol.Type) is ProductType product)
            {
                parameters.AddRange(Leaves(symbol, product));
                continue;
            }

            if (symbol.RefKind is RefKind.None or RefKind.In && Types.Matrix(symbol.Type) is { } matrix)
            {
                parameters.AddRange(Parameters(symbol, matrix));
                continue;
            }

            if (ParameterLowering.Lower(symbol, Types, _point.Values, wrt: null) is not { } parameter)
            {
                _module.Report(Descriptors.UnsupportedType, symbol.Locations[0], symbol.Type.ToDisplayString(), TypeMapping.Supported);
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

        return Lower(name, parameters.ToImmutable());
    }

    public TypeMapping Types => _context.Types;

    private Jumps Jumps => _context.Jumps;

    public bool IsAccessible(ISymbol symbol) => _module.IsAccessible(symbol);

    public Function? Lower(string name, ImmutableArray<Parameter> parameters)
    {
        if (IsRoot) parameters = WithNullable(parameters);
        var results = new List<ISymbol>();
        var rest = new Queue<Parameter>(parameters);
        foreach (var symbol in _context.Method.Parameters)
        {
            if (TypeOf(symbol.Type) is ProductType items)
            {
                _point.Env.Set(symbol, Composite.Map(Constants.Default(items), _ => rest.Dequeue().Value));
                continue;
            }

            var parameter = rest.Dequeue();
            var value = parameter.Value;
            _point.Env.Set(symbol, parameter.Mode == ParameterMode.Out ? Constants.Default(value.Type)
                : value.Type is ArrayType { IsMatrix: true } ? EnterMatrix(value)
                : value.Type is ArrayType { IsMemory: true } ? _point.Entry.Elements(value)
                : Types.Matrix(symbol.Type) is { } matrix ? Entered(matrix, value, Enumerable.Range(0, matrix.Rank).Select(_ => rest.Dequeue().Value))
                : value.Type is ArrayType { IsTensor: true } ? Enter(value)
                : value);
            if (parameter.IsResult) results.Add(symbol);
            if (parameter.MayBeNull) _arrays.AddNullable(value);
        }

        var returns = _context.Method.ReturnsVoid ? null : TypeOf(_context.Method.ReturnType);
        if (!_context.Method.ReturnsVoid && returns is not (ScalarType or ProductType))
        {
            _module.Report(Descriptors.UnsupportedType, _context.Method.Locations[0], _context.Method.ReturnType.ToDisplayString(), TypeMapping.Supported);
            return null;
        }

        var result = LowerBody(_body, returns);
        var yields = new List<Operand>();
        if (returns is ScalarType) yields.Add(result!);
        yields.AddRange(results.Select(symbol => _point.Env.Get(symbol)!));

        // A function of the IR returns at most one scalar, so the elements of a tuple leave like out parameters.
        if (result is Product tuple)
        {
            foreach (var element in Composite.Leaves(tuple))
            {
                parameters = parameters.Add(new Parameter(_point.Values.Fresh(element.Type, "item"), ParameterMode.Out, Wrt: false));
                yields.Add(element);
            }
        }

        return new Function(name, parameters, returns as ScalarType, new Block(_point.Entry.Ops.AddRange(_point.Block.Ops), yields.ToImmutableArray()));
    }

    /// <summary>The scalars of a product that is passed to a callee: a parameter each.</summary>
    private IEnumerable<Parameter> Leaves(IParameterSymbol symbol, ProductType product)
    {
        var scratch = ParameterLowering.IsPassive(symbol);
        return product.Leaves.Select((leaf, i) => new Parameter(
            _point.Values.Fresh(leaf, symbol.Name + (i + 1)), ParameterMode.Value, Wrt: leaf.IsFloat && !scratch, Scratch: leaf.IsFloat && scratch)).ToList();
    }

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

    private Operand Placeholder(ITypeSymbol? type) => Constants.Default(Types.Map(type) ?? ScalarType.Double);

    /// <summary>Sets the line of the operations that follow. A body that is lowered in place keeps the line of its call.</summary>
    private void At(IOperation operation)
    {
        if (_context.FirstLine is { } first) _point.Block.Line = SourceLines.Relative(operation.Syntax, first);
    }

    /// <summary>Gives a computed value the user's name, so that the emitted code says it too.</summary>
    private Operand Named(Operand operand, string name)
    {
        if (operand is Matrix matrix) return matrix with { Elements = Named(matrix.Elements, name) };
        if (operand is not Value { IsUserNamed: false, Name.Length: 0 } value) return operand;
        return _point.Block.Rename(value, name, isUserNamed: true) ?? value;
    }
}
