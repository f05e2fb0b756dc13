using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SoftDiff.Generator.IR;

namespace SoftDiff.Generator.Tests.IR;

// Operations without blocks.
internal sealed partial class IrParser
{
    /// <summary>An operation without blocks.</summary>
    private Op Simple(Token head, string word, ImmutableArray<Value> results)
    {
        switch (word)
        {
            case "isNull": { var array = Operand(); return new IsNull(One(results, head), array); }
            case "length": { var array = Operand(); return new Length(One(results, head), array); }
            case "load": { var (array, index) = Element(); return new Load(One(results, head), array, index); }
            case "store": { var (array, index) = Element(); return None(new Store(array, index, After("=")), results, head); }
            case "accumulate": { var (array, index) = Element(); return None(new Accumulate(array, index, After("=")), results, head); }
            case "allocate":
            {
                var length = Operand();
                var cleared = Accept("cleared");
                return new Allocate(One(results, head), length, cleared);
            }

            case "view":
            {
                var (array, start) = (Operand(), After("from"));
                var count = Accept("count") ? Operand() : null;
                return new View(One(results, head), array, start, count);
            }

            case "row":
            {
                var (array, start, count) = (Operand(), After("from"), After("count"));
                return new Row(One(results, head), array, start, count);
            }

            case "update":
            {
                var kind = OneOf<RowUpdateKind>("a kind of row update");
                var (destination, source) = (Operand(), After(","));
                return None(new RowUpdate(kind, destination, source, Accept(",") ? Operand() : null), results, head);
            }

            case "pair": return Pair(results, head);
            case "flatten": { var (tensor, isOnlyRead) = (Operand(), Accept("read")); return new Flatten(One(results, head), tensor) { IsOnlyRead = isOnlyRead }; }
            case "make":
            {
                var elements = Accept("as") ? null : Operand();
                if (elements is not null) Expect("as");
                var axes = Operands();
                return new MakeArray(One(results, head), elements, axes) { ElementsOf = Accept("of") ? Assert.IsType<ProductType>(MemberType()) : null };
            }

            case "arrange":
            {
                var (array, lengths) = (Operand(), Lengths());
                return new Arrange(One(results, head), array, lengths);
            }

            case "lengths": { var tensor = Operand(); return new Lengths(One(results, head), tensor); }
            case "rowStarts": { var jagged = Operand(); return new RowStarts(One(results, head), jagged); }
            case "axisLength": { var (matrix, axis) = (Operand(), (int)Integer()); return new AxisLength(One(results, head), matrix, axis); }
            case "requireIndices":
            {
                var first = Operand();
                var inclusive = Accept("through");
                return None(new RequireIndices(first, inclusive ? Operand() : After("until"), inclusive, After("in")), results, head);
            }

            case "fill": return None(new Fill(Operand(), After("=")), results, head);
            case "copy": return None(new Copy(Operand(), After("to")), results, head);
            case "throw": return None(new Throw(Quoted(), Operands()), results, head);
            case "requireLength": return None(new RequireLength(Operand(), Quoted(), After("like"), Quoted()), results, head);
            case "requireMatrix": return None(new RequireMatrix(Operand(), Quoted(), After("of"), After("by")), results, head);
            case "transform": return Transform(results);
            case "requireRank": return None(new RequireRank(Operand(), Quoted(), (int)Integer()), results, head);
            case "requireDisjoint": return None(new RequireDisjoint(Operand(), Quoted(), After("from"), Quoted()), results, head);
            case "requireAllDisjoint":
            {
                var written = (int)Integer();
                Expect("of");
                var names = Quoted().Split(' ').ToImmutableArray();
                return None(new RequireAllDisjoint(Operands(), names, written), results, head);
            }

            case "rowLength":
            {
                var (array, name, batch) = (Operand(), Quoted(), After("of"));
                return new RowLength(One(results, head), array, name, batch);
            }

            case "requireRows":
            {
                var (array, name, batch, row) = (Operand(), Quoted(), After("of"), After("count"));
                Expect("like");
                return None(new RequireRows(array, name, batch, row, Quoted()), results, head);
            }

            case "laneCount": { Expect("lane"); return new LaneCount(One(results, head), Lane()); }
            case "laneLoad": { var (array, index) = Element(); return new LaneLoad(One(results, head), array, index, Accept("stride") ? Operand() : null); }
            case "laneStore":
            {
                var (array, index) = Element();
                var value = After("=");
                Expect("of");
                return None(new LaneStore(array, index, value, Scalar(), Accept("stride") ? Operand() : null), results, head);
            }

            case "laneColumn":
            {
                var (matrix, start, width) = (Operand(), After("from"), After("width"));
                return new LaneColumn(One(results, head), matrix, start, width, After("count"));
            }

            case "laneDiagonal": { var (array, index) = Element(); return None(new LaneDiagonal(array, index, After("=")), results, head); }
            case "lanes":
            {
                var callee = Name();
                Expect("of");
                var element = Scalar();
                var count = After("until");
                Expect("with");
                if (results.IsEmpty) return None(new LaneCall(callee, count, Operands(), element), results, head);
                return new LaneCall(callee, count, Operands(), element, One(results, head));
            }

            case "laneNumbers": return new LaneNumbers(One(results, head), Operand());
            case "rowsToLanes":
            {
                var (rows, start, stride) = (Operand(), After("from"), After("stride"));
                return None(new RowsToLanes(rows, start, stride, After("to")), results, head);
            }

            case "lanesToRows": { var lanes = Operand(); return None(new LanesToRows(lanes, After("to")), results, head); }
            case "laneSum":
            {
                var (array, index) = Element();
                var value = After("=");
                Expect("of");
                return None(new LaneSum(array, index, value, Scalar()), results, head);
            }

            case "laneRowSum":
            {
                var (array, start) = Element();
                var (count, factor) = (After("count"), After("="));
                Expect("of");
                var lane = Scalar();
                var (rows, first) = (After("times"), After("from"));
                return None(new LaneRowSum(array, start, count, factor, rows, first, After("stride"), lane), results, head);
            }


            case "parallel":
            {
                var (callee, count) = (Name(), After("until"));
                Expect("with");
                return None(new ParallelCall(callee, count, Operands()), results, head);
            }

            case "pattern":
            {
                var callee = Name();
                Expect("with");
                return new FindPattern(One(results, head), callee, Operands());
            }

            case "call":
            {
                var (callee, args) = (Name(), Operands());
                return new Call(results, callee, args) { ReadOnly = Accept("leaving") ? Positions() : ImmutableArray<int>.Empty };
            }

            case "rule":
            {
                var rule = Rule();
                Expect("with");
                var args = Operands();
                return new RuleCall(results, rule, args);
            }

            case "invoke": return Invoke(results);
            case "evaluate": return Evaluate(results);
            case "push": return None(new Push(Operand(), After(",")), results, head);
            case "pop": { var tape = Operand(); return new Pop(One(results, head), tape); }
            case "pushArray": return None(new PushArray(Operand(), After(",")), results, head);
            case "popArray": return None(new PopArray(Operand(), After(",")), results, head);
            case "openTape": return new OpenTape(One(results, head));
        }

        if (!IrText.IsNameStart(word[0]) || !Enum.TryParse<Opcode>(word, out var code)) throw Fault(head, $"unknown operation '{word}'");
        var isChecked = false;
        if (Accept("."))
        {
            Expect("checked");
            isChecked = true;
        }

        string? symbol = null;
        if (Accept("["))
        {
            symbol = Quoted();
            Expect("]");
        }

        var operands = Operands();
        return new Compute(One(results, head), code, operands, symbol, isChecked);
    }

    private Transform Transform(ImmutableArray<Value> results)
    {
        var kind = OneOf<TransformationKind>("a transformation");
        var order = Accept("order") ? (int)Integer() : 1;
        var mode = Accept("mode") ? OneOf<JacobianMode>("a mode") : JacobianMode.Auto;
        var isSparse = Accept("sparse");
        var isParallel = Accept("parallel");
        var shared = ImmutableArray.CreateBuilder<int>();
        if (Accept("shared"))
        {
            do shared.Add((int)Integer());
            while (Accept(","));
        }

        var wrt = ImmutableArray.CreateBuilder<string>();
        if (Accept("wrt"))
        {
            do wrt.Add(Name());
            while (Accept(","));
        }

        Expect("of");
        var target = Name();
        return new Transform(results, new Transformation(kind, order, mode, wrt.ToImmutable()) { Sparse = isSparse, Parallel = isParallel, Shared = shared.ToImmutable() }, target, Operands());
    }

    private ComputePair Pair(ImmutableArray<Value> results, Token head)
    {
        var code = ScalarFunction();
        Expect("with");
        if (ScalarFunctions.Of(code).Pair?.Other != ScalarFunction()) throw Fault(head, $"no one call computes {code} and that function");
        var arg = After("of");
        return results.Length == 2 ? new ComputePair(results[0], results[1], code, arg) : throw Fault(head, "a pair has two results");
    }

    private Opcode ScalarFunction()
    {
        var token = Current;
        return Enum.TryParse<Opcode>(Word("a scalar function"), out var code) ? code : throw Fault(token, $"unknown function '{token.Text}'");
    }

    private ImmutableArray<Operand> Lengths()
    {
        Expect("as");
        return Operands();
    }

    private Evaluate Evaluate(ImmutableArray<Value> results)
    {
        var effect = OneOf<ObjectEffect>("an effect");
        var isDisplay = Accept("display");
        var fills = Accept("fills");
        var hidden = Accept("hidden") ? new HiddenField(Quoted(), Quoted(), Quoted()) : null;
        var (expression, args) = (Quoted(), Operands());
        return new Evaluate(results.SingleOrDefault(), expression, args, effect)
        {
            IsDisplay = isDisplay,
            FillsArray = fills,
            Hidden = hidden,
            Outs = Accept("out") ? Definitions() : ImmutableArray<Value>.Empty,
        };
    }

    private Invoke Invoke(ImmutableArray<Value> returns)
    {
        var method = Quoted();
        var derivative = Accept("ruled") ? Method(method) : null;
        var args = ImmutableArray.CreateBuilder<Operand?>();
        if (!AtOperandsEnd() && !Is("out"))
        {
            do args.Add(Accept("_") ? null : Operand());
            while (Accept(","));
        }

        var outs = Accept("out") ? Definitions() : ImmutableArray<Value>.Empty;
        return new Invoke(returns, method, args.ToImmutable(), outs) { Derivative = derivative };
    }

    private CustomRule Rule()
    {
        var form = OneOf<RuleForm>("a rule form");
        var primal = Quoted();
        var parameters = ImmutableArray.CreateBuilder<RuleParameter>();
        Expect("(");
        if (!Accept(")"))
        {
            do
            {
                var role = OneOf<RuleRole>("a rule role");
                var name = Quoted();
                Expect(":");
                parameters.Add(new RuleParameter(name, role, Type(), IsZeroed: Accept("zeroed")));
            }
            while (Accept(","));
            Expect(")");
        }

        var results = ImmutableArray.CreateBuilder<ScalarType>();
        if (Accept("->"))
        {
            do results.Add(Scalar());
            while (Accept(","));
        }

        var outs = Accept("outs") ? Positions() : ImmutableArray<int>.Empty;
        var forward = Accept("forward") ? Method(Quoted()) : null;
        var residual = Accept("residual") ? Scalar() : null;
        var backward = Accept("backward") ? Method(Quoted()) : null;
        var takesPrimal = Accept("takesPrimal");
        var tangent = Accept("tangent") ? Method(Quoted()) : null;
        return new CustomRule(
            form, primal, parameters.ToImmutable(), results.ToImmutable(), outs,
            forward, residual, backward, takesPrimal, tangent)
        {
            Recomputing = Accept("recomputing") ? Method(Quoted()) : null,
        };
    }

    private RuleMethod Method(string name)
    {
        CustomRule? rule = null;
        if (Accept("by"))
        {
            var head = Current;
            rule = _rules.TryGetValue(Integer(), out var known) ? known : throw Fault(head, "there is no derivative of that number before");
        }

        var isFunction = Accept("function");
        var callee = isFunction || Accept("lowered") ? Name() : null;
        var body = Accept("of") ? Name() : null;
        return new RuleMethod(name)
        {
            Rule = rule,
            Callee = callee,
            IsFunction = isFunction,
            Body = body,
            Mode = body is null ? default : OneOf<RuleMode>("a rule mode"),
            Missing = Accept("missing") ? Quoted() : null,
        };
    }

    private static Value One(ImmutableArray<Value> results, Token head) =>
        results.Length == 1 ? results[0] : throw Fault(head, $"'{head.Text}' has one result, not {results.Length}");

    private static Op None(Op op, ImmutableArray<Value> results, Token head) =>
        results.Length == 0 ? op : throw Fault(head, $"'{head.Text}' has no result before its =");
}
